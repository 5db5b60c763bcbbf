/// A set of addresses of both families, in one canonical form: sorted ranges that neither overlap nor touch.
///
/// Equal sets are equal values.
package struct AddressSet: Hashable, Sendable {
  /// The ranges, in order.
  package internal(set) var ranges: [AddressRange]

  init(canonical ranges: [AddressRange]) { self.ranges = ranges }

  /// The empty set.
  package init() { ranges = [] }

  /// The addresses of a block.
  package init(_ prefix: IPPrefix) { ranges = [AddressRange(prefix)] }

  /// One address.
  package init(_ address: IPAddress) { ranges = [AddressRange(address, address)] }

  /// The union of blocks. O(*n* log *n*).
  package init(_ prefixes: some Sequence<IPPrefix>) { self.init(ranges: prefixes.map { AddressRange($0) }) }

  /// The union of ranges, in any order. O(*n* log *n*).
  package init(ranges: some Sequence<AddressRange>) { self.ranges = Array(ranges).canonicalized() }

  /// No address.
  package static let none = AddressSet()
  /// Every IPv4 address.
  package static let allIPv4 = AddressSet(.anyIPv4)
  /// Every IPv6 address.
  package static let allIPv6 = AddressSet(.anyIPv6)
  /// Every address of both families.
  package static let everything = AddressSet([.anyIPv4, .anyIPv6])

  /// Every address of a family.
  package static func all(_ family: IPFamily) -> AddressSet { family == .v4 ? .allIPv4 : .allIPv6 }

  /// Whether it holds no address.
  package var isEmpty: Bool { ranges.isEmpty }

  /// The lowest address.
  package var first: IPAddress? { ranges.first?.lower }

  /// The number of addresses, at most the highest number that can be said.
  package var addressCount: UInt128 {
    var result: UInt128 = 0
    for range in ranges {
      // One less than the size of the range, since all of IPv6 is one more than can be said.
      let (sum, overflow) = result.addingReportingOverflow(range.upper.value - range.lower.value)
      if overflow || sum == .max { return .max }
      result = sum + 1
    }
    return result
  }

  /// Whether the address is in the set. O(log *n*), and allocates nothing.
  package func contains(_ address: IPAddress) -> Bool { ranges.holds(address) }

  /// Whether every address of the other set is in this one. O(*m* log *n*), and allocates nothing.
  package func contains(_ other: AddressSet) -> Bool { ranges.holds(other.ranges) }

  /// Whether the sets share an address. O(*n* + *m*), and allocates nothing.
  package func overlaps(_ other: AddressSet) -> Bool { ranges.firstCommon(other.ranges) != nil }

  /// The lowest address of both sets. O(*n* + *m*), and allocates nothing.
  package func firstAddress(commonWith other: AddressSet) -> IPAddress? { ranges.firstCommon(other.ranges) }
}
