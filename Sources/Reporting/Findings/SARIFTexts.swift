import Diagnostics

/// Text from files made fit for the comments of a review.
///
/// Names and tags come from whoever proposes the change. In a message of a log `[text](target)` is a link (SARIF 2.1.0, 3.11.6), and marks
/// that turn the reading order round are shown as they are.
enum SARIFTexts {
  /// A plain text: nothing invisible in it, and no link.
  static func plain(_ text: String) -> String {
    let shown = page(text)
    guard shown.contains("](") else { return shown }
    return shown.replacing("\\", with: "\\\\").replacing("[", with: "\\[").replacing("]", with: "\\]")
  }

  /// A page of Markdown that a rule file brings: nothing invisible in it. Its links are the rule's author's.
  static func page(_ text: String) -> String {
    text.split(separator: "\n", omittingEmptySubsequences: false).map { TerminalText.safe(String($0)) }
      .joined(separator: "\n")
  }
}
