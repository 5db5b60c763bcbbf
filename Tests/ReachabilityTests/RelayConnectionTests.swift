import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// Relays between a source and a target that are asked about by name.
@Suite struct RelayConnectionTests {
  var sketch = Sketch()
  let clients: SegmentID
  let servers: SegmentID
  let client: EndpointID
  let balancers: MembershipID
  let balancer: EndpointID
  let target: EndpointID

  /// A balancer before a target that admits the balancer only.
  init() {
    clients = sketch.segment(1)
    servers = sketch.segment(2)
    client = sketch.host("client", in: clients, "10.0.1.4")
    balancers = sketch.membership("balancers")
    balancer = sketch.host("balancer", in: servers, "10.0.2.4", memberships: [balancers: .yes])
    let layer = sketch.group("from balancers", ingress: [Rule(.allow, peers: [Peer(membership: balancers)])])
    target = sketch.host("target", in: servers, "10.0.2.5", layers: [layer])
  }

  mutating func balance(keepsClient: Truth, present: Truth = .yes) {
    _ = sketch.relay(
      "balancer", interfaces: [balancer],
      targets: [Relay.Target(.endpoint(target), port: 8080, keepsClient: keepsClient, present: present)])
  }

  @Test mutating func `a target is reached by name through a relay that keeps the client`() {
    #expect(sketch.connection(client, target).arrives == .nothing)
    balance(keepsClient: .yes)
    #expect(sketch.connection(client, target).answered == .sure(.tcp(8080)))
  }

  @Test mutating func `and from outside by the relay's public address`() {
    balance(keepsClient: .yes)
    let (internet, out) = sketch.zone(.internet, "198.51.0.0/16")
    sketch.network.zones[internet.offset].behind = []
    sketch.network.attachments[out.offset].translations = [
      Translation(
        .oneToOne(
          inside: HeldAddress(Sketch.address("10.0.2.4")), outside: HeldAddress(Sketch.address("198.51.7.4"))))
    ]
    let engine = sketch.engine
    let found = engine.connection(.zone(internet, within: .everything), .endpoint(target))
    #expect(found.answered == .sure(.tcp(8080)))
  }

  @Test mutating func `through a relay that may be no target's nothing is sure`() {
    balance(keepsClient: .yes, present: .unknown(sketch.unknown()))
    #expect(sketch.connection(client, target).answered == .perhaps(.tcp(8080)))
  }

  @Test mutating func `a relay that ends connections opens them to its targets' ports and to nobody else`() {
    balance(keepsClient: .no)
    let other = sketch.host("other", in: servers, "10.0.2.6")
    #expect(sketch.connection(client, target).arrives == .nothing)
    #expect(sketch.connection(balancer, target).answered == .sure(.tcp(8080)))
    #expect(sketch.connection(balancer, other).arrives == .nothing)
  }

  @Test mutating func `a target that is not there is none`() {
    balance(keepsClient: .no, present: .no)
    #expect(sketch.connection(balancer, target).arrives == .nothing)
  }

  @Test mutating func `a target that may be there is perhaps reached`() {
    balance(keepsClient: .no, present: .unknown(sketch.unknown()))
    let found = sketch.connection(balancer, target)
    #expect(found.arrives == .perhaps(.tcp(8080)))
    #expect(found.answered == .perhaps(.tcp(8080)))
  }

  @Test mutating func `what may be let in is not surely answered because the target is sure`() {
    balance(keepsClient: .no)
    let perhaps = Rule(
      .allow, present: .unknown(sketch.unknown()), peers: [Peer(membership: balancers)], traffic: .everything)
    let layer = sketch.group("perhaps", ingress: [perhaps])
    sketch.network.endpoints[target.offset].placements[0].layers = [layer]
    let found = sketch.connection(balancer, target)
    #expect(found.arrives == .perhaps(.tcp(8080)))
    #expect(found.answered == .perhaps(.tcp(8080)))
  }
}
