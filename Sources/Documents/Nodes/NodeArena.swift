import Diagnostics

/// All nodes of one document, in arrays: a node is a number, its children are a slice, its text lies in the file where it stands there
/// unescaped.
final class NodeArena: Sendable {
  /// One node, in 20 bytes.
  struct Record: Sendable {
    var kind: Node.Kind
    /// Whether `text` is an index into `strings`; else it is an offset into the file, and `count` its length.
    var isOwned: Bool
    /// An index into `tags`, or -1.
    var tag: Int16
    var start: UInt32
    var end: UInt32
    /// Scalars: where the text is. Collections: where in `children` they begin.
    var text: UInt32
    /// Scalars: the length of the text. Sequences: elements. Mappings: pairs, a key and a value each.
    var count: UInt32

    var isScalar: Bool { kind.rawValue < Node.Kind.sequence.rawValue }

    /// The bytes of the file that are the text of a scalar whose text stands there.
    var bytes: Range<Int> { Int(text)..<(Int(text) + Int(count)) }
  }

  let file: SourceFile
  let records: [Record]
  let children: [UInt32]
  let strings: [String]
  let tags: [String]

  init(file: SourceFile, records: [Record], children: [UInt32], strings: [String], tags: [String]) {
    self.file = file
    self.records = records
    self.children = children
    self.strings = strings
    self.tags = tags
  }

  func text(_ record: Record) -> String {
    record.isOwned ? strings[Int(record.text)] : String(decoding: file.bytes[record.bytes], as: UTF8.self)
  }

  /// Whether a node is a scalar with this text; no text is put together to tell.
  func isText(_ node: UInt32, _ text: String) -> Bool {
    let record = records[Int(node)]
    guard record.isScalar else { return false }
    if record.isOwned { return strings[Int(record.text)].utf8.elementsEqual(text.utf8) }
    return Int(record.count) == text.utf8.count && file.bytes[record.bytes].elementsEqual(text.utf8)
  }
}
