import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// Atoms and classes are divided by no rule: whatever tells two addresses or two packets apart makes a cut.
@Suite struct CutTests {
  @Test func `a route for a part of a zone leads to that part only`() {
    var sketch = Sketch()
    let (zone, out) = sketch.zone(.declared, "198.51.0.0/16")
    let here = sketch.segment(1)
    let host = sketch.host("host", in: here, "10.0.1.4")
    let toGateway = sketch.network.attachments.indices.map { AttachmentID($0) }.first {
      sketch.network[$0].identity.key == "router/gateway"
    }
    guard let toGateway else { return #expect(Bool(false), "a zone is behind a gateway of the router") }
    sketch.route("198.51.128.0/17", .link(toGateway), from: here)
    let table = ConnectivityTable(sketch.engine, endpoints: [host], external: zone)
    let outward = table.ends.indices.flatMap { source in
      table.entries(from: source).map { (source: table.ends[source], entry: $0) }
    }.filter { if case .host = $0.source { true } else { false } }.map(\.entry)
    #expect(outward.map { table.answers[$0.answer] } == [.sure(.any)])
    guard case .outside(zone, let region)? = outward.first.map({ table.ends[$0.destination] }) else {
      return #expect(Bool(false), "something of the zone is reached")
    }
    #expect(region == Sketch.set("198.51.128.0/17"))
    #expect(sketch.network[zone].behind == [out])
  }

  @Test func `where an unseen member may lie is told apart from where it may not`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let unknown = sketch.unknown()
    let members = sketch.network.add(
      Membership(
        identity: Identity(key: "absent"), outside: .unknown(unknown), outsideWithin: Sketch.set("198.51.0.0/17")))
    let layer = sketch.group("absent", ingress: [Rule(.allow, peers: [Peer(membership: members)])])
    let host = sketch.host("host", in: here, "10.0.1.4", layers: [layer])
    let (zone, _) = sketch.zone(.declared, "198.51.0.0/16")
    let engine = sketch.engine
    func arrives(_ block: String) -> Bounds<TrafficSet> {
      engine.connection(.zone(zone, within: Sketch.set(block)), .endpoint(host)).arrives
    }
    #expect(arrives("198.51.0.0/17") == .perhaps(.any))
    #expect(arrives("198.51.128.0/17") == .nothing)
  }

  /// The layers of a router's own interface are asked about answers of which the request went another way, in either direction.
  @Test func `what a router's interface lets out of answers cuts the client's ports`() {
    var sketch = Sketch()
    let (clients, servers, between) = (sketch.segment(1), sketch.segment(2), sketch.segment(3))
    let client = sketch.host("client", in: clients, "10.0.1.4")
    let server = sketch.host("server", in: servers, "10.0.2.4")
    let appliance = sketch.appliance("appliance", in: between)
    sketch.route("10.0.1.0/24", .port(appliance), from: servers)
    let answers = PortSet(PortRange(lower: 50000, upper: 50099))
    let out = sketch.filter(
      "out", egress: [Sketch.allow(nil, TrafficSet(.tcp, destination: answers))],
      isStateful: false)
    let layer = sketch.network.add(
      Layer(
        identity: Identity(key: "interface"), default: .deny,
        ingress: [Tier(.union, isolates: true, entries: [Tier.Entry(sketch.filter("in", isStateful: false))])],
        egress: [Tier(.union, isolates: true, entries: [Tier.Entry(out)])]))
    let interface = sketch.host("interface", in: between, "10.0.3.4", layers: [layer])
    sketch.network.attachments[appliance.offset].farSide = .ports([.init(segment: between, endpoint: interface)])
    let found = sketch.connection(client, server).answered.must
    #expect(found.contains(TrafficSet(.tcp, destination: PortSet(PortRange(80)), source: answers)))
    #expect(!found.overlaps(TrafficSet(.tcp, destination: PortSet(PortRange(80)), source: answers.complement)))
  }
}
