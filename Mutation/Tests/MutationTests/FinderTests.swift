import Testing

@testable import Mutation

@Suite struct FinderTests {
  static func names(_ source: String) -> [String] {
    SiteFinder.mutants(of: source, file: "T/f.swift").map { String($0.name.dropFirst("T/f.swift: ".count)) }
  }

  @Test func `a comparison is flipped and its bound moved`() {
    #expect(
      Self.names("struct S { func f(_ a: Int) -> Int { let b = a < 3; return 0 } }") == [
        "S.f(_:): bound: `a < 3` → `a <= 3`", "S.f(_:): comparison: `a < 3` → `a >= 3`",
      ])
  }

  @Test func `no bound is moved between what was seen to differ`() {
    let found = Self.names("let x = a.b == c.b ? a.d < c.d : a.b < c.b").filter { $0.contains("bound") }
    #expect(found == ["file: bound: `a.d < c.d` → `a.d <= c.d`"])
  }

  @Test func `what is alike in one function is told apart by its place`() {
    let found = Self.names("func f() { g(a && b); g(a && b) }").filter { $0.contains("logic") }
    #expect(found == ["f(): logic: `a && b` → `a || b`", "f(): logic: `a && b` → `a || b` #2"])
  }

  @Test func `a name does not change when other code comes before it`() {
    let code = "extension A.B { var isIn: Bool { x.union(y).isEmpty } }"
    #expect(Set(Self.names(code)).isSubset(of: Self.names("func other() { z = !y }\n\n" + code)))
    #expect(Self.names(code).contains("A.B.isIn: sets: `x.union(y)` → `x.intersection(y)`"))
  }

  @Test func `an unknown is taken for known, a direction and a bound for the other`() {
    #expect(
      Self.names("func f() { g(a != .no, b.may, .ingress) }") == [
        "f(): dropped: `g(a != .no, b.may, .ingress)`", "f(): certainty: `a != .no` → `a == .yes`",
        "f(): comparison: `a != .no` → `a == .no`", "f(): constant: `.no` → `.yes`",
        "f(): certainty: `b.may` → `b.must`", "f(): direction: `.ingress` → `.egress`",
      ])
  }

  @Test func `a default is told from a constant`() {
    #expect(
      Self.names("func f(a: Bool = true) { g(a: b ?? false); h(false) }").filter { !$0.contains("dropped") } == [
        "f(a:): early return: `` → `return`", "f(a:): default: `true` → `false`", "f(a:): default: `false` → `true`",
        "f(a:): constant: `false` → `true`",
      ])
  }

  @Test func `a condition of several is left out, one alone is negated`() {
    #expect(Self.names("func f() { if a { b = 1 } }").contains("f(): negation: `a` → `!(a)`"))
    #expect(Self.names("func f() { if let c, a { b = 1 } }").contains("f(): condition: `a` → `true`"))
  }

  @Test func `places are no values, and text is left alone`() {
    #expect(
      Self.names(#"func f() -> Int { a.first = "\(b < c)"; return 1 }"#) == [
        "f(): dropped: `a.first = \"\\(b < c)\"`"
      ])
    #expect(Self.names("func f(_ a: Int) -> Int { switch a { case 1...3: 1; default: 2 } }") == [])
  }
}

@Suite struct MutatedFileTests {
  static func text(_ source: String, _ wanted: (Mutant) -> Bool = { _ in true }) -> String {
    let mutants = SiteFinder.mutants(of: source, file: "T/f.swift").filter(wanted)
    let text = MutatedFile.text(source, mutants.enumerated().map { (number: $0, mutant: $1) })
    return String(text.dropFirst("import MutantSwitch\n".count))
  }

  @Test func `a mutant stands beside the original, and within another`() {
    #expect(
      Self.text("let x = a && !b") == "let x = (mutant(0) ? (a || !b) : (a && (mutant(1) ? (b) : (!b))))")
  }

  @Test func `two mutants of one expression stand one within the other`() {
    #expect(Self.text("let x = a < b") == "let x = (mutant(0) ? (a <= b) : ((mutant(1) ? (a >= b) : (a < b))))")
  }

  @Test func `a statement is left out, and a body left at once`() {
    #expect(
      Self.text("func f() { g(); h() }")
        == "func f() { if mutant(2) { return };  if !mutant(0) { g() }; if !mutant(1) { h() } }"
        || Self.text("func f() { g(); h() }")
          == "func f() { if mutant(0) { return };  if !mutant(1) { g() }; if !mutant(2) { h() } }"
    )
  }

  @Test func `without mutants a file is what it was`() {
    let source = "// é😀\nfunc f() { a < b }\n"
    #expect(Self.text(source) { _ in false } == source)
  }

  @Test func `the compiler's complaint is about the last switch before it`() {
    let text = "import MutantSwitch\nlet x = (mutant(4) ? (a) : (b)) + (mutant(7) ? (c) : (d))\n"
    #expect(MutatedFile.blamed(in: text, line: 2, column: 22) == 4)
    #expect(MutatedFile.blamed(in: text, line: 2, column: 50) == 7)
    #expect(MutatedFile.blamed(in: text, line: 3, column: 1) == 7)
  }
}

@Suite struct BalanceTests {
  static let mutants = SiteFinder.mutants(of: "let x = a && b || c", file: "Kubernetes/f.swift")

  static func faults(_ fates: [Fate], _ explanations: String) -> [String] {
    Balance(
      chosen: mutants, fates: Dictionary(uniqueKeysWithValues: zip(mutants.map(\.name), fates)),
      explanations: Explanations(explanations)
    ).faults()
  }

  @Test func `all dead is no fault`() {
    #expect(Self.faults([.killed, .timeOut], "# none\n") == [])
  }

  @Test func `a mutant that lives is explained`() {
    #expect(Self.faults([.killed, .survived], "").count == 2)
    let name = Self.mutants[1].name
    // One that gives no other answer is no mistake; of the others too few die.
    #expect(Self.faults([.killed, .survived], "\(name)\n  equivalent: both are the same here\n") == [])
    #expect(Self.faults([.killed, .survived], "\(name)\n  out of reach: nobody comes by there\n").count == 1)
    #expect(Self.faults([.killed, .survived], "\(name)\n  because I say so, and so it is\n").count == 2)
  }

  @Test func `an explanation of what is dead or gone is a fault`() {
    let reason = "\n  equivalent: both are the same here\n"
    #expect(Self.faults([.killed, .killed], Self.mutants[0].name + reason).count == 1)
    #expect(Self.faults([.killed, .killed], "Kubernetes/g.swift: f: logic: `a` → `b`" + reason).count == 1)
  }

  @Test func `what was not tried is a fault`() {
    #expect(Self.faults([.killed], "").contains { $0.contains("not tried") })
  }
}
