import Diagnostics
import Documents
import PacketSpace

/// Reads the fields of one object as strictly as the API server does, and notes what it refuses.
///
/// It is a class because every part of an object reports to the same list.
final class ObjectReader {
  /// `NetworkPolicy shop/allow-web`, for messages.
  var object = ""
  private(set) var diagnostics: [Diagnostic] = []
  /// Whether the API server would refuse the object.
  private(set) var isRefused = false

  init() {}

  /// Notes what makes the object one that the API server refuses.
  func error(_ field: Field, _ problem: String, help: String? = nil) {
    isRefused = true
    note(.error, "TP0601", field, problem, help: help)
  }

  /// Notes what is legal and likely not meant.
  func warn(_ field: Field, _ problem: String, help: String? = nil) {
    note(.warning, "TP0602", field, problem, help: help)
  }

  private func note(_ severity: Diagnostic.Severity, _ code: String, _ field: Field, _ problem: String, help: String?) {
    let path = field.path.isEmpty ? "" : "\(field.path): "
    diagnostics.append(
      Diagnostic(
        code: code, severity: severity, message: "\(object): \(path)\(problem)",
        primary: Diagnostic.Label(range: field.node.range, text: problem), help: help))
  }

  /// Begins another object.
  func begin(_ name: String) {
    object = name
    isRefused = false
  }

  // MARK: Scalars

  func string(_ field: Field?) -> String? {
    guard let field else { return nil }
    if let text = field.node.string { return text }
    let written = field.node.text.map { "`\($0)` is a \(field.node.kind)" } ?? "a \(field.node.kind) is"
    error(
      field, "\(written), where a string is wanted", help: field.node.isScalar ? "put it in quotes" : nil)
    return nil
  }

  func integer(_ field: Field?) -> Int? {
    guard let field else { return nil }
    if let number = field.node.integer { return number }
    error(field, "a whole number is wanted")
    return nil
  }

  func bool(_ field: Field?) -> Bool? {
    guard let field else { return nil }
    if let value = field.node.bool { return value }
    error(field, "true or false is wanted")
    return nil
  }

  // MARK: Collections

  func items(_ field: Field?) -> [Field] {
    guard let field else { return [] }
    guard field.node.kind == .sequence else {
      error(field, "a list is wanted")
      return []
    }
    return field.node.elements.enumerated().map { Field(node: $1, path: "\(field.path)[\($0)]") }
  }

  func strings(_ field: Field?) -> [String] { items(field).compactMap { string($0) } }

  /// A mapping of strings: labels, a node selector.
  func stringMap(_ field: Field?) -> [String: String] {
    guard let field else { return [:] }
    guard mapping(field) else { return [:] }
    var result: [String: String] = [:]
    for pair in field.node.pairs {
      let key = Field(node: pair.key, path: field.path)
      guard let name = string(key) else { continue }
      // An empty value is written as nothing at all by some generators, and the API server takes null for "".
      if pair.value.isNull {
        result[name] = ""
      } else if let value = string(Field(node: pair.value, path: "\(field.path).\(name)")) {
        result[name] = value
      }
    }
    return result
  }

  /// Whether the field is a mapping; says so if not.
  func mapping(_ field: Field) -> Bool {
    if field.node.kind == .mapping { return true }
    error(field, "a mapping is wanted")
    return false
  }

  /// Reports keys that are none of those known.
  func expectKeys(_ field: Field, _ known: [String]) {
    for pair in field.node.pairs {
      guard let key = pair.key.text, !known.contains(key) else { continue }
      let guess = Spelling.nearest(to: key, among: known)
      error(
        Field(node: pair.key, path: field.path.isEmpty ? key : "\(field.path).\(key)"), "unknown field `\(key)`",
        help: guess.map { "did you mean `\($0)`?" })
    }
  }

  // MARK: Addresses

  func prefix(_ field: Field?) -> IPPrefix? {
    guard let field, let text = string(field) else { return nil }
    if text.contains("/"), let prefix = IPPrefix(text) { return prefix }
    error(field, "`\(text)` is no address block", help: "write it as 10.0.0.0/8 or 2001:db8::/32")
    return nil
  }

  func address(_ field: Field?) -> IPAddress? {
    guard let field, let text = string(field) else { return nil }
    if text.isEmpty || text == "None" { return nil }
    if let address = IPAddress(text) { return address }
    error(field, "`\(text)` is no address")
    return nil
  }
}
