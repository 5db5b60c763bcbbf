import SwiftSyntax

/// What may be wrong about an infix operator.
enum InfixMutations {
  private static let flipped = ["==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"]
  private static let moved = ["<": "<=", "<=": "<", ">": ">=", ">=": ">"]
  private static let logic = ["&&": "||", "||": "&&"]
  private static let bitwise = ["|": "&", "&": "|", "|=": "&=", "&=": "|="]

  static func of(_ node: InfixOperatorExprSyntax) -> [(MutationOperator, String)] {
    guard let sign = node.operator.as(BinaryOperatorExprSyntax.self)?.operator.text else { return [] }
    let (left, right) = (node.leftOperand.trimmedDescription, node.rightOperand.trimmedDescription)
    var result: [(MutationOperator, String)] = []
    if let certain = certainty(sign, right) { result.append((.certainty, "\(left) \(certain)")) }
    if let other = moved[sign], !isKnownToDiffer(node) { result.append((.bound, "\(left) \(other) \(right)")) }
    if let other = flipped[sign] { result.append((.comparison, "\(left) \(other) \(right)")) }
    if let other = logic[sign] { result.append((.logic, "\(left) \(other) \(right)")) }
    if let other = bitwise[sign] { result.append((.sets, "\(left) \(other) \(right)")) }
    switch sign {
    case "+" where right == "1", "-" where right == "1", "&+" where right == "1", "&-" where right == "1":
      result.append((.bound, left))
    case "..<", "...": result.append((.bound, "\(left)\(sign)Swift.max(\(left), \(right) - 1)"))
    case "??" where right == "true" || right == "false": break  // The literal has its own.
    default: break
    }
    return result
  }

  /// Whether the two sides are compared only where they were seen to differ, as in `a.x == b.x ? a.y < b.y : a.x < b.x`: to move the bound
  /// changes nothing.
  private static func isKnownToDiffer(_ node: InfixOperatorExprSyntax) -> Bool {
    guard let choice = node.parent?.as(TernaryExprSyntax.self), choice.elseExpression.id == ExprSyntax(node).id,
      let test = choice.condition.as(InfixOperatorExprSyntax.self), test.operator.trimmedDescription == "=="
    else { return false }
    return test.leftOperand.trimmedDescription == node.leftOperand.trimmedDescription
      && test.rightOperand.trimmedDescription == node.rightOperand.trimmedDescription
  }

  /// Compound assignments.
  static func assigns(_ node: InfixOperatorExprSyntax) -> Bool {
    guard let sign = node.operator.as(BinaryOperatorExprSyntax.self)?.operator.text else { return false }
    return sign.hasSuffix("=") && !["==", "!=", "<=", ">=", "===", "!=="].contains(sign)
  }

  /// What is unknown, taken to be surely so or surely not so.
  private static func certainty(_ sign: String, _ right: String) -> String? {
    switch (sign, right) {
    case ("!=", ".no"): "== .yes"
    case ("==", ".yes"): "!= .no"
    case ("==", ".no"): "!= .yes"
    case ("!=", ".yes"): "== .no"
    default: nil
    }
  }
}
