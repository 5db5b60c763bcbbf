/// Consecutive ports, both ends included.
package struct PortRange: Hashable, Comparable, Sendable, CustomStringConvertible {
  package var lower: UInt16
  package var upper: UInt16

  package init(lower: UInt16, upper: UInt16) {
    self.lower = lower
    self.upper = upper
  }

  package init(_ port: UInt16) { self.init(lower: port, upper: port) }

  package static let all = PortRange(lower: 0, upper: .max)

  package func contains(_ port: UInt16) -> Bool { lower <= port && port <= upper }

  package static func < (left: PortRange, right: PortRange) -> Bool {
    (left.lower, left.upper) < (right.lower, right.upper)
  }

  package var description: String { lower == upper ? "\(lower)" : "\(lower)-\(upper)" }
}

/// A set of ports (or of ICMP types or codes) in canonical form: sorted ranges that neither overlap nor touch.
package struct PortSet: Hashable, Sendable, CustomStringConvertible {
  package private(set) var ranges: [PortRange]

  package init() { ranges = [] }

  package init(_ range: PortRange) { ranges = [range] }

  /// The union of the ranges, in any order.
  package init(_ ranges: some Sequence<PortRange>) {
    var result: [PortRange] = []
    for range in ranges.sorted() where range.lower <= range.upper {
      if let last = result.last, range.lower <= last.upper || Int(last.upper) + 1 == Int(range.lower) {
        if range.upper > last.upper { result[result.count - 1].upper = range.upper }
      } else {
        result.append(range)
      }
    }
    self.ranges = result
  }

  package static let none = PortSet()
  package static let all = PortSet(PortRange.all)

  package var isEmpty: Bool { ranges.isEmpty }
  package var isEverything: Bool { self == .all }

  package func contains(_ port: UInt16) -> Bool { ranges.contains { $0.contains(port) } }

  package func contains(_ range: PortRange) -> Bool {
    ranges.contains { $0.lower <= range.lower && range.upper <= $0.upper }
  }

  package func union(_ other: PortSet) -> PortSet {
    if other.isEmpty { return self }
    return isEmpty ? other : PortSet(ranges + other.ranges)
  }

  package func intersection(_ other: PortSet) -> PortSet {
    if isEverything { return other }
    if other.isEverything { return self }
    var result: [PortRange] = []
    for left in ranges {
      for right in other.ranges {
        let lower = max(left.lower, right.lower)
        let upper = min(left.upper, right.upper)
        if lower <= upper { result.append(PortRange(lower: lower, upper: upper)) }
      }
    }
    return PortSet(result)
  }

  package var complement: PortSet {
    var result: [PortRange] = []
    var start = 0
    for range in ranges {
      if start < Int(range.lower) { result.append(PortRange(lower: UInt16(start), upper: range.lower - 1)) }
      start = Int(range.upper) + 1
    }
    if start <= Int(UInt16.max) { result.append(PortRange(lower: UInt16(start), upper: .max)) }
    return PortSet(result)
  }

  package func subtracting(_ other: PortSet) -> PortSet { intersection(other.complement) }

  package var description: String { ranges.map(\.description).joined(separator: ",") }
}
