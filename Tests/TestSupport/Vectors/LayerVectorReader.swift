import NetworkModel
import PacketSpace

/// Reads a file of the layer vectors into the model.
///
/// Every placement stands in a segment of its own.
struct LayerVectorReader {
  private let root: VectorNode
  private var network = Network()
  private var endpoints: [String: EndpointID] = [:]
  private var memberships: [String: MembershipID] = [:]
  private var filters: [String: FilterID] = [:]
  private var machines: [String: MachineID] = [:]

  static func read(_ root: VectorNode) throws -> LayerVector {
    var reader = LayerVectorReader(root: root)
    return try reader.read()
  }

  private init(root: VectorNode) { self.root = root }

  private mutating func read() throws -> LayerVector {
    for (index, (name, _)) in root.members("endpoints").enumerated() { endpoints[name] = EndpointID(index) }
    for (name, node) in root.members("memberships") {
      memberships[name] = network.add(
        Membership(identity: Identity(key: name), outside: try truth(node, "outside", default: "no")))
    }
    for (name, node) in root.members("filters") { filters[name] = network.add(try filter(name, node)) }
    for (name, node) in root.members("endpoints") { _ = network.add(try endpoint(name, node)) }
    return LayerVector(
      title: try root.string("title"), network: network, questions: try root.list("packets").map(question),
      selections: try root.list("selections").map(selection))
  }

  private func find<T>(_ name: String, in table: [String: Identifier<T>]) throws -> Identifier<T> {
    guard let id = table[name] else { throw VectorError("nothing is called \(name)") }
    return id
  }

  /// A value of three; each unknown is one by itself.
  private mutating func truth(_ text: String) throws -> Truth {
    switch text {
    case "yes": .yes
    case "no": .no
    case "unknown": .unknown(network.add(Unknown("unknown \(network.unknowns.count)")))
    default: throw VectorError("unknown value \(text)")
    }
  }

  private mutating func truth(_ node: VectorNode, _ key: String, default fallback: String = "yes") throws -> Truth {
    try truth(try node.optionalString(key) ?? fallback)
  }

  private mutating func open(_ node: VectorNode, _ key: String = "open") throws -> UnknownID? {
    node.bool(key) ?? false ? network.add(Unknown("open \(network.unknowns.count)")) : nil
  }
}

// MARK: - Filters and layers

extension LayerVectorReader {
  private mutating func filter(_ name: String, _ node: VectorNode) throws -> Filter {
    Filter(
      identity: Identity(key: name), kind: "filter", isStateful: true, present: try truth(node, "present"),
      end: try node.optionalString("end") == "deny" ? .deny : .miss,
      ingress: try list(node.optionalNode("ingress")), egress: try list(node.optionalNode("egress")))
  }

  private mutating func list(_ node: VectorNode?) throws -> RuleList? {
    guard let node else { return nil }
    var rules: [Rule] = []
    for rule in node.list("rules") { rules.append(try self.rule(rule)) }
    return RuleList(rules, open: try open(node))
  }

  private mutating func rule(_ node: VectorNode) throws -> Rule {
    var peers: [Peer]?
    if node.has("peers") {
      peers = []
      for peer in node.list("peers") { peers?.append(try self.peer(peer)) }
    }
    guard let action = Rule.Action(rawValue: try node.optionalString("action") ?? "allow") else {
      throw VectorError("unknown action")
    }
    return Rule(action, present: try truth(node, "present"), peers: peers, traffic: try traffic(node))
  }

  private mutating func peer(_ node: VectorNode) throws -> Peer {
    Peer(
      addresses: try node.has("addresses") ? VectorAddresses.set(node.strings("addresses")) : nil,
      membership: try node.optionalString("membership").map { try find($0, in: memberships) },
      isComplement: node.bool("not") ?? false, present: try truth(node, "present"))
  }

  private func traffic(_ node: VectorNode) throws -> RuleTraffic {
    guard node.has("traffic") else { return .everything }
    var result = RuleTraffic(.none)
    for term in node.list("traffic") {
      let name = try term.optionalString("protocol")
      if let listener = try term.optionalString("listener") {
        result.named.append(RuleTraffic.Named(listener, transport: name.flatMap(VectorTraffic.transport)))
      } else {
        result.set.formUnion(
          try VectorTraffic.term(
            protocol: name, ports: try term.has("ports") ? term.ints("ports") : nil,
            icmp: try term.has("icmp") ? term.ints("icmp") : nil))
      }
    }
    return result
  }

  private mutating func layer(_ name: String, _ node: VectorNode) throws -> LayerID {
    var tiers: [String: [Tier]] = [:]
    for direction in ["ingress", "egress"] {
      for tier in node.list(direction) { tiers[direction, default: []].append(try self.tier(tier)) }
    }
    return network.add(
      Layer(
        identity: Identity(key: name), default: try node.optionalString("default") == "deny" ? .deny : .allow,
        ingress: tiers["ingress"] ?? [], egress: tiers["egress"] ?? []))
  }

  private mutating func tier(_ node: VectorNode) throws -> Tier {
    var entries: [Tier.Entry] = []
    for (index, entry) in node.list("entries").enumerated() {
      let position = try entry.has("position") ? entry.ints("position") : [index, index]
      entries.append(
        Tier.Entry(
          try find(try entry.string("filter"), in: filters), selects: try truth(entry, "selects"),
          position: position[0]...position[1]))
    }
    return Tier(
      try node.string("mode") == "union" ? .union : .first, isolates: node.bool("isolates") ?? false,
      open: try open(node), entries: entries)
  }
}

// MARK: - Endpoints

extension LayerVectorReader {
  private mutating func endpoint(_ name: String, _ node: VectorNode) throws -> Endpoint {
    var ports: [NamedPort] = []
    for listener in node.list("listeners") {
      guard let transport = VectorTraffic.transport(try listener.optionalString("protocol") ?? "TCP") else {
        throw VectorError("unknown protocol")
      }
      ports.append(
        NamedPort(
          name: try listener.string("name"), transport: transport,
          port: try listener.isString("port") ? nil : listener.int("port").map { UInt16($0) }))
    }
    let values = try membershipValues(of: name, placements: node.list("placements").count)
    var placements: [Placement] = []
    for (index, placement) in node.list("placements").enumerated() {
      placements.append(try self.placement("\(name)/\(index)", placement, values[index]))
    }
    return Endpoint(
      identity: Identity(key: name), kind: "endpoint", exists: try truth(node, "exists"), namedPorts: ports,
      namedPortsOpen: try open(node, "listenersOpen"), layers: try layers(name, node), placements: placements)
  }

  private mutating func layers(_ name: String, _ node: VectorNode) throws -> [LayerID] {
    var result: [LayerID] = []
    for (index, layer) in node.list("layers").enumerated() {
      result.append(try self.layer("\(name) layer \(index)", layer))
    }
    return result
  }

  /// A value, or a list of values, one a placement; an unknown one is one unknown wherever it is named.
  private mutating func membershipValues(of endpoint: String, placements: Int) throws -> [[MembershipID: Truth]] {
    var result = [[MembershipID: Truth]](repeating: [:], count: placements)
    for (name, node) in root.members("memberships") {
      let membership = try find(name, in: memberships)
      for (member, value) in node.members("values") where member == endpoint {
        if value.isList {
          for (index, text) in try value.asStrings().enumerated() { result[index][membership] = try truth(text) }
        } else {
          let shared = try truth(try value.asString())
          for index in result.indices { result[index][membership] = shared }
        }
      }
    }
    return result
  }

  private mutating func placement(
    _ name: String, _ node: VectorNode, _ memberships: [MembershipID: Truth]
  ) throws -> Placement {
    let set = try VectorAddresses.set(node.strings("addresses"))
    let unknown = network.add(Unknown("the address of \(name)"))
    var front: Front?
    if let description = node.optionalNode("front") {
      front = Front(
        endpoint: try find(try description.string("endpoint"), in: endpoints),
        directPrefixes: try description.strings("prefixes").map(VectorAddresses.prefix))
    }
    return Placement(
      segment: network.add(Segment(identity: Identity(key: name), prefixes: [])),
      addresses: [.unknown(network.add(UnknownAddress(within: set, unknown: unknown)))],
      layers: try layers(name, node), memberships: memberships,
      machine: try node.optionalString("machine").map { machine($0) }, front: front)
  }

  private mutating func machine(_ name: String) -> MachineID {
    if let known = machines[name] { return known }
    let id = network.add(Machine(key: name))
    machines[name] = id
    return id
  }
}

// MARK: - Questions

extension LayerVectorReader {
  private func question(_ node: VectorNode) throws -> LayerVector.Question {
    let icmp = try node.has("icmp") ? node.ints("icmp") : []
    return LayerVector.Question(
      source: try end(node.node("source")), destination: try end(node.node("destination")),
      traffic: try VectorTraffic.point(
        protocol: try node.string("protocol"), sourcePort: nil, destinationPort: node.int("port"), type: icmp.first,
        code: icmp.last),
      expected: try expected(node, yes: "allow", no: "deny"),
      outcomes: node.has("outcomes")
        ? Set(try node.strings("outcomes").compactMap(Layer.Default.init(rawValue:))) : nil)
  }

  private func end(_ node: VectorNode) throws -> LayerVector.End {
    if let name = try node.optionalString("endpoint") { return .endpoint(try find(name, in: endpoints)) }
    return .address(try VectorAddresses.address(try node.string("address")))
  }

  private func expected(_ node: VectorNode, yes: String, no: String) throws -> LayerVector.Expected {
    let truth = try node.string("truth")
    return LayerVector.Expected(
      may: node.bool("may") ?? false, must: node.bool("must") ?? false,
      truth: truth == yes ? true : truth == no ? false : nil)
  }

  private func selection(_ node: VectorNode) throws -> LayerVector.Selection {
    LayerVector.Selection(
      endpoint: try find(try node.string("endpoint"), in: endpoints),
      membership: try find(try node.string("membership"), in: memberships), isComplement: node.bool("not") ?? false,
      expected: try expected(node, yes: "in", no: "out"))
  }
}
