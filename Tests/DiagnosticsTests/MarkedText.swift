import Diagnostics

/// A file whose text carries marks: `‹…›` is what the test speaks of, in order, and is not part of the file.
struct MarkedText {
  let map: SourceMap
  let ranges: [SourceRange]

  init(_ marked: String, path: String = "a.yaml", in earlier: SourceMap = SourceMap()) {
    var bytes: [UInt8] = []
    var open: [Int] = []
    var found: [(order: Int, start: Int, end: Int)] = []
    var order = 0
    for scalar in marked.unicodeScalars {
      switch scalar {
      case "‹":
        open.append(found.count)
        found.append((order, bytes.count, bytes.count))
        order += 1
      case "›": if let last = open.popLast() { found[last].end = bytes.count }
      default: bytes += Array(String(Character(scalar)).utf8)
      }
    }
    var map = earlier
    let file = map.add(path: path, bytes: bytes)
    self.map = map
    ranges = found.map { SourceRange(file: file, start: UInt32($0.start), end: UInt32($0.end)) }
  }
}
