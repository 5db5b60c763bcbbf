import Diagnostics
import Documents
import Testing

@Suite struct `Scalar rules` {
  private func read(_ text: String) throws -> Node {
    var map = SourceMap()
    let id = map.add(path: "x.yaml", bytes: Array(text.utf8))
    let result = YAMLReader.read(map[id])
    #expect(result.diagnostics.isEmpty)
    return try #require(result.documents.first?.root)
  }

  @Test(arguments: [
    ("y", Node.Kind.bool), ("on", .bool), ("0777", .integer), ("1e3", .float), ("~", .null), ("\"y\"", .string),
    ("0x1F", .integer), ("0o17", .integer), ("1.5", .float), ("10.0.0.0/8", .string), ("1:30", .string),
    ("''", .string),
    ("-1", .integer), ("- 1", .sequence), ("2026-01-01", .string), (".5", .float), ("0b11", .integer),
  ])
  func `a plain scalar has the kind that Kubernetes clients give it`(text: String, kind: Node.Kind) throws {
    #expect(try read(text).kind == kind)
  }

  @Test func `an octal number has its value`() throws {
    #expect(try read("0777").integer == 511)
  }

  @Test func `keys and values know their places`() throws {
    var map = SourceMap()
    let id = map.add(path: "x.yaml", bytes: Array("# é\na:\n  b: [1, \"ü\"] # x\nc: !Ref V\n".utf8))
    let document = try #require(YAMLReader.read(map[id]).documents.first)
    let b = try #require(document.root["a"]?["b"])
    #expect(map.position(of: b.range) == SourcePosition(line: 3, column: 6))
    #expect(b.elements[1].string == "ü")
    #expect(document.root["c"]?.tag == "!Ref")
    #expect(document.comments.map(\.text) == [" é", " x"])
  }

  @Test func `merge keys bring what a mapping does not say itself`() throws {
    let node = try read("base: &b {x: 1, y: 2}\nuse:\n  <<: *b\n  \"y\": 3\n")
    #expect(node["use"]?["x"]?.integer == 1)
  }

  @Test func `an alias bomb is refused`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      text +=
        "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    var map = SourceMap()
    let id = map.add(path: "x.yaml", bytes: Array(text.utf8))
    #expect(YAMLReader.read(map[id]).diagnostics.map(\.code) == ["TP0113"])
  }

  @Test(arguments: ["x.yaml", "x.json"]) func `a hundred thousand levels are refused`(path: String) {
    var map = SourceMap()
    let id = map.add(path: path, bytes: [UInt8](repeating: UInt8(ascii: "["), count: 100_000))
    let result = DocumentReader.read(map[id])
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.count == 1)
  }
}
