import Documents

/// Selectors as the API server reads them, with its limits on what a label may be.
extension ObjectReader {
  /// A label selector; an empty mapping selects everything.
  func selector(_ field: Field) -> LabelSelector {
    guard mapping(field) else { return .everything }
    expectKeys(field, ["matchLabels", "matchExpressions"])
    var requirements: [LabelSelector.Requirement] = []
    if let labels = field["matchLabels"] {
      checkLabels(labels)
      for (key, value) in stringMap(labels) {
        requirements.append(LabelSelector.Requirement(key: key, operator: .in, values: [value]))
      }
    }
    for expression in items(field["matchExpressions"]) {
      if let requirement = requirement(expression) { requirements.append(requirement) }
    }
    return LabelSelector(requirements)
  }

  private func requirement(_ field: Field) -> LabelSelector.Requirement? {
    guard mapping(field) else { return nil }
    expectKeys(field, ["key", "operator", "values"])
    guard let keyField = field["key"], let key = string(keyField) else {
      if field["key"] == nil { error(field, "`key` is missing") }
      return nil
    }
    checkKey(key, keyField)
    guard let operatorField = field["operator"], let word = string(operatorField) else {
      if field["operator"] == nil { error(field, "`operator` is missing") }
      return nil
    }
    guard let kind = LabelSelector.Requirement.Operator(rawValue: word) else {
      error(operatorField, "`\(word)` is no operator", help: "In, NotIn, Exists or DoesNotExist")
      return nil
    }
    let values = strings(field["values"])
    switch kind {
    case .in, .notIn:
      if values.isEmpty { error(field["values"] ?? field, "\(word) needs at least one value") }
    case .exists, .doesNotExist:
      if let given = field["values"], !values.isEmpty { error(given, "\(word) takes no values") }
    }
    for item in items(field["values"]) {
      if let value = item.node.string { checkValue(value, item) }
    }
    return LabelSelector.Requirement(key: key, operator: kind, values: Array(Set(values)).sorted())
  }

  /// Checks the keys and values of labels against what the API server takes.
  func checkLabels(_ field: Field) {
    for pair in field.node.pairs {
      guard let key = pair.key.string else { continue }
      checkKey(key, Field(node: pair.key, path: "\(field.path).\(key)"))
      if let value = pair.value.string { checkValue(value, Field(node: pair.value, path: "\(field.path).\(key)")) }
    }
  }

  private func checkKey(_ key: String, _ field: Field) {
    let parts = key.split(separator: "/", omittingEmptySubsequences: false)
    let name = parts.last ?? ""
    let fits =
      parts.count <= 2 && !name.isEmpty && isWord(name)
      && (parts.count == 1 || (!parts[0].isEmpty && parts[0].utf8.count <= 253))
    if !fits { error(field, "`\(key)` is no label key") }
  }

  private func checkValue(_ value: String, _ field: Field) {
    if !value.isEmpty && !isWord(value[...]) { error(field, "`\(value)` is no label value") }
  }

  /// At most 63 characters, letters and digits at both ends, `-`, `_` and `.` between.
  private func isWord(_ text: Substring) -> Bool {
    func isAlphanumeric(_ byte: UInt8) -> Bool {
      (48...57).contains(byte) || (65...90).contains(byte) || (97...122).contains(byte)
    }
    let bytes = Array(text.utf8)
    guard bytes.count <= 63, let first = bytes.first, let last = bytes.last else { return false }
    return isAlphanumeric(first) && isAlphanumeric(last)
      && bytes.allSatisfy { isAlphanumeric($0) || $0 == 45 || $0 == 95 || $0 == 46 }
  }
}
