extension TrafficAtoms {
  /// The atoms that lie wholly inside a set: exactly the set if it is a union of atoms, as each of those refined by is, and else less.
  package func mask(_ set: TrafficSet) -> BitSet { everything.subtracting(mask(meeting: set.complement)) }

  /// The atoms that have a header in a set: exactly the set if it is a union of atoms, and else more.
  package func mask(meeting set: TrafficSet) -> BitSet {
    var result = BitSet(count: count)
    for (block, grid) in zip(blocks, set.grids) {
      let width = block.columns.count
      for row in grid.rows {
        let lines = block.rows.cells(meeting: row.range)
        for range in row.columns.ranges {
          let columns = block.columns.cells(meeting: range)
          if columns.count == width {
            result.insert(contentsOf: (block.base + lines.lowerBound * width)..<(block.base + lines.upperBound * width))
            continue
          }
          for line in lines {
            let start = block.base + line * width
            result.insert(contentsOf: (start + columns.lowerBound)..<(start + columns.upperBound))
          }
        }
      }
    }
    for (index, protocols) in others.enumerated() where !protocols.intersection(set.others).isEmpty {
      result.insert(othersBase + index)
    }
    return result
  }

  /// The headers of the atoms. O(words + atoms in the mask).
  package func set(_ mask: BitSet) -> TrafficSet {
    if mask == everything { return .any }
    var result = TrafficSet.none
    var index = 0
    var line = -1
    var ranges: [PortRange] = []
    func finishLine() {
      if line >= 0 { result.grids[index].append(blocks[index].rows.range(line), columns: PortSet(canonical: ranges)) }
      ranges.removeAll(keepingCapacity: true)
      line = -1
    }
    mask.forEach { atom in
      if atom >= othersBase {
        result.others = result.others.union(others[atom - othersBase])
        return
      }
      if atom >= blocks[index].base + blocks[index].count {
        finishLine()
        while atom >= blocks[index].base + blocks[index].count { index += 1 }
      }
      let (row, column) = (atom - blocks[index].base).quotientAndRemainder(dividingBy: blocks[index].columns.count)
      if row != line {
        finishLine()
        line = row
      }
      ranges.appendJoining(blocks[index].columns.range(column))
    }
    finishLine()
    return result
  }
}
