/// A set of ports (or of ICMP types or codes) in canonical form: sorted ranges that neither overlap nor touch.
///
/// Equal sets are equal values.
package struct PortSet: Hashable, Sendable {
  /// The ranges, in order.
  package internal(set) var ranges: [PortRange]

  init(canonical ranges: [PortRange]) { self.ranges = ranges }

  /// The empty set.
  package init() { ranges = [] }

  /// The ports of a range.
  package init(_ range: PortRange) { ranges = range.isEmpty ? [] : [range] }

  /// The union of ranges, in any order. O(*n* log *n*).
  package init(_ ranges: some Sequence<PortRange>) { self.ranges = Array(ranges).canonicalized() }

  /// No port.
  package static let none = PortSet()
  /// Every port, 0 included.
  package static let all = PortSet(PortRange.all)
  /// Every ICMP type or code.
  static let bytes = PortSet(PortRange.bytes)

  /// Whether it holds no port.
  package var isEmpty: Bool { ranges.isEmpty }

  /// Whether it holds every port.
  package var isEverything: Bool { ranges.count == 1 && ranges[0] == .all }

  /// Whether a port is in the set. O(log *n*), and allocates nothing.
  package func contains(_ port: UInt16) -> Bool { ranges.holds(port) }

  /// Whether every port of a range is in the set. O(log *n*), and allocates nothing.
  package func contains(_ range: PortRange) -> Bool { ranges.holds(range) }

  /// Whether every port of the other set is in this one. O(*m* log *n*), and allocates nothing.
  package func contains(_ other: PortSet) -> Bool { ranges.holds(other.ranges) }

  /// Whether the sets share a port. O(*n* + *m*), and allocates nothing.
  package func overlaps(_ other: PortSet) -> Bool { ranges.firstCommon(other.ranges) != nil }
}

extension PortSet: CustomStringConvertible {
  /// `80,443,1000-2000`, or `none`.
  package var description: String { isEmpty ? "none" : ranges.map(\.description).joined(separator: ",") }
}
