import Diagnostics
import Documents
import Testing

@Suite struct YAML {
  @Test func `a stream gives its documents in order`() throws {
    let found = try documents("---\na: 1\n---\n---\nb\n...\n# only a remark\n")
    #expect(found.map(\.root.outline) == ["{a: 1}", "null", "\"b\""])
    #expect(found.map(\.index) == [0, 1, 2])
    #expect(found.allSatisfy { $0.format == .yaml })
  }

  @Test(arguments: ["", "\n\n", "# nothing\n", "\u{FEFF}"])
  func `a file without content has no document and no fault`(text: String) throws {
    #expect(try documents(text).isEmpty)
  }

  @Test func `every style of text`() throws {
    let node = try root(
      """
      plain: one
        two
      single: 'it''s'
      double: "a\\tb\\u00e9\\
        c"
      literal: |
        one
          two

      folded: >-
        one
        two
      kept: |+
        x

      """)
    #expect(
      node.outline == #"{plain: "one two", single: "it\'s", double: "a\tbéc", literal: "one\n  two\n", "#
        + #"folded: "one two", kept: "x\n"}"#)
  }

  @Test func `keys are found by their words`() throws {
    let node = try root("on: 1\n8080: 2\n\"q\": 3\n? long\n: 4\n~: 5\n\"e\\x41\": 6\n")
    #expect(["on", "8080", "q", "long", "~", "eA"].map { node[$0]?.integer } == [1, 2, 3, 4, 5, 6])
    #expect(node["absent"] == nil)
    #expect(node["on"]?["x"] == nil)
    #expect(node.keys == ["on", "8080", "q", "long", "~", "eA"])
    #expect(node.count == 6)
  }

  // MARK: Anchors and merge keys

  @Test func `aliases stand for their anchor's value, the last one of that name`() throws {
    let node = try root("a: &x 1\nb: *x\nc: &x [2]\nd: *x\n")
    #expect(node.outline == "{a: 1, b: 1, c: [2], d: [2]}")
    #expect(try root("a: &k key\n*k : 1\n").outline == "{a: \"key\", key: 1}")
  }

  @Test func `an anchor ends with its document`() {
    let result = read("a: &x 1\n---\nb: *x\n")
    #expect(result.documents.count == 1)
    #expect(result.diagnostics.map(\.code) == ["TP0112"])
  }

  @Test(arguments: [
    ("base: &b {x: 1, z: 2}\nuse: {<<: *b, z: 3}\n", "{z: 3, x: 1}"),
    ("base: &b {x: 1, z: 2}\nuse: {z: 3, <<: *b}\n", "{z: 3, x: 1}"),
    ("base: [&a {x: 1}, &b {x: 2, z: 3}]\nuse: {<<: [*a, *b]}\n", "{x: 1, z: 3}"),
    ("base: [&a {x: 1}, &b {<<: *a, z: 3}]\nuse: {<<: *b}\n", "{z: 3, x: 1}"),
    ("use: {<<: {x: 1}}\n", "{x: 1}"),
    ("use: {\"<<\": {x: 1}}\n", "{<<: {x: 1}}"),
    ("use: {<<: {}}\n", "{}"),
  ])
  func `merge keys bring what a mapping does not say itself`(text: String, outline: String) throws {
    #expect(try root(text)["use"]?.outline == outline)
  }

  // MARK: Comments

  @Test func `comments are found with their places, and belong to the document they stand in`() throws {
    let text = """
      # before
      ---
      # Source: chart/templates/a.yaml
      a: "# no" # yes
      b: '# no'
      c: no#no
      d: | # header
        # no
        text
      # between
      e: >-
        # no
      f: [1, # in a list
        2]
      g: !Sub # after a tag
        "# no"
      h: plain
        # set off
      ---
      # Source: chart/templates/b.yaml
      x: 1
      # last
      """
    let found = try documents(text)
    #expect(
      found.map { $0.comments.map(\.text) } == [
        [
          " before", " Source: chart/templates/a.yaml", " yes", " header", " between", " in a list", " after a tag",
          " set off",
        ],
        [" Source: chart/templates/b.yaml", " last"],
      ])
    for comment in found.flatMap(\.comments) {
      let bytes = Array(text.utf8)[Int(comment.range.start)..<Int(comment.range.end)]
      #expect(String(decoding: bytes, as: UTF8.self) == "#" + comment.text)
    }
  }

  @Test func `a comment may follow a byte order mark or end in a carriage return`() throws {
    #expect(try documents("\u{FEFF}# é\r\na: 1 #x\r\n")[0].comments.map(\.text) == [" é", "x"])
  }

  // MARK: Limits

  @Test func `an alias bomb is refused`() {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<12 {
      text +=
        "a\(level): &a\(level) [" + [String](repeating: "*a\(level - 1)", count: 10).joined(separator: ", ") + "]\n"
    }
    let result = read(text)
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.map(\.code) == ["TP0113"])
  }

  @Test func `an alias bomb of merge keys is refused`() {
    var text = "a0: &a0 {" + (0..<2_000).map { "k\($0): 1" }.joined(separator: ", ") + "}\n"
    for level in 1..<2_000 { text += "a\(level): &a\(level) {<<: *a\(level - 1), l\(level): 1}\n" }
    #expect(read(text).diagnostics.map(\.code) == ["TP0113"])
  }

  @Test func `levels that aliases add count as levels`() {
    var text = "a0: &a0 [1]\n"
    for level in 1..<100 {
      text +=
        "a\(level): &a\(level) " + String(repeating: "[", count: 10) + "*a\(level - 1)"
        + String(repeating: "]", count: 10) + "\n"
    }
    #expect(read(text).diagnostics.map(\.code) == ["TP0111"])
    #expect(read(text, limits: limits(\.depth, 10_000)).diagnostics.isEmpty)
  }

  @Test(arguments: ["[", "{a: ", "- ", "? ", "[{a: "]) func `a hundred thousand levels are refused`(opener: String) {
    let result = read(String(repeating: opener, count: 100_000))
    #expect(result.documents.isEmpty)
    #expect(result.diagnostics.count == 1)
  }

  @Test func `as many levels as are allowed are read`() throws {
    let depth = InputLimits.standard.depth
    let text = String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    #expect(try documents(text).count == 1)
    #expect(read("[" + text + "]").diagnostics.map(\.code) == ["TP0111"])
  }

  @Test func `more values, bytes or tags than the limits are refused`() {
    #expect(read("[1, 2, 3]", limits: limits(\.nodes, 3)).diagnostics.map(\.code) == ["TP0114"])
    #expect(read("[1, 2]", limits: limits(\.bytes, 5)).diagnostics.map(\.code) == ["TP0101"])
    let tags = (0..<40_000).map { "- !t\($0) x\n" }.joined()
    #expect(read(tags).diagnostics.map(\.code) == ["TP0115"])
  }

  @Test func `of thousands of faults a hundred are told and the rest counted`() throws {
    let result = read((0..<5_000).map { _ in "a: 1\n" }.joined())
    #expect(result.diagnostics.count == 100)
    #expect(try #require(result.diagnostics.last).notes.last == "and 4899 more like this in the file")
  }

  @Test func `keys that stand twice are found in large mappings too`() {
    let keys = (0..<1_000).map { "k\($0): 1\n" }.joined()
    #expect(read(keys).diagnostics.isEmpty)
    #expect(read(keys + "k7: 2\n").diagnostics.map(\.message) == ["the key `k7` stands twice in one mapping"])
  }

  @Test func `the documents before a fault are kept`() {
    let result = read("a: 1\n---\nb: [\n")
    #expect(result.documents.map(\.root.outline) == ["{a: 1}"])
    #expect(result.diagnostics.count == 1)
  }
}
