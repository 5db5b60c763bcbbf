/// A SARIF 2.1.0 log with one run (the specification's section 3.13).
///
/// One run only: code scanning refuses an upload that holds two runs of one tool and category.
package struct SARIFLog: Equatable, Sendable {
  package var run: SARIFRun

  package init(run: SARIFRun) {
    self.run = run
  }

  /// The log as JSON, in the order of the specification's examples; equal logs give equal bytes.
  package var text: String {
    JSONValue.members([
      "$schema": .string("https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"),
      "version": .string("2.1.0"),
      "runs": .array([run.withinLimits.json]),
    ]).text
  }
}

/// How much weight a result or a notification has (3.27.10).
package enum SARIFLevel: String, Comparable, Sendable, CaseIterable {
  case note, warning, error

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }

  package static func < (one: SARIFLevel, other: SARIFLevel) -> Bool {
    one.rank < other.rank
  }
}
