import Diagnostics

/// Finds comments in the text between scalars: libyaml's events leave them out, and Helm's `# Source:` lines and waivers stand in them.
struct YAMLComments {
  private let file: SourceFile
  private var scanned = 0
  private var pending: [Document.Comment] = []

  init(file: SourceFile) { self.file = file }

  /// A scalar stands here: no `#` in it starts a comment, and the text before it can be looked through.
  mutating func note(scalar range: Range<Int>) {
    if range.lowerBound > scanned { scan(to: range.lowerBound) }
    scanned = max(scanned, range.upperBound)
  }

  /// The comments before an offset that no document has taken yet.
  mutating func take(upTo offset: Int) -> [Document.Comment] {
    if offset > scanned {
      scan(to: offset)
      scanned = offset
    }
    defer { pending = [] }
    return pending
  }

  private mutating func scan(to end: Int) {
    let bytes = file.bytes
    var at = scanned
    while at < end {
      guard bytes[at] == UInt8(ascii: "#"), at == 0 || [0x20, 0x09, 0x0A, 0x0D].contains(bytes[at - 1]) else {
        at += 1
        continue
      }
      var stop = at
      while stop < bytes.count, bytes[stop] != 0x0A, bytes[stop] != 0x0D { stop += 1 }
      pending.append(
        Document.Comment(
          range: SourceRange(file: file.id, start: UInt32(at), end: UInt32(stop)),
          text: String(decoding: bytes[(at + 1)..<stop], as: UTF8.self)))
      at = stop
    }
  }
}
