/// What a plain scalar is, by the rules that Kubernetes clients use (sigs.k8s.io/yaml over go-yaml): YAML 1.1 booleans, numbers as in
/// the core schema and octal with a leading zero, underscores between digits, everything else text.
enum ScalarRules {
  static func kind(ofPlain text: ArraySlice<UInt8>) -> Node.Kind {
    guard let first = text.first else { return .null }
    switch first {
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "+"): return kind(ofNumber: text)
    case UInt8(ascii: "."): return text.count <= 5 ? kind(ofWord: text) ?? kind(ofNumber: text) : kind(ofNumber: text)
    case UInt8(ascii: "~"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
      UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "o"), UInt8(ascii: "O"):
      // No word that means something is longer than `false`.
      return text.count <= 5 ? kind(ofWord: text) ?? .string : .string
    default: return .string
    }
  }

  private static func kind(ofWord text: ArraySlice<UInt8>) -> Node.Kind? {
    switch String(decoding: text, as: UTF8.self) {
    case "~", "null", "Null", "NULL": .null
    case "true", "True", "TRUE", "false", "False", "FALSE", "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO",
      "on", "On", "ON", "off", "Off", "OFF":
      .bool
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN": .float
    default: nil
    }
  }

  private static func kind(ofNumber text: ArraySlice<UInt8>) -> Node.Kind {
    let allowed = text.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"),
        UInt8(ascii: "A")...UInt8(ascii: "F"), UInt8(ascii: "-"), UInt8(ascii: "+"), UInt8(ascii: "."),
        UInt8(ascii: "_"), UInt8(ascii: "x"), UInt8(ascii: "X"), UInt8(ascii: "o"), UInt8(ascii: "O"):
        true
      default: false
      }
    }
    // Addresses, images and dates begin with digits too; most end here.
    guard allowed else { return text.count == 5 ? kind(ofWord: text) ?? .string : .string }
    let plain = text.filter { $0 != UInt8(ascii: "_") }
    if isInteger(plain) { return .integer }
    return isFloat(plain) ? .float : .string
  }

  // MARK: Numbers

  private static func isInteger(_ text: [UInt8]) -> Bool {
    let (_, digits, radix) = parts(text)
    return !digits.isEmpty && digits.allSatisfy { isDigit($0, radix) }
  }

  /// Sign, digits and radix of a number without underscores: `0x`, `0o`, `0b`, and octal after a zero.
  private static func parts(_ text: [UInt8]) -> (isNegative: Bool, digits: ArraySlice<UInt8>, radix: Int) {
    var rest = text[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard rest.first == UInt8(ascii: "0"), rest.count > 1 else { return (isNegative, rest, 10) }
    switch rest[rest.startIndex + 1] {
    case UInt8(ascii: "x"), UInt8(ascii: "X"): return (isNegative, rest.dropFirst(2), 16)
    case UInt8(ascii: "o"), UInt8(ascii: "O"): return (isNegative, rest.dropFirst(2), 8)
    case UInt8(ascii: "b"), UInt8(ascii: "B"): return (isNegative, rest.dropFirst(2), 2)
    default:
      let isOctal = rest.allSatisfy { isDigit($0, 8) }
      return (isNegative, rest, isOctal ? 8 : 10)
    }
  }

  private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) < radix
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }

  private static func isFloat(_ text: [UInt8]) -> Bool {
    var rest = text[...]
    func skipDigits() -> Int {
      let digits = rest.prefix { isDigit($0, 10) }.count
      rest = rest.dropFirst(digits)
      return digits
    }
    func skip(_ one: UInt8, _ other: UInt8) -> Bool {
      guard rest.first == one || rest.first == other else { return false }
      rest = rest.dropFirst()
      return true
    }
    _ = skip(UInt8(ascii: "-"), UInt8(ascii: "+"))
    var mantissa = skipDigits()
    if skip(UInt8(ascii: "."), UInt8(ascii: ".")) { mantissa += skipDigits() }
    guard mantissa > 0 else { return false }
    if skip(UInt8(ascii: "e"), UInt8(ascii: "E")) {
      _ = skip(UInt8(ascii: "-"), UInt8(ascii: "+"))
      guard skipDigits() > 0 else { return false }
    }
    return rest.isEmpty
  }

  // MARK: Values

  /// The number that an integer's text says, if it fits.
  static func integer(_ text: String) -> Int? {
    let (isNegative, digits, radix) = parts(text.utf8.filter { $0 != UInt8(ascii: "_") })
    guard digits.first != UInt8(ascii: "-"), digits.first != UInt8(ascii: "+") else { return nil }
    return Int((isNegative ? "-" : "") + String(decoding: digits, as: UTF8.self), radix: radix)
  }

  static func double(_ text: String) -> Double? {
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default: return integer(text).map(Double.init) ?? Double(text.filter { $0 != "_" })
    }
  }

  static func bool(_ text: String) -> Bool {
    switch text {
    case "true", "True", "TRUE", "y", "Y", "yes", "Yes", "YES", "on", "On", "ON": true
    default: false
    }
  }
}
