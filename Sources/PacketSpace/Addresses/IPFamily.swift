/// The two families of the Internet Protocol. Families never mix.
package enum IPFamily: UInt8, Comparable, Hashable, Sendable, CaseIterable {
  /// IPv4.
  case v4 = 4
  /// IPv6.
  case v6 = 6

  /// The number of bits of an address.
  package var bitWidth: Int { self == .v4 ? 32 : 128 }

  /// The highest address of the family, as a number.
  package var highest: UInt128 { self == .v4 ? UInt128(UInt32.max) : UInt128.max }

  /// IPv4 sorts before IPv6.
  package static func < (left: IPFamily, right: IPFamily) -> Bool { left.rawValue < right.rawValue }
}
