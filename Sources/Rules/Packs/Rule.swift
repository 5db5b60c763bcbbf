package import Diagnostics

/// One rule of a pack: properties of the language that must hold, and what a person needs to know of them.
package struct Rule: Sendable {
  package enum Level: String, Hashable, Sendable, CaseIterable, Comparable {
    case note, warning, error

    package static func < (left: Level, right: Level) -> Bool { left.rank < right.rank }

    private var rank: Int { Self.allCases.firstIndex(of: self) ?? 0 }

    /// One lower: for traffic that arrives and is never answered.
    package var lower: Level { self == .error ? .warning : .note }
  }

  /// A line of the language, and where it stands.
  package struct Line: Sendable {
    package var text: String
    package var range: SourceRange
  }

  /// A requirement of a framework that the rule speaks to, and how sure that is.
  package struct Control: Hashable, Sendable {
    package var framework: String
    package var id: String
    package var basis: String
  }

  /// Never used again for another rule: `TIER-001`.
  package var id: String
  /// The same in words: `tier.internet-to-database`.
  package var slug: String
  /// What holds where the rule does.
  package var title: String
  package var level: Level
  /// The security severity in tenths, 0 to 100.
  package var severity: Int
  package var properties: [Line]
  /// Values of `{name}` where the project file gives none.
  package var parameters: [String: String]
  package var why: String
  package var mend: String
  package var controls: [Control]
  /// Whether it comes with the program: without subjects it is then not applicable, and no failure.
  package var isBuiltIn: Bool
}
