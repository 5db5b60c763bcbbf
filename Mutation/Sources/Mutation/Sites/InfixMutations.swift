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
    if let other = moved[sign] { result.append((.bound, "\(left) \(other) \(right)")) }
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
