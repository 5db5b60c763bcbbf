import NetworkModel

extension Parser {
  mutating func flow(_ demand: FlowProperty.Demand) throws(StatementError) -> Property {
    let start = current.span
    advance()
    let source = try selector(0)
    let arrow = try arrow()
    let destination = try selector(0)
    var result = FlowProperty(demand, source, arrow, destination)
    var hasVia = false
    while let word = bareWord {
      switch word {
      case "on":
        if result.on != nil { throw wrong("`on` is said twice") }
        advance()
        result.on = try traffic()
      case "entering":
        if result.entering != nil { throw wrong("`entering` is said twice") }
        advance()
        result.entering = try traffic()
      case "minimum":
        guard case .encrypted(nil) = result.demand else { throw wrong("`minimum` is said once, of `encrypted`") }
        advance()
        result.demand = .encrypted(minimum: try minimum())
      case "via":
        guard case .every = demand, !hasVia else { throw wrong("`via` is said once, of `every`") }
        advance()
        hasVia = true
        result.demand = .every(via: try selector(0))
      default: throw wrong(unexpected)
      }
    }
    if case .every = demand, !hasVia {
      throw StatementError("`every` needs `via` and what is to be met on the way", start)
    }
    return .flow(result)
  }

  mutating func clauses(allowEntering: Bool) throws(StatementError) -> (on: TrafficLiteral?, entering: TrafficLiteral?)
  {
    var on: TrafficLiteral?
    var entering: TrafficLiteral?
    while let word = bareWord {
      switch word {
      case "on" where on == nil:
        advance()
        on = try traffic()
      case "entering" where allowEntering && entering == nil:
        advance()
        entering = try traffic()
      default: throw wrong(unexpected)
      }
    }
    return (on, entering)
  }

  mutating func arrow() throws(StatementError) -> Arrow {
    guard case .arrow(let arrow) = current.kind else {
      throw wrong("expected an arrow between spaces: `->`, `~>` or `=>`")
    }
    advance()
    return arrow
  }

  private mutating func minimum() throws(StatementError) -> FlowProperty.Minimum {
    guard case .word(let word) = current.kind else { throw wrong("expected a version, as in `minimum TLSv1.2`") }
    if let name = Self.parameterName(word) {
      advance()
      return .parameter(name)
    }
    guard let version = TLSVersion(word.text) else {
      throw wrong("`\(word.text)` is no version of TLS", suggestion: "expected TLSv1.0, TLSv1.1, TLSv1.2 or TLSv1.3")
    }
    advance()
    return .version(version)
  }

  /// The name, where a word is `{name}` and nothing else.
  static func parameterName(_ word: Pattern) -> String? {
    let text = word.text
    guard word.hasParameter, text.hasPrefix("{"), text.hasSuffix("}") else { return nil }
    let name = text.dropFirst().dropLast()
    return name.isEmpty || name.contains("{") || name.contains("}") ? nil : String(name)
  }

  /// Traffic: a literal that a comma continues, and `!` before it that covers all of it.
  mutating func traffic() throws(StatementError) -> TrafficLiteral {
    let start = current.span
    var literal = TrafficLiteral([], isNegated: take(.not), span: start)
    repeat {
      guard case .word(let word) = current.kind, !word.letters.contains(where: \.isQuoted) else {
        throw wrong("expected traffic, as in `tcp/443`, `https` or `any`")
      }
      var item = word.text
      literal.span = start.joined(to: current.span)
      advance()
      if bareWord == "from" {
        advance()
        guard let ports = bareWord else { throw wrong("expected source ports, as in `tcp/443 from 1024-65535`") }
        item += " from \(ports)"
        literal.span = start.joined(to: current.span)
        advance()
      }
      literal.items.append(item)
    } while take(.comma)
    if !literal.items.contains(where: { $0.hasPrefix("{") }) { _ = try literal.set() }
    return literal
  }
}
