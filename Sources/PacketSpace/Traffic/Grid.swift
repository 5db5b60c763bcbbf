/// A set of pairs in canonical form: disjoint rows in order, each with the columns that it has; neighbouring rows with equal columns are
/// one, and no row is empty.
///
/// For ports the rows are destination ports and the columns source ports; for ICMP the rows are types and the columns codes.
struct Grid: Hashable, Sendable {
  struct Row: Hashable, Sendable {
    var range: PortRange
    var columns: PortSet
  }

  private(set) var rows: [Row]

  static let empty = Grid(rows: [])

  private init(rows: [Row]) { self.rows = rows }

  init(rows range: PortSet, columns: PortSet) {
    rows = columns.isEmpty ? [] : range.ranges.map { Row(range: $0, columns: columns) }
  }

  /// Rows in order and disjoint, perhaps with equal neighbours or empty ones.
  init(merging rows: [Row]) {
    var result: [Row] = []
    for row in rows where !row.columns.isEmpty {
      if let last = result.last, last.columns == row.columns, Int(last.range.upper) + 1 == Int(row.range.lower) {
        result[result.count - 1].range.upper = row.range.upper
      } else {
        result.append(row)
      }
    }
    self.rows = result
  }

  var isEmpty: Bool { rows.isEmpty }

  func contains(_ row: UInt16, _ column: UInt16) -> Bool { columns(at: row).contains(column) }

  func columns(at row: UInt16) -> PortSet {
    var low = 0
    var high = rows.count
    while low < high {
      let middle = (low + high) / 2
      if rows[middle].range.upper < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].range.lower <= row ? rows[low].columns : .none
  }

  /// Combines two grids cell by cell; linear in the rows.
  func combined(with other: Grid, _ operation: (PortSet, PortSet) -> PortSet) -> Grid {
    var starts: Set<Int> = []
    for row in rows + other.rows {
      starts.insert(Int(row.range.lower))
      starts.insert(Int(row.range.upper) + 1)
    }
    starts.insert(0)
    let cuts = starts.filter { $0 <= Int(UInt16.max) }.sorted()
    var result: [Row] = []
    for (index, start) in cuts.enumerated() {
      let end = index + 1 < cuts.count ? cuts[index + 1] - 1 : Int(UInt16.max)
      let columns = operation(self.columns(at: UInt16(start)), other.columns(at: UInt16(start)))
      result.append(Row(range: PortRange(lower: UInt16(start), upper: UInt16(end)), columns: columns))
    }
    return Grid(merging: result)
  }

  /// Rows and columns exchanged.
  var transposed: Grid {
    var starts: Set<Int> = [0]
    for row in rows {
      for range in row.columns.ranges {
        starts.insert(Int(range.lower))
        starts.insert(Int(range.upper) + 1)
      }
    }
    let cuts = starts.filter { $0 <= Int(UInt16.max) }.sorted()
    var result: [Row] = []
    for (index, start) in cuts.enumerated() {
      let end = index + 1 < cuts.count ? cuts[index + 1] - 1 : Int(UInt16.max)
      let columns = PortSet(rows.filter { $0.columns.contains(UInt16(start)) }.map(\.range))
      result.append(Row(range: PortRange(lower: UInt16(start), upper: UInt16(end)), columns: columns))
    }
    return Grid(merging: result)
  }
}
