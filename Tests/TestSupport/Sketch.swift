package import NetworkModel
package import PacketSpace

/// A network put together in a few lines: segments 10.0.N.0/24 of one router, hosts in them, and whatever a test adds.
package struct Sketch {
  package var network = Network()
  package let router: RouterID
  package private(set) var attachments: [SegmentID: AttachmentID] = [:]

  package init() { router = network.add(Router(identity: Identity(key: "router"), kind: "router")) }

  package static func prefix(_ text: String) -> IPPrefix { IPPrefix(text) ?? .anyIPv4 }

  package static func address(_ text: String) -> IPAddress { IPAddress(text) ?? IPAddress(v4: 0) }

  package mutating func unknown(_ reason: String = "something") -> UnknownID { network.add(Unknown(reason)) }

  /// A segment whose table knows the way to all of them.
  package mutating func segment(_ number: Int, boundary: [FilterID] = []) -> SegmentID {
    let segment = network.add(
      Segment(
        identity: Identity(key: "segment-\(number)"), prefixes: [Self.prefix("10.0.\(number).0/24")],
        inFilters: boundary, outFilters: boundary))
    let table = network.add(
      RouteTable(
        identity: Identity(key: "table-\(number)"), routes: [RouteTable.Route(Self.prefix("10.0.0.0/16"), next: .local)]
      ))
    let attachment = network.add(
      Attachment(
        identity: Identity(key: "router/\(number)"), router: router, farSide: .ports([.init(segment: segment)]),
        table: table))
    network.segments[segment.offset].gateway = attachment
    attachments[segment] = attachment
    return segment
  }

  package mutating func route(
    _ prefix: String, _ next: RouteTable.NextHop, present: Truth = .yes, from segment: SegmentID
  ) {
    guard let table = attachments[segment].flatMap({ network[$0].table }) else { return }
    network.tables[table.offset].routes.append(
      RouteTable.Route(Self.prefix(prefix), precedence: 1, next: next, present: present))
  }

  /// A router of one attachment in a segment, which sends back whatever it is given.
  package mutating func appliance(_ name: String, in segment: SegmentID, notUnderstood: UnknownID? = nil)
    -> AttachmentID
  {
    let router = network.add(
      Router(identity: Identity(key: name), kind: "appliance", notUnderstood: notUnderstood))
    let table = network.add(RouteTable(identity: Identity(key: name)))
    let port = network.add(
      Attachment(
        identity: Identity(key: "\(name)/port"), router: router, farSide: .ports([.init(segment: segment)]),
        table: table))
    network.tables[table.offset].routes = [RouteTable.Route(.anyIPv4, next: .link(port))]
    return port
  }

  /// A zone behind a gateway on the router, and the gateway's outer attachment.
  package mutating func zone(_ kind: Zone.Kind, _ prefix: String, hiding behind: IPAddress? = nil) -> (
    ZoneID, AttachmentID
  ) {
    let zone = network.add(
      Zone(identity: Identity(key: "zone"), kind: kind, addresses: AddressSet(Self.prefix(prefix))))
    let gateway = network.add(Router(identity: Identity(key: "gateway"), kind: "gateway"))
    let inner = network.add(
      RouteTable(identity: Identity(key: "inner"), routes: []))
    let outer = network.add(RouteTable(identity: Identity(key: "outer")))
    let local = network.add(
      RouteTable(identity: Identity(key: "local"), routes: [RouteTable.Route(Self.prefix("10.0.0.0/16"), next: .local)])
    )
    let near = network.add(
      Attachment(identity: Identity(key: "router/gateway"), router: router, farSide: .zones([]), table: local))
    let into = network.add(
      Attachment(identity: Identity(key: "gateway/in"), router: gateway, farSide: .attachment(near), table: inner))
    let out = network.add(
      Attachment(
        identity: Identity(key: "gateway/out"), router: gateway, farSide: .zones([zone]), table: outer,
        translations: behind.map { [Translation(.hide(.anyIPv4, behind: HeldAddress($0)))] }))
    network.attachments[near.offset].farSide = .attachment(into)
    network.tables[inner.offset].routes = [RouteTable.Route(.anyIPv4, next: .link(out))]
    network.tables[outer.offset].routes = [RouteTable.Route(Self.prefix("10.0.0.0/16"), next: .link(into))]
    network.zones[zone.offset].behind = [out]
    for segment in attachments.keys.sorted() { route("0.0.0.0/0", .link(near), from: segment) }
    return (zone, out)
  }

  package mutating func host(
    _ name: String, in segment: SegmentID, _ address: String, layers: [LayerID] = [], policies: [LayerID] = [],
    memberships: [MembershipID: Truth] = [:], machine: MachineID? = nil, front: Front? = nil
  ) -> EndpointID {
    network.add(
      Endpoint(
        identity: Identity(key: name), kind: "host", layers: policies,
        placements: [
          Placement(
            segment: segment, addresses: [HeldAddress(Self.address(address))], layers: layers,
            memberships: memberships, machine: machine, front: front)
        ]))
  }

  /// A host somewhere in a prefix.
  package mutating func host(_ name: String, in segment: SegmentID, somewhereIn prefix: String, layers: [LayerID] = [])
    -> EndpointID
  {
    let unknown = unknown("the address of \(name)")
    let address = network.add(
      UnknownAddress(within: AddressSet(Self.prefix(prefix)), unknown: unknown))
    return network.add(
      Endpoint(
        identity: Identity(key: name), kind: "host",
        placements: [Placement(segment: segment, addresses: [.unknown(address)], layers: layers)]))
  }

  package mutating func membership(_ name: String) -> MembershipID {
    network.add(Membership(identity: Identity(key: name)))
  }

  package mutating func filter(
    _ name: String, ingress: [Rule] = [Rule(.allow)], egress: [Rule] = [Rule(.allow)], present: Truth = .yes,
    isStateful: Bool = true
  ) -> FilterID {
    network.add(
      Filter(
        identity: Identity(key: name), kind: "filter", isStateful: isStateful, present: present,
        ingress: RuleList(ingress), egress: RuleList(egress)))
  }

  /// A group: what its rules do not admit is denied.
  package mutating func group(_ name: String, ingress: [Rule] = [Rule(.allow)], egress: [Rule] = [Rule(.allow)])
    -> LayerID
  {
    let tier = Tier(.union, isolates: true, entries: [Tier.Entry(filter(name, ingress: ingress, egress: egress))])
    return network.add(Layer(identity: Identity(key: name), default: .deny, ingress: [tier], egress: [tier]))
  }

  package mutating func relay(
    _ name: String, interfaces: [EndpointID], targets: [Relay.Target], place: Relay.Place = .interface,
    cluster: String? = nil
  ) -> RelayID {
    network.add(
      Relay(
        identity: Identity(key: name), kind: "relay", interfaces: interfaces,
        listeners: [Relay.Listener(transport: .tcp, ports: PortRange(80), targets: targets)], answersByState: true,
        place: place, attributes: Attributes(values: cluster.map { [.cluster: [$0]] } ?? [:])))
  }

  /// The first address of an endpoint in a placement, as a packet bears it.
  package func address(of endpoint: EndpointID, placement: Int = 0) -> PacketAddress {
    switch network[endpoint].placements[placement].addresses[0] {
    case .prefix(let prefix): PacketAddress(prefix.first)
    case .unknown(let id): PacketAddress(network[id].within.first ?? IPAddress(v4: 0), unknown: id)
    }
  }
}
