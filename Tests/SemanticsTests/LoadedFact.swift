import Diagnostics
import Language
import NetworkModel
import Properties
import Snapshots
import TestSupport

/// A fact's network, loaded as a command loads it, and asked as a command asks it.
struct LoadedFact {
  private let snapshot: Snapshot
  private let evaluator: Evaluator

  init(_ fact: Fact) throws {
    let scratch = try Scratch()
    for file in fact.files { try scratch.write(file.text, to: file.path) }
    snapshot = SnapshotLoader.load(SnapshotRequest(paths: [scratch.path()]))
    let project = snapshot.project
    let tiers = Dictionary(project.tiers.map { ($0.name.value, $0.selector.value) }) { first, _ in first }
    evaluator = Evaluator(Evaluator.Ground(snapshot.network, tiers: TierDefinitions(tiers)))
  }

  var network: Network { snapshot.network }

  /// What gaps are about, each once.
  var gaps: [String] { Set(network.gaps.map(\.subject)).sorted() }

  var errors: [String] {
    snapshot.diagnostics.filter { $0.severity == .error }.map { "\($0.message) \($0.primary?.text ?? "")" }
  }

  /// What a line comes to, with the words of its evidence.
  struct Outcome {
    var answer: String
    var arrives: Bool
    var evidence: String
  }

  func outcome(_ line: String) throws -> Outcome {
    switch try Parser.statement(line) {
    case .query(let query): return outcome(try evaluator.answer(query))
    case .property(let property): return outcome(try evaluator.verdict(property))
    }
  }

  private func outcome(_ answer: QueryAnswer) -> Outcome {
    var words = answer.blockers.map { "\($0.title): \($0.detail) (\($0.code))" }
    words += answer.witness?.hops.map { "\($0.title): \($0.detail)" } ?? []
    words += answer.unknowns.map { network[$0].reason } + answer.notes
    if answer.isVacuous { words.append("vacuous") }
    return Outcome(
      answer: answer.result.rawValue, arrives: answer.arrives, evidence: words.joined(separator: "\n"))
  }

  private func outcome(_ verdict: PropertyVerdict) -> Outcome {
    var words = verdict.findings.map(\.message) + verdict.cut.map(\.title) + verdict.notes
    words += verdict.findings.flatMap { $0.witness?.hops.map { "\($0.title): \($0.detail)" } ?? [] }
    words += verdict.unknowns.map { network[$0].reason }
    return Outcome(
      answer: verdict.verdict.rawValue, arrives: verdict.verdict == .violated, evidence: words.joined(separator: "\n"))
  }
}
