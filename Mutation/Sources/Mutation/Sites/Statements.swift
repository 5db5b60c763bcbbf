import SwiftSyntax

/// Which statements may be left out, and what a function may return at once.
enum Statements {
  /// Calls, assignments, and `continue`; not where leaving it out would leave no value.
  static func mayBeDropped(_ node: CodeBlockItemSyntax) -> Bool {
    guard let list = node.parent?.as(CodeBlockItemListSyntax.self) else { return false }
    switch node.item {
    case .expr(let expression):
      if list.count == 1, !isBodyOfNothing(list) { return false }
      // What an initializer sets must be set.
      if list.parent?.parent?.is(InitializerDeclSyntax.self) == true { return false }
      return drops(expression)
    case .stmt(let statement):
      guard statement.is(ContinueStmtSyntax.self) else { return false }
      // The body of a `guard` must leave.
      return list.parent?.parent?.is(GuardStmtSyntax.self) != true
    case .decl: return false
    }
  }

  private static func drops(_ expression: ExprSyntax) -> Bool {
    if let attempt = expression.as(TryExprSyntax.self) { return drops(attempt.expression) }
    if let infix = expression.as(InfixOperatorExprSyntax.self) {
      if infix.leftOperand.is(DiscardAssignmentExprSyntax.self) { return false }
      return infix.operator.is(AssignmentExprSyntax.self) || InfixMutations.assigns(infix)
    }
    guard let call = expression.as(FunctionCallExprSyntax.self) else { return false }
    let name = call.calledExpression.trimmedDescription
    // Says how much will come, or what must hold; decides nothing.
    return !name.hasSuffix("reserveCapacity") && !name.hasPrefix("precondition") && !name.hasPrefix("assert")
      && name != "fatalError"
  }

  /// Whether a list of one statement is the body of something that gives no value.
  private static func isBodyOfNothing(_ list: CodeBlockItemListSyntax) -> Bool {
    guard let block = list.parent else { return false }
    if block.is(SwitchCaseSyntax.self) { return true }
    guard block.is(CodeBlockSyntax.self), let owner = block.parent else { return false }
    if let function = owner.as(FunctionDeclSyntax.self) { return function.signature.returnClause == nil }
    return !owner.is(AccessorDeclSyntax.self)
  }

  /// What a function of a result type may return without having done anything; `nil` is the type of one that returns nothing.
  static func earlyResults(_ type: String?) -> [String] {
    guard let type else { return [""] }
    switch type {
    case "Bool": return ["false", "true"]
    case "Truth": return [".no", ".yes"]
    case "AddressSet", "PortSet", "TrafficSet", "ProtocolSet": return [".none"]
    case "String", "Self": return []
    default: break
    }
    if type.hasSuffix("?") { return ["nil"] }
    if type.hasPrefix("["), type.hasSuffix("]") { return [hasKeys(type) ? "[:]" : "[]"] }
    if type.hasPrefix("Set<") { return ["[]"] }
    return []
  }

  private static func hasKeys(_ type: String) -> Bool {
    var depth = 0
    for character in type {
      if "[(<".contains(character) { depth += 1 }
      if "])>".contains(character) { depth -= 1 }
      if character == ":", depth == 1 { return true }
    }
    return false
  }
}
