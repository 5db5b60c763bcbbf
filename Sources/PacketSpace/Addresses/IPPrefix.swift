/// A CIDR block. Host bits are always zero, so that equal blocks are equal values.
package struct IPPrefix: Hashable, Comparable, Sendable {
  /// The lowest address of the block.
  package let address: IPAddress
  /// The number of leading bits that its addresses share: 0 to 32, or 0 to 128.
  package let length: Int

  /// The block of this length that holds the address. A length beyond the family's is the nearest one that there is.
  package init(_ address: IPAddress, length: Int) {
    let length = min(max(length, 0), address.family.bitWidth)
    self.length = length
    self.address = IPAddress(
      family: address.family, value: address.value & ~Self.hostMask(address.family, length))
  }

  /// The block of one address.
  package init(host: IPAddress) {
    address = host
    length = host.family.bitWidth
  }

  private static func hostMask(_ family: IPFamily, _ length: Int) -> UInt128 {
    // A shift by all 128 bits gives zero, and so the mask of all bits.
    (UInt128(1) << UInt128(family.bitWidth - length)) &- 1
  }

  /// `0.0.0.0/0`.
  package static let anyIPv4 = IPPrefix(IPAddress(v4: 0), length: 0)
  /// `::/0`.
  package static let anyIPv6 = IPPrefix(IPAddress(family: .v6, value: 0), length: 0)

  /// The family of its addresses.
  package var family: IPFamily { address.family }
  /// The lowest address.
  package var first: IPAddress { address }
  /// The highest address.
  package var last: IPAddress {
    IPAddress(family: family, value: address.value | Self.hostMask(family, length))
  }
  /// Whether it holds one address only.
  package var isHost: Bool { length == family.bitWidth }

  /// Whether the address lies in the block. O(1).
  package func contains(_ other: IPAddress) -> Bool {
    other.family == family && other.value & ~Self.hostMask(family, length) == address.value
  }

  /// Whether all of the other block lies in this one. O(1).
  package func contains(_ other: IPPrefix) -> Bool { other.length >= length && contains(other.address) }

  /// Whether the blocks share an address: one of them holds the other. O(1).
  package func overlaps(_ other: IPPrefix) -> Bool { contains(other) || other.contains(self) }

  /// By address, a shorter block before the longer ones in it.
  package static func < (left: IPPrefix, right: IPPrefix) -> Bool {
    left.address == right.address ? left.length < right.length : left.address < right.address
  }
}
