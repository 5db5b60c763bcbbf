/// A CIDR block. Host bits are always zero.
package struct IPPrefix: Hashable, Comparable, Sendable {
  package let address: IPAddress
  package let length: Int

  /// The block of this length that holds the address.
  package init(_ address: IPAddress, length: Int) {
    let length = min(max(length, 0), address.family.bitWidth)
    self.length = length
    self.address = IPAddress(
      family: address.family, value: address.value & ~Self.hostMask(address.family, length))
  }

  /// The block of one address.
  package init(host: IPAddress) { self.init(host, length: host.family.bitWidth) }

  private static func hostMask(_ family: IPFamily, _ length: Int) -> UInt128 {
    let hostBits = family.bitWidth - length
    return hostBits == 128 ? UInt128.max : (1 << UInt128(hostBits)) - 1
  }

  package static let anyIPv4 = IPPrefix(IPAddress(v4: 0), length: 0)
  package static let anyIPv6 = IPPrefix(IPAddress(family: .v6, value: 0), length: 0)

  package var family: IPFamily { address.family }
  package var first: IPAddress { address }
  package var last: IPAddress {
    IPAddress(family: family, value: address.value | Self.hostMask(family, length))
  }
  package var isHost: Bool { length == family.bitWidth }

  package func contains(_ other: IPAddress) -> Bool {
    other.family == family && other.value & ~Self.hostMask(family, length) == address.value
  }

  package func contains(_ other: IPPrefix) -> Bool { other.length >= length && contains(other.address) }

  package func overlaps(_ other: IPPrefix) -> Bool { contains(other) || other.contains(self) }

  /// By address, a shorter block before the longer ones in it.
  package static func < (left: IPPrefix, right: IPPrefix) -> Bool {
    (left.address, left.length) < (right.address, right.length)
  }
}

extension IPPrefix: LosslessStringConvertible {
  /// Reads `10.0.0.0/8`; an address alone is a block of one. Host bits are masked, as every platform does.
  package init?(_ text: String) {
    let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
    guard let address = IPAddress(parts[0]) else { return nil }
    if parts.count == 1 {
      self.init(host: address)
      return
    }
    guard let length = IPAddress.decimal(Array(parts[1].utf8)[...], most: address.family.bitWidth) else { return nil }
    self.init(address, length: length)
  }

  package init?(_ text: some StringProtocol) { self.init(String(text)) }

  /// Whether a text that reads as a block has bits set behind its length.
  package static func hasHostBits(_ text: some StringProtocol) -> Bool {
    guard let prefix = IPPrefix(text), let head = text.split(separator: "/").first, let address = IPAddress(head)
    else { return false }
    return address != prefix.address
  }

  package var description: String { "\(address.description)/\(length)" }
}
