import NetworkModel
import PacketSpace

extension RandomNetworkBuilder {
  // MARK: Boundaries and admission

  mutating func boundaryFilter(_ name: String) -> Filter {
    let directions = dice.number(0...19)
    return Filter(
      identity: Identity(key: name), kind: "boundary", isStateful: dice.chance(0.15),
      present: truth("boundary filter \(name)", no: 0.02), end: dice.chance(0.1) ? .deny : .miss,
      ingress: directions == 0 ? nil : boundaryList(name), egress: directions == 1 ? nil : boundaryList(name))
  }

  private mutating func boundaryList(_ name: String) -> RuleList {
    var rules: [Rule] = []
    for _ in 0..<dice.number(0...3) {
      rules.append(
        Rule(
          dice.chance(0.05) ? .next : dice.chance(0.6) ? .allow : .deny, present: truth("rule of \(name)"),
          peers: dice.chance(0.5) ? nil : [dice.chance(0.1) ? peer() : Peer(addresses: addresses())],
          traffic: RuleTraffic(dice.traffic()), near: dice.chance(0.1) ? addresses() : nil))
    }
    if dice.chance(0.85) { rules.append(Rule(.allow)) }
    return RuleList(rules, open: open(name))
  }

  /// Private addresses of the far end are refused both ways.
  mutating func privateFilter(_ name: String) -> Filter {
    let rules = [Rule(.deny, peers: [Peer(addresses: .privateSpace)]), Rule(.allow)]
    return Filter(
      identity: Identity(key: name), kind: "admission", ingress: RuleList(rules), egress: RuleList(rules))
  }

  /// Only sources of one side are admitted inward.
  mutating func sideFilter(_ name: String, from prefixes: [IPPrefix]) -> Filter {
    Filter(
      identity: Identity(key: name), kind: "admission", isStateful: dice.chance(0.2),
      ingress: RuleList([Rule(.allow, peers: [Peer(addresses: AddressSet(prefixes))])]),
      egress: RuleList([Rule(.allow)]))
  }

  // MARK: Layers

  mutating func peer() -> Peer {
    let present = truth("peer", no: 0.01)
    switch dice.number(0...5) {
    case 0...1: return Peer(addresses: addresses(), present: present)
    case 2...3: return Peer(membership: dice.pick(memberships), present: present)
    case 4: return Peer(membership: dice.pick(memberships), isComplement: true, present: present)
    default:
      return Peer(
        addresses: addresses(), membership: dice.pick(memberships), isComplement: dice.chance(0.3), present: present)
    }
  }

  private mutating func peers() -> [Peer]? {
    if dice.chance(0.3) { return nil }
    var peers: [Peer] = []
    for _ in 0..<(dice.chance(0.05) ? 0 : dice.number(1...2)) { peers.append(peer()) }
    return peers
  }

  private mutating func traffic() -> RuleTraffic {
    if dice.chance(0.15) {
      return RuleTraffic(
        dice.chance(0.2) ? dice.traffic() : .none,
        named: [RuleTraffic.Named(dice.pick(["web", "admin"]), transport: dice.pick([.tcp, .tcp, .udp, nil]))])
    }
    return RuleTraffic(dice.traffic())
  }

  private mutating func rules(_ actions: [Rule.Action], _ name: String) -> RuleList {
    var rules: [Rule] = []
    for _ in 0..<dice.number(0...3) {
      rules.append(
        Rule(dice.pick(actions), present: truth("rule of \(name)"), peers: peers(), traffic: traffic()))
    }
    return RuleList(rules, open: open(name))
  }

  /// A filter of a layer; some act in one direction only.
  private mutating func layerFilter(_ name: String, _ actions: [Rule.Action]) -> Filter {
    let directions = dice.number(0...5)
    return Filter(
      identity: Identity(key: name), kind: "group", isStateful: true, present: truth("filter \(name)", no: 0.02),
      end: actions.count > 1 && dice.chance(0.1) ? .deny : .miss,
      ingress: directions == 0 ? nil : rules(actions, name), egress: directions == 1 ? nil : rules(actions, name))
  }

  /// One filter that allows something, in a union that isolates: the groups of an interface.
  mutating func groupLayer(_ name: String) -> LayerID {
    var entries: [Tier.Entry] = []
    for number in 0..<dice.number(1...2) {
      let filter = network.add(layerFilter("\(name) group \(number)", [.allow]))
      entries.append(Tier.Entry(filter, selects: truth("selection", no: 0.02)))
    }
    if dice.chance(0.6) {
      let filter = network.add(
        Filter(
          identity: Identity(key: "\(name) outward"), kind: "group", isStateful: true,
          ingress: RuleList(dice.chance(0.3) ? [Rule(.allow)] : []), egress: RuleList([Rule(.allow)])))
      entries.append(Tier.Entry(filter))
    }
    let tier = Tier(.union, isolates: dice.chance(0.7), open: open("groups of \(name)"), entries: entries)
    return network.add(
      Layer(identity: Identity(key: "groups of \(name)"), default: .deny, ingress: [tier], egress: [tier]))
  }

  /// Tiers of every mode with any default, one or two of them, in no usual order.
  mutating func oddLayer(_ name: String) -> LayerID {
    let tiers = [firstTier("\(name) odd"), unionTier("\(name) odd"), firstTier("\(name) odd again")]
    return network.add(
      Layer(
        identity: Identity(key: "odd layer of \(name)"), default: dice.chance(0.6) ? .allow : .deny,
        ingress: dice.some(tiers, 0.4), egress: dice.some(tiers.reversed(), 0.3)))
  }

  /// An order of tiers with a default that allows: the policies of a pod.
  mutating func policyLayer(_ name: String) -> LayerID {
    var tiers: [Direction: [Tier]] = [:]
    let first = firstTier("\(name) before")
    let union = unionTier(name)
    let last = firstTier("\(name) after")
    for direction in Direction.allCases { tiers[direction] = dice.some([first, union, last], 0.6) }
    return network.add(
      Layer(
        identity: Identity(key: "policies of \(name)"), default: .allow, ingress: tiers[.ingress] ?? [],
        egress: tiers[.egress] ?? []))
  }

  private mutating func firstTier(_ name: String) -> Tier {
    var entries: [Tier.Entry] = []
    for number in 0..<dice.number(1...2) {
      let filter = network.add(layerFilter("\(name) \(number)", [.allow, .deny, .next]))
      let lower = dice.number(0...2)
      let upper = dice.chance(shape.unknowns) ? lower + 1 : lower
      entries.append(Tier.Entry(filter, selects: truth("selection", no: 0.02), position: lower...upper))
    }
    return Tier(.first, open: open(name), entries: entries)
  }

  private mutating func unionTier(_ name: String) -> Tier {
    var entries: [Tier.Entry] = []
    for number in 0..<dice.number(1...2) {
      let filter = network.add(layerFilter("\(name) policy \(number)", [.allow]))
      entries.append(Tier.Entry(filter, selects: truth("selection", no: 0.02)))
    }
    return Tier(.union, isolates: dice.chance(0.8), open: open(name), entries: entries)
  }
}
