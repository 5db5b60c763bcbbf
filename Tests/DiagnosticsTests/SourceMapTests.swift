import Diagnostics
import TestSupport
import Testing

@Suite struct `Places in files` {
  @Test func `lines and columns are counted from one, columns in code points`() {
    let text = MarkedText("‹a›: é😀‹b›\n  ‹c›\r\n‹›")
    #expect(
      text.ranges.map { text.map.position(of: $0) }.map { [$0.line, $0.column] } == [
        [1, 1], [1, 6], [2, 3], [3, 1],
      ])
    #expect(text.map.place(text.ranges[2]) == "a.yaml:2")
  }

  @Test func `a byte order mark is not counted as a character`() {
    let text = MarkedText("\u{FEFF}‹a›: 1")
    #expect(text.ranges[0].start == 3)
    #expect(text.map.position(of: text.ranges[0]) == SourcePosition(line: 1, column: 1))
  }

  @Test func `a place past the end is the end`() {
    let text = MarkedText("ab\ncd‹›")
    let file = text.map[text.ranges[0].file]
    #expect(file.position(at: 9999) == SourcePosition(line: 2, column: 3))
    #expect(file.position(at: .max) == SourcePosition(line: 2, column: 3))
  }

  @Test func `a line has neither its line feed nor its carriage return`() {
    let file = SourceFile(id: FileID(rawValue: 0), path: "a", bytes: Array("one\r\ntwo\n\nfour".utf8))
    #expect(file.lineCount == 4)
    #expect((0...5).map { file.line($0) } == ["", "one", "two", "", "four", ""])
  }

  @Test func `an empty file has one empty line`() {
    let file = SourceFile(id: FileID(rawValue: 0), path: "a", bytes: [])
    #expect(file.lineCount == 1)
    #expect(file.line(1) == "")
    #expect(file.position(at: 0) == SourcePosition(line: 1, column: 1))
  }

  @Test func `places on a very long line are those that counting gives`() {
    let text = "a\n" + String(repeating: "é😀x", count: 9_000) + "\nb"
    let bytes = Array(text.utf8)
    let file = SourceFile(id: FileID(rawValue: 0), path: "a", bytes: bytes)
    for offset in stride(from: 2, to: bytes.count - 2, by: 1_021) {
      let before = bytes[2..<offset].filter { $0 & 0xC0 != 0x80 }.count
      #expect(file.position(at: UInt32(offset)) == SourcePosition(line: 2, column: before + 1))
    }
  }
}
