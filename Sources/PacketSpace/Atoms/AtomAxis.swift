/// One side of a protocol's grid of atoms: consecutive cells that no set divides.
struct AtomAxis: Sendable {
  /// The lowest value of each cell, in order.
  private let starts: [UInt16]
  private let last: UInt16

  /// - Parameters:
  ///   - ranges: what must be a union of cells; a range over the whole side cuts nothing.
  ///   - last: the highest value of the side.
  init(cutBy ranges: Set<PortRange>, last: UInt16) {
    var starts: Set<UInt16> = [0]
    for range in ranges {
      starts.insert(range.lower)
      if range.upper < last { starts.insert(range.upper + 1) }
    }
    self.starts = starts.sorted()
    self.last = last
  }

  var count: Int { starts.count }

  /// The cell of a value. O(log *n*).
  func cell(of value: UInt16) -> Int { starts.cell(of: value) }

  /// The values of a cell.
  func range(_ cell: Int) -> PortRange {
    PortRange(lower: starts[cell], upper: cell + 1 < starts.count ? starts[cell + 1] - 1 : last)
  }

  /// The cells that have a value in a range.
  func cells(meeting range: PortRange) -> Range<Int> { cell(of: range.lower)..<(cell(of: range.upper) + 1) }
}
