/// One file that was read, with an index of its lines.
package final class SourceFile: Sendable {
  package let id: FileID
  /// The path to show, relative where it can be.
  package let path: String
  package let bytes: [UInt8]
  /// The offset at which each line starts.
  private let lineStarts: [UInt32]
  /// How many characters begin before each whole block of bytes, in a file with a line so long that counting them anew for each place would
  /// take the square of its length; empty in any other.
  private let charactersBefore: [UInt32]
  private static let block = 4_096

  /// A file of fewer than 4 GiB; what lies beyond has no place of its own.
  package init(id: FileID, path: String, bytes: [UInt8]) {
    self.id = id
    self.path = path
    self.bytes = bytes
    var starts: [UInt32] = [0]
    let span = bytes.span
    for offset in 0..<min(span.count, Int(UInt32.max)) where span[offset] == UInt8(ascii: "\n") {
      starts.append(UInt32(offset + 1))
    }
    lineStarts = starts
    charactersBefore = Self.hasLongLine(starts, bytes.count) ? Self.characterCounts(bytes) : []
  }

  private static func hasLongLine(_ starts: [UInt32], _ count: Int) -> Bool {
    var end = count
    for start in starts.reversed() {
      if end - Int(start) > 4 * block { return true }
      end = Int(start)
    }
    return false
  }

  private static func characterCounts(_ bytes: [UInt8]) -> [UInt32] {
    var counts: [UInt32] = []
    var count: UInt32 = 0
    for (offset, byte) in bytes.enumerated() {
      if offset % block == 0 { counts.append(count) }
      if byte & 0xC0 != 0x80 { count &+= 1 }
    }
    return counts
  }

  /// How many characters begin in a part of the file.
  private func characters(_ part: Range<Int>) -> Int {
    let (first, last) = ((part.lowerBound + Self.block - 1) / Self.block, part.upperBound / Self.block)
    guard first < last, last < charactersBefore.count else {
      return bytes[part].reduce(0) { $0 + ($1 & 0xC0 == 0x80 ? 0 : 1) }
    }
    return characters(part.lowerBound..<(first * Self.block))
      + Int(charactersBefore[last] - charactersBefore[first]) + characters((last * Self.block)..<part.upperBound)
  }

  package var lineCount: Int { lineStarts.count }

  /// Line and column of a byte offset; past the end it is the end.
  ///
  /// - Complexity: O(log lines), and a few thousand bytes of the line are looked at.
  package func position(at offset: UInt32) -> SourcePosition {
    let offset = UInt32(min(Int(offset), bytes.count))
    var low = 0
    var high = lineStarts.count
    while low + 1 < high {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    var start = Int(lineStarts[low])
    // A byte order mark is no character of the first line: editors neither show nor count it.
    if start == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, Int(offset)) }
    return SourcePosition(line: low + 1, column: characters(start..<Int(offset)) + 1)
  }

  /// The bytes of a line, counted from 1, without its end; empty for a line that is not there.
  package func lineRange(_ number: Int) -> Range<UInt32> {
    guard number >= 1, number <= lineStarts.count else { return 0..<0 }
    let start = lineStarts[number - 1]
    var end = number < lineStarts.count ? lineStarts[number] - 1 : UInt32(min(bytes.count, Int(UInt32.max)))
    if end > start, bytes[Int(end) - 1] == UInt8(ascii: "\r") { end -= 1 }
    return start..<end
  }

  /// The text of a line, counted from 1, without its end.
  package func line(_ number: Int) -> String {
    let range = lineRange(number)
    return String(decoding: bytes[Int(range.lowerBound)..<Int(range.upperBound)], as: UTF8.self)
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
