/// A set of addresses of both families, in one canonical form: sorted ranges that neither overlap nor touch.
///
/// Equal sets are equal values. Operations are linear in the number of ranges; membership is logarithmic.
package struct AddressSet: Hashable, Sendable {
  package private(set) var ranges: [AddressRange]

  /// The empty set.
  package init() { ranges = [] }

  package init(_ prefix: IPPrefix) { ranges = [AddressRange(prefix)] }

  package init(_ address: IPAddress) { ranges = [AddressRange(address, address)] }

  /// The union of the blocks.
  package init(_ prefixes: some Sequence<IPPrefix>) { self.init(ranges: prefixes.map { AddressRange($0) }) }

  /// The union of the ranges, in any order.
  package init(ranges: some Sequence<AddressRange>) { self.ranges = Self.canonical(ranges.sorted()) }

  private init(canonical ranges: [AddressRange]) { self.ranges = ranges }

  private static func canonical(_ sorted: [AddressRange]) -> [AddressRange] {
    var result: [AddressRange] = []
    result.reserveCapacity(sorted.count)
    for range in sorted {
      if let last = result.last, last.upper.family == range.lower.family,
        range.lower <= last.upper || last.upper.next == range.lower
      {
        if range.upper > last.upper { result[result.count - 1].upper = range.upper }
      } else {
        result.append(range)
      }
    }
    return result
  }

  package static let none = AddressSet()
  package static let allIPv4 = AddressSet(.anyIPv4)
  package static let allIPv6 = AddressSet(.anyIPv6)
  package static let everything = AddressSet([.anyIPv4, .anyIPv6])

  /// All of a family.
  package static func all(_ family: IPFamily) -> AddressSet { family == .v4 ? .allIPv4 : .allIPv6 }

  package var isEmpty: Bool { ranges.isEmpty }
  package var first: IPAddress? { ranges.first?.lower }

  package func contains(_ address: IPAddress) -> Bool {
    var low = 0
    var high = ranges.count
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].upper < address { low = middle + 1 } else { high = middle }
    }
    return low < ranges.count && ranges[low].lower <= address
  }

  /// Whether every address of the other set is in this one.
  package func contains(_ other: AddressSet) -> Bool { other.subtracting(self).isEmpty }

  package func overlaps(_ other: AddressSet) -> Bool {
    var (left, right) = (0, 0)
    while left < ranges.count, right < other.ranges.count {
      if ranges[left].upper < other.ranges[right].lower {
        left += 1
      } else if other.ranges[right].upper < ranges[left].lower {
        right += 1
      } else {
        return true
      }
    }
    return false
  }

  package func restricted(to family: IPFamily) -> AddressSet {
    AddressSet(canonical: ranges.filter { $0.lower.family == family })
  }
}

extension AddressSet {
  package func union(_ other: AddressSet) -> AddressSet {
    if other.isEmpty { return self }
    if isEmpty { return other }
    var merged: [AddressRange] = []
    merged.reserveCapacity(ranges.count + other.ranges.count)
    var (left, right) = (0, 0)
    while left < ranges.count || right < other.ranges.count {
      if right == other.ranges.count || (left < ranges.count && ranges[left] < other.ranges[right]) {
        merged.append(ranges[left])
        left += 1
      } else {
        merged.append(other.ranges[right])
        right += 1
      }
    }
    return AddressSet(canonical: Self.canonical(merged))
  }

  package mutating func formUnion(_ other: AddressSet) { self = union(other) }

  package func intersection(_ other: AddressSet) -> AddressSet {
    var result: [AddressRange] = []
    var (left, right) = (0, 0)
    while left < ranges.count, right < other.ranges.count {
      let lower = max(ranges[left].lower, other.ranges[right].lower)
      let upper = min(ranges[left].upper, other.ranges[right].upper)
      if lower <= upper { result.append(AddressRange(lower, upper)) }
      if ranges[left].upper < other.ranges[right].upper { left += 1 } else { right += 1 }
    }
    return AddressSet(canonical: result)
  }

  package mutating func formIntersection(_ other: AddressSet) { self = intersection(other) }

  package func subtracting(_ other: AddressSet) -> AddressSet { intersection(other.complement) }

  package mutating func subtract(_ other: AddressSet) { self = subtracting(other) }

  /// Every address of both families that is not in the set.
  package var complement: AddressSet {
    var result: [AddressRange] = []
    for family in IPFamily.allCases {
      var start: IPAddress? = IPAddress(family: family, value: 0)
      for range in ranges where range.lower.family == family {
        if let from = start, from < range.lower, let to = range.lower.previous {
          result.append(AddressRange(from, to))
        }
        start = range.upper.next
      }
      if let from = start { result.append(AddressRange(from, IPAddress(family: family, value: family.highest))) }
    }
    return AddressSet(canonical: result)
  }

  /// The number of addresses, at most the highest number that can be said.
  package var addressCount: UInt128 {
    ranges.reduce(0) { sum, range in
      let (size, wrapped) = (range.upper.value - range.lower.value).addingReportingOverflow(1)
      if wrapped { return UInt128.max }
      let (total, overflow) = sum.addingReportingOverflow(size)
      return overflow ? UInt128.max : total
    }
  }
}
