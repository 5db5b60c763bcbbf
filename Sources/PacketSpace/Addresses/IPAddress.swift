/// The two families of the Internet Protocol. Families never mix.
package enum IPFamily: UInt8, Comparable, Hashable, Sendable, CaseIterable {
  case v4 = 4
  case v6 = 6

  /// The number of bits of an address.
  package var bitWidth: Int { self == .v4 ? 32 : 128 }

  /// The highest number of the family.
  package var highest: UInt128 { self == .v4 ? UInt128(UInt32.max) : UInt128.max }

  package static func < (left: IPFamily, right: IPFamily) -> Bool { left.rawValue < right.rawValue }
}

/// One address of either family; IPv4 sorts before IPv6.
package struct IPAddress: Hashable, Comparable, Sendable {
  package var family: IPFamily
  /// The address as a number; IPv4 stands in the low 32 bits.
  package var value: UInt128

  package init(family: IPFamily, value: UInt128) {
    self.family = family
    self.value = value
  }

  /// An IPv4 address from its 32 bits.
  package init(v4 value: UInt32) { self.init(family: .v4, value: UInt128(value)) }

  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    (left.family, left.value) < (right.family, right.value)
  }

  /// The address after this one, or `nil` at the end of the family.
  package var next: IPAddress? {
    value == family.highest ? nil : IPAddress(family: family, value: value + 1)
  }

  /// The address before this one, or `nil` at the start of the family.
  package var previous: IPAddress? {
    value == 0 ? nil : IPAddress(family: family, value: value - 1)
  }
}
