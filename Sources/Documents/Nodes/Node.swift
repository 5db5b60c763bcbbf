package import Diagnostics

/// A value in a document, with the place where it stands.
///
/// A node is a light handle; the document's arena keeps the data alive.
package struct Node: Sendable {
  package enum Kind: UInt8, Hashable, Sendable {
    case null, bool, integer, float, string, sequence, mapping
  }

  let arena: NodeArena
  let index: UInt32

  var record: NodeArena.Record { arena.records[Int(index)] }

  package var kind: Kind { record.kind }

  /// Where the value stands: quotes, brackets and a tag included. What an alias stands for is where its anchor is.
  package var range: SourceRange {
    let record = record
    return SourceRange(file: arena.file.id, start: record.start, end: record.end)
  }

  /// The YAML tag, such as `!Ref`, as it is written.
  package var tag: String? { record.tag < 0 ? nil : arena.tags[Int(record.tag)] }

  package var isNull: Bool { kind == .null }
  package var isScalar: Bool { kind.rawValue < Kind.sequence.rawValue }

  /// The truth value of a boolean.
  package var bool: Bool? {
    guard kind == .bool else { return nil }
    return text.map(ScalarRules.bool)
  }

  /// The number of an integer that fits.
  package var integer: Int? {
    guard kind == .integer, let text else { return nil }
    return ScalarRules.integer(text)
  }

  /// The number of a float or an integer.
  package var double: Double? {
    guard kind == .float || kind == .integer, let text else { return nil }
    return ScalarRules.double(text)
  }

  /// The text of a string, and of nothing else.
  package var string: String? { kind == .string ? text : nil }

  /// A scalar's words as they are written, whatever its kind: `0777`, `1e3`, `y`.
  package var text: String? { isScalar ? arena.text(record) : nil }

  /// The number of elements or pairs.
  package var count: Int { isScalar ? 0 : Int(record.count) }

  /// The elements of a sequence; empty for anything else.
  package var elements: Elements { Elements(node: self) }

  /// The pairs of a mapping, in the order in which they stand; empty for anything else.
  package var pairs: Pairs { Pairs(node: self) }

  /// The value of a key; the first where a key stands twice, `nil` where this is no mapping.
  package subscript(key: String) -> Node? {
    let record = record
    guard record.kind == .mapping else { return nil }
    var position = Int(record.text)
    for _ in 0..<record.count {
      if arena.isText(arena.children[position], key) { return Node(arena: arena, index: arena.children[position + 1]) }
      position += 2
    }
    return nil
  }

  /// The keys of a mapping, in the order in which they stand.
  package var keys: [String] { pairs.compactMap(\.key.text) }

  package struct Elements: RandomAccessCollection, Sendable {
    let node: Node

    package var startIndex: Int { 0 }
    package var endIndex: Int { node.kind == .sequence ? Int(node.record.count) : 0 }

    package subscript(position: Int) -> Node {
      Node(arena: node.arena, index: node.arena.children[Int(node.record.text) + position])
    }
  }

  package struct Pair: Sendable {
    package var key: Node
    package var value: Node
  }

  package struct Pairs: RandomAccessCollection, Sendable {
    let node: Node

    package var startIndex: Int { 0 }
    package var endIndex: Int { node.kind == .mapping ? Int(node.record.count) : 0 }

    package subscript(position: Int) -> Pair {
      let first = Int(node.record.text) + 2 * position
      return Pair(
        key: Node(arena: node.arena, index: node.arena.children[first]),
        value: Node(arena: node.arena, index: node.arena.children[first + 1]))
    }
  }
}
