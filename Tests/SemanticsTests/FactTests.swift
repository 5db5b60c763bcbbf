import Testing

/// Every fact of `fixtures/semantics`: its network is loaded and asked, and the reference interpreter is asked the same.
@Suite struct `Facts of the platforms` {
  @Test func `every file is read`() {
    for fact in FactFiles.facts { #expect(throws: Never.self) { try fact.get() } }
    for list in FactFiles.notModelled { #expect(throws: Never.self) { try list.get() } }
  }

  @Test(arguments: FactFiles.all) func `hold`(fact: Fact) throws {
    if fact.files.isEmpty { return }
    let loaded = try LoadedFact(fact)
    Self.expect(loaded.errors, toBe: fact.errors, "errors of \(fact.id)")
    #expect(loaded.gaps == fact.gaps.sorted(), "gaps of \(fact.id)")
    let oracle = Oracle(loaded.network)
    for ask in fact.asks {
      let outcome = try loaded.outcome(ask.line)
      let expected = ask.knownWrong ?? ask.answer
      #expect(ask.knownWrong != ask.answer)
      #expect(outcome.answer == expected, "\(fact.id): \(ask.line)\n\(outcome.evidence)")
      if let arrives = ask.arrives { #expect(outcome.arrives == arrives, "\(fact.id): \(ask.line) arrives") }
      for words in ask.because {
        #expect(outcome.evidence.contains(words), "\(fact.id): \(ask.line): no `\(words)` in\n\(outcome.evidence)")
      }
      if let walked = oracle.answer(ask.line) {
        #expect(
          walked == ask.answer || walked == ask.knownWrong, "\(fact.id): \(ask.line), walked packet by packet")
      }
    }
  }

  /// Each of one side is named by one of the other.
  private static func expect(_ found: [String], toBe words: [String], _ what: String) {
    for error in found { #expect(words.contains { error.contains($0) }, "\(what): \(error)") }
    for word in words { #expect(found.contains { $0.contains(word) }, "\(what): \(word) in \(found)") }
  }
}

extension Fact: CustomTestStringConvertible {
  var testDescription: String { "\(id): \(statement)" }
}
