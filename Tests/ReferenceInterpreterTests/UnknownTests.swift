import NetworkModel
import PacketSpace
import ReferenceInterpreter
import TestSupport
import Testing

/// The walk, section 9; layers, section 6.
@Suite struct UnknownTests {
  @Test func `an unknown address is tried on both sides of a prefix that divides it`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let b = sketch.segment(2)
    let lower = sketch.group(
      "lower half", ingress: [Rule(.allow, peers: [Peer(addresses: AddressSet(Sketch.prefix("10.0.1.0/25")))])])
    let source = sketch.host("source", in: a, somewhereIn: "10.0.1.0/24")
    let destination = sketch.host("destination", in: b, "10.0.2.4", layers: [lower])
    let outcome = sketch.ask(source, destination)
    #expect(outcome.arrives == .undecided)
    #expect(outcome.deciding.map { sketch.network[$0].reason } == ["the address of source"])
    #expect(outcome.possibleBlockers == Set(outcome.blockers))
  }

  @Test func `two blocks that hold all of an unknown address decide it`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let b = sketch.segment(2)
    let halves = sketch.group(
      "halves",
      ingress: ["10.0.1.0/25", "10.0.1.128/25"].map {
        Rule(.allow, peers: [Peer(addresses: AddressSet(Sketch.prefix($0)))])
      })
    let source = sketch.host("source", in: a, somewhereIn: "10.0.1.0/24")
    let destination = sketch.host("destination", in: b, "10.0.2.4", layers: [halves])
    #expect(sketch.ask(source, destination).answered == .yes)
  }

  @Test func `unknown addresses are told apart by identity and equal no known one`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let source = sketch.host("source", in: a, "10.0.1.9")
    let one = sketch.host("one", in: a, somewhereIn: "10.0.1.0/24")
    let other = sketch.host("other", in: a, somewhereIn: "10.0.1.0/24")
    #expect(sketch.ask(source, one).ending == .endpoint(one, placement: 0))
    #expect(sketch.ask(source, other).ending == .endpoint(other, placement: 0))
    let literal = Packet(
      source: sketch.address(of: source), destination: PacketAddress(Sketch.address("10.0.1.77")),
      traffic: .ports(.tcp, from: 50000, to: 80))
    let outcome = sketch.ask(.endpoint(source, placement: 0), literal, .anybody)
    #expect(outcome.blockers == [Blocker(.request, .segment(a), .noEndpoint)])
  }

  @Test func `of two placements each is tried`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let b = sketch.segment(2)
    let closed = sketch.group("closed", ingress: [])
    let source = sketch.host("source", in: a, "10.0.1.4")
    let relay = sketch.host("middle", in: b, "10.0.2.4")
    sketch.network.endpoints[relay.offset].placements.append(
      Placement(segment: b, addresses: [HeldAddress(Sketch.address("10.0.2.4"))], layers: [closed]))
    #expect(sketch.ask(source, relay).arrives == .undecided)
    let question = WalkQuestion(
      origin: .endpoint(source, placement: 0),
      packet: Packet(
        source: sketch.address(of: source), destination: sketch.address(of: relay),
        traffic: .ports(.tcp, from: 50000, to: 80)), asked: .endpoint(relay), askedPlacement: 1)
    #expect(Interpreter(sketch.network).judge(question).arrives == .no)
  }

  @Test func `equal routes with different next hops are a choice`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    _ = sketch.segment(2)
    let (zone, _) = sketch.zone(.declared, "192.168.0.0/16")
    let source = sketch.host("source", in: a, "10.0.1.4")
    let packet = Packet(
      source: sketch.address(of: source), destination: PacketAddress(Sketch.address("192.168.0.1")),
      traffic: .ports(.tcp, from: 50000, to: 80))
    #expect(sketch.ask(.endpoint(source, placement: 0), packet, .zone(zone)).answered == .yes)
    sketch.route("0.0.0.0/0", .drop, from: a)
    #expect(sketch.ask(.endpoint(source, placement: 0), packet, .zone(zone)).answered == .undecided)
  }

  @Test func `a route that may be absent leaves the next one`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let (zone, _) = sketch.zone(.declared, "192.168.0.0/16")
    let source = sketch.host("source", in: a, "10.0.1.4")
    let packet = Packet(
      source: sketch.address(of: source), destination: PacketAddress(Sketch.address("192.168.0.1")),
      traffic: .ports(.tcp, from: 50000, to: 80))
    let unknown = sketch.unknown("whether the black hole is there")
    sketch.route("192.168.0.0/16", .drop, present: .unknown(unknown), from: a)
    let outcome = sketch.ask(.endpoint(source, placement: 0), packet, .zone(zone))
    #expect(outcome.arrives == .undecided)
    #expect(outcome.deciding == [unknown])
  }

  @Test func `a boundary filter that may be absent may pass`() {
    var sketch = Sketch()
    let unknown = sketch.unknown()
    let nothing = sketch.filter("nothing", ingress: [], egress: [], present: .unknown(unknown), isStateful: false)
    let a = sketch.segment(1)
    let b = sketch.segment(2, boundary: [nothing])
    let source = sketch.host("source", in: a, "10.0.1.4")
    let destination = sketch.host("destination", in: b, "10.0.2.4")
    let outcome = sketch.ask(source, destination)
    #expect(outcome.arrives == .undecided)
    #expect(outcome.possibleBlockers.contains(Blocker(.request, .segment(b), .boundary(.ingress, nothing))))
  }

  @Test func `an appliance that is not understood may pass and must drop`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let b = sketch.segment(2)
    let source = sketch.host("source", in: a, "10.0.1.4")
    let destination = sketch.host("destination", in: b, "10.0.2.4")
    let appliance = sketch.appliance("appliance", in: b, notUnderstood: sketch.unknown())
    sketch.route("10.0.2.0/24", .port(appliance), from: a)
    let outcome = sketch.ask(source, destination)
    #expect(outcome.arrives == .undecided)
    #expect(outcome.blockers.map(\.reason) == [.notUnderstood])
  }

  @Test func `an implicit zone may hold any address and may send any packet`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let source = sketch.host("source", in: a, "10.0.1.4")
    let (zone, outside) = sketch.zone(.implicit(sketch.unknown()), "192.168.0.0/16")
    let there = Packet(
      source: sketch.address(of: source), destination: PacketAddress(Sketch.address("192.168.0.1")),
      traffic: .ports(.tcp, from: 50000, to: 80))
    #expect(sketch.ask(.endpoint(source, placement: 0), there, .zone(zone)).arrives == .undecided)
    let here = Packet(source: there.destination, destination: there.source, traffic: there.traffic)
    #expect(sketch.ask(.zone(zone, by: outside), here, .endpoint(source)).arrives == .undecided)
  }

  /// A packet that hides, and answers that are admitted to some ports only: whether it is answered, by its own source port.
  private static func answered(admittingTo ports: PortSet, from port: UInt16) -> Certainty {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let (zone, outside) = sketch.zone(.declared, "192.168.0.0/16", hiding: Sketch.address("172.16.0.1"))
    let admission = sketch.filter(
      "some ports", ingress: [Rule(.allow, traffic: RuleTraffic(TrafficSet(.tcp, destination: ports)))],
      isStateful: false)
    sketch.network.attachments[outside.offset].inFilters = [admission]
    let source = sketch.host("source", in: a, "10.0.1.4")
    let packet = Packet(
      source: sketch.address(of: source), destination: PacketAddress(Sketch.address("192.168.0.1")),
      traffic: .ports(.tcp, from: port, to: 80))
    return sketch.ask(.endpoint(source, placement: 0), packet, .zone(zone)).answered
  }

  @Test func `the port behind which a packet hides is a choice unless it stays`() {
    let low = PortSet(PortRange(lower: 0, upper: 30000))
    #expect(Self.answered(admittingTo: low, from: 2000) == .yes)
    #expect(Self.answered(admittingTo: low, from: 40000) == .no)
    #expect(Self.answered(admittingTo: low, from: 500) == .undecided)
  }

  @Test func `a packet hides behind any port from 1024 to the last`() {
    for port in [UInt16(1024), 65535] {
      #expect(Self.answered(admittingTo: PortSet(PortRange(port)), from: 500) == .undecided, "\(port)")
      #expect(Self.answered(admittingTo: PortSet(PortRange(port)), from: port) == .yes, "\(port)")
    }
    #expect(Self.answered(admittingTo: PortSet(PortRange(lower: 0, upper: 1023)), from: 500) == .no)
    #expect(Self.answered(admittingTo: PortSet(PortRange(lower: 1024, upper: 65535)), from: 500) == .yes)
  }

  @Test func `more completions than the limit leave everything undecided`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let b = sketch.segment(2)
    let source = sketch.host("source", in: a, somewhereIn: "10.0.1.0/24")
    let blocks = (0..<16).map {
      Rule(.allow, peers: [Peer(addresses: AddressSet(Sketch.prefix("10.0.1.\($0 * 16)/28")))])
    }
    let destination = sketch.host("destination", in: b, "10.0.2.4", layers: [sketch.group("blocks", ingress: blocks)])
    #expect(sketch.ask(source, destination).arrives == .yes)
    let outcome = sketch.ask(source, destination, limit: 3)
    #expect(outcome.truncated)
    #expect(outcome.arrives == .undecided)
  }

  @Test func `two alike are at two addresses`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let group = sketch.group(
      "from one half to the other",
      ingress: [Rule(.allow, peers: [Peer(addresses: AddressSet(Sketch.prefix("10.0.1.0/25")))])],
      egress: [Rule(.allow, peers: [Peer(addresses: AddressSet(Sketch.prefix("10.0.1.128/25")))])])
    let many = sketch.host("many", in: a, somewhereIn: "10.0.1.0/24", layers: [group])
    #expect(sketch.ask(many, many).arrives == .no)
    sketch.network.endpoints[many.offset].standsForMany = true
    #expect(sketch.ask(many, many).arrives == .undecided)
  }
}
