import Diagnostics
import Documents
import TestSupport
import Testing

@Suite struct `Places of keys and values` {
  private func check(_ marked: String, path: String, sourceLocation: SourceLocation = #_sourceLocation) throws {
    let text = MarkedText(marked, path: path)
    let result = DocumentReader.read(text.file)
    #expect(result.diagnostics.isEmpty, sourceLocation: sourceLocation)
    let found = result.documents.flatMap(\.root.ranges)
    func show(_ ranges: [SourceRange]) -> [String] {
      ranges.map { String(decoding: text.file.bytes[Int($0.start)..<Int($0.end)], as: UTF8.self) + " @\($0.start)" }
    }
    #expect(show(found) == show(text.ranges), sourceLocation: sourceLocation)
  }

  @Test(arguments: [
    "‹‹a›: ‹1››\n",
    "‹‹a›:\n  ‹‹b›: ‹\"c d\"›\n  ‹e›: ‹'f'›››\n\n\n",
    "‹‹list›:\n  ‹- ‹one›\n  - ‹‹two›: ‹2›\n    ‹three›: ‹3››\n  - ‹[‹x›, ‹{‹y›: ‹z›}›]›››\n# end\n",
    "‹‹é😀›: ‹ü›\n‹k›: ‹\"漢\"› # ü\n‹l›: ‹m››\n",
    "‹‹a›: ‹!Ref V›\n‹b›: ‹!GetAtt [‹x›, ‹y›]›\n‹c›: ‹!Sub \"${d}\"››\n",
    "‹‹a›: ‹|\n  one\n  two›\n‹b›: ‹>-\n  folded\n  text›\n\n‹c›: ‹d››\n",
    "‹‹a›: ‹plain text\n  goes on›\n‹b›: ‹c››\n",
    "‹‹a›:‹›\n‹b›: ‹~››\n",
    "‹[]›", "‹{}›", "‹word›",
    "‹‹a›: ‹1››\n---\n‹‹b›: ‹2››\n",
    "\u{FEFF}‹‹a›: ‹1››\n",
    "\u{FEFF}‹‹é›: ‹ü›\n‹c›: ‹d››\n",
    "‹‹a›: ‹1›\r\n‹b›:\r\n  ‹- ‹2›\r\n  - ‹3›››\r\n",
    "? ‹‹a›\n: ‹b››\n",
  ])
  func `in YAML`(marked: String) throws {
    // A mapping whose keys are marked with `?` starts at the mark.
    try check(marked.hasPrefix("? ‹‹") ? "‹? ‹" + marked.dropFirst(4) : marked, path: "a.yaml")
  }

  @Test(arguments: [
    "‹{‹\"a\"›: ‹1›, ‹\"b\"› : ‹[‹true›, ‹null›, ‹-1.5e3›]›}›\n",
    "\n\t‹{\n\t‹\"é😀\"›: ‹\"ü\"›,\r\n\t‹\"\\u00e9\"›: ‹\"\\n\"›\n}›",
    "\u{FEFF}‹[‹{}›, ‹[]›, ‹\"\"›]›",
    "‹false›",
  ])
  func `in JSON`(marked: String) throws {
    try check(marked, path: "a.json")
  }

  @Test(arguments: ["‹{‹\"a\"›: ‹1›, ‹\"b\"›: ‹[‹true›, ‹\"é\"›]›}›\n"])
  func `of JSON are the same when YAML reads it`(marked: String) throws {
    try check(marked, path: "a.yaml")
    try check(marked, path: "a.json")
  }

  @Test func `of what an alias stands for are those of its anchor`() throws {
    let text = MarkedText("a: ‹&x one›\nb: *x\n")
    let root = try #require(DocumentReader.read(text.file).documents.first?.root)
    #expect(root["b"]?.range == text.ranges[0])
    #expect(root.range.end == UInt32(text.file.bytes.count - 1))
  }
}
