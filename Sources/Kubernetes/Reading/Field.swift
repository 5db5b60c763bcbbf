import Documents

/// A value of an object with its path, so that whatever is wrong with it can be said in the words of `kubectl explain`.
struct Field {
  let node: Node
  let path: String

  /// The value of a key; `null` is the same as absent, as the API server has it.
  subscript(_ key: String) -> Field? {
    guard let value = node[key], !value.isNull else { return nil }
    return Field(node: value, path: path.isEmpty ? key : "\(path).\(key)")
  }

  /// The value at the end of several keys.
  func at(_ keys: String...) -> Field? {
    var field: Field? = self
    for key in keys { field = field?[key] }
    return field
  }
}
