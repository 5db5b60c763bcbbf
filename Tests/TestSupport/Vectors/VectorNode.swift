import Foundation

/// A value of a vector file, asked by what its README says that it is.
struct VectorNode {
  fileprivate let value: Any

  init(_ value: Any) { self.value = value }

  private func child(_ key: String) -> Any? { (value as? [String: Any])?[key] }
  func has(_ key: String) throws -> Bool { child(key) != nil }
  func node(_ key: String) throws -> VectorNode {
    guard let c = child(key) else { throw VectorError("no \(key)") }
    return VectorNode(c)
  }
  func optionalNode(_ key: String) throws -> VectorNode? { child(key).map { VectorNode($0) } }
  func string(_ key: String) throws -> String { try node(key).asString() }
  func optionalString(_ key: String) throws -> String? { try optionalNode(key)?.asString() }
  func int(_ key: String) throws -> Int? { try optionalNode(key)?.asInt() }
  func bool(_ key: String) throws -> Bool? { child(key) as? Bool }
  func list(_ key: String) throws -> [VectorNode] { try optionalNode(key)?.asList() ?? [] }
  func lists(_ key: String) throws -> [[VectorNode]] { try list(key).map { try $0.asList() } }
  func strings(_ key: String) throws -> [String] { try list(key).map { try $0.asString() } }
  func ints(_ key: String) throws -> [Int] { try list(key).map { try $0.asInt() } }
  func members(_ key: String) throws -> [(String, VectorNode)] {
    guard let d = child(key) as? [String: Any] else { return [] }
    return d.keys.sorted().compactMap { k in d[k].map { (k, VectorNode($0)) } }
  }
  func isString(_ key: String) throws -> Bool { child(key) is String }
  var isList: Bool { value is [Any] }
  func asString() throws -> String {
    guard let s = value as? String else { throw VectorError("no string") }
    return s
  }
  func asStrings() throws -> [String] { try asList().map { try $0.asString() } }
  func asInt() throws -> Int {
    guard let s = value as? Int else { throw VectorError("no number") }
    return s
  }
  func asList() throws -> [VectorNode] {
    guard let s = value as? [Any] else { throw VectorError("no list") }
    return s.map { VectorNode($0) }
  }
}
