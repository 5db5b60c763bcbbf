package import Diagnostics
package import NetworkModel
package import Properties

/// A question as it was asked and what came of it: an answer, or why there is none.
package struct QueryReport: Sendable {
  package enum Outcome: Sendable {
    case answered(QueryAnswer)
    /// The question cannot be read, names what is not there, or is asked of input that could not be read.
    case failed(String)
  }

  /// The line of the language.
  package var question: String
  package var outcome: Outcome

  package init(question: String, outcome: Outcome) {
    self.question = question
    self.outcome = outcome
  }
}

/// Where the things that an answer speaks of stand: what reports look their numbers up in.
package struct ReportContext: Sendable {
  package var network: Network
  package var sources: SourceMap

  package init(network: Network, sources: SourceMap) {
    self.network = network
    self.sources = sources
  }

  /// `network/vpc.yaml:18`, or `nil` for what no file says.
  func place(_ derivation: Derivation) -> String? { derivation.primary.map { sources.place($0) } }
}

extension QueryReport {
  /// Whether there is no answer.
  package var hasFailed: Bool {
    if case .failed = outcome { true } else { false }
  }
}
