/// Strings that hold escapes, the only ones whose text does not stand in the file.
extension JSONParser {
  /// Goes on with a string from its first escape to its closing quote.
  mutating func escapedText(from start: Int) throws(JSONSyntaxError) -> String {
    var text = Array(bytes[(start + 1)..<at])
    while at < bytes.count {
      let byte = bytes[at]
      switch byte {
      case UInt8(ascii: "\""):
        at += 1
        return String(decoding: text, as: UTF8.self)
      case UInt8(ascii: "\\"): try escape(into: &text)
      case 0..<0x20: throw control(at)
      default:
        at += 1
        text.append(byte)
      }
    }
    throw openString(start)
  }

  private mutating func escape(into text: inout [UInt8]) throws(JSONSyntaxError) {
    let start = at
    at += 2
    guard start + 1 < bytes.count else { return }
    switch bytes[start + 1] {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(bytes[start + 1])
    case UInt8(ascii: "b"): text.append(8)
    case UInt8(ascii: "f"): text.append(12)
    case UInt8(ascii: "n"): text.append(10)
    case UInt8(ascii: "r"): text.append(13)
    case UInt8(ascii: "t"): text.append(9)
    case UInt8(ascii: "u"): text.append(contentsOf: String(Character(try unicode(start))).utf8)
    default:
      var error = failure(
        "a string holds an unknown escape", "expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u", at: start)
      error.length = 2
      throw error
    }
  }

  /// The character of `\uXXXX`, or of the two that make one beyond the first plane.
  private mutating func unicode(_ start: Int) throws(JSONSyntaxError) -> Unicode.Scalar {
    let first = try hexadecimal(start)
    if let scalar = Unicode.Scalar(first) { return scalar }
    guard first < 0xDC00 else { throw halfPair(start, "expected the first half of the pair before it") }
    guard at + 1 < bytes.count, bytes[at] == UInt8(ascii: "\\"), bytes[at + 1] == UInt8(ascii: "u") else {
      throw halfPair(start, "expected the other half of the pair after it")
    }
    let next = at
    at += 2
    let second = try hexadecimal(next)
    guard (0xDC00..<0xE000).contains(second),
      let scalar = Unicode.Scalar(0x10000 + ((UInt32(first) - 0xD800) << 10) + (UInt32(second) - 0xDC00))
    else { throw halfPair(start, "expected the other half of the pair after it") }
    return scalar
  }

  private mutating func hexadecimal(_ start: Int) throws(JSONSyntaxError) -> UInt16 {
    var value: UInt16 = 0
    for _ in 0..<4 {
      guard let byte = peek(), byte < 0x80, let digit = Character(Unicode.Scalar(byte)).hexDigitValue else {
        var error = failure("an escape is not complete", "expected four hexadecimal digits after \\u", at: start)
        error.length = at - start
        throw error
      }
      value = value << 4 | UInt16(digit)
      at += 1
    }
    return value
  }

  private func halfPair(_ start: Int, _ expected: String) -> JSONSyntaxError {
    var error = failure("half of a surrogate pair stands alone", expected, at: start)
    error.length = 6
    return error
  }
}
