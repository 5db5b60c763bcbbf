extension IPPrefix: LosslessStringConvertible {
  /// Reads `10.0.0.0/8`; an address alone is a block of one. Host bits are masked, as every platform does.
  package init?(_ text: String) {
    guard let (address, length) = Self.read(Substring(text)) else { return nil }
    self.init(address, length: length)
  }

  /// Reads `10.0.0.0/8`; an address alone is a block of one.
  package init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// Whether a text that reads as a block has bits set behind its length, as in `10.0.0.1/8`: often a slip worth a word.
  package static func hasHostBits(_ text: some StringProtocol) -> Bool {
    guard let (address, length) = read(Substring(text)) else { return false }
    return IPPrefix(address, length: length).address != address
  }

  private static func read(_ text: Substring) -> (IPAddress, Int)? {
    guard let slash = text.utf8.firstIndex(of: UInt8(ascii: "/")) else {
      return IPAddress(text).map { ($0, $0.family.bitWidth) }
    }
    guard let address = IPAddress(text[..<slash]),
      let length = Int(decimal: text.utf8[text.utf8.index(after: slash)...], most: address.family.bitWidth)
    else { return nil }
    return (address, length)
  }

  /// The address, a slash and the length, also for a block of one.
  package var description: String { "\(address.description)/\(length)" }
}
