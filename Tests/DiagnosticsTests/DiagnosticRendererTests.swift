import Diagnostics
import TestSupport
import Testing

@Suite struct `Diagnostics in text` {
  private func render(_ diagnostic: Diagnostic, _ map: SourceMap, width: Int = 80) -> String {
    DiagnosticRenderer(colour: false, width: width).render(diagnostic, in: map)
  }

  private func error(_ text: MarkedText, _ label: String, _ message: String = "this is wrong") -> Diagnostic {
    Diagnostic(
      code: "TP0001", severity: .error, message: message,
      primary: Diagnostic.Label(range: text.ranges[0], text: label))
  }

  @Test func `the message, the place, the line and what was done about it`() {
    let text = MarkedText(
      String(repeating: "\n", count: 8) + "      CidrBlock: ‹10.0.0.0/33›\n", path: "network/vpc.yaml")
    var diagnostic = error(text, "an IPv4 prefix is at most 32 bits long", "this is not a CIDR block")
    diagnostic.notes = ["read as: unknown; what rests on it is undecided"]
    diagnostic.help = "write a length of 0 to 32"
    #expect(
      render(diagnostic, text.map) == """
        error[TP0001]: this is not a CIDR block
          ┌─ network/vpc.yaml:9:18
          │
         9│       CidrBlock: 10.0.0.0/33
          │                  ^^^^^^^^^^^ an IPv4 prefix is at most 32 bits long
          = read as: unknown; what rests on it is undecided
          = help: write a length of 0 to 32

        """)
  }

  @Test func `a diagnostic without a place is its message and notes`() {
    let diagnostic = Diagnostic(code: "TP0002", severity: .warning, message: "nothing was read", notes: ["of 3 files"])
    #expect(render(diagnostic, SourceMap()) == "warning[TP0002]: nothing was read\n  = of 3 files\n")
  }

  @Test func `two places of one file are shown in the order of the text, with a mark for the lines between`() {
    let text = MarkedText("x:\n  ‹a›: 1\n  b: 2\n  ‹a›: 3\n")
    var diagnostic = error(text, "")
    diagnostic.primary = Diagnostic.Label(range: text.ranges[1], text: "here again")
    diagnostic.secondary = [Diagnostic.Label(range: text.ranges[0], text: "first here")]
    #expect(
      render(diagnostic, text.map) == """
        error[TP0001]: this is wrong
          ┌─ a.yaml:4:3
          │
         2│   a: 1
          │   - first here
          ·
         4│   a: 3
          │   ^ here again

        """)
  }

  @Test func `two places on one line share it`() {
    let text = MarkedText("{‹a›: 1, ‹bb›: 2}")
    var diagnostic = error(text, "one")
    diagnostic.secondary = [Diagnostic.Label(range: text.ranges[1], text: "two")]
    #expect(
      render(diagnostic, text.map) == """
        error[TP0001]: this is wrong
          ┌─ a.yaml:1:2
          │
         1│ {a: 1, bb: 2}
          │  ^ one
          │        -- two

        """)
  }

  @Test func `a place in another file stands below with its own path`() {
    let one = MarkedText("a: ‹!Ref X›\n", path: "use.yaml")
    let two = MarkedText("{\"X\": ‹1›}", path: "set.json", in: one.map)
    var diagnostic = error(one, "used here")
    diagnostic.secondary = [Diagnostic.Label(range: two.ranges[0], text: "set here")]
    #expect(
      render(diagnostic, two.map) == """
        error[TP0001]: this is wrong
          ┌─ use.yaml:1:4
          │
         1│ a: !Ref X
          │    ^^^^^^ used here
          ├─ set.json:1:7
          │
         1│ {"X": 1}
          │       - set here

        """)
  }

  @Test func `a long line is cut on both sides of the place`() throws {
    let long = String(repeating: "x", count: 5_000)
    let text = MarkedText(long + " ‹here› " + long)
    let lines = render(error(text, "it"), text.map, width: 60).split(separator: "\n")
    try #require(lines.count == 5)
    #expect(lines[3].count == 60)
    #expect(lines[3].hasPrefix(" 1│ …xxx") && lines[3].hasSuffix("x…"))
    let caret = try #require(lines[4].firstIndex(of: "^"))
    let under = lines[4].distance(from: lines[4].startIndex, to: caret)
    #expect(lines[3].dropFirst(under).hasPrefix("here "))
    #expect(lines[4].hasSuffix("^^^^ it"))
  }

  @Test func `a line of many megabytes is not gone through for one excerpt`() {
    let megabytes = [UInt8](repeating: UInt8(ascii: "x"), count: 8 << 20)
    var map = SourceMap()
    let file = map.add(path: "big.json", bytes: megabytes)
    let range = SourceRange(file: file, start: 4 << 20, end: 8 << 20)
    let diagnostic = Diagnostic(
      code: "TP0001", severity: .error, message: "big", primary: Diagnostic.Label(range: range, text: "long"))
    let text = render(diagnostic, map)
    #expect(text.utf8.count < 1_000)
    #expect(text.contains("big.json:1:4194305"))
  }

  @Test func `nothing in a file reaches the terminal as a control character`() {
    let hostile = "\u{1B}[2J\u{9B}31m\u{7}\u{202E}\u{0}\u{7F}\u{2028}\u{200B}"
    let text = MarkedText("k: ‹\(hostile)›", path: "a\(hostile)/b.yaml")
    var diagnostic = error(text, "label \(hostile)", "message \(hostile)\n")
    diagnostic.notes = ["note \(hostile)"]
    diagnostic.help = hostile
    let written = render(diagnostic, text.map, width: 200)
    for scalar in written.unicodeScalars where scalar != "\n" {
      let category = scalar.properties.generalCategory
      #expect(![.control, .format, .lineSeparator, .paragraphSeparator].contains(category), "U+\(scalar.value)")
    }
    #expect(written.contains("k: ␛[2J<U+009B>31m␇<U+202E>␀␡<U+2028><U+200B>"))
    #expect(written.split(separator: "\n").count == 7)
  }

  @Test func `bytes that are no text are shown as such and keep their columns`() throws {
    var map = SourceMap()
    let file = map.add(path: "a", bytes: [0x61, 0xFF, 0xC3, 0x62, 0xE2, 0x82])
    let range = SourceRange(file: file, start: 3, end: 4)
    let diagnostic = Diagnostic(
      code: "TP0001", severity: .error, message: "m", primary: Diagnostic.Label(range: range, text: "b"))
    let lines = render(diagnostic, map).split(separator: "\n")
    #expect(lines[3] == " 1│ a\u{FFFD}\u{FFFD}b\u{FFFD}\u{FFFD}")
    #expect(lines[4] == "  │    ^ b")
  }

  @Test func `tabs, wide characters and combining marks keep the underline below its word`() {
    let text = MarkedText("\t漢e\u{301}‹wide: 漢字›")
    #expect(
      render(error(text, "it"), text.map) == """
        error[TP0001]: this is wrong
          ┌─ a.yaml:1:5
          │
         1│     漢e\u{301}wide: 漢字
          │        ^^^^^^^^^^ it

        """)
  }

  @Test func `a place at the end of the file has one mark after the last character`() {
    let text = MarkedText("a: [1,‹›")
    #expect(
      render(error(text, "expected `]`"), text.map).hasSuffix(" 1│ a: [1,\n  │       ^ expected `]`\n"))
  }

  @Test func `a place over several lines is underlined on the first`() {
    let text = MarkedText("a: ‹|\n  one\n  two›\n")
    #expect(render(error(text, "it"), text.map).hasSuffix(" 1│ a: |\n  │    ^ it\n"))
  }

  @Test func `a remark that has no room beside the line stands below it`() {
    let text = MarkedText(String(repeating: "x", count: 50) + "‹yy›")
    let lines = render(error(text, "a remark of some length"), text.map, width: 60).split(separator: "\n")
    #expect(lines.count == 6)
    #expect(lines.allSatisfy { $0.count <= 60 })
    #expect(lines[5].hasSuffix(" a remark of some length"))
  }

  @Test func `line numbers of three digits widen the margin`() {
    let text = MarkedText(String(repeating: "\n", count: 122) + "‹a›")
    #expect(render(error(text, "it"), text.map).hasSuffix("   ┌─ a.yaml:123:1\n   │\n123│ a\n   │ ^ it\n"))
  }

  @Test func `colour adds nothing but colour`() {
    let text = MarkedText("x:\n  ‹a›: 1\n  b: 2\n  ‹a›: 3\n")
    var diagnostic = error(text, "one")
    diagnostic.secondary = [Diagnostic.Label(range: text.ranges[1], text: "two")]
    diagnostic.notes = ["a note"]
    diagnostic.help = "help"
    let coloured = DiagnosticRenderer(colour: true, width: 80).render(diagnostic, in: text.map)
    #expect(coloured.contains("\u{1B}[31merror[TP0001]\u{1B}[0m"))
    #expect(coloured.replacing(/\u{1B}\[[0-9]+m/, with: "") == render(diagnostic, text.map))
  }

  @Test func `severities are ordered`() {
    #expect(Diagnostic.Severity.note < .warning && .warning < Diagnostic.Severity.error)
  }
}
