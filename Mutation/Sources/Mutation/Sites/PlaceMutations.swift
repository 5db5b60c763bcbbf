import SwiftSyntax

/// A statement that changes a place which has an opposite: what is meant for one is written to the other.
enum PlaceMutations {
  static func of(_ node: CodeBlockItemSyntax) -> (MutationOperator, String)? {
    guard case .expr(let statement) = node.item, let place = place(of: statement),
      let other = MemberMutations.others[place.text]
    else { return nil }
    let start = node.positionAfterSkippingLeadingTrivia.utf8Offset
    let bytes = Array(statement.trimmedDescription.utf8)
    let from = place.positionAfterSkippingLeadingTrivia.utf8Offset - start
    let rest = bytes[(from + place.text.utf8.count)...]
    return (other.kind, String(decoding: bytes[..<from] + other.name.utf8 + rest, as: UTF8.self))
  }

  /// The last name of what an assignment or a method that ends in nothing changes.
  private static func place(of statement: ExprSyntax) -> TokenSyntax? {
    if let infix = statement.as(InfixOperatorExprSyntax.self) {
      guard infix.operator.is(AssignmentExprSyntax.self) || InfixMutations.assigns(infix) else { return nil }
      return name(of: infix.leftOperand)
    }
    guard let call = statement.as(FunctionCallExprSyntax.self),
      let method = call.calledExpression.as(MemberAccessExprSyntax.self), let base = method.base
    else { return nil }
    return name(of: base)
  }

  private static func name(of place: ExprSyntax) -> TokenSyntax? {
    if let member = place.as(MemberAccessExprSyntax.self) { return member.declName.baseName }
    return place.as(DeclReferenceExprSyntax.self)?.baseName
  }
}
