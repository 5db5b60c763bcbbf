import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// What a packet meets between two segments, each thing alone (the walk, sections 2 to 4).
@Suite struct WayTests {
  var sketch = Sketch()
  let clients: SegmentID
  let servers: SegmentID
  let between: SegmentID
  let client: EndpointID
  let server: EndpointID

  init() {
    clients = sketch.segment(1)
    servers = sketch.segment(2)
    between = sketch.segment(3)
    client = sketch.host("client", in: clients, "10.0.1.4")
    server = sketch.host("server", in: servers, "10.0.2.4")
  }

  var found: Connection { sketch.connection(client, server) }

  func attachment(_ segment: SegmentID) -> AttachmentID { sketch.attachments[segment] ?? AttachmentID(0) }

  /// Sends what clients send to servers through an appliance with an interface under a layer.
  mutating func sendThroughAppliance(_ layer: LayerID?, zones: [String] = []) -> AttachmentID {
    let appliance = sketch.appliance("appliance", in: between)
    sketch.route("10.0.2.0/24", .port(appliance), from: clients)
    let interface = sketch.host("interface", in: between, "10.0.3.4", layers: layer.map { [$0] } ?? [])
    sketch.network.attachments[appliance.offset].farSide = .ports([.init(segment: between, endpoint: interface)])
    return appliance
  }

  // MARK: Interfaces of routers

  @Test mutating func `the interface of an appliance lets in what its layers admit`() {
    let half = sketch.group("web", ingress: [Sketch.allow("10.0.1.0/24", .tcp(80))])
    _ = sendThroughAppliance(half)
    #expect(found.arrives == .sure(.tcp(80)))
  }

  @Test mutating func `and lets out what they admit, by its destination`() {
    let half = sketch.group("web", egress: [Sketch.allow("10.0.2.0/24", .tcp(80))])
    _ = sendThroughAppliance(half)
    #expect(found.arrives == .sure(.tcp(80)))
  }

  @Test mutating func `an interface in another zone is entered unless it is its own zone's only`() {
    let appliance = sendThroughAppliance(nil)
    sketch.network.segments[clients.offset].availabilityZone = "a"
    sketch.network.segments[between.offset].availabilityZone = "b"
    #expect(found.arrives == .sure(.any))
    sketch.network.attachments[appliance.offset].isSameZoneOnly = true
    #expect(found.arrives == .nothing)
  }

  @Test mutating func `the boundary of the appliance's segment is met on the way in`() {
    _ = sendThroughAppliance(nil)
    sketch.network.segments[between.offset].inFilters = [
      sketch.filter("web in", ingress: [Sketch.allow("10.0.1.0/24", .tcp(80))])
    ]
    #expect(found.arrives == .sure(.tcp(80)))
  }

  // MARK: Boundaries and attachments

  @Test mutating func `a boundary's rule that may be there is not relied on`() {
    let perhaps = sketch.filter("perhaps", ingress: [Sketch.allow(present: .unknown(sketch.unknown())), Rule(.deny)])
    sketch.network.segments[servers.offset].inFilters = [perhaps]
    #expect(found.arrives == .perhaps(.any))
  }

  @Test mutating func `an attachment that may be of no use is not relied on, and one of no use lets nothing pass`() {
    sketch.network.attachments[attachment(clients).offset].usable = .unknown(sketch.unknown())
    #expect(found.arrives == .perhaps(.any))
    sketch.network.attachments[attachment(clients).offset].usable = .no
    #expect(found.arrives == .nothing)
  }

  @Test mutating func `an attachment admits outward what its filters allow`() {
    sketch.route("10.0.2.0/24", .link(attachment(servers)), from: clients)
    sketch.network.attachments[attachment(servers).offset].outFilters = [
      sketch.filter("web out", egress: [Sketch.allow("10.0.2.0/24", .tcp(80))])
    ]
    #expect(found.arrives == .sure(.tcp(80)))
  }

  @Test mutating func `an answer to a router that keeps state and did not see the request is dropped`() {
    let appliance = sketch.appliance("appliance", in: between)
    sketch.route("10.0.1.0/24", .port(appliance), from: servers)
    #expect(found.answered == .sure(.any))
    sketch.network.routers[sketch.network[appliance].router.offset].isSymmetric = true
    #expect(found.arrives == .sure(.any))
    // What asks for no answer is answered when it arrives.
    #expect(!found.answered.may.overlaps(TrafficSet(.tcp)) && !found.answered.must.overlaps(TrafficSet(.tcp)))
  }

  // MARK: Translation

  /// What is sent to servers leaves as a list of translations says; the router holds 10.0.2.1 there.
  mutating func translate(_ translations: [Translation.Kind]) {
    let out = attachment(servers)
    sketch.route("10.0.2.0/24", .link(out), from: clients)
    sketch.network.attachments[out.offset].translations = translations.map { Translation($0) }
    sketch.network.attachments[out.offset].farSide = .ports([
      .init(segment: servers, addresses: [HeldAddress(Sketch.address("10.0.2.1"))])
    ])
  }

  let behind = HeldAddress(Sketch.address("10.0.2.1"))

  @Test mutating func `who is hidden is known by the address that hides, whatever port it sends from`() {
    translate([.hide(Sketch.prefix("10.0.1.0/24"), behind: behind)])
    let layer = sketch.group("the router", ingress: [Sketch.allow("10.0.2.1/32")])
    sketch.network.endpoints[server.offset].placements[0].layers = [layer]
    let low = TrafficSet(.tcp, destination: PortSet(PortRange(80)), source: PortSet(PortRange(123)))
    // A port below 1024 becomes one that is not known, so what arrives is written with the others.
    #expect(found.arrives.must.contains(TrafficSet(.tcp, source: PortSet(PortRange(lower: 1024, upper: 65535)))))
    let flows = sketch.engine.flows(.endpoint(client), .endpoint(server))
    #expect(flows.contains { $0.sent.must.contains(low) })
  }

  @Test mutating func `who is hidden has lost its memberships`() {
    let members = sketch.membership("clients")
    sketch.network.endpoints[client.offset].placements[0].memberships = [members: .yes]
    let layer = sketch.group("clients", ingress: [Rule(.allow, peers: [Peer(membership: members)])])
    sketch.network.endpoints[server.offset].placements[0].layers = [layer]
    #expect(found.arrives == .sure(.any))
    translate([.hide(Sketch.prefix("10.0.1.0/24"), behind: behind)])
    #expect(found.arrives == .nothing)
  }

  @Test mutating func `translations are chosen by the source`() {
    translate([.hide(Sketch.prefix("10.0.2.0/24"), behind: behind)])
    #expect(found.arrives == .nothing)
    translate([.keep(Sketch.prefix("10.0.2.0/24"))])
    #expect(found.arrives == .nothing)
    translate([.keep(Sketch.prefix("10.0.1.0/24"))])
    #expect(found.arrives == .sure(.any))
  }

  @Test mutating func `a destination that is translated on the way is known to the sender's rules by its number only`()
  {
    let members = sketch.membership("servers")
    sketch.network.endpoints[server.offset].placements[0].memberships = [members: .yes]
    let (_, out) = sketch.zone(.internet, "198.51.0.0/16")
    let published = HeldAddress(Sketch.address("198.51.7.4"))
    sketch.network.attachments[out.offset].translations = [
      Translation(.oneToOne(inside: HeldAddress(Sketch.address("10.0.2.4")), outside: published)),
      Translation(
        .oneToOne(
          inside: HeldAddress(Sketch.address("10.0.1.4")), outside: HeldAddress(Sketch.address("198.51.7.5")))),
    ]
    func arrives(_ egress: Rule) -> Bounds<TrafficSet> {
      var other = sketch
      let layer = other.group("egress", egress: [egress])
      other.network.endpoints[client.offset].placements[0].layers = [layer]
      return other.engine.connection(.endpoint(client), .address(Sketch.address("198.51.7.4"))).arrives
    }
    #expect(arrives(Sketch.allow("198.51.7.4/32")) == .sure(.any))
    #expect(arrives(Rule(.allow, peers: [Peer(membership: members)])) == .nothing)
  }

  // MARK: Tables

  /// A table of which more may exist than is seen may lead to another router's interface in one of the router's segments.
  @Test mutating func `an open table may lead into another router`() {
    let far = sketch.network.add(
      Segment(identity: Identity(key: "far"), prefixes: [Sketch.prefix("10.9.0.0/24")]))
    let other = sketch.network.add(Router(identity: Identity(key: "other"), kind: "router"))
    let table = sketch.network.add(
      RouteTable(
        identity: Identity(key: "other"), routes: [RouteTable.Route(Sketch.prefix("10.9.0.0/24"), next: .local)]))
    _ = sketch.network.add(
      Attachment(
        identity: Identity(key: "other/near"), router: other, farSide: .ports([.init(segment: clients)]), table: table))
    _ = sketch.network.add(
      Attachment(
        identity: Identity(key: "other/far"), router: other, farSide: .ports([.init(segment: far)]), table: table))
    let host = sketch.host("far", in: far, "10.9.0.4")
    #expect(sketch.connection(client, host).arrives == .nothing)
    guard let own = sketch.network[attachment(clients)].table else { return }
    sketch.network.tables[own.offset].open = sketch.unknown()
    #expect(sketch.connection(client, host).arrives == .perhaps(.any))
  }
}
