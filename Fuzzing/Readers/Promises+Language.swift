import Language

/// Lines of the language.
extension Promises {
  mutating func readStatement(_ bytes: [UInt8]) {
    let text = String(decoding: bytes, as: UTF8.self)
    do throws(StatementError) {
      let statement = try Parser.statement(text)
      let printed = statement.description
      do throws(StatementError) {
        let again = try Parser.statement(printed)
        expect(again == statement, "what was printed means something else: \(printed)")
        expect(again.description == printed, "printed twice it is another text: \(printed)")
      } catch {
        expect(false, "what was printed is not understood: \(printed): \(error)")
      }
    } catch {
      let length = text.utf8.count
      expect(
        0 <= error.span.start && error.span.start <= error.span.end && error.span.end <= length,
        "the place \(error.span.start)..<\(error.span.end) lies outside of \(length) bytes")
    }
  }
}
