import Diagnostics
import NetworkModel

/// Reads the language of queries and properties.
package struct Parser {
  /// How deep parentheses and `!` may be put into each other.
  static let deepest = InputLimits.standard.statementDepth

  /// Words with a meaning of their own wherever a selector may stand; a thing of that name is written in quotes.
  static let reserved: Set<String> = [
    "any", "anyone", "sources", "targets", "on", "entering", "via", "minimum", "have", "why", "forbid", "require",
    "only",
    "encrypted", "every", "isolated", "same", "all",
  ]

  /// How many `&` and `|` a statement may have.
  static let mostSigns = InputLimits.standard.statementSigns

  var tokens: [Token]
  var position = 0
  /// How many there were.
  var signs = 0

  init(_ text: String) throws(StatementError) { tokens = try Lexer.tokens(text) }

  /// Reads one line: a query or a property.
  ///
  /// - Throws: a `StatementError` with the place of what is not understood.
  package static func statement(_ text: String) throws(StatementError) -> Statement {
    var parser = try Parser(text)
    let statement = try parser.statement()
    try parser.expectEnd()
    return statement
  }

  package static func property(_ text: String) throws(StatementError) -> Property {
    guard case .property(let property) = try statement(text) else {
      throw StatementError(
        "this is a question, not a property", Span(0, text.utf8.count),
        suggestion: "a property begins with forbid, require, only, encrypted, every, isolated, same or all")
    }
    return property
  }

  package static func query(_ text: String) throws(StatementError) -> Query {
    guard case .query(let query) = try statement(text) else {
      throw StatementError(
        "this is a property, not a question", Span(0, text.utf8.count), suggestion: "put it in a rule file")
    }
    return query
  }

  package static func selector(_ text: String) throws(StatementError) -> Selector {
    var parser = try Parser(text)
    let selector = try parser.selector(0)
    try parser.expectEnd()
    return selector
  }

  /// Reads traffic that a parameter gives; what is wrong with it is said at the place that names the parameter.
  static func traffic(_ text: String, at span: Span) throws(StatementError) -> TrafficLiteral {
    do {
      var parser = try Parser(text)
      let traffic = try parser.traffic()
      try parser.expectEnd()
      return traffic
    } catch {
      throw StatementError("`\(text)` is given for a parameter: \(error.message)", span, suggestion: error.suggestion)
    }
  }

  // MARK: Statements

  private mutating func statement() throws(StatementError) -> Statement {
    guard let head = bareWord else { return .query(try query(.connects)) }
    switch head {
    case "why":
      advance()
      if bareWord == "not" {
        advance()
        return .query(try query(.whyNot))
      }
      return .query(try query(.why))
    case "forbid": return .property(try flow(.forbid))
    case "require": return .property(try flow(.require))
    case "only": return .property(try flow(.only))
    case "encrypted": return .property(try flow(.encrypted(minimum: nil)))
    case "every": return .property(try flow(.every(via: .anyone(.none))))
    case "isolated", "same":
      advance()
      let first = try selector(0)
      guard take(.comma) else { throw wrong("expected a comma and the other side") }
      let second = try selector(0)
      if head == "same" { return .property(.same(first, second)) }
      let (on, _) = try clauses(allowEntering: false)
      return .property(.isolated(first, second, on: on))
    case "all":
      advance()
      let subject = try selector(0)
      guard bareWord == "have" else { throw wrong("expected `have`") }
      advance()
      return .property(.all(subject, try predicate()))
    default: return .query(try query(.connects))
    }
  }

  private mutating func query(_ form: Query.Form) throws(StatementError) -> Query {
    var form = form
    let source: Selector
    let first = current
    if bareWord == "sources" {
      guard form == .connects else { throw wrong("`why` asks about two known sides") }
      form = .sources
      source = .anyone(first.span)
      advance()
    } else {
      source = try selector(0)
    }
    let arrow = try arrow()
    let destination: Selector
    let second = current
    if bareWord == "targets" {
      guard form == .connects else { throw wrong("only one side can be asked for") }
      form = .targets
      destination = .anyone(second.span)
      advance()
    } else {
      destination = try selector(0)
    }
    let (on, entering) = try clauses(allowEntering: true)
    return Query(form, source, arrow, destination, on: on, entering: entering)
  }

  private mutating func predicate() throws(StatementError) -> StructuralPredicate {
    let choices = ["policy ingress", "policy egress", "no allow-all", "label KEY"]
    let first = bareWord
    let start = current.span
    advance()
    if first == "label", case .word(let key) = current.kind {
      advance()
      return .label(key.text)
    }
    let second = bareWord
    if second != nil { advance() }
    switch (first, second) {
    case ("policy", "ingress"): return .policyIngress
    case ("policy", "egress"): return .policyEgress
    case ("no", "allow-all"): return .noAllowAll
    default:
      let said = [first, second].compactMap { $0 }.joined(separator: " ")
      throw StatementError(
        "`\(said)` is nothing that can be asked of all", start,
        suggestion: Spelling.nearest(to: said, among: choices).map { "did you mean `\($0)`?" }
          ?? "expected \(choices.map { "`\($0)`" }.joined(separator: ", "))")
    }
  }
}
