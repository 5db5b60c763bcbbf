extension Grid {
  func union(_ other: Grid) -> Grid {
    if isEmpty { return other }
    return other.isEmpty ? self : combined(with: other) { $0.union($1) }
  }

  func intersection(_ other: Grid) -> Grid {
    isEmpty || other.isEmpty ? .empty : combined(with: other) { $0.intersection($1) }
  }

  func subtracting(_ other: Grid) -> Grid {
    isEmpty || other.isEmpty ? self : combined(with: other) { $0.subtracting($1) }
  }

  /// Combines two grids row by row, by an operation that makes nothing of nothing. One pass over the rows of both.
  private func combined(with other: Grid, _ operation: (PortSet, PortSet) -> PortSet) -> Grid {
    var result = Grid()
    var (left, right) = (Cursor(rows: rows), Cursor(rows: other.rows))
    var start: UInt16? = 0
    while let from = start {
      let (ours, theirs) = (left.stretch(from: from), right.stretch(from: from))
      let to = min(ours.end, theirs.end)
      if !ours.columns.isEmpty || !theirs.columns.isEmpty {
        result.append(PortRange(lower: from, upper: to), columns: operation(ours.columns, theirs.columns))
      }
      start = to.next
    }
    return result
  }

  /// A place in the rows that only moves on.
  private struct Cursor {
    let rows: [Row]
    var index = 0

    init(rows: [Row]) { self.rows = rows }

    /// The columns at a row, and the last row up to which they stay the same.
    mutating func stretch(from row: UInt16) -> (end: UInt16, columns: PortSet) {
      while index < rows.count, rows[index].range.upper < row { index += 1 }
      guard index < rows.count else { return (.max, .none) }
      let range = rows[index].range
      return range.lower <= row ? (range.upper, rows[index].columns) : (range.lower - 1, .none)
    }
  }

  /// Rows and columns exchanged. O(*r* · *c*) for *r* rows and *c* cuts of their columns.
  var transposed: Grid {
    if let first = rows.first, rows.allSatisfy({ $0.columns == first.columns }) {
      return Grid(rows: first.columns, columns: occupiedRows)
    }
    var starts: [UInt16] = []
    for row in rows {
      for range in row.columns.ranges {
        starts.append(range.lower)
        if let after = range.upper.next { starts.append(after) }
      }
    }
    starts.sort()
    var result = Grid()
    for (index, start) in starts.enumerated() where index == 0 || starts[index - 1] != start {
      let after = starts[index...].first { $0 > start }
      let range = PortRange(lower: start, upper: after.map { $0 - 1 } ?? .max)
      result.append(range, columns: PortSet(rows.filter { $0.columns.contains(start) }.map(\.range)))
    }
    return result
  }
}
