/// A partition of all traffic into atoms that none of the given sets divides.
///
/// By protocol the atoms are a grid of destination cells and source cells, cut only where some set is; the protocols without ports or
/// types are folded by the sets they are in.
package struct TrafficAtoms: Sendable {
  private struct Axis: Sendable {
    var starts: [UInt16]
    var last: UInt16

    init(_ cuts: Set<Int>, last: UInt16) {
      self.last = last
      starts = cuts.filter { $0 > 0 && $0 <= Int(last) }.map { UInt16($0) }.sorted()
      starts.insert(0, at: 0)
    }

    var count: Int { starts.count }

    func cell(of value: UInt16) -> Int {
      var low = 0
      var high = starts.count
      while low + 1 < high {
        let middle = (low + high) / 2
        if starts[middle] <= value { low = middle } else { high = middle }
      }
      return low
    }

    func range(_ cell: Int) -> PortRange {
      PortRange(lower: starts[cell], upper: cell + 1 < starts.count ? starts[cell + 1] - 1 : last)
    }
  }

  private var rows: [Axis] = []
  private var columns: [Axis] = []
  private var bases: [Int] = []
  private var otherClasses: [Int] = []
  private var otherMembers: [[UInt8]] = []
  private var otherBase = 0

  package private(set) var count = 0
  package let everything: BitSet

  package init(refining sets: [TrafficSet]) {
    for (index, proto) in TrafficSet.gridded.enumerated() {
      var rowCuts: Set<Int> = []
      var columnCuts: Set<Int> = []
      for set in sets {
        for row in set.grids[index].rows {
          rowCuts.insert(Int(row.range.lower))
          rowCuts.insert(Int(row.range.upper) + 1)
          for range in row.columns.ranges {
            columnCuts.insert(Int(range.lower))
            columnCuts.insert(Int(range.upper) + 1)
          }
        }
      }
      let last: UInt16 = proto.hasPorts ? .max : 255
      rows.append(Axis(rowCuts, last: last))
      columns.append(Axis(columnCuts, last: last))
      bases.append(count)
      count += rows[index].count * columns[index].count
    }
    otherBase = count
    var known: [[Bool]: Int] = [:]
    otherClasses = [Int](repeating: -1, count: 256)
    for number in 0..<256 where TrafficSet.index(of: IPProtocol(rawValue: UInt8(number))) == nil {
      let signature = sets.map { $0.others.contains(number) }
      let cell = known[signature] ?? known.count
      known[signature] = cell
      if cell == otherMembers.count { otherMembers.append([]) }
      otherMembers[cell].append(UInt8(number))
      otherClasses[number] = cell
    }
    count += otherMembers.count
    everything = .all(count)
  }

  /// The atoms that lie wholly inside a set; all of it where the set is one of those refined by.
  package func mask(_ set: TrafficSet) -> BitSet {
    var result = BitSet(count: count)
    for index in TrafficSet.gridded.indices where !set.grids[index].isEmpty {
      let width = columns[index].count
      for row in set.grids[index].rows {
        var cell = rows[index].cell(of: row.range.lower)
        if rows[index].range(cell).lower < row.range.lower { cell += 1 }
        while cell < rows[index].count, rows[index].range(cell).upper <= row.range.upper {
          for range in row.columns.ranges {
            var column = columns[index].cell(of: range.lower)
            if columns[index].range(column).lower < range.lower { column += 1 }
            while column < width, columns[index].range(column).upper <= range.upper {
              result.insert(bases[index] + cell * width + column)
              column += 1
            }
          }
          cell += 1
        }
      }
    }
    for (cell, members) in otherMembers.enumerated() where members.allSatisfy({ set.others.contains(Int($0)) }) {
      result.insert(otherBase + cell)
    }
    return result
  }

  /// The atom of a header.
  package func atom(of point: TrafficPoint) -> Int {
    guard let index = TrafficSet.index(of: point.protocol) else {
      return otherBase + otherClasses[Int(point.protocol.rawValue)]
    }
    let row = point.protocol.hasPorts ? point.destinationPort : UInt16(point.icmpType)
    let column = point.protocol.hasPorts ? point.sourcePort : UInt16(point.icmpCode)
    return bases[index] + rows[index].cell(of: row) * columns[index].count + columns[index].cell(of: column)
  }

  /// A header of the atom: its lowest destination port, its highest source port.
  package func representative(_ atom: Int) -> TrafficPoint {
    if atom >= otherBase { return .other(IPProtocol(rawValue: otherMembers[atom - otherBase][0])) }
    let index = (bases.lastIndex { $0 <= atom }) ?? 0
    let width = columns[index].count
    let row = rows[index].range((atom - bases[index]) / width)
    let column = columns[index].range((atom - bases[index]) % width)
    let proto = TrafficSet.gridded[index]
    if proto.hasPorts { return .ports(proto, from: column.upper, to: row.lower) }
    return .icmp(proto, type: UInt8(row.lower), code: UInt8(column.lower))
  }

  /// The headers of the atoms.
  package func set(_ mask: BitSet) -> TrafficSet {
    if mask.isEmpty { return .none }
    if mask == everything { return .any }
    var result = TrafficSet.none
    for index in TrafficSet.gridded.indices {
      let width = columns[index].count
      var found: [Grid.Row] = []
      for row in 0..<rows[index].count {
        let base = bases[index] + row * width
        let ranges = (0..<width).filter { mask.contains(base + $0) }.map { columns[index].range($0) }
        if !ranges.isEmpty { found.append(Grid.Row(range: rows[index].range(row), columns: PortSet(ranges))) }
      }
      result.grids[index] = Grid(merging: found)
    }
    for (cell, members) in otherMembers.enumerated() where mask.contains(otherBase + cell) {
      for member in members { result.others.insert(Int(member)) }
    }
    return result
  }
}
