/// One line of a file as it is shown: safe for a terminal, cut to a width, with the column of every byte.
struct Excerpt {
  /// One character as it is shown.
  private struct Cell {
    var text: String
    var width: Int
    /// The byte offset in the file at which it starts.
    var start: UInt32
  }

  /// What to print, without trailing space.
  let text: String
  private let cells: [Cell]
  /// The offset just after the last cell.
  private let end: UInt32
  /// How many columns stand before the first cell: the mark that something was left out.
  private let indent: Int

  /// The part of a line around a range that fits a width.
  init(_ file: SourceFile, line: Int, around focus: SourceRange, width: Int) {
    let whole = file.lineRange(line)
    let anchor = min(max(focus.start, whole.lowerBound), whole.upperBound)
    // Of a line of many megabytes only what may be shown is looked at: no character is longer than 4 bytes, but marks may be many.
    let reach = UInt32(8 * max(width, 1))
    var low = anchor - whole.lowerBound > reach ? anchor - reach : whole.lowerBound
    while low < anchor, low > whole.lowerBound, file.bytes[Int(low)] & 0xC0 == 0x80 { low += 1 }
    let high = whole.upperBound - anchor > reach ? anchor + reach : whole.upperBound
    var all = Excerpt.cells(file.bytes[Int(low)..<Int(high)])
    let isAll = low == whole.lowerBound && high == whole.upperBound

    let total = all.reduce(0) { $0 + $1.width }
    if isAll && total <= width {
      end = whole.upperBound
      indent = 0
      cells = all
      text = Excerpt.trimmed(all.map(\.text).joined())
      return
    }
    // A third of the width is left for what stands before the place.
    var before = all.prefix { $0.start < anchor }.reduce(0) { $0 + $1.width }
    var first = 0
    while before > width / 3, first < all.count {
      before -= all[first].width
      first += 1
    }
    let isCutBefore = first > 0 || low > whole.lowerBound
    all.removeFirst(first)
    var room = width - (isCutBefore ? 1 : 0) - 1
    let kept = all.prefix {
      room -= $0.width
      return room >= 0
    }
    let isCutAfter = kept.count < all.count || high < whole.upperBound
    end = kept.count < all.count ? all[kept.count].start : high
    indent = isCutBefore ? 1 : 0
    cells = Array(kept)
    text = Excerpt.trimmed((isCutBefore ? "…" : "") + kept.map(\.text).joined() + (isCutAfter ? "…" : ""))
  }

  /// Where a range is to be underlined: the columns before it, and how many it takes, one at least.
  func columns(_ range: SourceRange) -> (start: Int, count: Int) {
    var start = indent
    var count = 0
    for (index, cell) in cells.enumerated() {
      let next = index + 1 < cells.count ? cells[index + 1].start : end
      if next <= range.start { start += cell.width } else if cell.start < range.end { count += cell.width }
    }
    return (start, max(count, 1))
  }

  private static func cells(_ bytes: ArraySlice<UInt8>) -> [Cell] {
    var result: [Cell] = []
    var at = bytes.startIndex
    while at < bytes.endIndex {
      let length = characterLength(bytes[at])
      let stop = min(at + length, bytes.endIndex)
      var shown = "\u{FFFD}"
      var width = 1
      var next = at + 1
      if bytes[at] == 0x09 {
        (shown, width) = ("    ", 4)
      } else if let text = String(validating: bytes[at..<stop], as: UTF8.self), let scalar = text.unicodeScalars.first {
        shown = scalar.value == 0xFEFF ? "" : TerminalText.sign(scalar)
        width = scalar.value == 0xFEFF ? 0 : shown == text ? TerminalText.width(scalar) : shown.unicodeScalars.count
        next = stop
      }
      result.append(Cell(text: shown, width: width, start: UInt32(at)))
      at = next
    }
    return result
  }

  /// The bytes of the character that a byte starts, by UTF-8.
  private static func characterLength(_ lead: UInt8) -> Int {
    switch lead {
    case 0xC2..<0xE0: 2
    case 0xE0..<0xF0: 3
    case 0xF0..<0xF5: 4
    default: 1
    }
  }

  private static func trimmed(_ text: String) -> String {
    var text = Substring(text)
    while text.last == " " { text.removeLast() }
    return String(text)
  }
}
