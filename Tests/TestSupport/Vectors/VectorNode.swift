import Diagnostics
import Documents
import Foundation

/// A value of a vector file, asked by what its README says that it is. What is not there has its default.
struct VectorNode {
  private let node: Node

  init(_ node: Node) { self.node = node }

  /// The one value of a file.
  init(contentsOf url: URL) throws {
    let bytes = [UInt8](try Data(contentsOf: url))
    let result = JSONReader.read(SourceFile(id: FileID(rawValue: 0), path: url.path, bytes: bytes))
    guard let root = result.documents.first?.root, result.diagnostics.isEmpty else {
      throw VectorError("\(url.path) is not JSON: \(result.diagnostics)")
    }
    self.init(root)
  }

  // MARK: Members

  func has(_ key: String) -> Bool { node[key] != nil }

  func optionalNode(_ key: String) -> VectorNode? { node[key].map { VectorNode($0) } }

  func node(_ key: String) throws -> VectorNode {
    guard let child = optionalNode(key) else { throw VectorError("no \(key)") }
    return child
  }

  /// Every member of the object below a key, in the order in which they stand.
  func members(_ key: String) -> [(String, VectorNode)] {
    (node[key]?.pairs).map { $0.compactMap { pair in pair.key.text.map { ($0, VectorNode(pair.value)) } } } ?? []
  }

  func string(_ key: String) throws -> String { try node(key).asString() }
  func optionalString(_ key: String) throws -> String? { try optionalNode(key)?.asString() }
  func int(_ key: String) throws -> Int? { try optionalNode(key)?.asInt() }
  func bool(_ key: String) -> Bool? { node[key]?.bool }
  func list(_ key: String) -> [VectorNode] { optionalNode(key)?.asList() ?? [] }
  func lists(_ key: String) -> [[VectorNode]] { list(key).map { $0.asList() } }
  func strings(_ key: String) throws -> [String] { try list(key).map { try $0.asString() } }
  func ints(_ key: String) throws -> [Int] { try list(key).map { try $0.asInt() } }
  func isString(_ key: String) -> Bool { node[key]?.string != nil }

  // MARK: The value itself

  var isList: Bool { node.kind == .sequence }

  func asString() throws -> String {
    guard let string = node.string else { throw VectorError("no string") }
    return string
  }

  func asInt() throws -> Int {
    guard let integer = node.integer else { throw VectorError("no number") }
    return integer
  }

  func asList() -> [VectorNode] { node.elements.map { VectorNode($0) } }
  func asStrings() throws -> [String] { try asList().map { try $0.asString() } }
}
