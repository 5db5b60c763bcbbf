import SwiftSyntax

/// Values that stand where nothing else was said.
enum Defaults {
  /// Whether a value is a parameter's default, a property's first value, or what stands after `??`.
  static func isDefault(_ node: some ExprSyntaxProtocol) -> Bool {
    if let infix = node.parent?.as(InfixOperatorExprSyntax.self),
      infix.operator.as(BinaryOperatorExprSyntax.self)?.operator.text == "??"
    {
      return infix.rightOperand.id == node.id
    }
    guard let clause = node.parent?.as(InitializerClauseSyntax.self), let owner = clause.parent else { return false }
    if owner.is(FunctionParameterSyntax.self) { return true }
    return owner.parent?.parent?.parent?.is(MemberBlockItemSyntax.self) == true
  }
}
