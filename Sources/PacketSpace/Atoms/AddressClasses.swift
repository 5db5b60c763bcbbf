/// A partition of both address spaces: two addresses are in one class exactly if they are of one family and in the same sets.
///
/// Classes are folded by signature, so that two far-apart ranges which no set tells apart are one. Every class has an address. With *n*
/// ranges of *s* sets in all, the partition is made by one sweep in O(*n* (log *n* + log *s*)).
package struct AddressClasses: Sendable {
  /// The lowest address of each cell, in order; both families start a cell.
  private let starts: [IPAddress]
  private let cellClasses: [Int32]
  private let regions: [AddressSet]

  /// - Parameters:
  ///   - sets: what tells addresses apart.
  ///   - hosts: addresses that get a class of their own besides.
  package init(distinguishing sets: [AddressSet], alsoSingling hosts: [IPAddress] = []) {
    let distinct = Set(sets).union(hosts.map { AddressSet($0) })
    let crossings = Self.crossings(of: distinct)
    var signatures = Signatures(capacity: distinct.count)
    var starts: [IPAddress] = []
    var cellClasses: [Int32] = []
    var known: [FamilySignature: Int32] = [:]
    var ranges: [[AddressRange]] = []
    var signature = Signatures.empty
    var next = 0
    while next < crossings.count {
      let start = crossings[next].address
      while next < crossings.count, crossings[next].address == start {
        if let set = crossings[next].set { signature = signatures.toggling(set, in: signature) }
        next += 1
      }
      let key = FamilySignature(family: start.family, signature: signature)
      let number = known[key] ?? Int32(known.count)
      if number == known.count {
        known[key] = number
        ranges.append([])
      }
      let end = IPAddress(family: start.family, value: start.family.highest)
      let last = next < crossings.count ? crossings[next].address.previous ?? end : end
      starts.append(start)
      cellClasses.append(number)
      ranges[Int(number)].append(AddressRange(start, last))
    }
    self.starts = starts
    self.cellClasses = cellClasses
    regions = ranges.map { AddressSet(ranges: $0) }
  }

  private struct FamilySignature: Hashable {
    var family: IPFamily
    var signature: Int32
  }

  /// An address at which a set begins or has just ended; without a set, the start of a family.
  private struct Crossing {
    var address: IPAddress
    var set: Int?
  }

  private static func crossings(of sets: Set<AddressSet>) -> [Crossing] {
    let (firstV4, firstV6) = (IPAddress(v4: 0), IPAddress(family: .v6, value: 0))
    var result = [Crossing(address: firstV4, set: nil), Crossing(address: firstV6, set: nil)]
    for (number, set) in sets.enumerated() {
      for range in set.ranges {
        result.append(Crossing(address: range.lower, set: number))
        if let after = range.upper.next ?? (range.upper.family == .v4 ? firstV6 : nil) {
          result.append(Crossing(address: after, set: number))
        }
      }
    }
    return result.sorted { $0.address < $1.address }
  }

  /// The number of classes.
  package var count: Int { regions.count }

  /// The class of an address. O(log *n*).
  package func classIndex(of address: IPAddress) -> Int { Int(cellClasses[starts.cell(of: address)]) }

  /// All addresses of a class.
  package func region(_ index: Int) -> AddressSet { regions[index] }

  /// The lowest address of a class, inside a set if one is given.
  package func representative(_ index: Int, within: AddressSet? = nil) -> IPAddress? {
    guard let within else { return regions[index].first }
    return regions[index].firstAddress(commonWith: within)
  }

  /// The classes that have an address in the set, in order. A class may reach beyond the set unless the set is one of those that
  /// the partition distinguishes.
  package func classes(meeting set: AddressSet) -> [Int] {
    var found = BitSet(count: count)
    for range in set.ranges {
      var cell = starts.cell(of: range.lower)
      while cell < starts.count, starts[cell] <= range.upper {
        found.insert(Int(cellClasses[cell]))
        cell += 1
      }
    }
    var result: [Int] = []
    found.forEach { result.append($0) }
    return result
  }
}
