/// Consecutive addresses of one family, both ends included.
package struct AddressRange: Hashable, Comparable, Sendable {
  package var lower: IPAddress
  package var upper: IPAddress

  package init(_ lower: IPAddress, _ upper: IPAddress) {
    self.lower = lower
    self.upper = upper
  }

  package init(_ prefix: IPPrefix) { self.init(prefix.first, prefix.last) }

  package func contains(_ address: IPAddress) -> Bool { lower <= address && address <= upper }

  package static func < (left: AddressRange, right: AddressRange) -> Bool {
    (left.lower, left.upper) < (right.lower, right.upper)
  }
}
