/// One file that was read, with an index of its lines.
package final class SourceFile: Sendable {
  package let id: FileID
  /// The path to show, relative where it can be.
  package let path: String
  package let bytes: [UInt8]
  /// The offset at which each line starts.
  private let lineStarts: [UInt32]

  package init(id: FileID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    var starts: [UInt32] = [0]
    for (offset, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") { starts.append(UInt32(offset + 1)) }
    lineStarts = starts
  }

  package var lineCount: Int { lineStarts.count }

  /// Line and column of a byte offset; past the end it is the end.
  package func position(at offset: UInt32) -> SourcePosition {
    let offset = min(offset, UInt32(bytes.count))
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let text = String(decoding: bytes[Int(lineStarts[low])..<Int(offset)], as: UTF8.self)
    return SourcePosition(line: low + 1, column: text.count + 1)
  }

  /// The text of a line, counted from 1, without its end.
  package func line(_ number: Int) -> String {
    guard number >= 1, number <= lineStarts.count else { return "" }
    let start = Int(lineStarts[number - 1])
    var end = number < lineStarts.count ? Int(lineStarts[number]) - 1 : bytes.count
    if end > start, bytes[end - 1] == UInt8(ascii: "\r") { end -= 1 }
    return String(decoding: bytes[start..<end], as: UTF8.self)
  }
}

/// All files of a run, by number.
package struct SourceMap: Sendable {
  package private(set) var files: [SourceFile] = []

  package init() {}

  package mutating func add(path: String, bytes: [UInt8]) -> FileID {
    let id = FileID(rawValue: UInt32(files.count))
    files.append(SourceFile(id: id, path: path, bytes: bytes))
    return id
  }

  package subscript(_ id: FileID) -> SourceFile { files[Int(id.rawValue)] }

  /// Where a range starts.
  package func position(of range: SourceRange) -> SourcePosition { self[range.file].position(at: range.start) }

  /// `network/vpc.yaml:18`.
  package func place(_ range: SourceRange) -> String {
    "\(self[range.file].path):\(position(of: range).line)"
  }
}
