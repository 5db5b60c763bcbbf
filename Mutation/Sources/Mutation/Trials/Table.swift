import Foundation

/// What became of a mutant.
package enum Fate: String, CaseIterable, Sendable {
  case killed, survived
  /// A test ran for ever: it was noticed.
  case timeOut = "time-out"
  /// No test comes by.
  case unmet = "not met"
  case uncompiled = "not compiled"

  package var isDead: Bool { self == .killed || self == .timeOut }
}

/// The table of all trials, one a line, kept as the work goes: it may be stopped at any time, and goes on where it was.
package struct Table {
  package struct Row: Sendable {
    package var name: String
    package var fate: Fate
    /// The test that noticed.
    package var by: String
    package var seconds: Double
    /// Of the mutant's file, and of all that was built.
    package var file: UInt64
    package var all: UInt64
  }

  private let url: URL
  package private(set) var rows: [String: Row] = [:]

  package init(_ tree: MutatedTree) throws {
    url = tree.scratch.appending(path: "table.tsv")
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return }
    for line in text.split(separator: "\n") {
      let cells = line.split(separator: "\t", omittingEmptySubsequences: false).map(String.init)
      guard cells.count == 6, let fate = Fate(rawValue: cells[0]), let seconds = Double(cells[2]),
        let file = UInt64(cells[3], radix: 16), let all = UInt64(cells[4], radix: 16)
      else { continue }
      rows[cells[5]] = Row(name: cells[5], fate: fate, by: cells[1], seconds: seconds, file: file, all: all)
    }
  }

  /// A row that still says what is so: of a mutant that died in a file that is as it was, or of one that lived in a tree that is.
  package func row(of name: String, file: UInt64, all: UInt64) -> Row? {
    guard let row = rows[name] else { return nil }
    return row.all == all || (row.fate.isDead && row.file == file) ? row : nil
  }

  package mutating func append(_ row: Row) throws {
    rows[row.name] = row
    let cells = [
      row.fate.rawValue, row.by.replacing("\t", with: " "), String(Double(Int(row.seconds * 1000)) / 1000),
      String(row.file, radix: 16), String(row.all, radix: 16), row.name,
    ]
    if !FileManager.default.fileExists(atPath: url.path) { try Data().write(to: url) }
    let handle = try FileHandle(forWritingTo: url)
    try handle.seekToEnd()
    try handle.write(contentsOf: Data((cells.joined(separator: "\t") + "\n").utf8))
    try handle.close()
  }
}
