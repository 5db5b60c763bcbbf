import Diagnostics
package import PacketSpace

/// What stands on one side of an arrow: a set of endpoints and zones.
package indirect enum Selector: Hashable, Sendable {
  /// Every endpoint.
  case any(Span)
  /// Every endpoint and every zone.
  case anyone(Span)
  /// An address, prefix or range, as it was written.
  case addresses(AddressSet, String, Span)
  case keyed(SelectorKey, Pattern, Span)
  /// An id, ARN, name or any other alias.
  case named(Pattern, Span)
  /// A word with `{name}` in it: what it is shows when the parameter is known.
  case parameter(Pattern, Span)
  case not(Selector, Span)
  case and(Selector, Selector)
  case or(Selector, Selector)

  package var span: Span {
    switch self {
    case .any(let span), .anyone(let span), .addresses(_, _, let span), .keyed(_, _, let span), .named(_, let span),
      .parameter(_, let span), .not(_, let span):
      span
    case .and(let left, let right), .or(let left, let right): left.span.joined(to: right.span)
    }
  }
}

/// The keys of selectors. The set is closed.
package enum SelectorKey: String, Hashable, Sendable, CaseIterable {
  case kind, tier, env, data, account, region, az, vpc, subnet, sg, stack, cluster, ns, pod, workload, pool, tag, label
  case zone, name
}

/// `->`: one connection. `~>`: a path through relays. `=>`: a path through pivots.
package enum Arrow: String, Hashable, Sendable {
  case connection = "->"
  case path = "~>"
  case pivots = "=>"
}

/// What follows `on` and `entering`: items united, or everything but them.
package struct TrafficLiteral: Hashable, Sendable {
  package var isNegated: Bool
  /// As they are written: `tcp/80`, `443`, `postgres`, `{ports}`, `tcp/443 from 1024-65535`.
  package var items: [String]
  package var span: Span

  package init(_ items: [String], isNegated: Bool = false, span: Span = .none) {
    self.items = items
    self.isNegated = isNegated
    self.span = span
  }

  package static let any = TrafficLiteral(["any"])

  /// The set that is meant.
  ///
  /// - Throws: a `StatementError` where an item is no traffic, or a parameter is not given.
  package func set(_ parameters: [String: String] = [:]) throws(StatementError) -> TrafficSet {
    var result = TrafficSet.none
    // A bare number goes on with the protocol before it.
    var run: [String] = []
    func flush() throws(StatementError) {
      if run.isEmpty { return }
      do {
        result.formUnion(try TrafficSet.parse(run.joined(separator: ",")))
      } catch {
        throw StatementError(
          "`\(error.item)` is no traffic", span,
          suggestion: Self.suggestion(error.item) ?? error.expected)
      }
      run = []
    }
    for item in items {
      if item.hasPrefix("{"), item.hasSuffix("}") {
        try flush()
        let name = String(item.dropFirst().dropLast())
        guard let value = parameters[name] else {
          throw StatementError("the parameter `{\(name)}` is not given", span)
        }
        guard !value.contains("{") else { throw StatementError("the parameter `{\(name)}` names another", span) }
        result.formUnion(try Parser.traffic(value, at: span).set())
      } else if let service = ServiceNames.traffic(item) {
        try flush()
        result.formUnion(service)
      } else {
        run.append(item)
      }
    }
    try flush()
    return isNegated ? result.complement : result
  }

  private static func suggestion(_ item: String) -> String? {
    guard let name = item.split(separator: "/").first else { return nil }
    let known = ServiceNames.ports.map(\.name) + ["dns", "tcp", "udp", "sctp", "icmp", "icmpv6", "any"]
    return Spelling.nearest(to: String(name), among: known).map { "did you mean `\($0)`?" }
  }
}
