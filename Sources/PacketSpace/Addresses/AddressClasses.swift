/// A partition of both address spaces: two addresses are in one class exactly if they are in the same sets.
///
/// Classes are folded by signature, so that two far-apart ranges which no set tells apart are one. With *n* boundaries the
/// partition is made in O(*n* log *n*) plus the size of the sets; a look-up is a binary search.
package struct AddressClasses: Sendable {
  private let starts: [IPAddress]
  private let cellClasses: [Int32]
  private let regions: [AddressSet]

  /// - Parameters:
  ///   - sets: what tells addresses apart.
  ///   - hosts: addresses that get a class of their own besides.
  package init(distinguishing sets: [AddressSet], alsoSingling hosts: [IPAddress] = []) {
    let sets = sets + hosts.map { AddressSet($0) }
    var boundaries: Set<IPAddress> = [
      IPAddress(family: .v4, value: 0), IPAddress(family: .v6, value: 0),
    ]
    for set in sets {
      for range in set.ranges {
        boundaries.insert(range.lower)
        if let next = range.upper.next { boundaries.insert(next) }
      }
    }
    let starts = boundaries.sorted()
    var index: [IPAddress: Int] = [:]
    for (number, start) in starts.enumerated() { index[start] = number }
    let firstV6 = index[IPAddress(family: .v6, value: 0)] ?? starts.count

    // A cell's signature is made set by set: pairing the old class with membership keeps it one number a cell.
    var classes = [Int32](repeating: 0, count: starts.count)
    for cell in firstV6..<starts.count { classes[cell] = 1 }
    var count: Int32 = 2
    for set in sets {
      var split: [Int32: Int32] = [:]
      var outside = Set<Int32>()
      var inside = [Bool](repeating: false, count: starts.count)
      for range in set.ranges {
        guard let from = index[range.lower] else { continue }
        let end = range.upper.next.flatMap { index[$0] } ?? (range.lower.family == .v4 ? firstV6 : starts.count)
        for cell in from..<end { inside[cell] = true }
      }
      for cell in starts.indices where !inside[cell] { outside.insert(classes[cell]) }
      for cell in starts.indices where inside[cell] && outside.contains(classes[cell]) {
        if let new = split[classes[cell]] {
          classes[cell] = new
        } else {
          split[classes[cell]] = count
          classes[cell] = count
          count += 1
        }
      }
    }
    // Number the classes by their first address.
    var order: [Int32: Int32] = [:]
    var ranges: [[AddressRange]] = []
    for (cell, start) in starts.enumerated() {
      let number: Int32
      if let known = order[classes[cell]] {
        number = known
      } else {
        number = Int32(order.count)
        order[classes[cell]] = number
        ranges.append([])
      }
      classes[cell] = number
      let end: IPAddress =
        if cell + 1 < starts.count, starts[cell + 1].family == start.family, let previous = starts[cell + 1].previous {
          previous
        } else {
          IPAddress(family: start.family, value: start.family.highest)
        }
      ranges[Int(number)].append(AddressRange(start, end))
    }
    self.starts = starts
    cellClasses = classes
    regions = ranges.map { AddressSet(ranges: $0) }
  }

  package var count: Int { regions.count }

  /// The class of an address.
  package func classIndex(of address: IPAddress) -> Int {
    var low = 0
    var high = starts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if starts[middle] <= address { low = middle } else { high = middle }
    }
    return Int(cellClasses[low])
  }

  /// All addresses of a class.
  package func region(_ index: Int) -> AddressSet { regions[index] }

  /// One address of a class, inside a set if one is given.
  package func representative(_ index: Int, within: AddressSet? = nil) -> IPAddress? {
    guard let within else { return regions[index].first }
    return regions[index].intersection(within).first
  }

  /// The classes that have an address in the set, in order.
  package func classes(meeting set: AddressSet) -> [Int] {
    var found: Set<Int> = []
    for range in set.ranges {
      var low = 0
      var high = starts.count
      while low + 1 < high {
        let middle = (low + high) / 2
        if starts[middle] <= range.lower { low = middle } else { high = middle }
      }
      while low < starts.count, starts[low] <= range.upper {
        found.insert(Int(cellClasses[low]))
        low += 1
      }
    }
    return found.sorted()
  }
}
