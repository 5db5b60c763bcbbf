/// A set of pairs in canonical form: disjoint rows in order, each with the columns that it has; neighbouring rows with equal columns are
/// one, and no row is empty.
///
/// For ports the rows are destination ports and the columns source ports; for ICMP the rows are types and the columns codes.
struct Grid: Hashable, Sendable {
  /// Consecutive rows with the same columns.
  struct Row: Hashable, Sendable {
    var range: PortRange
    var columns: PortSet
  }

  private(set) var rows: [Row]

  static let empty = Grid()
  static let allPorts = Grid(rows: .all, columns: .all)
  static let allBytes = Grid(rows: .bytes, columns: .bytes)

  init() { rows = [] }

  /// Every pair of a row and a column.
  init(rows: PortSet, columns: PortSet) {
    self.rows = columns.isEmpty ? [] : rows.ranges.map { Row(range: $0, columns: columns) }
  }

  /// Adds a row behind all others, joining it to the last one if it goes on with the same columns.
  mutating func append(_ range: PortRange, columns: PortSet) {
    if columns.isEmpty || range.isEmpty { return }
    if let last = rows.last, last.range.upper.next == range.lower, last.columns == columns {
      rows[rows.count - 1].range.upper = range.upper
    } else {
      rows.append(Row(range: range, columns: columns))
    }
  }

  var isEmpty: Bool { rows.isEmpty }

  /// The rows that have a column.
  var occupiedRows: PortSet { PortSet(rows.map(\.range)) }

  /// The columns that some row has.
  var occupiedColumns: PortSet { rows.reduce(into: .none) { $0.formUnion($1.columns) } }

  func contains(row: UInt16, column: UInt16) -> Bool {
    rowIndex(row).map { rows[$0].columns.contains(column) } ?? false
  }

  func columns(at row: UInt16) -> PortSet { rowIndex(row).map { rows[$0].columns } ?? .none }

  private func rowIndex(_ row: UInt16) -> Int? {
    var (low, high) = (0, rows.count)
    while low < high {
      let middle = (low + high) >> 1
      if rows[middle].range.upper < row { low = middle + 1 } else { high = middle }
    }
    return low < rows.count && rows[low].range.lower <= row ? low : nil
  }
}
