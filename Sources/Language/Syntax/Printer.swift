import NetworkModel

extension Selector: CustomStringConvertible {
  /// As it is written; what is printed is parsed as the same.
  package var description: String { written(binding: 0) }

  /// Parentheses stand where the surrounding binds tighter: `|` binds 0, `&` 1, `!` 2; both signs go from left to right.
  private func written(binding: Int) -> String {
    switch self {
    case .any: "any"
    case .anyone: "anyone"
    case .addresses(_, let text, _): text
    case .keyed(let key, let value, _): "\(key.rawValue):\(value.written)"
    case .named(let name, _), .parameter(let name, _): name.written
    case .not(let inner, _): "!" + inner.written(binding: 3)
    case .and(let left, let right):
      Self.parenthesised(binding > 1, "\(left.written(binding: 1)) & \(right.written(binding: 2))")
    case .or(let left, let right):
      Self.parenthesised(binding > 0, "\(left.written(binding: 0)) | \(right.written(binding: 1))")
    }
  }

  private static func parenthesised(_ needed: Bool, _ text: String) -> String { needed ? "(\(text))" : text }
}

extension TrafficLiteral: CustomStringConvertible {
  package var description: String { (isNegated ? "!" : "") + items.joined(separator: ",") }
}

extension Statement: CustomStringConvertible {
  package var description: String {
    switch self {
    case .query(let query): query.description
    case .property(let property): property.description
    }
  }
}

extension Query: CustomStringConvertible {
  package var description: String {
    let source = form == .sources ? "sources" : source.description
    let destination = form == .targets ? "targets" : destination.description
    let start = form == .why ? "why " : form == .whyNot ? "why not " : ""
    return "\(start)\(source) \(arrow.rawValue) \(destination)" + clauseText(on: on, entering: entering)
  }
}

extension Property: CustomStringConvertible {
  package var description: String {
    switch self {
    case .flow(let flow): flow.description
    case .isolated(let one, let other, let on): "isolated \(one), \(other)" + clauseText(on: on, entering: nil)
    case .same(let one, let other): "same \(one), \(other)"
    case .all(let subject, let predicate): "all \(subject) have \(predicate)"
    }
  }
}

extension FlowProperty: CustomStringConvertible {
  package var description: String {
    var text = "\(word) \(source) \(arrow.rawValue) \(destination)"
    switch demand {
    case .encrypted(.version(let version)?): text += " minimum \(version)"
    case .encrypted(.parameter(let name)?): text += " minimum {\(name)}"
    case .every(let via): text += " via \(via)"
    case .forbid, .require, .only, .encrypted(nil): break
    }
    return text + clauseText(on: on, entering: entering)
  }

  private var word: String {
    switch demand {
    case .forbid: "forbid"
    case .require: "require"
    case .only: "only"
    case .encrypted: "encrypted"
    case .every: "every"
    }
  }
}

extension StructuralPredicate: CustomStringConvertible {
  package var description: String {
    switch self {
    case .policyIngress: "policy ingress"
    case .policyEgress: "policy egress"
    case .noAllowAll: "no allow-all"
    case .label(let key): "label " + (key.contains { " ()&|,!".contains($0) } ? "\"\(key)\"" : key)
    }
  }
}

private func clauseText(on: TrafficLiteral?, entering: TrafficLiteral?) -> String {
  (on.map { " on \($0)" } ?? "") + (entering.map { " entering \($0)" } ?? "")
}
