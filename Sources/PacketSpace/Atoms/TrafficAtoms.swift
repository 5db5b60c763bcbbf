/// A partition of all traffic into atoms that none of the given sets divides.
///
/// By protocol the atoms are a grid of destination cells and source cells, cut only where some set is: where no set speaks of source
/// ports there is one source cell. The protocols without ports or types are folded by the sets they are in. Every atom has a header.
package struct TrafficAtoms: Sendable {
  /// The atoms of one protocol with a grid: row by row, from `base` on.
  struct Block: Sendable {
    var rows: AtomAxis
    var columns: AtomAxis
    var base: Int

    var count: Int { rows.count * columns.count }
  }

  /// In the order of `TrafficSet.gridded`.
  let blocks: [Block]
  /// Behind the blocks, an atom for each of these: protocols that no set tells apart.
  let others: [ProtocolSet]
  let othersBase: Int
  private let otherAtoms: [Int32]

  /// The number of atoms.
  package let count: Int
  /// Every atom.
  package let everything: BitSet

  /// The coarsest such grid in which each of the sets is a union of atoms.
  package init(refining sets: [TrafficSet]) {
    var blocks: [Block] = []
    var count = 0
    for (index, proto) in TrafficSet.gridded.enumerated() {
      var (rows, columns): (Set<PortRange>, Set<PortRange>) = ([], [])
      for set in sets {
        for row in set.grids[index].rows {
          rows.insert(row.range)
          columns.formUnion(row.columns.ranges)
        }
      }
      let last: UInt16 = proto.hasPorts ? .max : 255
      let block = Block(
        rows: AtomAxis(cutBy: rows, last: last), columns: AtomAxis(cutBy: columns, last: last), base: count)
      blocks.append(block)
      count += block.count
    }
    self.blocks = blocks
    othersBase = count
    (others, otherAtoms) = Self.folded(Set(sets.map(\.others)), base: count)
    self.count = count + others.count
    everything = .all(self.count)
  }

  /// Folds the protocols without a grid, numbered by their lowest one.
  private static func folded(_ sets: Set<ProtocolSet>, base: Int) -> ([ProtocolSet], [Int32]) {
    let order = Array(sets)
    var classes: [ProtocolSet] = []
    var atoms = [Int32](repeating: -1, count: 256)
    var known: [[Bool]: Int] = [:]
    for number in UInt8.min...UInt8.max where TrafficSet.index(of: IPProtocol(rawValue: number)) == nil {
      let signature = order.map { $0.contains(number) }
      let index = known[signature] ?? classes.count
      if index == classes.count {
        known[signature] = index
        classes.append(.none)
      }
      classes[index].insert(number)
      atoms[Int(number)] = Int32(base + index)
    }
    return (classes, atoms)
  }

  /// The atom of a header. O(log *n*), and allocates nothing.
  package func atom(of point: TrafficPoint) -> Int {
    guard let index = TrafficSet.index(of: point.protocol) else { return Int(otherAtoms[Int(point.protocol.rawValue)]) }
    let ported = point.protocol.hasPorts
    let row = blocks[index].rows.cell(of: ported ? point.destinationPort : UInt16(point.icmpType))
    let column = blocks[index].columns.cell(of: ported ? point.sourcePort : UInt16(point.icmpCode))
    return blocks[index].base + row * blocks[index].columns.count + column
  }

  /// A header of the atom: its lowest destination port and highest source port, or its lowest type, code or protocol.
  package func representative(_ atom: Int) -> TrafficPoint {
    if atom >= othersBase { return .other(others[atom - othersBase].protocols[0]) }
    let index = blocks.lastIndex { $0.base <= atom } ?? 0
    let (row, column) = (atom - blocks[index].base).quotientAndRemainder(dividingBy: blocks[index].columns.count)
    let (rows, columns) = (blocks[index].rows.range(row), blocks[index].columns.range(column))
    let proto = TrafficSet.gridded[index]
    if proto.hasPorts { return .ports(proto, from: columns.upper, to: rows.lower) }
    return .icmp(proto, type: UInt8(rows.lower), code: UInt8(columns.lower))
  }
}
