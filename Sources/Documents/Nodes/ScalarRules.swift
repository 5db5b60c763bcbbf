/// What a plain scalar is, by the rules that Kubernetes clients use: YAML 1.1 booleans, numbers as in the core schema and octal with a
/// leading zero, everything else text.
enum ScalarRules {
  static func kind(ofPlain text: String) -> Node.Kind {
    guard let first = text.utf8.first else { return .null }
    switch text {
    case "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE", "y", "Y", "yes", "Yes", "YES", "n", "N", "no", "No", "NO",
      "on", "On", "ON", "off", "Off", "OFF":
      return .bool
    case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF", ".nan", ".NaN", ".NAN":
      return .float
    default: break
    }
    let startsNumber =
      first == UInt8(ascii: "-") || first == UInt8(ascii: "+") || first == UInt8(ascii: ".")
      || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
    guard startsNumber else { return .string }
    if isInteger(text) { return .integer }
    return isFloat(text) ? .float : .string
  }

  private static func digits(_ text: String) -> (negative: Bool, digits: Substring, radix: Int)? {
    var rest = text[...]
    var negative = false
    if rest.hasPrefix("-") || rest.hasPrefix("+") {
      negative = rest.hasPrefix("-")
      rest = rest.dropFirst()
    }
    if rest.hasPrefix("0x") { return (negative, rest.dropFirst(2), 16) }
    if rest.hasPrefix("0o") { return (negative, rest.dropFirst(2), 8) }
    if rest.hasPrefix("0b") { return (negative, rest.dropFirst(2), 2) }
    if rest.hasPrefix("0"), rest.count > 1, rest.allSatisfy({ "01234567_".contains($0) }) {
      return (negative, rest.dropFirst(), 8)
    }
    return (negative, rest, 10)
  }

  private static func isInteger(_ text: String) -> Bool {
    guard let (_, digits, radix) = digits(text) else { return false }
    let plain = digits.filter { $0 != "_" }
    return !plain.isEmpty && digits.first != "_" && plain.utf8.allSatisfy { isDigit($0, radix) }
  }

  private static func isDigit(_ byte: UInt8, _ radix: Int) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): Int(byte - UInt8(ascii: "0")) < radix
    case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }

  private static func isFloat(_ text: String) -> Bool {
    var bytes = Array(text.utf8)[...]
    if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
    let isDecimal: (UInt8) -> Bool = { isDigit($0, 10) }
    let whole = bytes.prefix(while: isDecimal)
    bytes = bytes.dropFirst(whole.count)
    var fraction = 0
    if bytes.first == UInt8(ascii: ".") {
      bytes = bytes.dropFirst()
      fraction = bytes.prefix(while: isDecimal).count
      bytes = bytes.dropFirst(fraction)
    }
    if whole.isEmpty && fraction == 0 { return false }
    if bytes.first == UInt8(ascii: "e") || bytes.first == UInt8(ascii: "E") {
      bytes = bytes.dropFirst()
      if bytes.first == UInt8(ascii: "-") || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
      let exponent = bytes.prefix(while: isDecimal).count
      if exponent == 0 { return false }
      bytes = bytes.dropFirst(exponent)
    }
    return bytes.isEmpty
  }

  static func integer(_ text: String) -> Int? {
    guard let (negative, digits, radix) = digits(text) else { return nil }
    let plain = digits.filter { $0 != "_" }
    return Int((negative ? "-" : "") + plain, radix: radix)
  }

  static func double(_ text: String) -> Double? {
    switch text.lowercased() {
    case ".inf", "+.inf": return .infinity
    case "-.inf": return -.infinity
    case ".nan": return .nan
    default: return integer(text).map(Double.init) ?? Double(text)
    }
  }
}
