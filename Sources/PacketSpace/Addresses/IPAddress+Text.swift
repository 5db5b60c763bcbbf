extension IPAddress: LosslessStringConvertible {
  /// Reads the strict text forms: four decimal octets without leading zeros, or RFC 4291 with at most one `::` and an optional IPv4 tail.
  package init?(_ text: String) {
    if text.utf8.contains(UInt8(ascii: ":")) {
      guard let value = Self.parseV6(Array(text.utf8)) else { return nil }
      self.init(family: .v6, value: value)
    } else {
      guard let value = Self.parseV4(Array(text.utf8)[...]) else { return nil }
      self.init(v4: value)
    }
  }

  package init?(_ text: some StringProtocol) { self.init(String(text)) }

  private static func parseV4(_ bytes: ArraySlice<UInt8>) -> UInt32? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard parts.count == 4 else { return nil }
    var value: UInt32 = 0
    for part in parts {
      guard let octet = decimal(part, most: 255) else { return nil }
      value = value << 8 | UInt32(octet)
    }
    return value
  }

  /// A decimal number without sign or leading zeros, at most `most`.
  static func decimal(_ digits: ArraySlice<UInt8>, most: Int) -> Int? {
    guard let first = digits.first, digits.count <= 5 else { return nil }
    if first == UInt8(ascii: "0"), digits.count > 1 { return nil }
    var value = 0
    for digit in digits {
      guard (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(digit) else { return nil }
      value = value * 10 + Int(digit - UInt8(ascii: "0"))
    }
    return value <= most ? value : nil
  }

  private static func parseV6(_ bytes: [UInt8]) -> UInt128? {
    guard bytes.count <= 45 else { return nil }
    let colon = UInt8(ascii: ":")
    var gap: Int?
    for index in bytes.indices.dropLast() where bytes[index] == colon && bytes[index + 1] == colon {
      if gap != nil { return nil }
      gap = index
    }
    guard let gap else {
      guard let words = words(bytes[...]), words.count == 8 else { return nil }
      return joined(words)
    }
    let head = bytes[..<gap]
    let tail = bytes[(gap + 2)...]
    guard let left = head.isEmpty ? [] : words(head), let right = tail.isEmpty ? [] : words(tail),
      left.count + right.count <= 7
    else { return nil }
    return joined(left + [UInt16](repeating: 0, count: 8 - left.count - right.count) + right)
  }

  private static func words(_ bytes: ArraySlice<UInt8>) -> [UInt16]? {
    let parts = bytes.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    var words: [UInt16] = []
    for (index, part) in parts.enumerated() {
      if index == parts.count - 1, part.contains(UInt8(ascii: ".")) {
        guard let v4 = parseV4(part) else { return nil }
        words.append(UInt16(v4 >> 16))
        words.append(UInt16(truncatingIfNeeded: v4))
        continue
      }
      guard (1...4).contains(part.count), let text = String(validating: part, as: UTF8.self),
        text.allSatisfy(\.isHexDigit), let word = UInt16(text, radix: 16)
      else { return nil }
      words.append(word)
    }
    return words.count <= 8 ? words : nil
  }

  private static func joined(_ words: [UInt16]) -> UInt128 {
    words.reduce(0) { $0 << 16 | UInt128($1) }
  }

  /// The canonical text: dotted decimal, or RFC 5952.
  package var description: String {
    if family == .v4 {
      let bits = UInt32(truncatingIfNeeded: value)
      return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
    }
    let words = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
    // The longest run of zero words, the first of equals, at least two, is written as "::" (RFC 5952, section 4.2).
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, words[end] == 0 { end += 1 }
      if end - index > max(best.count, 1) { best = index..<end }
      index = max(end, index + 1)
    }
    func text(_ part: some Collection<UInt16>) -> String {
      part.map { String($0, radix: 16) }.joined(separator: ":")
    }
    if best.isEmpty { return text(words) }
    return text(words[..<best.lowerBound]) + "::" + text(words[best.upperBound...])
  }
}
