import Diagnostics

/// Collects the nodes of a document while it is read.
///
/// Finished nodes wait on one stack until the collection that holds them is closed, so that no collection needs an array of its own.
struct NodeArenaBuilder {
  /// More tags than the records can number; far more than any language has.
  static let tagLimit = Int(Int16.max)

  private let file: SourceFile
  private let bytes: [UInt8]
  private(set) var records: [NodeArena.Record] = []
  private var children: [UInt32] = []
  private var strings: [String] = []
  private var tags: [String] = []
  private var tagNumbers: [String: Int16] = [:]
  /// Nodes whose collection is still open: elements, or keys and values by turns.
  private(set) var waiting: [UInt32] = []

  init(_ file: SourceFile) {
    self.file = file
    bytes = file.bytes
  }

  var hasTooManyTags: Bool { tags.count >= NodeArenaBuilder.tagLimit }

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

  /// Lets a node wait for the end of the collection that holds it.
  mutating func wait(_ node: UInt32) { waiting.append(node) }

  /// Closes a collection that holds all nodes waiting from a position on.
  mutating func collection(_ kind: Node.Kind, start: Int, end: Int, waitingFrom first: Int, tag: String? = nil)
    -> UInt32
  {
    let begin = UInt32(children.count)
    children.append(contentsOf: waiting[first...])
    let count = waiting.count - first
    waiting.removeLast(count)
    return append(
      NodeArena.Record(
        kind: kind, isOwned: false, tag: number(of: tag), start: UInt32(start), end: UInt32(end), text: begin,
        count: UInt32(kind == .mapping ? count / 2 : count)))
  }

  /// Puts other nodes in the place of those waiting from a position on.
  mutating func replaceWaiting(from first: Int, by nodes: [UInt32]) {
    waiting.replaceSubrange(first..., with: nodes)
  }

  private mutating func append(_ record: NodeArena.Record) -> UInt32 {
    records.append(record)
    return UInt32(records.count - 1)
  }

  private mutating func number(of tag: String?) -> Int16 {
    guard let tag else { return -1 }
    if let known = tagNumbers[tag] { return known }
    guard !hasTooManyTags else { return -1 }
    let number = Int16(tags.count)
    tags.append(tag)
    tagNumbers[tag] = number
    return number
  }

  /// The text of a scalar.
  func text(of node: UInt32) -> String {
    let record = records[Int(node)]
    guard record.isScalar else { return "" }
    return record.isOwned ? strings[Int(record.text)] : String(decoding: bytes[record.bytes], as: UTF8.self)
  }

  /// Whether two scalars have the same text, whatever their kinds.
  func haveSameText(_ one: UInt32, _ other: UInt32) -> Bool {
    let (left, right) = (records[Int(one)], records[Int(other)])
    guard left.isScalar, right.isScalar else { return false }
    if left.isOwned || right.isOwned { return text(of: one).utf8.elementsEqual(text(of: other).utf8) }
    guard left.count == right.count else { return false }
    var (a, b) = (Int(left.text), Int(right.text))
    for _ in 0..<left.count {
      if bytes[a] != bytes[b] { return false }
      a += 1
      b += 1
    }
    return true
  }

  /// The children of a collection that was added.
  func items(of node: UInt32) -> ArraySlice<UInt32> {
    let record = records[Int(node)]
    guard !record.isScalar else { return [] }
    let count = Int(record.count) * (record.kind == .mapping ? 2 : 1)
    return children[Int(record.text)..<(Int(record.text) + count)]
  }

  func range(of node: UInt32) -> SourceRange {
    let record = records[Int(node)]
    return SourceRange(file: file.id, start: record.start, end: record.end)
  }

  func finish() -> NodeArena {
    NodeArena(file: file, records: records, children: children, strings: strings, tags: tags)
  }
}
