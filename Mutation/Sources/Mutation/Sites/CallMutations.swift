import SwiftSyntax

/// Calls that have an opposite.
enum CallMutations {
  private static let sets = [
    "union": "intersection", "intersection": "union", "formUnion": "formIntersection",
    "formIntersection": "formUnion", "subtracting": "intersection", "subtract": "formIntersection",
    "isSubset": "isSuperset", "isSuperset": "isSubset",
  ]

  static func of(_ node: FunctionCallExprSyntax) -> [(MutationOperator, String)] {
    if let function = node.calledExpression.as(DeclReferenceExprSyntax.self) {
      switch function.baseName.text {
      case "min": return [(.extremes, "Swift.max" + rest(node))]
      case "max": return [(.extremes, "Swift.min" + rest(node))]
      default: return []
      }
    }
    guard let member = node.calledExpression.as(MemberAccessExprSyntax.self), let base = member.base else { return [] }
    let name = member.declName.baseName.text
    let start = base.trimmedDescription + "."
    if let other = sets[name] { return [(.sets, start + other + rest(node))] }
    switch name {
    case "min": return [(.extremes, start + "max" + rest(node))]
    case "max": return [(.extremes, start + "min" + rest(node))]
    case "allSatisfy":
      let arguments = rest(node)
      if arguments.hasPrefix("(") { return [(.quantifier, start + "contains(where: " + arguments.dropFirst())] }
      return [(.quantifier, start + "contains" + arguments)]
    case "contains":
      if node.trailingClosure != nil, node.arguments.isEmpty {
        return [(.quantifier, start + "allSatisfy" + rest(node))]
      }
      if node.arguments.first?.label?.text == "where" {
        return [(.quantifier, start + "allSatisfy" + rest(node).replacing("(where: ", with: "(", maxReplacements: 1))]
      }
      return []
    case "and": return [(.logic, start + "or" + rest(node))]
    case "or": return [(.logic, start + "and" + rest(node))]
    default: return []
    }
  }

  /// The call without what is called.
  private static func rest(_ node: FunctionCallExprSyntax) -> String {
    let called = node.calledExpression.endPositionBeforeTrailingTrivia.utf8Offset
    let start = node.positionAfterSkippingLeadingTrivia.utf8Offset
    return String(decoding: Array(node.trimmedDescription.utf8).dropFirst(called - start), as: UTF8.self)
  }
}
