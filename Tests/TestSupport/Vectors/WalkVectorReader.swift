import NetworkModel
import PacketSpace

/// Reads a file of the walk vectors into the model.
///
/// In the model's words: an endpoint has one placement; a `priority` tier is *first*; `unmatched: deny` isolates; a filter that gives no
/// rules for a direction still acts there.
struct WalkVectorReader {
  private let root: VectorNode
  private var network = Network()
  private var segments: [String: SegmentID] = [:]
  private var endpoints: [String: EndpointID] = [:]
  private var memberships: [String: MembershipID] = [:]
  private var filters: [String: FilterID] = [:]
  private var routers: [String: RouterID] = [:]
  private var attachments: [String: AttachmentID] = [:]
  private var zones: [String: ZoneID] = [:]

  static func read(_ root: VectorNode) throws -> WalkVector {
    var reader = WalkVectorReader(root: root)
    return try reader.read()
  }

  private init(root: VectorNode) { self.root = root }

  private mutating func read() throws -> WalkVector {
    let format = try root.string("format")
    guard format == "tierproof-network-walk/1" else { throw VectorError("unknown format \(format)") }
    let description = try root.node("network")
    try number(description)
    for filter in description.list("filters") { _ = network.add(try self.filter(filter)) }
    for segment in description.list("segments") { _ = network.add(try self.segment(segment)) }
    for endpoint in description.list("endpoints") { _ = network.add(try self.endpoint(endpoint)) }
    for zone in description.list("zones") { _ = network.add(try self.zone(zone)) }
    for router in description.list("routers") {
      _ = network.add(
        Router(
          identity: Identity(key: try router.string("id")), kind: "router",
          isSymmetric: router.bool("symmetric") ?? false))
    }
    for router in description.list("routers") {
      let name = try router.string("id")
      for attachment in router.list("attachments") {
        _ = network.add(try self.attachment(attachment, of: name))
      }
    }
    for relay in description.list("relays") { _ = network.add(try self.relay(relay)) }
    return WalkVector(
      title: try root.string("title"), network: network,
      questions: try root.list("questions").map(question), checks: try root.list("checks").map(check))
  }

  /// Things refer to each other in any order: each has its number before any is read.
  private mutating func number(_ description: VectorNode) throws {
    for (index, node) in description.list("segments").enumerated() {
      segments[try node.string("id")] = SegmentID(index)
    }
    for (index, node) in description.list("endpoints").enumerated() {
      endpoints[try node.string("id")] = EndpointID(index)
    }
    for (index, node) in description.list("filters").enumerated() {
      filters[try node.string("id")] = FilterID(index)
    }
    for (index, node) in description.list("zones").enumerated() { zones[try node.string("id")] = ZoneID(index) }
    var count = 0
    for (index, node) in description.list("routers").enumerated() {
      let name = try node.string("id")
      routers[name] = RouterID(index)
      for attachment in node.list("attachments") {
        attachments["\(name)/\(try attachment.string("id"))"] = AttachmentID(count)
        count += 1
      }
    }
  }

  private func find<T>(_ name: String, in table: [String: Identifier<T>]) throws -> Identifier<T> {
    guard let id = table[name] else { throw VectorError("nothing is called \(name)") }
    return id
  }

  private mutating func membership(_ name: String) -> MembershipID {
    if let known = memberships[name] { return known }
    let id = network.add(Membership(identity: Identity(key: name)))
    memberships[name] = id
    return id
  }
}

// MARK: - Segments, endpoints, filters

extension WalkVectorReader {
  private func segment(_ node: VectorNode) throws -> Segment {
    Segment(
      identity: Identity(key: try node.string("id")), prefixes: try node.strings("prefixes").map(prefix),
      availabilityZone: try node.optionalString("az"),
      inFilters: try node.strings("in").map { try find($0, in: filters) },
      outFilters: try node.strings("out").map { try find($0, in: filters) },
      gateway: try node.optionalString("gateway").map { try find($0, in: attachments) })
  }

  private mutating func endpoint(_ node: VectorNode) throws -> Endpoint {
    var layers: [LayerID] = []
    for layer in node.list("layers") { layers.append(network.add(try self.layer(layer))) }
    var accepts: TrafficSet?
    if node.has("listeners") {
      accepts = try node.strings("listeners").reduce(into: TrafficSet.none) { try $0.formUnion(VectorTraffic.read($1)) }
    }
    var members: [MembershipID: Truth] = [:]
    for name in try node.strings("memberships") { members[membership(name)] = .yes }
    return Endpoint(
      identity: Identity(key: try node.string("id")), kind: "endpoint", accepts: accepts, layers: layers,
      placements: [
        Placement(
          segment: try find(try node.string("segment"), in: segments),
          addresses: try node.strings("addresses").map { HeldAddress(try address($0)) }, memberships: members)
      ])
  }

  private func layer(_ node: VectorNode) throws -> Layer {
    let fallback = try node.string("default")
    return Layer(
      identity: Identity(key: try node.string("id")), default: fallback == "allow" ? .allow : .deny,
      ingress: try node.list("tiers").map { try tier($0, "ingress") },
      egress: try node.list("tiers").map { try tier($0, "egress") })
  }

  private func tier(_ node: VectorNode, _ direction: String) throws -> Tier {
    let entries = try node.strings(direction).enumerated().map {
      Tier.Entry(try find($1, in: filters), position: $0...$0)
    }
    return Tier(
      try node.string("mode") == "union" ? .union : .first,
      isolates: try node.optionalString("unmatched") == "deny", entries: entries)
  }

  private mutating func filter(_ node: VectorNode) throws -> Filter {
    var lists: [String: RuleList] = [:]
    for direction in ["ingress", "egress"] {
      var rules: [Rule] = []
      for rule in node.list(direction) { rules.append(try self.rule(rule)) }
      lists[direction] = RuleList(rules)
    }
    return Filter(
      identity: Identity(key: try node.string("id")), kind: "filter", isStateful: node.bool("stateful") ?? false,
      ingress: lists["ingress"], egress: lists["egress"])
  }

  private mutating func rule(_ node: VectorNode) throws -> Rule {
    let action: Rule.Action =
      switch try node.string("action") {
      case "allow": .allow
      case "deny": .deny
      default: .next
      }
    var peers: [Peer]?
    if node.has("far") { peers = [Peer(addresses: try addresses(node.strings("far")))] }
    if let member = try node.optionalString("member") { peers = [Peer(membership: membership(member))] }
    return Rule(
      action, peers: peers,
      traffic: RuleTraffic(try node.optionalString("traffic").map(VectorTraffic.read) ?? .any),
      near: try node.has("near") ? addresses(node.strings("near")) : nil)
  }

  private func zone(_ node: VectorNode) throws -> Zone {
    let isInternet = node.bool("internet") ?? false
    return Zone(
      identity: Identity(key: try node.string("id")), kind: isInternet ? .internet : .declared,
      addresses: try addresses(node.strings("prefixes")).subtracting(addresses(node.strings("except"))),
      behind: try node.strings("behind").map { try find($0, in: attachments) })
  }
}

// MARK: - Routers and relays

extension WalkVectorReader {
  private mutating func attachment(_ node: VectorNode, of router: String) throws -> Attachment {
    let name = "\(router)/\(try node.string("id"))"
    let farSide: Attachment.FarSide
    if let other = try node.optionalString("attachment") {
      farSide = .attachment(try find(other, in: attachments))
    } else if node.has("zones") {
      farSide = .zones(try node.strings("zones").map { try find($0, in: zones) })
    } else {
      farSide = .ports(try node.list("ports").map(port))
    }
    let table = RouteTable(
      identity: Identity(key: name), routes: try node.list("table").map { try route($0, of: router) })
    let keeps = try node.has("keeps") ? node.strings("keeps") : ["ingress", "egress"]
    return Attachment(
      identity: Identity(key: name), router: try find(router, in: routers), farSide: farSide,
      usable: Truth(node.bool("usable") ?? true), table: network.add(table),
      inFilters: try node.strings("in").map { try find($0, in: filters) },
      outFilters: try node.strings("out").map { try find($0, in: filters) },
      translations: try node.has("translations") ? node.list("translations").map(translation) : nil,
      keepsIngress: keeps.contains("ingress"), keepsEgress: keeps.contains("egress"),
      isSameZoneOnly: node.bool("same_az") ?? false, isHashed: node.bool("hashed") ?? false,
      meetsOwnBoundary: node.bool("meets_own") ?? false)
  }

  private func port(_ node: VectorNode) throws -> Attachment.Port {
    Attachment.Port(
      segment: try find(try node.string("segment"), in: segments),
      addresses: try node.strings("addresses").map { HeldAddress(try address($0)) },
      endpoint: try node.optionalString("endpoint").map { try find($0, in: endpoints) })
  }

  private func route(_ node: VectorNode, of router: String) throws -> RouteTable.Route {
    let words = try node.string("next").split(separator: " ").map(String.init)
    let next: RouteTable.NextHop
    switch (words.first, words.last) {
    case ("drop"?, _): next = .drop
    case ("local"?, _): next = .local
    case ("link"?, let name?): next = .link(try find("\(router)/\(name)", in: attachments))
    case ("port"?, let name?): next = .port(try find(name, in: attachments))
    default: throw VectorError("unknown next hop \(words)")
    }
    return RouteTable.Route(
      try prefix(try node.string("prefix")), precedence: try node.int("precedence") ?? 0, next: next)
  }

  private func translation(_ node: VectorNode) throws -> Translation {
    switch try node.string("kind") {
    case "one-to-one":
      return Translation(
        .oneToOne(
          inside: HeldAddress(try address(try node.string("inside"))),
          outside: HeldAddress(try address(try node.string("outside")))))
    case "keep": return Translation(.keep(try prefix(try node.string("prefix"))))
    case "hide":
      return Translation(
        .hide(try prefix(try node.string("prefix")), behind: HeldAddress(try address(try node.string("address")))))
    case let kind: throw VectorError("unknown translation \(kind)")
    }
  }

  private func relay(_ node: VectorNode) throws -> Relay {
    Relay(
      identity: Identity(key: try node.string("id")), kind: "relay",
      interfaces: try node.strings("interfaces").map { try find($0, in: endpoints) },
      listeners: try node.list("listeners").map(listener),
      reachesSameZoneOnly: try node.optionalString("reaches") == "same-az",
      meetsOwnBoundary: node.bool("own_boundary") ?? false,
      answersByState: node.bool("answers_by_state") ?? false)
  }

  private func listener(_ node: VectorNode) throws -> Relay.Listener {
    let words = try node.string("traffic").split(separator: "/").map(String.init)
    guard words.count == 2, let port = UInt16(words[1]), let transport = VectorTraffic.transport(words[0]) else {
      throw VectorError("unknown listener \(words)")
    }
    let keeps = Truth(node.bool("kept") ?? false)
    return Relay.Listener(
      transport: transport, ports: PortRange(port),
      targets: try node.list("targets").map { target in
        Relay.Target(
          .endpoint(try find(try target.string("endpoint"), in: endpoints)),
          address: HeldAddress(try address(try target.string("address"))),
          port: try target.int("port").map { UInt16($0) }, keepsClient: keeps)
      })
  }
}

// MARK: - Questions

extension WalkVectorReader {
  private func question(_ node: VectorNode) throws -> WalkVector.Question {
    WalkVector.Question(
      id: try node.int("id") ?? 0, origin: try origin(node.node("from")), packet: try packet(node.node("packet")),
      asked: try asked(node.optionalNode("asked")),
      target: try node.optionalString("target").map { try find($0, in: endpoints) },
      arrives: node.bool("arrives") ?? false, answered: node.bool("answered") ?? false,
      blockers: try node.list("blockers").map(blocker))
  }

  private func origin(_ node: VectorNode) throws -> Origin {
    if let endpoint = try node.optionalString("endpoint") {
      return .endpoint(try find(endpoint, in: endpoints), placement: 0)
    }
    return .zone(
      try find(try node.string("zone"), in: zones),
      by: try node.optionalString("by").map { try find($0, in: attachments) })
  }

  private func asked(_ node: VectorNode?) throws -> Asked {
    if let endpoint = try node?.optionalString("endpoint") { return .endpoint(try find(endpoint, in: endpoints)) }
    if let zone = try node?.optionalString("zone") { return .zone(try find(zone, in: zones)) }
    return .anybody
  }

  private func packet(_ node: VectorNode) throws -> Packet {
    Packet(
      source: PacketAddress(try address(try node.string("source"))),
      destination: PacketAddress(try address(try node.string("destination"))),
      traffic: try VectorTraffic.point(
        protocol: try node.string("protocol"), sourcePort: node.int("source_port"),
        destinationPort: node.int("destination_port"), type: node.int("type"), code: node.int("code")))
  }

  /// A blocker as `WalkNames` prints it.
  private func blocker(_ node: VectorNode) throws -> String {
    var words = [try node.string("half"), try node.string("place"), try node.string("reason")]
    if let direction = try node.optionalString("direction") { words.append(direction) }
    if let layer = try node.optionalString("layer") { words.append("default of \(layer)") }
    if node.has("filters") { words.append(try node.strings("filters").joined(separator: ",")) }
    return words.joined(separator: " ")
  }

  private func check(_ node: VectorNode) throws -> WalkVector.Check {
    guard let verdict = WalkVector.Check.Verdict(rawValue: try node.string("verdict")) else {
      throw VectorError("unknown verdict")
    }
    let legs =
      try node.has("legs") ? node.lists("legs").map { try $0.map { try $0.asInt() } } : [node.ints("questions")]
    return WalkVector.Check(name: try node.string("name"), verdict: verdict, legs: legs)
  }
}

// MARK: - Addresses

extension WalkVectorReader {
  private func address(_ text: String) throws -> IPAddress { try VectorAddresses.address(text) }
  private func prefix(_ text: String) throws -> IPPrefix { try VectorAddresses.prefix(text) }
  private func addresses(_ texts: [String]) throws -> AddressSet { try VectorAddresses.set(texts) }
}
