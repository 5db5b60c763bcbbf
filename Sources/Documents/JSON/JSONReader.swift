package import Diagnostics

/// Reads JSON (RFC 8259) into nodes with places.
///
/// Written by hand because no JSON library for Swift tells where a value stands, and a finding is nothing without its line. One pass over
/// the bytes, no recursion, strings decoded only where they hold an escape, and other text only when it is asked for.
package enum JSONReader {
  package static func read(_ file: SourceFile, limits: InputLimits = .standard) -> ReadResult {
    if let problem = TextChecks.problem(file, limits: limits) { return ReadResult(diagnostics: [problem]) }
    var parser = JSONParser(file: file, limits: limits)
    do throws(JSONSyntaxError) {
      let root = try parser.parse()
      let document = Document(
        file: file.id, root: Node(arena: parser.builder.finish(), index: root), comments: [], index: 0, format: .json)
      return ReadResult(documents: [document], diagnostics: parser.problems.all())
    } catch {
      return ReadResult(diagnostics: parser.problems.all(ending: error.diagnostic(file)))
    }
  }
}
