/// Where in a statement's text something stands, in bytes; the end is not included.
///
/// All spans are equal: where a thing was written is no part of what it says, so a statement equals itself printed and parsed again.
package struct Span: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// Of what was never written.
  package static let none = Span(0, 0)

  package func joined(to other: Span) -> Span { Span(min(start, other.start), max(end, other.end)) }

  package static func == (left: Span, right: Span) -> Bool { true }

  package func hash(into hasher: inout Hasher) {}
}

/// Why a text is no statement, or why a statement cannot be asked of this snapshot.
package struct StatementError: Error, Sendable, CustomStringConvertible {
  /// One sentence, no capital, no full stop.
  package var message: String
  package var span: Span
  /// What may have been meant, or how to say it.
  package var suggestion: String?

  package init(_ message: String, _ span: Span, suggestion: String? = nil) {
    self.message = message
    self.span = span
    self.suggestion = suggestion
  }

  package var description: String { suggestion.map { "\(message): \($0)" } ?? message }
}
