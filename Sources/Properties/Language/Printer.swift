/// What is printed reads back as the same statement.
extension SelectorExpression: CustomStringConvertible {
  package var description: String { text(binding: 0) }

  /// The strength of an operator: `!` binds tighter than `&`, then `|`.
  private func text(binding outer: Int) -> String {
    switch self {
    case .word(let word): return word.description
    case .not(let inner): return "!" + inner.text(binding: 3)
    case .and(let left, let right):
      let text = "\(left.text(binding: 2)) & \(right.text(binding: 3))"
      return outer > 2 ? "(\(text))" : text
    case .or(let left, let right):
      let text = "\(left.text(binding: 1)) | \(right.text(binding: 2))"
      return outer > 1 ? "(\(text))" : text
    }
  }
}

extension SelectorWord: CustomStringConvertible {
  package var description: String {
    let needsQuotes = isQuoted || text.isEmpty
    guard needsQuotes || text.contains(where: { " \"()&|,".contains($0) }) else { return text }
    let escaped = text.flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
    if !isQuoted, let split = text.firstIndex(where: { $0 == ":" || $0 == "=" }) {
      let head = text[...split]
      let tail = text[text.index(after: split)...].flatMap { $0 == "\"" || $0 == "\\" ? ["\\", $0] : [$0] }
      return head + "\"" + String(tail) + "\""
    }
    return "\"" + String(escaped) + "\""
  }
}

extension FlowExpression: CustomStringConvertible {
  package var description: String {
    var text = "\(source?.description ?? "sources") \(arrow.rawValue) \(destination?.description ?? "targets")"
    if let entering { text += " entering \(entering.text)" }
    if let on { text += " on \(on.text)" }
    return text
  }
}

extension Query: CustomStringConvertible {
  package var description: String { mode == .connects ? flow.description : "\(mode.rawValue) \(flow)" }
}

extension Property: CustomStringConvertible {
  package var description: String {
    switch self {
    case .forbid(let flow): "forbid \(flow)"
    case .require(let flow): "require \(flow)"
    case .only(let flow): "only \(flow)"
    case .encrypted(let flow, let minimum): "encrypted \(flow)" + (minimum.map { " minimum \($0)" } ?? "")
    case .every(let flow, let via): "every \(flow) via \(via)"
    case .isolated(let first, let second): "isolated \(first), \(second)"
    case .same(let first, let second): "same \(first), \(second)"
    case .all(let subjects, let predicate): "all \(subjects) have \(predicate)"
    }
  }
}

extension StructuralPredicate: CustomStringConvertible {
  package var description: String {
    switch self {
    case .policyIngress: "policy ingress"
    case .policyEgress: "policy egress"
    case .noAllowAll: "no allow-all"
    case .label(let key): "label \(SelectorWord(key))"
    }
  }
}

extension Statement: CustomStringConvertible {
  package var description: String {
    switch self {
    case .query(let query): query.description
    case .property(let property): property.description
    }
  }
}
