import SwiftSyntax

/// Names that have an opposite.
enum MemberMutations {
  struct Other {
    var kind: MutationOperator
    var name: String
  }

  static let others: [String: Other] = {
    var result: [String: Other] = [:]
    func pair(_ kind: MutationOperator, _ one: String, _ other: String) {
      result[one] = Other(kind: kind, name: other)
      result[other] = Other(kind: kind, name: one)
    }
    pair(.direction, "ingress", "egress")
    pair(.direction, "inbound", "outbound")
    pair(.direction, "inward", "outward")
    pair(.direction, "request", "answer")
    pair(.direction, "requests", "answers")
    pair(.direction, "source", "destination")
    pair(.direction, "sourcePort", "destinationPort")
    pair(.certainty, "may", "must")
    pair(.certainty, "sure", "possible")
    pair(.action, "allow", "deny")
    pair(.constant, "yes", "no")
    pair(.extremes, "lowerBound", "upperBound")
    return result
  }()

  /// The opposite of a member that is read.
  static func other(for node: MemberAccessExprSyntax) -> (MutationOperator, String)? {
    let name = node.declName.baseName.text
    if node.base == nil, name == "miss" { return (.action, "deny") }
    return others[name].map { ($0.kind, $0.name) }
  }
}

extension ExprSyntaxProtocol {
  /// Whether it is what a call calls, or the case of a pattern.
  var isCalled: Bool { parent?.as(FunctionCallExprSyntax.self)?.calledExpression.id == id }
}
