import Diagnostics
import Testing

@Suite struct SpellingTests {
  @Test(arguments: [
    ("teir", "tier"), ("manifest", "manifests"), ("Inputs", "inputs"), ("paramaters", "parameters"), ("tire", "tier"),
  ])
  func `a slip of the finger finds the word that was meant`(written: String, meant: String) {
    #expect(Spelling.nearest(to: written, among: ["inputs", "manifests", "parameters", "tier", "zones"]) == meant)
  }

  @Test func `a word that is like none of them finds nothing`() {
    #expect(Spelling.nearest(to: "services", among: ["inputs", "tier"]) == nil)
    #expect(Spelling.nearest(to: "", among: ["inputs"]) == nil)
    #expect(Spelling.nearest(to: "tier", among: []) == nil)
    #expect(Spelling.nearest(to: String(repeating: "a", count: 10_000), among: ["inputs"]) == nil)
  }

  @Test func `of words equally near the first is taken`() {
    #expect(Spelling.nearest(to: "tiex", among: ["tier", "ties"]) == "tier")
  }
}
