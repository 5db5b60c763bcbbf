/// Something to say about the input: what was read, what was expected, what was done about it, how to mend it.
package struct Diagnostic: Hashable, Sendable {
  package enum Severity: Int, Hashable, Comparable, Sendable {
    case note, warning, error

    package static func < (left: Severity, right: Severity) -> Bool { left.rawValue < right.rawValue }
  }

  /// A place with a remark that stands alone.
  package struct Label: Hashable, Sendable {
    package var range: SourceRange
    package var text: String

    package init(range: SourceRange, text: String) {
      self.range = range
      self.text = text
    }
  }

  /// A stable code: `TP0110`.
  package var code: String
  package var severity: Severity
  /// One sentence, no capital, no full stop.
  package var message: String
  package var primary: Label?
  package var secondary: [Label]
  /// What was done about it, and what follows.
  package var notes: [String]
  /// How to mend it.
  package var help: String?

  package init(
    code: String, severity: Severity, message: String, primary: Label? = nil, secondary: [Label] = [],
    notes: [String] = [], help: String? = nil
  ) {
    self.code = code
    self.severity = severity
    self.message = message
    self.primary = primary
    self.secondary = secondary
    self.notes = notes
    self.help = help
  }
}
