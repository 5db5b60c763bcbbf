import SwiftSyntax

/// The names of the declarations around a piece of code.
enum Declarations {
  /// From the outermost on, joined by dots; closures and local bindings have no part in it.
  static func around(_ node: some SyntaxProtocol) -> String {
    var names: [String] = []
    var next: Syntax? = Syntax(node)
    while let current = next {
      if let name = name(of: current) { names.append(name) }
      next = current.parent
    }
    return names.isEmpty ? "file" : names.reversed().joined(separator: ".")
  }

  private static func name(of node: Syntax) -> String? {
    if let type = node.asProtocol((any NamedDeclSyntax).self), !node.is(FunctionDeclSyntax.self) {
      return type.name.text
    }
    switch node.kind {
    case .extensionDecl: return node.cast(ExtensionDeclSyntax.self).extendedType.trimmedDescription
    case .functionDecl:
      let function = node.cast(FunctionDeclSyntax.self)
      return function.name.text + labels(function.signature.parameterClause)
    case .initializerDecl: return "init" + labels(node.cast(InitializerDeclSyntax.self).signature.parameterClause)
    case .subscriptDecl: return "subscript" + labels(node.cast(SubscriptDeclSyntax.self).parameterClause)
    case .patternBinding:
      // Of a local binding the function around it says enough.
      guard node.parent?.parent?.parent?.is(MemberBlockItemSyntax.self) == true else { return nil }
      return node.cast(PatternBindingSyntax.self).pattern.trimmedDescription
    default: return nil
    }
  }

  private static func labels(_ clause: FunctionParameterClauseSyntax) -> String {
    "(" + clause.parameters.map { $0.firstName.text + ":" }.joined() + ")"
  }
}
