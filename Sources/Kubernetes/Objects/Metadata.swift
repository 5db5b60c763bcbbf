import Diagnostics
import Documents

/// What every object has: its name, where it lives, its labels, who controls it.
struct Metadata {
  struct Owner: Hashable {
    var kind: String
    var name: String
  }

  var kind: String
  var name: String
  /// `default` where the manifest is silent.
  var namespace: String
  var labels: [String: String]
  var owner: Owner?
  /// The whole object.
  var range: SourceRange
  /// Its name, the place that people know it by.
  var nameRange: SourceRange

  /// `NetworkPolicy shop/allow-web`.
  var title: String { namespace.isEmpty ? "\(kind) \(name)" : "\(kind) \(namespace)/\(name)" }
}

extension ObjectReader {
  /// The metadata of an object; `nil` when it has no name.
  func metadata(_ object: Field, kind: String, isNamespaced: Bool) -> Metadata? {
    let field = object["metadata"]
    begin("\(kind) \(field?["name"]?.node.text ?? "without a name")")
    guard let field else {
      error(object, "metadata is missing")
      return nil
    }
    guard mapping(field) else { return nil }
    let name = string(field["name"]) ?? string(field["generateName"])
    guard let name else {
      if field["name"] == nil { error(field, "metadata.name is missing") }
      return nil
    }
    let given = isNamespaced ? string(field["namespace"]) ?? "" : ""
    let namespace = isNamespaced && given.isEmpty ? "default" : given
    begin(isNamespaced ? "\(kind) \(namespace)/\(name)" : "\(kind) \(name)")
    if let labels = field["labels"] { checkLabels(labels) }
    let labels = stringMap(field["labels"])
    var owner: Metadata.Owner?
    for reference in items(field["ownerReferences"]) {
      guard let name = string(reference["name"]) else { continue }
      let kind = string(reference["kind"]) ?? "Pod"
      let isController = reference["controller"]?.node.bool == true
      if isController || owner == nil { owner = Metadata.Owner(kind: kind, name: name) }
      if isController { break }
    }
    return Metadata(
      kind: kind, name: name, namespace: namespace, labels: labels, owner: owner, range: object.node.range,
      nameRange: (field["name"] ?? field).node.range)
  }
}
