extension IPAddress: LosslessStringConvertible {
  /// Reads the strict text forms: four decimal octets without leading zeros, or RFC 4291 section 2.2 with at most one `::` and perhaps
  /// IPv4's form for the last 32 bits. `::ffff:10.0.0.1` is an IPv6 address.
  ///
  /// Octets with leading zeros are octal to some programs and decimal to others; what two programs read differently is no address here.
  package init?(_ text: String) { self.init(bytes: Substring(text).utf8) }

  /// Reads the strict text forms.
  package init?(_ text: some StringProtocol) { self.init(bytes: Substring(text).utf8) }

  private init?(bytes: Substring.UTF8View) {
    if bytes.contains(UInt8(ascii: ":")) {
      guard let value = Self.readIPv6(bytes) else { return nil }
      self.init(family: .v6, value: value)
    } else {
      guard let value = Self.readIPv4(bytes) else { return nil }
      self.init(v4: value)
    }
  }

  private static func readIPv4(_ bytes: Substring.UTF8View) -> UInt32? {
    var value: UInt32 = 0
    var octets = 0
    var rest = bytes
    while octets < 4 {
      let end = octets == 3 ? rest.endIndex : rest.firstIndex(of: UInt8(ascii: "."))
      guard let end, let octet = UInt8(decimal: rest[..<end]) else { return nil }
      value = value << 8 | UInt32(octet)
      octets += 1
      if octets < 4 { rest = rest[rest.index(after: end)...] }
    }
    return value
  }

  private static func readIPv6(_ bytes: Substring.UTF8View) -> UInt128? {
    let colon = UInt8(ascii: ":")
    var words: UInt128 = 0
    var count = 0
    // How many words stood before the `::`.
    var gap: Int?
    var index = bytes.startIndex
    if bytes.starts(with: [colon, colon]) {
      gap = 0
      index = bytes.index(index, offsetBy: 2)
    }
    while index < bytes.endIndex {
      let start = index
      var word: UInt128 = 0
      var digits = 0
      while index < bytes.endIndex, digits < 5, let digit = hexDigit(bytes[index]) {
        word = word << 4 | UInt128(digit)
        digits += 1
        index = bytes.index(after: index)
      }
      if index < bytes.endIndex, bytes[index] == UInt8(ascii: ".") {
        guard count <= 6, let tail = readIPv4(bytes[start...]) else { return nil }
        words = words << 32 | UInt128(tail)
        count += 2
        break
      }
      guard (1...4).contains(digits), count < 8 else { return nil }
      words = words << 16 | word
      count += 1
      if index == bytes.endIndex { break }
      guard bytes[index] == colon else { return nil }
      index = bytes.index(after: index)
      guard index < bytes.endIndex else { return nil }
      if bytes[index] == colon {
        guard gap == nil else { return nil }
        gap = count
        index = bytes.index(after: index)
      }
    }
    guard let gap else { return count == 8 ? words : nil }
    guard count <= 7 else { return nil }
    let tailBits = UInt128(16 * (count - gap))
    let head = words >> tailBits
    return head << UInt128(16 * (8 - gap)) | (words & (1 << tailBits - 1))
  }

  private static func hexDigit(_ byte: UInt8) -> UInt8? {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
    case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
    case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
    default: nil
    }
  }
}

extension FixedWidthInteger {
  /// A plain decimal number: digits only, no sign, no leading zeros, at most `most`. The library's own reader takes `+7` and `007`.
  init?(decimal digits: Substring.UTF8View, most: Self = .max) {
    guard let first = digits.first, first != UInt8(ascii: "0") || digits.dropFirst().isEmpty else { return nil }
    var value: Self = 0
    for digit in digits {
      guard case UInt8(ascii: "0")...UInt8(ascii: "9") = digit else { return nil }
      let (tens, overflow) = value.multipliedReportingOverflow(by: 10)
      let (sum, carry) = tens.addingReportingOverflow(Self(digit - UInt8(ascii: "0")))
      guard !overflow, !carry, sum <= most else { return nil }
      value = sum
    }
    self = value
  }
}
