/// Byte offsets of code points, which is what libyaml counts: the identity for ASCII, else a table of every 64th.
struct CodePointOffsets {
  private let bytes: ArraySlice<UInt8>
  private let table: [UInt32]?

  /// Counts from the start of a part of a file; the offsets are those in the file.
  init(_ bytes: ArraySlice<UInt8>) {
    self.bytes = bytes
    guard bytes.contains(where: { $0 >= 0x80 }) else {
      table = nil
      return
    }
    var starts: [UInt32] = []
    var count = 0
    for offset in bytes.indices where bytes[offset] & 0xC0 != 0x80 {
      if count % 64 == 0 { starts.append(UInt32(offset)) }
      count += 1
    }
    table = starts
  }

  /// The offset of the code point with a number; past the last it is the end.
  func byte(_ codePoint: Int) -> Int {
    guard let table else { return min(bytes.startIndex + codePoint, bytes.endIndex) }
    guard codePoint / 64 < table.count else { return bytes.endIndex }
    var offset = Int(table[codePoint / 64])
    for _ in 0..<(codePoint % 64) {
      offset += 1
      while offset < bytes.endIndex, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return min(offset, bytes.endIndex)
  }
}
