/// Consecutive ports, both ends included. A range whose ends are out of order holds nothing.
package struct PortRange: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The lowest port.
  package var lower: UInt16
  /// The highest port.
  package var upper: UInt16

  /// The ports from one to another.
  package init(lower: UInt16, upper: UInt16) {
    self.lower = lower
    self.upper = upper
  }

  /// One port.
  package init(_ port: UInt16) { self.init(lower: port, upper: port) }

  /// Every port, 0 included.
  package static let all = PortRange(lower: 0, upper: .max)

  /// Whether a port lies in the range.
  package func contains(_ port: UInt16) -> Bool { lower <= port && port <= upper }

  /// By lower end, then by upper.
  package static func < (left: PortRange, right: PortRange) -> Bool {
    left.lower == right.lower ? left.upper < right.upper : left.lower < right.lower
  }

  /// `443` or `1000-2000`.
  package var description: String { lower == upper ? "\(lower)" : "\(lower)-\(upper)" }
}

extension PortRange: Interval {
  /// Whether it holds no port.
  package var isEmpty: Bool { upper < lower }

  /// Every ICMP type or code.
  static let bytes = PortRange(lower: 0, upper: 255)
}
