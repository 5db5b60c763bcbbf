import Diagnostics

/// All nodes of one document, in arrays: a node is a number, its children are a slice, its text lies in the file where it stands there
/// unescaped.
final class NodeArena: Sendable {
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
    if record.isOwned { return strings[Int(record.text)] }
    let start = Int(record.text)
    return String(decoding: file.bytes[start..<(start + Int(record.count))], as: UTF8.self)
  }
}

/// Collects the nodes of a document while it is read.
struct NodeArenaBuilder {
  private(set) var records: [NodeArena.Record] = []
  private(set) var children: [UInt32] = []
  private var strings: [String] = []
  private var tags: [String] = []
  private var tagNumbers: [String: Int16] = [:]

  /// A scalar whose text stands in the file as it is.
  mutating func scalar(_ kind: Node.Kind, start: Int, end: Int, text: Range<Int>, tag: String? = nil) -> UInt32 {
    append(
      NodeArena.Record(
        kind: kind, isOwned: false, tag: number(of: tag), start: UInt32(start), end: UInt32(end),
        text: UInt32(text.lowerBound), count: UInt32(text.count)))
  }

  /// A scalar whose text had to be put together.
  mutating func scalar(_ kind: Node.Kind, start: Int, end: Int, owned text: String, tag: String? = nil) -> UInt32 {
    strings.append(text)
    return append(
      NodeArena.Record(
        kind: kind, isOwned: true, tag: number(of: tag), start: UInt32(start), end: UInt32(end),
        text: UInt32(strings.count - 1), count: 0))
  }

  /// A sequence of elements, or a mapping of keys and values by turns.
  mutating func collection(_ kind: Node.Kind, start: Int, end: Int, items: some Collection<UInt32>, tag: String? = nil)
    -> UInt32
  {
    let first = UInt32(children.count)
    children.append(contentsOf: items)
    let count = UInt32(kind == .mapping ? items.count / 2 : items.count)
    return append(
      NodeArena.Record(
        kind: kind, isOwned: false, tag: number(of: tag), start: UInt32(start), end: UInt32(end), text: first,
        count: count))
  }

  private mutating func append(_ record: NodeArena.Record) -> UInt32 {
    records.append(record)
    return UInt32(records.count - 1)
  }

  private mutating func number(of tag: String?) -> Int16 {
    guard let tag else { return -1 }
    if let known = tagNumbers[tag] { return known }
    guard tags.count < Int(Int16.max) else { return -1 }
    let number = Int16(tags.count)
    tags.append(tag)
    tagNumbers[tag] = number
    return number
  }

  func ownedText(_ record: NodeArena.Record) -> String { strings[Int(record.text)] }

  func finish(_ file: SourceFile) -> NodeArena {
    NodeArena(file: file, records: records, children: children, strings: strings, tags: tags)
  }
}
