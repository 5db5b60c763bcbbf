/// Consecutive addresses of one family, both ends included.
///
/// A range whose ends are out of order or of two families holds nothing.
package struct AddressRange: Hashable, Comparable, Sendable {
  /// The lowest address.
  package var lower: IPAddress
  /// The highest address.
  package var upper: IPAddress

  /// The addresses from one to another.
  package init(_ lower: IPAddress, _ upper: IPAddress) {
    self.lower = lower
    self.upper = upper
  }

  /// The addresses of a block.
  package init(_ prefix: IPPrefix) { self.init(prefix.first, prefix.last) }

  /// Whether an address lies in the range.
  package func contains(_ address: IPAddress) -> Bool { !isEmpty && lower <= address && address <= upper }

  /// By lower end, then by upper.
  package static func < (left: AddressRange, right: AddressRange) -> Bool {
    left.lower == right.lower ? left.upper < right.upper : left.lower < right.lower
  }
}

extension AddressRange: Interval {
  init(lower: IPAddress, upper: IPAddress) { self.init(lower, upper) }

  /// Whether it holds no address.
  package var isEmpty: Bool { lower.family != upper.family || upper < lower }
}
