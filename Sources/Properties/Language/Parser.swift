import Diagnostics
import NetworkModel
import PacketSpace

/// Reads lines of the language (docs/language.md has the grammar).
package struct Parser {
  private var tokens: [Token]
  private var position = 0
  private var depth = 0
  private let parameters: [String: String]

  /// The deepest nesting of parentheses and negations.
  private static let deepest = 100

  private static let reserved: Set<String> = [
    "forbid", "require", "only", "encrypted", "every", "isolated", "same", "all", "why", "on", "entering", "minimum",
    "via", "have", "sources", "targets", "any", "anyone",
  ]

  private init(_ line: String, _ parameters: [String: String]) throws(SyntaxError) {
    tokens = try Lexer.tokens(line)
    self.parameters = parameters
  }

  /// Reads a line that may be a question or a property.
  package static func statement(_ line: String, parameters: [String: String] = [:]) throws(SyntaxError) -> Statement {
    var parser = try Parser(line, parameters)
    let statement = try parser.statement()
    try parser.expectEnd()
    return statement
  }

  /// Reads a property of a rule.
  package static func property(_ line: String, parameters: [String: String] = [:]) throws(SyntaxError) -> Property {
    guard case .property(let property) = try statement(line, parameters: parameters) else {
      throw SyntaxError(
        "a rule's line states something", label: "expected forbid, require, only, encrypted, every, isolated or all",
        range: TextRange(0, 1))
    }
    return property
  }

  /// Reads a question.
  package static func query(_ line: String, parameters: [String: String] = [:]) throws(SyntaxError) -> Query {
    guard case .query(let query) = try statement(line, parameters: parameters) else {
      throw SyntaxError("this is a property, not a question", label: "expected `A -> B`", range: TextRange(0, 1))
    }
    return query
  }

  /// Reads a selector alone, as in the project file's tiers.
  package static func selector(_ text: String) throws(SyntaxError) -> SelectorExpression {
    var parser = try Parser(text, [:])
    let expression = try parser.union()
    try parser.expectEnd()
    return expression
  }

  // MARK: Tokens

  private var current: Token { tokens[position] }

  private mutating func advance() { if position < tokens.count - 1 { position += 1 } }

  private func isWord(_ text: String) -> Bool { current.kind == .word && current.text == text }

  private mutating func take(_ text: String) -> Bool {
    guard isWord(text) else { return false }
    advance()
    return true
  }

  private mutating func expect(_ text: String) throws(SyntaxError) {
    guard take(text) else { throw unexpected("expected `\(text)`") }
  }

  private func unexpected(_ expected: String) -> SyntaxError {
    let token = current
    if token.kind == .end {
      return SyntaxError(
        "the line ends too early", label: expected, range: TextRange(max(token.range.start - 1, 0), token.range.start))
    }
    return SyntaxError("`\(token.text)` is not expected here", label: expected, range: token.range)
  }

  private func expectEnd() throws(SyntaxError) {
    guard current.kind == .end else { throw unexpected("expected the end of the line, `on` or `entering`") }
  }

  // MARK: Statements

  private mutating func statement() throws(SyntaxError) -> Statement {
    if current.kind == .word {
      switch current.text {
      case "forbid":
        advance()
        return .property(.forbid(try flow()))
      case "require":
        advance()
        return .property(.require(try flow()))
      case "only":
        advance()
        return .property(.only(try flow()))
      case "encrypted": return .property(try encrypted())
      case "every":
        advance()
        let flow = try flow()
        try expect("via")
        return .property(.every(flow, via: try union()))
      case "isolated", "same":
        let isIsolated = current.text == "isolated"
        advance()
        let first = try union()
        guard current.kind == .comma else { throw unexpected("expected a comma and the other side") }
        advance()
        let second = try union()
        return .property(isIsolated ? .isolated(first, second) : .same(first, second))
      case "all": return .property(try all())
      case "why":
        advance()
        let mode: Query.Mode = take("not") ? .whyNot : .why
        return .query(Query(mode: mode, flow: try flow()))
      default: break
      }
    }
    return .query(Query(flow: try flow()))
  }

  private mutating func encrypted() throws(SyntaxError) -> Property {
    advance()
    var flow = try flow(clauses: false)
    var minimum: TLSVersion?
    while current.kind == .word {
      if take("minimum") {
        let token = current
        let text = parameter(token.text) ?? token.text
        guard let version = TLSVersion(text) else {
          throw SyntaxError(
            token.text.hasPrefix("{")
              ? "the parameter `\(token.text)` has no value" : "`\(token.text)` is no version of TLS",
            label: "expected TLSv1.0 to TLSv1.3", range: token.range,
            help: token.text.hasPrefix("{") ? "give it under `parameters` in tierproof.yaml" : nil)
        }
        minimum = version
        advance()
      } else if try !clause(&flow) {
        break
      }
    }
    return .encrypted(flow, minimum: minimum)
  }

  private mutating func all() throws(SyntaxError) -> Property {
    advance()
    let subjects = try union()
    try expect("have")
    if take("policy") {
      if take("ingress") { return .all(subjects, .policyIngress) }
      if take("egress") { return .all(subjects, .policyEgress) }
      throw unexpected("expected `ingress` or `egress`")
    }
    if take("no") {
      try expect("allow-all")
      return .all(subjects, .noAllowAll)
    }
    if take("label") {
      guard current.kind == .word || current.kind == .quoted else { throw unexpected("expected the key of a label") }
      let key = current.text
      advance()
      return .all(subjects, .label(key))
    }
    throw unexpected("expected `policy ingress`, `policy egress`, `no allow-all` or `label KEY`")
  }

  private mutating func flow(clauses: Bool = true) throws(SyntaxError) -> FlowExpression {
    let source: SelectorExpression? = take("sources") ? nil : try union()
    guard case .arrow(let arrow) = current.kind else { throw unexpected("expected `->`, `~>` or `=>` between spaces") }
    advance()
    let destination: SelectorExpression? = take("targets") ? nil : try union()
    var flow = FlowExpression(source: source, arrow: arrow, destination: destination)
    if clauses { while try clause(&flow) {} }
    return flow
  }

  private mutating func clause(_ flow: inout FlowExpression) throws(SyntaxError) -> Bool {
    if isWord("on"), flow.on == nil {
      advance()
      flow.on = try traffic()
      return true
    }
    if isWord("entering"), flow.entering == nil {
      advance()
      flow.entering = try traffic()
      return true
    }
    return false
  }

  // MARK: Traffic

  /// A comma goes on with the literal, spaces or not, and `!` covers all of it.
  private mutating func traffic() throws(SyntaxError) -> TrafficExpression {
    let start = current.range
    var isComplement = false
    if current.kind == .not {
      isComplement = true
      advance()
    }
    var items: [String] = []
    var set = TrafficSet.none
    var last: IPProtocol?
    var end = start
    repeat {
      if !items.isEmpty { advance() }
      guard current.kind == .word else { throw unexpected("expected traffic, as tcp/443, https or any") }
      let token = current
      let (part, proto) = try item(token, after: last)
      last = proto
      set.formUnion(part)
      items.append(token.text)
      end = token.range
      advance()
    } while current.kind == .comma
    let text = (isComplement ? "!" : "") + items.joined(separator: ",")
    return TrafficExpression(set: isComplement ? set.complement : set, text: text, range: start.through(end))
  }

  private func item(_ token: Token, after last: IPProtocol?) throws(SyntaxError) -> (TrafficSet, IPProtocol?) {
    let word = parameter(token.text) ?? token.text
    let parts = word.split(separator: "/").map(String.init)
    if let name = parts.first, let port = ServiceNames.port(name), IPProtocol(name: name) == nil {
      let proto = parts.count > 1 ? IPProtocol(name: parts[1]) : .tcp
      guard let proto, proto.hasPorts, parts.count <= 2 else {
        throw SyntaxError(
          "`\(token.text)` is not traffic", label: "expected tcp, udp or sctp behind the name", range: token.range)
      }
      return (TrafficSet(proto, destination: PortSet(PortRange(port))), proto)
    }
    if let last, let set = TrafficSet("\(last)/\(word)"), word.first?.isNumber == true { return (set, last) }
    do {
      let set = try TrafficSet.parse(word)
      return (set, set.protocols.count == 1 ? set.protocols.first : nil)
    } catch {
      let near = Spelling.nearest(
        to: word, among: ServiceNames.names + ["tcp", "udp", "icmp", "icmpv6", "sctp", "any"])
      throw SyntaxError(
        "`\(token.text)` is not traffic", label: near.map { "did you mean `\($0)`?" } ?? error.expected,
        range: token.range)
    }
  }

  private func parameter(_ word: String) -> String? {
    guard word.hasPrefix("{"), word.hasSuffix("}") else { return nil }
    return parameters[String(word.dropFirst().dropLast())]
  }

  // MARK: Selectors

  private mutating func union() throws(SyntaxError) -> SelectorExpression {
    var left = try intersection()
    while current.kind == .or {
      advance()
      left = .or(left, try intersection())
    }
    return left
  }

  private mutating func intersection() throws(SyntaxError) -> SelectorExpression {
    var left = try negation()
    while current.kind == .and {
      advance()
      left = .and(left, try negation())
    }
    return left
  }

  private mutating func negation() throws(SyntaxError) -> SelectorExpression {
    depth += 1
    defer { depth -= 1 }
    if depth > Self.deepest {
      throw SyntaxError(
        "the line nests more than \(Self.deepest) levels deep", label: "one level too many", range: current.range)
    }
    switch current.kind {
    case .not:
      advance()
      return .not(try negation())
    case .open:
      let start = current.range
      advance()
      let inner = try union()
      guard current.kind == .close else {
        throw SyntaxError("a parenthesis is not closed", label: "opened here", range: start)
      }
      advance()
      return inner
    case .quoted:
      let word = SelectorWord(current.text, isQuoted: true, range: current.range)
      advance()
      return .word(word)
    case .word:
      let token = current
      if Self.reserved.contains(token.text), token.text != "any", token.text != "anyone" {
        throw unexpected("expected a selector; quote it if it is a name")
      }
      advance()
      return .word(SelectorWord(token.text, range: token.range))
    default:
      throw unexpected("expected a selector, as internet, tier:app or a name")
    }
  }
}
