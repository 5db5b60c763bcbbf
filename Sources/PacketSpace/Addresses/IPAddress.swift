/// One address of either family; IPv4 sorts before IPv6.
package struct IPAddress: Hashable, Comparable, Sendable {
  /// The family that the number is of.
  package var family: IPFamily
  /// The address as a number; IPv4 stands in the low 32 bits.
  package var value: UInt128

  /// An address from its number.
  package init(family: IPFamily, value: UInt128) {
    assert(value <= family.highest, "an IPv4 address has 32 bits")
    self.family = family
    self.value = value
  }

  /// An IPv4 address from its 32 bits.
  package init(v4 value: UInt32) { self.init(family: .v4, value: UInt128(value)) }

  /// By family, then by number.
  package static func < (left: IPAddress, right: IPAddress) -> Bool {
    left.family == right.family ? left.value < right.value : left.family < right.family
  }
}

extension IPAddress: Ordinal {
  /// The address after this one; `nil` at the end of the family.
  package var next: IPAddress? {
    value == family.highest ? nil : IPAddress(family: family, value: value + 1)
  }

  /// The address before this one; `nil` at the start of the family.
  package var previous: IPAddress? {
    value == 0 ? nil : IPAddress(family: family, value: value - 1)
  }
}
