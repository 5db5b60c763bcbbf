import SwiftOperators
import SwiftParser
import SwiftSyntax

/// Finds every place of a file at which an operator applies.
final class SiteFinder: SyntaxVisitor {
  private let file: String
  private(set) var found: [Mutant] = []
  private var seen: [String: Int] = [:]

  /// The mutants of a file, in the order in which they stand in it. The file is named by its path below `Sources`.
  static func mutants(of source: String, file: String) -> [Mutant] {
    let parsed = Parser.parse(source: source)
    let folded = OperatorTable.standardOperators.foldAll(parsed) { _ in }
    let finder = SiteFinder(file: file)
    finder.walk(folded)
    return finder.found
  }

  private init(file: String) {
    self.file = file
    super.init(viewMode: .sourceAccurate)
  }

  // MARK: Making mutants

  func add(
    _ kind: MutationOperator, _ node: some SyntaxProtocol, _ replacement: String, form: Mutant.Form = .expression
  ) {
    let start = node.positionAfterSkippingLeadingTrivia.utf8Offset
    let end = node.endPositionBeforeTrailingTrivia.utf8Offset
    add(kind, node, original: node.trimmedDescription, replacement, form: form, range: start..<end)
  }

  func add(
    _ kind: MutationOperator, _ node: some SyntaxProtocol, original: String, _ replacement: String, form: Mutant.Form,
    range: Range<Int>
  ) {
    var mutant = Mutant(
      file: file, declaration: Declarations.around(node), kind: kind, original: original, replacement: replacement,
      form: form, range: range)
    seen[mutant.name, default: 0] += 1
    mutant.ordinal = seen[mutant.name] ?? 1
    if mutant.ordinal > 1 { seen[mutant.name, default: 0] += 1 }
    found.append(mutant)
  }

  // MARK: What is left alone

  /// Text is for people; what it says is tested elsewhere.
  override func visit(_ node: StringLiteralExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: AttributeListSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  override func visit(_ node: EnumCaseDeclSyntax) -> SyntaxVisitorContinueKind { .skipChildren }
  /// A pattern holds no expression that could be chosen at run time.
  override func visit(_ node: ExpressionPatternSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  // MARK: Expressions

  override func visit(_ node: InfixOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    for (kind, replacement) in InfixMutations.of(node) { add(kind, node, replacement) }
    if node.operator.is(AssignmentExprSyntax.self) || InfixMutations.assigns(node) {
      // The left side is a place, not a value.
      walk(node.rightOperand)
      return .skipChildren
    }
    return .visitChildren
  }

  override func visit(_ node: InOutExprSyntax) -> SyntaxVisitorContinueKind { .skipChildren }

  override func visit(_ node: PrefixOperatorExprSyntax) -> SyntaxVisitorContinueKind {
    if node.operator.text == "!" { add(.negation, node, node.expression.trimmedDescription) }
    return .visitChildren
  }

  override func visit(_ node: BooleanLiteralExprSyntax) -> SyntaxVisitorContinueKind {
    add(Defaults.isDefault(node) ? .default : .constant, node, node.literal.text == "true" ? "false" : "true")
    return .skipChildren
  }

  override func visit(_ node: FunctionCallExprSyntax) -> SyntaxVisitorContinueKind {
    for (kind, replacement) in CallMutations.of(node) { add(kind, node, replacement) }
    return .visitChildren
  }

  override func visit(_ node: MemberAccessExprSyntax) -> SyntaxVisitorContinueKind {
    if let (kind, other) = MemberMutations.other(for: node), !node.isCalled {
      let replacement = (node.base?.trimmedDescription ?? "") + "." + other
      add(Defaults.isDefault(node) ? .default : kind, node, replacement)
    }
    return .visitChildren
  }

  override func visit(_ node: DeclReferenceExprSyntax) -> SyntaxVisitorContinueKind {
    if node.parent?.as(MemberAccessExprSyntax.self)?.declName.id != node.id, !node.isCalled,
      let other = MemberMutations.others[node.baseName.text]
    {
      add(other.kind, node, other.name)
    }
    return .skipChildren
  }

  // MARK: Conditions

  override func visit(_ node: ConditionElementSyntax) -> SyntaxVisitorContinueKind {
    if case .expression(let condition) = node.condition {
      let isAlone = node.parent?.as(ConditionElementListSyntax.self)?.count == 1
      if isAlone { negate(condition) } else { add(.condition, condition, "true") }
    }
    return .visitChildren
  }

  override func visit(_ node: WhereClauseSyntax) -> SyntaxVisitorContinueKind {
    add(.condition, node.condition, "true")
    return .visitChildren
  }

  override func visit(_ node: TernaryExprSyntax) -> SyntaxVisitorContinueKind {
    negate(node.condition)
    return .visitChildren
  }

  /// Comparisons, negations and conjunctions have mutants of their own.
  private func negate(_ condition: ExprSyntax) {
    if condition.is(InfixOperatorExprSyntax.self) || condition.is(PrefixOperatorExprSyntax.self) { return }
    add(.negation, condition, "!(\(condition.trimmedDescription))")
  }

  // MARK: Statements

  override func visit(_ node: CodeBlockItemSyntax) -> SyntaxVisitorContinueKind {
    if Statements.mayBeDropped(node) {
      add(.dropped, node.item, "", form: .statement)
      if let (kind, replacement) = PlaceMutations.of(node) { add(kind, node.item, replacement, form: .statement) }
    }
    return .visitChildren
  }

  override func visit(_ node: FunctionDeclSyntax) -> SyntaxVisitorContinueKind {
    enter(node.body?.statements, after: node.body?.leftBrace, result: node.signature.returnClause?.type)
    return .visitChildren
  }

  override func visit(_ node: PatternBindingSyntax) -> SyntaxVisitorContinueKind {
    if case .getter(let statements)? = node.accessorBlock?.accessors {
      enter(statements, after: node.accessorBlock?.leftBrace, result: node.typeAnnotation?.type)
    }
    return .visitChildren
  }

  private func enter(_ statements: CodeBlockItemListSyntax?, after brace: TokenSyntax?, result: TypeSyntax?) {
    guard let statements, let brace, let first = statements.first else { return }
    for value in Statements.earlyResults(result?.trimmedDescription) {
      if statements.count == 1, case .expr(let only) = first.item, result != nil {
        if only.is(IfExprSyntax.self) || only.is(SwitchExprSyntax.self) { continue }
        if !only.is(BooleanLiteralExprSyntax.self) { add(.earlyReturn, only, value) }
      } else if statements.count > 1 || result != nil {
        let position = brace.endPositionBeforeTrailingTrivia.utf8Offset
        add(
          .earlyReturn, first, original: "", value.isEmpty ? "return" : "return \(value)", form: .entry,
          range: position..<position)
      }
    }
  }
}
