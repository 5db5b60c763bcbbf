extension IPAddress {
  /// The canonical text: dotted decimal, or RFC 5952, where an IPv4-mapped address ends in IPv4's form (section 5).
  package var description: String {
    if family == .v4 { return dotted }
    if value >> 32 == 0xffff { return "::ffff:" + dotted }
    let words = (0..<8).map { UInt16(truncatingIfNeeded: value >> UInt128(112 - 16 * $0)) }
    // The longest run of zero words, the first of equals, at least two, is written as "::" (section 4.2).
    var best = 0..<0
    var index = 0
    while index < 8 {
      var end = index
      while end < 8, words[end] == 0 { end += 1 }
      if end - index > max(best.count, 1) { best = index..<end }
      index = max(end, index + 1)
    }
    if best.isEmpty { return Self.text(words[...]) }
    return Self.text(words[..<best.lowerBound]) + "::" + Self.text(words[best.upperBound...])
  }

  private var dotted: String {
    let bits = UInt32(truncatingIfNeeded: value)
    return "\(bits >> 24).\(bits >> 16 & 255).\(bits >> 8 & 255).\(bits & 255)"
  }

  private static func text(_ words: ArraySlice<UInt16>) -> String {
    words.map { String($0, radix: 16) }.joined(separator: ":")
  }
}
