import Diagnostics
package import NetworkModel
import PacketSpace

/// Finds what selectors mean in one network.
package struct Selecting: Sendable {
  package let network: Network
  private let names: NameIndex
  package let tiers: TierDefinitions
  let parameters: [String: String]
  /// In a rule an alias of several things is an error; a query says what it took.
  package var isRule = false
  /// What had to be assumed to say whom the selectors mean.
  package private(set) var assumptions: [Assumption] = []
  /// What a person should know of how they were read.
  package private(set) var notes: [String] = []
  private var tiersInProgress: [String] = []
  private var parametersInProgress: [String] = []
  /// How many definitions the outermost of those in progress has led to.
  private var definitionUses = 0

  /// - Parameters:
  ///   - network: whose things are named.
  ///   - tiers: what the names of tiers stand for.
  ///   - parameters: values for `{name}`.
  package init(_ network: Network, tiers: TierDefinitions, parameters: [String: String]) {
    self.network = network
    self.tiers = tiers
    self.parameters = parameters
    names = NameIndex(network)
  }

  /// What a selector says of each endpoint and zone.
  ///
  /// - Throws: a `StatementError` where it names what is not there.
  package mutating func value(_ selector: Selector) throws(StatementError) -> SelectionValue {
    switch selector {
    case .any, .anyone:
      var all = SelectionValue.none(network)
      all.endpoints = all.endpoints.map { _ in .yes }
      if case .anyone = selector { all.zones = network.zones.map(\.addresses) }
      return all
    case .addresses(let set, let text, _):
      var result = SelectionValue.none(network)
      result.literals = [SelectionValue.Literal(addresses: set, text: text)]
      return result
    case .keyed(let key, let pattern, let span): return try keyed(key, pattern, span)
    case .named(let name, let span): return try named(name, span)
    case .parameter(let word, let span): return try parameter(word, span)
    case .not(let inner, _): return try value(inner).negated(network)
    case .and, .or: return try joined(selector)
    }
  }

  /// What several sides come to, from left to right: hundreds of them are no reason to descend as often.
  private mutating func joined(_ selector: Selector) throws(StatementError) -> SelectionValue {
    var first = selector
    var others: [(isAnd: Bool, side: Selector)] = []
    sides: while true {
      switch first {
      case .and(let left, let right):
        others.append((true, right))
        first = left
      case .or(let left, let right):
        others.append((false, right))
        first = left
      default: break sides
      }
    }
    var result = try value(first)
    for (isAnd, side) in others.reversed() {
      result = isAnd ? result.and(try value(side), network) : result.or(try value(side))
    }
    return result
  }

  // MARK: Parameters

  private mutating func parameter(_ word: Pattern, _ span: Span) throws(StatementError) -> SelectionValue {
    var text = word.text
    if let name = Parser.parameterName(word) {
      guard let given = parameters[name] else { throw missing(name, span) }
      guard !parametersInProgress.contains(name) else {
        throw StatementError("the parameter `{\(name)}` names itself", span)
      }
      try countUse("the parameter `{\(name)}`", span)
      parametersInProgress.append(name)
      defer { parametersInProgress.removeLast() }
      return try value(try parsed(given, "the parameter `{\(name)}`", span))
    }
    for (name, given) in parameters.sorted(by: { $0.key < $1.key }) where !given.contains("{") {
      let parts = text.split(separator: "{\(name)}", omittingEmptySubsequences: false)
      guard text.utf8.count + (parts.count - 1) * given.utf8.count <= Lexer.longest else {
        throw StatementError("with its parameters the word is longer than \(Lexer.longest) bytes", span)
      }
      text = parts.joined(separator: given)
    }
    let filled = Pattern(text)
    if filled.hasParameter { throw missing(text, span) }
    return try value(try Parser.leaf(filled, span))
  }

  /// Definitions may use each other, and a few of them can lead to more than anybody waits for: `a` is `b | b`, `b` is `c | c`.
  private mutating func countUse(_ what: String, _ span: Span) throws(StatementError) {
    let limits = InputLimits.standard
    let depth = tiersInProgress.count + parametersInProgress.count
    definitionUses = depth == 0 ? 1 : definitionUses + 1
    guard depth < limits.definitionDepth else {
      throw StatementError("\(what) is reached through more than \(limits.definitionDepth) definitions", span)
    }
    guard definitionUses <= limits.definitionUses else {
      throw StatementError("\(what) and what it is defined by are used more than \(limits.definitionUses) times", span)
    }
  }

  private func missing(_ name: String, _ span: Span) -> StatementError {
    StatementError(
      "the parameter `{\(name)}` is not given", span,
      suggestion: Spelling.nearest(to: name, among: parameters.keys.sorted()).map { "did you mean `{\($0)}`?" }
        ?? "give it under `parameters` in the project file")
  }

  private func parsed(_ text: String, _ what: String, _ span: Span) throws(StatementError) -> Selector {
    do { return try Parser.selector(text) } catch {
      throw StatementError("\(what) is `\(text)`: \(error.message)", span, suggestion: error.suggestion)
    }
  }

  // MARK: Names

  private mutating func named(_ name: Pattern, _ span: Span) throws(StatementError) -> SelectionValue {
    let things = names.things(named: name)
    if things.isEmpty, !name.isGlob { throw unknown(name.text, span) }
    if things.count > 1, !name.isGlob {
      let keys = things.map(\.key).sorted()
      let list = keys.prefix(5).joined(separator: ", ") + (keys.count > 5 ? " and \(keys.count - 5) more" : "")
      if isRule {
        throw StatementError(
          "`\(name.text)` is the name of \(keys.count) things", span, suggestion: "say which: \(list)")
      }
      note("`\(name.text)` is the name of \(keys.count) things: \(list)")
    }
    return value(of: things)
  }

  private func unknown(_ text: String, _ span: Span) -> StatementError {
    if let colon = text.firstIndex(of: ":") {
      let head = String(text[..<colon])
      if let key = Spelling.nearest(to: head, among: SelectorKey.allCases.map(\.rawValue)) {
        return StatementError("`\(text)` is not known", span, suggestion: "did you mean `\(key):`?")
      }
    }
    return StatementError(
      "nothing in the snapshot is called `\(text)`", span,
      suggestion: names.nearest(to: text).map { "did you mean `\($0)`?" })
  }

  private func value(of things: [NamedThings.Thing]) -> SelectionValue {
    var result = SelectionValue.none(network)
    for thing in things {
      for (id, truth) in thing.uncertain { result.endpoints[id.offset] = result.endpoints[id.offset].or(truth) }
      for id in thing.endpoints { result.endpoints[id.offset] = .yes }
      for id in thing.zones { result.zones[id.offset] = network[id].addresses }
      for id in thing.segments where !result.segments.contains(id) { result.segments.append(id) }
    }
    return result
  }

  private mutating func note(_ text: String) { if !notes.contains(text) { notes.append(text) } }

  // MARK: Keys

  private mutating func keyed(_ key: SelectorKey, _ pattern: Pattern, _ span: Span) throws(StatementError)
    -> SelectionValue
  {
    if pattern.hasParameter {
      return try parameter(Pattern(letters: Pattern("\(key.rawValue):").letters + pattern.letters), span)
    }
    switch key {
    case .tier: return try tier(pattern, span)
    case .zone:
      var result = SelectionValue.none(network)
      for (index, zone) in network.zones.enumerated() where Self.isCalled(zone.identity, pattern) {
        result.zones[index] = zone.addresses
      }
      if result.zones.allSatisfy(\.isEmpty) { note("no zone is called `\(pattern.text)`") }
      return result
    case .name: return value(of: names.things(named: pattern))
    default:
      var result = SelectionValue.none(network)
      result.endpoints = truths(of: key, pattern)
      if key == .sg || key == .subnet || key == .vpc { addMembers(key, pattern, to: &result) }
      return result
    }
  }

  static func isCalled(_ identity: Identity, _ pattern: Pattern) -> Bool {
    pattern.matches(identity.key) || pattern.matches(identity.name)
      || identity.aliases.contains { pattern.matches($0.text) }
  }

  /// Groups, subnets and networks have more names than what is in them tells.
  private func addMembers(_ key: SelectorKey, _ pattern: Pattern, to result: inout SelectionValue) {
    var called: [Identity] = []
    switch key {
    case .sg: called = network.memberships.map(\.identity)
    case .subnet: called = network.segments.map(\.identity)
    default: called = network.routers.filter { $0.kind == "vpc" }.map(\.identity)
    }
    for identity in called where Self.isCalled(identity, pattern) {
      for thing in names.things(named: Pattern(literally: identity.key)) where thing.key == identity.key {
        for (id, truth) in thing.uncertain { result.endpoints[id.offset] = result.endpoints[id.offset].or(truth) }
        for id in thing.endpoints { result.endpoints[id.offset] = .yes }
        if key != .sg { result.segments += thing.segments.filter { !result.segments.contains($0) } }
      }
    }
  }

  /// What the attributes of every endpoint say. Each is looked at where it is: a copy of an endpoint takes longer than the comparison.
  private func truths(of key: SelectorKey, _ pattern: Pattern) -> [Truth] {
    let endpoints = network.endpoints
    let parts = pattern.split(at: "=")
    let entry = (key: parts?.before ?? pattern, value: parts?.after)
    switch key {
    case .tag:
      return endpoints.indices.map {
        Self.truth(of: entry, in: endpoints[$0].attributes.tags, open: endpoints[$0].attributes.tagsOpen)
      }
    case .label:
      return endpoints.indices.map {
        Self.truth(of: entry, in: endpoints[$0].attributes.labels, open: endpoints[$0].attributes.labelsOpen)
      }
    default: break
    }
    guard let attribute = Attributes.Key(rawValue: key.rawValue) else { return endpoints.map { _ in .no } }
    let isKind = key == .kind
    return endpoints.indices.map { index in
      if isKind, pattern.matches(endpoints[index].kind, ignoringCase: true) { return .yes }
      let values = endpoints[index].attributes.values[attribute] ?? []
      if values.contains(where: { pattern.matches($0, ignoringCase: isKind) }) { return .yes }
      return endpoints[index].attributes.unknownKeys[attribute].map { .unknown($0) } ?? .no
    }
  }

  /// `KEY` or `KEY=VALUE` of a tag or label.
  private typealias Entry = (key: Pattern, value: Pattern?)

  /// Whether an entry is among tags or labels; those that may be there and are not seen make it unknown.
  private static func truth(of entry: Entry, in entries: [String: String], open: UnknownID?) -> Truth {
    for (name, value) in entries where entry.key.matches(name) {
      if entry.value?.matches(value) ?? true { return .yes }
      // What is seen under this very name cannot be something else.
      if !entry.key.isGlob { return .no }
    }
    return open.map { .unknown($0) } ?? .no
  }
}

// MARK: Tiers

extension Selecting {
  private mutating func tier(_ pattern: Pattern, _ span: Span) throws(StatementError) -> SelectionValue {
    let matching = tiers.names.filter { pattern.matches($0, ignoringCase: true) }
    guard !matching.isEmpty else {
      if pattern.isGlob { return .none(network) }
      throw StatementError(
        "no tier is called `\(pattern.text)`", span,
        suggestion: Spelling.nearest(to: pattern.text, among: tiers.names).map { "did you mean `tier:\($0)`?" }
          ?? "define it under `tiers` in the project file")
    }
    var result = SelectionValue.none(network)
    for name in matching {
      if let text = tiers.definitions[name] {
        guard !tiersInProgress.contains(name) else {
          throw StatementError("the tier `\(name)` is defined by itself", span)
        }
        try countUse("the tier `\(name)`", span)
        tiersInProgress.append(name)
        defer { tiersInProgress.removeLast() }
        result = result.or(try value(try parsed(text, "the tier `\(name)`", span)))
      } else if let usual = UsualTier.all.first(where: { $0.name == name }) {
        result = result.or(usualTier(usual))
      }
    }
    return result
  }

  private mutating func usualTier(_ tier: UsualTier) -> SelectionValue {
    var result = SelectionValue.none(network)
    var byName: Set<String> = []
    for (index, endpoint) in network.endpoints.enumerated() {
      result.endpoints[index] = tier.stated(of: endpoint)
      guard result.endpoints[index] == .no, !UsualTier.all.contains(where: { $0.stated(of: endpoint).must }) else {
        continue
      }
      if tier.isSuggested(by: endpoint) {
        result.endpoints[index] = .yes
        byName.insert(endpoint.identity.name)
      }
    }
    if !byName.isEmpty {
      let shown = byName.sorted()
      let list = shown.prefix(5).joined(separator: ", ") + (shown.count > 5 ? " and \(shown.count - 5) more" : "")
      let assumption = Assumption(code: "tier-by-name", text: "tier:\(tier.name) holds \(list), by name alone")
      if !assumptions.contains(assumption) { assumptions.append(assumption) }
    }
    return result
  }
}

extension UsualTier {
  /// Whether kind, tags or labels say that an endpoint is of the tier.
  func stated(of endpoint: Endpoint) -> Truth {
    if kinds.contains(endpoint.kind.lowercased()) { return .yes }
    let attributes = endpoint.attributes
    for key in Self.keys {
      for value in [attributes.tags[key], attributes.labels[key]] {
        if let value, words.contains(value.lowercased()) { return .yes }
      }
    }
    let isSaid = Self.keys.contains { attributes.tags[$0] != nil || attributes.labels[$0] != nil }
    if !isSaid, let open = attributes.tagsOpen ?? attributes.labelsOpen { return .unknown(open) }
    return attributes.unknownKeys[.kind].map { .unknown($0) } ?? .no
  }

  /// Whether the name of an endpoint, or of its workload, is one that such things have.
  func isSuggested(by endpoint: Endpoint) -> Bool {
    let last = endpoint.identity.name.split(separator: "/").last.map(String.init) ?? endpoint.identity.name
    let candidates = [last] + (endpoint.attributes.values[.workload] ?? [])
    return candidates.contains { name in patterns.contains { $0.matches(name, ignoringCase: true) } }
  }
}
