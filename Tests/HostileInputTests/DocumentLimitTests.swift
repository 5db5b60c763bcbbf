import Diagnostics
import Documents
import Testing

/// What one file may ask: just below each limit it is read, just above it is refused at its place.
@Suite struct `Limits of a file` {
  private func codes(_ text: String, _ limits: InputLimits, path: String) -> [String] {
    DocumentReader.read(SourceFile(id: FileID(rawValue: 0), path: path, bytes: Array(text.utf8)), limits: limits)
      .diagnostics.map { $0.primary == nil ? "no place" : $0.code }
  }

  @Test(arguments: ["a.json", "a.yaml"]) func `its size`(path: String) {
    #expect(codes("[1, 2]", limits(\.bytes, 6), path: path) == [])
    #expect(codes("[1, 2]", limits(\.bytes, 5), path: path) == ["TP0101"])
  }

  @Test(arguments: ["a.json", "a.yaml"]) func `its depth`(path: String) {
    let deepest = InputLimits.standard.depth
    func nested(_ depth: Int) -> String {
      String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)
    }
    #expect(codes(nested(deepest), .standard, path: path) == [])
    #expect(codes(nested(deepest + 1), .standard, path: path) == ["TP0111"])
  }

  @Test(arguments: ["a.json", "a.yaml"]) func `its values`(path: String) {
    #expect(codes("[1, 2, 3, 4]", limits(\.nodes, 5), path: path) == [])
    #expect(codes("[1, 2, 3, 4, 5]", limits(\.nodes, 5), path: path) == ["TP0114"])
  }

  @Test func `what its aliases stand for`() {
    // Each alias stands for three values.
    let text = "a: &a [1, 2]\nb: [*a, *a]\n"
    #expect(codes(text, limits(\.aliasedNodes, 6), path: "a.yaml") == [])
    #expect(codes(text, limits(\.aliasedNodes, 5), path: "a.yaml") == ["TP0113"])
  }

  @Test func `its tags`() {
    func tags(_ count: Int) -> String { (0..<count).map { "- !t\($0) x\n" }.joined() }
    #expect(codes(tags(32_767), .standard, path: "a.yaml") == [])
    #expect(codes(tags(32_768), .standard, path: "a.yaml") == ["TP0115"])
  }

  @Test func `aliases that double each other are refused before anything grows`() {
    var text = "a0: &a0 [x, x]\n"
    for level in 1...60 { text += "a\(level): &a\(level) [*a\(level - 1), *a\(level - 1)]\n" }
    #expect(codes(text, .standard, path: "a.yaml") == ["TP0113"])
  }

  @Test(
    arguments: [
      ("UTF-16", [0xFF, 0xFE, 0x61, 0x00], "TP0102"), ("a zero byte", [0x61, 0x3A, 0x00], "TP0103"),
      ("an overlong slash", [0x61, 0x3A, 0x20, 0xC0, 0xAF], "TP0104"),
      ("a surrogate", [0x61, 0x3A, 0x20, 0xED, 0xA0, 0x80], "TP0104"),
      ("beyond the last character", [0x61, 0x3A, 0x20, 0xF4, 0x90, 0x80, 0x80], "TP0104"),
    ] as [(String, [UInt8], String)])
  func `odd encodings are no text`(name: String, bytes: [UInt8], code: String) {
    for path in ["a.json", "a.yaml"] {
      let result = DocumentReader.read(SourceFile(id: FileID(rawValue: 0), path: path, bytes: bytes))
      #expect(result.diagnostics.map(\.code) == [code], "\(name)")
      #expect(result.documents.isEmpty)
    }
  }

  @Test(
    arguments: [
      ("9223372036854775807", Int.max), ("9223372036854775808", nil), ("-9223372036854775808", Int.min),
      ("-9223372036854775809", nil), ("0x7FFFFFFFFFFFFFFF", Int.max), ("0xFFFFFFFFFFFFFFFF", nil), ("0777", 511),
      ("0o17", 15), ("0899", 899), ("1e999", nil), ("1_000", 1_000), ("--5", nil), ("1e3", nil),
    ] as [(String, Int?)])
  func `numbers that do not fit are no numbers`(text: String, value: Int?) {
    let (document, _, diagnostics) = document("a: \(text)\n")
    #expect(diagnostics.isEmpty)
    #expect(document?.root["a"]?.integer == value)
  }
}
