import Diagnostics

/// What is wrong with a file before its format matters.
enum TextChecks {
  /// The first reason why the bytes are no text that is read.
  static func problem(_ file: SourceFile, limits: InputLimits) -> Diagnostic? {
    let bytes = file.bytes
    if bytes.count > min(limits.bytes, Int(Int32.max)) {
      return tooLarge(file, limits)
    }
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return utf16(file)
    }
    // One pass that tells plain ASCII, which nearly all files are.
    var isASCII = true
    for (offset, byte) in bytes.enumerated() where byte == 0 || byte >= 0x80 {
      if byte == 0 { return zeroByte(file, at: offset) }
      isASCII = false
    }
    if isASCII { return nil }
    do throws(UTF8.ValidationError) {
      _ = try UTF8Span(validating: bytes.span)
      return nil
    } catch {
      return notUTF8(file, at: error.byteOffsets.lowerBound)
    }
  }
}

// MARK: Messages

extension TextChecks {
  private static func error(
    _ file: SourceFile, _ code: String, _ message: String, at offset: Int, _ label: String, help: String? = nil
  ) -> Diagnostic {
    let range = SourceRange(
      file: file.id, start: UInt32(min(offset, file.bytes.count)), end: UInt32(min(offset + 1, file.bytes.count)))
    return Diagnostic(
      code: code, severity: .error, message: message, primary: Diagnostic.Label(range: range, text: label),
      notes: ["the file was not read"], help: help)
  }

  private static func tooLarge(_ file: SourceFile, _ limits: InputLimits) -> Diagnostic {
    error(
      file, "TP0101", "the file is larger than \(min(limits.bytes, Int(Int32.max))) bytes", at: 0,
      "it has \(file.bytes.count) bytes")
  }

  private static func utf16(_ file: SourceFile) -> Diagnostic {
    error(file, "TP0102", "the file is in UTF-16", at: 0, "a UTF-16 byte order mark", help: "save it as UTF-8")
  }

  private static func zeroByte(_ file: SourceFile, at offset: Int) -> Diagnostic {
    error(file, "TP0103", "the file is not text", at: offset, "a zero byte, as only binary files and UTF-16 have")
  }

  private static func notUTF8(_ file: SourceFile, at offset: Int) -> Diagnostic {
    let byte = String(file.bytes[min(offset, file.bytes.count - 1)], radix: 16, uppercase: true)
    return error(
      file, "TP0104", "the file is not valid UTF-8", at: offset, "the byte 0x\(byte) is no character here",
      help: "save it as UTF-8")
  }
}
