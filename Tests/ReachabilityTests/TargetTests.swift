import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// The targets of relays that keep the client: which are there, and which may be reached (the walk, section 6).
@Suite struct TargetTests {
  var sketch = Sketch()
  let here: SegmentID
  let there: SegmentID
  let client: EndpointID
  let target: EndpointID

  init() {
    here = sketch.segment(1)
    there = sketch.segment(2)
    client = sketch.host("client", in: here, "10.0.1.4")
    target = sketch.host("target", in: there, "10.0.2.4")
  }

  /// What of a Service's clients is answered, by the Service's address.
  mutating func service(keepsClient: Truth = .yes, present: Truth = .yes) -> Bounds<TrafficSet> {
    let service = sketch.host("service", in: here, "10.0.1.9", layers: [sketch.group("nobody", ingress: [])])
    _ = sketch.relay(
      "service", interfaces: [service],
      targets: [Relay.Target(.endpoint(target), port: 8080, keepsClient: keepsClient, present: present)],
      place: .source)
    return sketch.connection(client, service).answered
  }

  @Test mutating func `a Service leads to its target`() {
    let found = service()
    #expect(found == .sure(.tcp(8080)))
  }

  @Test mutating func `a target of a Service that may be there is perhaps reached`() {
    let unknown = Truth.unknown(sketch.unknown())
    let found = service(present: unknown)
    #expect(found == .perhaps(.tcp(8080)))
  }

  @Test mutating func `a client that may be kept is perhaps kept`() {
    let unknown = Truth.unknown(sketch.unknown())
    let found = service(keepsClient: unknown)
    #expect(found == .perhaps(.tcp(8080)))
  }

  @Test mutating func `a target of a Service that is not there is none`() {
    let found = service(present: .no)
    #expect(found == .nothing)
  }

  @Test mutating func `a target in another zone is reached unless the relay reaches its own only`() {
    sketch.network.segments[here.offset].availabilityZone = "a"
    sketch.network.segments[there.offset].availabilityZone = "b"
    let layer = sketch.group("from balancers", ingress: [Sketch.allow("10.0.1.4/32", .tcp(8080))])
    sketch.network.endpoints[target.offset].placements[0].layers = [layer]
    let balancer = sketch.host("balancer", in: here, "10.0.1.9")
    sketch.network.endpoints[balancer.offset].accepts = .tcp(80)
    let relay = sketch.relay(
      "balancer", interfaces: [balancer],
      targets: [Relay.Target(.endpoint(target), port: 8080, keepsClient: .yes)])
    func answered() -> TrafficSet {
      sketch.engine.connection(.endpoint(client), .address(Sketch.address("10.0.1.9"))).answered.must
    }
    #expect(answered() == .tcp(80))
    sketch.network.relays[relay.offset].reachesSameZoneOnly = true
    #expect(answered() == .none)
  }
}
