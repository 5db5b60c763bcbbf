import Diagnostics
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

  @Test(arguments: ["|", "&"]) func `as many sides as fit are read, printed and compared`(sign: String) throws {
    let sides = Array(repeating: "a", count: 4_000).joined(separator: " \(sign) ")
    let statement = try Parser.statement("\(sides) -> b")
    #expect(try Parser.statement(statement.description) == statement)
  }
}
