import Diagnostics

/// Where and why a text ends to be JSON.
struct JSONSyntaxError: Error {
  var code = "TP0110"
  var offset: Int
  var length = 1
  var message: String
  var expected: String
  /// Where the object or list began that is not complete.
  var opener: (offset: Int, label: String)?
  var help: String?

  func diagnostic(_ file: SourceFile) -> Diagnostic {
    func range(_ offset: Int, _ length: Int) -> SourceRange {
      SourceRange(
        file: file.id, start: UInt32(min(offset, file.bytes.count)),
        end: UInt32(min(offset + length, file.bytes.count)))
    }
    return Diagnostic(
      code: code, severity: .error, message: message,
      primary: Diagnostic.Label(range: range(offset, length), text: expected),
      secondary: opener.map { [Diagnostic.Label(range: range($0.offset, 1), text: $0.label)] } ?? [],
      notes: ["the file was not read"], help: help)
  }
}
