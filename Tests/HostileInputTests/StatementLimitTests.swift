import Diagnostics
import Language
import NetworkModel
import Properties
import Testing

/// What one line of the language may ask.
@Suite struct `Limits of a statement` {
  private func error(_ text: String) -> String? {
    do throws(StatementError) {
      _ = try Parser.statement(text)
      return nil
    } catch {
      return error.message
    }
  }

  @Test func `its size`() {
    let limit = InputLimits.standard.statementBytes
    let line = "a -> b"
    #expect(error(line + String(repeating: " ", count: limit - line.utf8.count)) == nil)
    #expect(
      error(line + String(repeating: " ", count: limit + 1 - line.utf8.count))
        == "a statement has at most \(limit) bytes, this one has \(limit + 1)")
  }

  @Test func `its depth`() {
    let limit = InputLimits.standard.statementDepth
    func nested(_ depth: Int) -> String {
      String(repeating: "(", count: depth) + "a" + String(repeating: ")", count: depth) + " -> b"
    }
    #expect(error(nested(limit - 1)) == nil)
    #expect(error(nested(limit)) == "more than \(limit) parentheses and `!` in each other")
    #expect(error(String(repeating: "!", count: limit) + "a -> b") != nil)
  }

  @Test(arguments: ["|", "&"]) func `as many sides as are allowed are read, printed and compared`(sign: String) throws {
    let limit = InputLimits.standard.statementSigns
    func sides(_ signs: Int) -> String {
      Array(repeating: "a", count: signs + 1).joined(separator: " \(sign) ") + " -> b"
    }
    let statement = try Parser.statement(sides(limit))
    #expect(try Parser.statement(statement.description) == statement)
    #expect(error(sides(limit + 1)) == "more than \(limit) `&` and `|` in a statement")
    #expect(error(Array(repeating: "a", count: 8_000).joined(separator: sign) + " -> b") != nil)
  }

  private func verdict(
    _ property: String, tiers: [String: String] = [:], parameters: [String: String] = [:]
  ) -> String? {
    var network = Network()
    network.seal()
    let evaluator = Evaluator(
      Evaluator.Ground(network, tiers: TierDefinitions(tiers), parameters: parameters, facts: StructuralFacts()))
    do throws(StatementError) {
      _ = try evaluator.verdict(try Parser.property(property))
      return nil
    } catch {
      return error.description
    }
  }

  @Test func `tiers that are defined by each other`() {
    let limit = InputLimits.standard.definitionDepth
    func chain(_ length: Int) -> [String: String] {
      var tiers = ["t\(length)": "kind:pod"]
      for level in 1..<length { tiers["t\(level)"] = "tier:t\(level + 1)" }
      return tiers
    }
    #expect(verdict("forbid tier:t1 -> tier:t1", tiers: chain(limit)) == nil)
    // As many sides as are allowed in each, and the next one first among them.
    let wide = chain(limit).mapValues {
      $0 + String(repeating: " | kind:pod", count: InputLimits.standard.statementSigns)
    }
    #expect(verdict("forbid tier:t1 -> tier:t1", tiers: wide) == nil)
    let beyond = verdict("forbid tier:t1 -> tier:t1", tiers: chain(limit + 1))
    #expect(beyond?.contains("is reached through more than \(limit) definitions") == true)
    #expect(verdict("forbid tier:t1 -> any", tiers: chain(5_000)) != nil)
  }

  @Test func `definitions that double each other`() {
    func doubling(_ levels: Int, _ word: (Int) -> String) -> [String: String] {
      var words = ["t\(levels)": "kind:pod"]
      for level in 1..<levels { words["t\(level)"] = "\(word(level + 1)) | \(word(level + 1))" }
      return words
    }
    // 2^9 - 1 uses, and 2^10 - 1 and more.
    let words = "used more than \(InputLimits.standard.definitionUses) times"
    #expect(verdict("forbid tier:t1 -> any", tiers: doubling(9) { "tier:t\($0)" }) == nil)
    #expect(verdict("forbid tier:t1 -> any", tiers: doubling(12) { "tier:t\($0)" })?.contains(words) == true)
    #expect(verdict("forbid {t1} -> any", parameters: doubling(9) { "{t\($0)}" }) == nil)
    #expect(verdict("forbid {t1} -> any", parameters: doubling(12) { "{t\($0)}" })?.contains(words) == true)
  }

  @Test func `words that parameters make long`() {
    let limit = InputLimits.standard.statementBytes
    let long = ["a": String(repeating: "x", count: limit / 4)]
    #expect(verdict("forbid name:{a}{a}{a}* -> any", parameters: long) == nil)
    #expect(
      verdict("forbid name:{a}{a}{a}{a}* -> any", parameters: long)?.contains("longer than \(limit) bytes") == true)
  }
}
