import Language
import Testing

/// What patterns match: ASCII words are compared as bytes, all others letter by letter, and both come to the same.
@Suite struct PatternTests {
  private static let texts = [
    "", "a", "A", "ab", "AB", "web-1", "WEB-1", "web-12", "a\r\nb", "a\nb", "*", "?", "a*b", "e\u{301}", "\u{E9}",
    "\u{212A}", "k", "K",
    "straße", "STRASSE", "xaxbx", "aaab", "ab\u{301}",
  ]

  /// By the text: a star is any letters, a question mark one, all others are themselves.
  private func matches(_ pattern: [Character], _ text: [Character]) -> Bool {
    guard let first = pattern.first else { return text.isEmpty }
    let rest = Array(pattern.dropFirst())
    if first == "*" { return (0...text.count).contains { matches(rest, Array(text.dropFirst($0))) } }
    guard let letter = text.first else { return false }
    return (first == "?" || first == letter) && matches(rest, Array(text.dropFirst()))
  }

  @Test func `bytes or letters, the same matches`() {
    let patterns =
      Self.texts + ["*", "?", "a*", "*b", "a?", "w*-?", "*a*b*", "??", "é", "*é", "K", "?\u{301}", "a??b", "a?b"]
    for pattern in patterns {
      for text in Self.texts {
        #expect(
          Pattern(pattern).matches(text) == matches(Array(pattern), Array(text)),
          "\(pattern.debugDescription) and \(text.debugDescription)")
        #expect(
          Pattern(pattern).matches(text, ignoringCase: true)
            == matches(pattern.map { $0.lowercased().first ?? $0 }, Array(text.lowercased())),
          "\(pattern.debugDescription) and \(text.debugDescription), whatever their case")
      }
    }
  }

  @Test func `what stood in quotes stands for itself`() {
    #expect(Pattern(literally: "a*").matches("a*"))
    #expect(!Pattern(literally: "a*").matches("ab"))
    #expect(!Pattern(literally: "a*").isGlob)
    #expect(Pattern(literally: "A?").matches("a?", ignoringCase: true))
    #expect(!Pattern(literally: "A?").matches("ab", ignoringCase: true))
  }
}
