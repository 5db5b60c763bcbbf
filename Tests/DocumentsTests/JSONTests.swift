import Diagnostics
import Documents
import Testing

@Suite struct JSON {
  @Test(arguments: [
    (
      "{\"a\": [1, -2, 0, 1.5, 1e2, 1E-2, true, false, null, \"x\"]}",
      "{a: [1, -2, 0, 1.5f, 100.0f, 0.01f, true, false, null, \"x\"]}"
    ),
    (" \t\r\n[ ] ", "[]"), ("{ }", "{}"), ("\"\"", "\"\""), ("-0", "0"), ("-0.0", "-0.0f"),
    ("[\"y\", \"0777\"]", "[\"y\", \"0777\"]"),
    ("\"\\\"\\\\\\/\\b\\f\\n\\r\\t\\u00e9\\ud83d\\ude00\"", "\"\\\"\\\\/\\u{08}\\u{0C}\\n\\r\\t\u{E9}\u{1F600}\""),
    ("\"\\u0000\"", "\"\\0\""),
    ("123456789012345678901234567890", "big 123456789012345678901234567890"),
    ("1e400", "inff"),
    ("\u{FEFF}[1]", "[1]"),
  ])
  func `what is JSON is read`(text: String, outline: String) throws {
    let node = try root(text, path: "a.json")
    #expect(node.outline == outline)
  }

  @Test func `a key is found whether or not it is written with escapes`() throws {
    let node = try root(#"{"\u0061b": 1, "é": 2}"#, path: "a.json")
    #expect(node["ab"]?.integer == 1)
    #expect(node["é"]?.integer == 2)
    #expect(node["e\u{301}"] == nil)
  }

  @Test func `a key that stands twice is found however it is written`() {
    #expect(read(#"{"ab": 1, "\u0061b": 2}"#, path: "a.json").diagnostics.map(\.code) == ["TP0120"])
    #expect(read(#"{"é": 1, "e\u0301": 2}"#, path: "a.json").diagnostics.isEmpty)
    #expect(read(#"[{"a": 1}, {"a": 1}]"#, path: "a.json").diagnostics.isEmpty)
    let keys = (0..<1_000).map { "\"k\($0)\": 1, " }.joined()
    #expect(read("{" + keys + "\"k3\": 1}", path: "a.json").diagnostics.map(\.code) == ["TP0120"])
  }

  @Test(arguments: ["[", "{\"a\":", "[{\"a\":"]) func `a hundred thousand levels are refused`(opener: String) {
    let result = read(String(repeating: opener, count: 100_000), path: "a.json")
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.map(\.code) == ["TP0111"])
  }

  @Test func `more values or bytes than the limits are refused`() {
    #expect(read("[1,2,3,4,5]", path: "a.json", limits: limits(\.nodes, 3)).diagnostics.map(\.code) == ["TP0114"])
    #expect(read("[1, 2]", path: "a.json", limits: limits(\.bytes, 5)).diagnostics.map(\.code) == ["TP0101"])
  }

  @Test func `a file cut anywhere has one fault, at a place in it`() {
    let text = Array(#"{"a": [1.5e3, "x\u00e9y", {"b": true}], "c": null}"#.utf8)
    for length in 0..<text.count {
      let result = read(Array(text[..<length]), path: "a.json")
      #expect(result.documents.isEmpty && result.diagnostics.count == 1, "\(length)")
      #expect(result.diagnostics[0].primary.map { Int($0.range.end) <= length } == true, "\(length)")
    }
  }

  @Test func `the format is told by the name, else by the first character`() {
    func format(_ text: String, _ path: String) -> Document.Format? { read(text, path: path).documents.first?.format }
    #expect(format("{\"a\": 1}", "x.json") == .json)
    #expect(format("{\"a\": 1}", "X.JSON") == .json)
    #expect(format("{\"a\": 1}", "x.yaml") == .yaml)
    #expect(format("\n {\"a\": 1}", "x.template") == .json)
    #expect(format("a: 1", "x.template") == .yaml)
    #expect(format("a: 1", "-") == .yaml)
    #expect(format("[1]", "-") == .json)
    #expect(format("{a: 1}", "-") == .yaml)
    #expect(format("{a: 1}", "x.json") == nil)
  }
}
