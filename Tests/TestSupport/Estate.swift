package import Diagnostics
package import NetworkModel
package import PacketSpace

/// A small network: segments 10.0.N.0/24 of one router, a gateway to the internet, and hosts with groups.
package struct Estate {
  package var network = Network()
  package let router: RouterID
  package let gateway: AttachmentID
  package let internet: ZoneID
  private let near: AttachmentID
  package private(set) var segments: [SegmentID] = []
  private var offset: UInt32 = 0

  package init() {
    router = network.add(Router(identity: Identity(key: "vpc-1", name: "prod-vpc"), kind: "vpc"))
    internet = network.add(Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
    let igw = network.add(Router(identity: Identity(key: "igw-1"), kind: "internet-gateway"))
    let local = network.add(
      RouteTable(identity: Identity(key: "local"), routes: [.init(Self.prefix("10.0.0.0/16"), next: .local)]))
    near = network.add(
      Attachment(identity: Identity(key: "vpc-1/igw"), router: router, farSide: .zones([]), table: local))
    let inner = network.add(RouteTable(identity: Identity(key: "inner")))
    let outer = network.add(RouteTable(identity: Identity(key: "outer")))
    let into = network.add(
      Attachment(identity: Identity(key: "igw-1/in"), router: igw, farSide: .attachment(near), table: inner))
    gateway = network.add(
      Attachment(
        identity: Identity(key: "igw-1/out"), router: igw, farSide: .zones([internet]), table: outer, translations: [],
        keepsIngress: false, keepsEgress: false))
    network.attachments[near.offset].farSide = .attachment(into)
    network.tables[inner.offset].routes = [.init(.anyIPv4, next: .link(gateway))]
    network.tables[outer.offset].routes = [.init(Self.prefix("10.0.0.0/16"), next: .link(into))]
  }

  package static func prefix(_ text: String) -> IPPrefix { IPPrefix(text) ?? .anyIPv4 }

  /// A place to tell from others: each call gives another one.
  package mutating func range() -> SourceRange {
    offset += 10
    return SourceRange(file: FileID(rawValue: 0), start: offset, end: offset + 5)
  }

  package mutating func segment(_ number: Int, isPublic: Bool = true) -> SegmentID {
    let segment = network.add(
      Segment(identity: Identity(key: "subnet-\(number)"), prefixes: [Self.prefix("10.0.\(number).0/24")]))
    var routes = [RouteTable.Route(Self.prefix("10.0.0.0/16"), next: .local, derivation: Derivation(range()))]
    if isPublic { routes.append(.init(.anyIPv4, next: .link(near), derivation: Derivation(range()))) }
    let table = network.add(RouteTable(identity: Identity(key: "rt-\(number)"), routes: routes))
    network.segments[segment.offset].gateway = network.add(
      Attachment(
        identity: Identity(key: "vpc-1/\(number)"), router: router, farSide: .ports([.init(segment: segment)]),
        table: table))
    segments.append(segment)
    return segment
  }

  package mutating func group(_ name: String, _ rules: [Rule], egress: [Rule] = [Rule(.allow)]) -> LayerID {
    var rules = rules
    for index in rules.indices { rules[index].derivation = Derivation(range()) }
    let filter = network.add(
      Filter(
        identity: Identity(key: name), kind: "security-group", isStateful: true, ingress: RuleList(rules),
        egress: RuleList(egress), derivation: Derivation(range())))
    let tier = Tier(.union, isolates: true, entries: [.init(filter)])
    return network.add(Layer(identity: Identity(key: name), default: .deny, ingress: [tier], egress: [tier]))
  }

  package static func admit(_ traffic: TrafficSet, from peer: String? = nil, present: Truth = .yes) -> Rule {
    Rule(
      .allow, present: present, peers: peer.map { [Peer(addresses: AddressSet(prefix($0)))] },
      traffic: RuleTraffic(traffic))
  }

  @discardableResult
  package mutating func host(
    _ name: String, in segment: SegmentID, _ address: String, public outside: String? = nil, layers: [LayerID] = [],
    kind: String = "instance", env: String? = nil, tags: [String: String] = [:], exists: Truth = .yes,
    accepts: TrafficSet? = nil, services: [Service] = []
  ) -> EndpointID {
    let held = HeldAddress(IPAddress(address) ?? IPAddress(v4: 0))
    if let outside, let number = IPAddress(outside) {
      network.attachments[gateway.offset].translations?.append(
        Translation(.oneToOne(inside: held, outside: HeldAddress(number))))
    }
    var attributes = Attributes(tags: tags)
    if let env { attributes.insert(env, for: .env) }
    return network.add(
      Endpoint(
        identity: Identity(key: name), kind: kind, attributes: attributes, exists: exists, accepts: accepts,
        services: services, placements: [Placement(segment: segment, addresses: [held], layers: layers)],
        derivation: Derivation(range())))
  }

  /// A balancer that ends its clients' connections.
  package mutating func balancer(
    _ name: String, at interface: EndpointID, port: UInt16, to target: EndpointID, targetPort: UInt16,
    encryption: Encryption = .required(minimum: .tls12), inner: Encryption = .unstated
  ) {
    _ = network.add(
      Relay(
        identity: Identity(key: name), kind: "alb", interfaces: [interface],
        listeners: [
          Relay.Listener(
            transport: .tcp, ports: PortRange(port),
            targets: [.init(.endpoint(target), port: targetPort, encryption: inner)], encryption: encryption,
            derivation: Derivation(range()))
        ]))
  }
}
