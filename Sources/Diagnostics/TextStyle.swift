/// How text for people is set off: in colour for a terminal, or not at all.
///
/// Colour only adds: what a text says must be whole without it. Every escape sequence that is written comes from here.
package struct TextStyle: Hashable, Sendable {
  package let isColoured: Bool

  package init(isColoured: Bool) { self.isColoured = isColoured }

  /// Text as it is, for files and pipes.
  package static let plain = TextStyle(isColoured: false)
  /// Text with ANSI colours.
  package static let coloured = TextStyle(isColoured: true)

  /// For errors and what is violated.
  package func red(_ text: String) -> String { set(text, "31") }

  /// For warnings and what is undecided.
  package func yellow(_ text: String) -> String { set(text, "33") }

  /// For what is proved.
  package func green(_ text: String) -> String { set(text, "32") }

  /// For ids, places and whatever frames the text.
  package func dim(_ text: String) -> String { set(text, "2") }

  /// For the words to read first.
  package func bold(_ text: String) -> String { set(text, "1") }

  private func set(_ text: String, _ attribute: String) -> String {
    isColoured && !text.isEmpty ? "\u{1B}[\(attribute)m\(text)\u{1B}[0m" : text
  }
}
