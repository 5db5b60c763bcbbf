package import Diagnostics

/// A file whose text carries marks: `‹…›` is what the test speaks of, in order, and is not part of the file.
package struct MarkedText: Sendable {
  /// The earlier files, and this one last.
  package let map: SourceMap
  /// What the marks enclose, in the order in which they open.
  package let ranges: [SourceRange]

  /// A file without its marks, after other files.
  package init(_ marked: String, path: String = "a.yaml", in earlier: SourceMap = SourceMap()) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var found: [(start: Int, end: Int)] = []
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "‹":
        open.append(found.count)
        found.append((bytes.count, bytes.count))
      case "›": if let last = open.popLast() { found[last].end = bytes.count }
      default: bytes += Array(String(Character(scalar)).utf8)
      }
    }
    var map = earlier
    let id = map.add(path: path, bytes: bytes)
    self.map = map
    ranges = found.map { SourceRange(file: id, start: UInt32($0.start), end: UInt32($0.end)) }
    file = map[id]
  }

  package let file: SourceFile
}
