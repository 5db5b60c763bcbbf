import SARIF
import Testing

@Suite struct JSONValueTests {
  @Test func `members keep the order in which they are given`() {
    let value = JSONValue.members(["b": .integer(1), "a": .boolean(false), "gone": nil, "c": .null])
    #expect(value.line == #"{"b":1,"a":false,"c":null}"#)
  }

  @Test func `quotation marks, backslashes and control characters are escaped and nothing else is`() {
    let value = JSONValue.string("a\"b\\c\n\t\r\u{1}\u{1f}é😀/\u{7f}")
    #expect(value.line == #""a\"b\\c\n\t\r\u0001\u001fé😀/"# + "\u{7f}\"")
  }

  @Test func `a carriage return and line feed pair is escaped as two characters`() {
    #expect(JSONValue.string("a\r\nb").line == #""a\r\nb""#)
  }

  @Test func `text is indented by two spaces a level and ends in one line feed`() {
    let value = JSONValue.members(["a": .array([.integer(1), .array([])]), "o": .object([])])
    #expect(
      value.text == """
        {
          "a": [
            1,
            []
          ],
          "o": {}
        }

        """)
  }
}
