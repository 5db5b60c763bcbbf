import Diagnostics

/// Finds comments in the text between scalars: libyaml's events leave them out, and Helm's `# Source:` lines and waivers stand in them.
struct YAMLComments {
  private let file: SourceFile
  private let bytes: [UInt8]
  private var scanned = 0
  private var found: [Document.Comment] = []

  init(file: SourceFile) {
    self.file = file
    bytes = file.bytes
  }

  /// Text of a scalar stands here: no `#` in it starts a comment, and what is before it can be looked through.
  mutating func skip(_ text: Range<Int>) {
    scan(to: text.lowerBound)
    scanned = max(scanned, text.upperBound)
  }

  /// A block scalar stands here: its first line, `|` or `>`, may end in a comment.
  mutating func skipBlock(_ block: Range<Int>) {
    var header = block.lowerBound
    while header < block.upperBound, bytes[header] != 0x0A, bytes[header] != 0x0D { header += 1 }
    scan(to: header)
    scanned = max(scanned, block.upperBound)
  }

  /// The comments before an offset that no document has taken yet.
  mutating func take(upTo offset: Int) -> [Document.Comment] {
    scan(to: offset)
    defer { found = [] }
    return found
  }

  private mutating func scan(to end: Int) {
    var at = scanned
    while at < end {
      guard bytes[at] == UInt8(ascii: "#"), at == 0 || startsComment(after: bytes[at - 1]) else {
        at += 1
        continue
      }
      var stop = at
      while stop < bytes.count, bytes[stop] != 0x0A, bytes[stop] != 0x0D { stop += 1 }
      found.append(
        Document.Comment(
          range: SourceRange(file: file.id, start: UInt32(at), end: UInt32(stop)),
          text: String(decoding: bytes[(at + 1)..<stop], as: UTF8.self)))
      at = stop
    }
    scanned = max(scanned, at)
  }

  /// A comment is set off by space; a byte order mark, whose last byte this is, stands before a first line.
  private func startsComment(after byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D || byte == 0xBF
  }
}
