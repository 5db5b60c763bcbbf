import Diagnostics

/// What is wrong with a file before its format matters, and messages that both formats share.
enum TextChecks {
  /// The first reason why the bytes are no text that is read.
  static func problem(_ file: SourceFile, limits: DocumentLimits) -> Diagnostic? {
    let bytes = file.bytes
    func error(_ code: String, _ message: String, at offset: Int, _ label: String, help: String? = nil) -> Diagnostic {
      Diagnostic(
        code: code, severity: .error, message: message,
        primary: Diagnostic.Label(
          range: SourceRange(
            file: file.id, start: UInt32(min(offset, bytes.count)), end: UInt32(min(offset + 1, bytes.count))),
          text: label), notes: ["the file was not read"], help: help)
    }
    if bytes.count > limits.bytes {
      return error("TP0101", "the file is larger than \(limits.bytes) bytes", at: 0, "\(bytes.count) bytes")
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return error(
        "TP0102", "the file is in UTF-16", at: 0, "a UTF-16 byte order mark", help: "save it as UTF-8")
    }
    if let zero = bytes.firstIndex(of: 0) {
      return error("TP0103", "the file is not text", at: zero, "a zero byte")
    }
    if let bad = firstInvalidByte(bytes) {
      return error(
        "TP0104", "the file is not valid UTF-8", at: bad,
        "the byte 0x\(String(bytes[bad], radix: 16)) starts no character",
        help: "save it as UTF-8")
    }
    return nil
  }

  /// The offset of the first byte that belongs to no well-formed UTF-8 sequence.
  static func firstInvalidByte(_ bytes: [UInt8]) -> Int? {
    if String(validating: bytes, as: UTF8.self) != nil { return nil }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput: return nil
      case .error: return min(offset, max(bytes.count - 1, 0))
      }
    }
  }

  static func duplicateKey(_ key: String, _ range: SourceRange, _ earlier: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0120", severity: .error, message: "the key `\(key)` stands twice in one mapping",
      primary: Diagnostic.Label(range: range, text: "here again"),
      secondary: [Diagnostic.Label(range: earlier, text: "first here")],
      notes: ["the first value was used"], help: "remove one of them")
  }
}
