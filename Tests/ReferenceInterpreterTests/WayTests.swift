import NetworkModel
import PacketSpace
import ReferenceInterpreter
import TestSupport
import Testing

/// Fronts, machines and relays at the source, which no vector of the walk holds (layers, section 3; the walk, 6.5).
@Suite struct WayTests {
  @Test func `a packet that leaves by the front bears its address, layers and memberships, and the answer finds back`()
  {
    var sketch = Sketch()
    let pods = sketch.segment(1)
    let nodes = sketch.segment(2)
    let away = sketch.segment(3)
    let members = sketch.membership("nodes")
    let closed = sketch.group("pods send nothing", egress: [])
    let onlyNodes = sketch.group("only nodes", ingress: [Rule(.allow, peers: [Peer(membership: members)])])
    let node = sketch.host("node", in: nodes, "10.0.2.4", memberships: [members: .yes])
    let front = Front(endpoint: node, directPrefixes: [Sketch.prefix("10.0.1.0/24")])
    let pod = sketch.host("pod", in: pods, "10.0.1.4", layers: [closed], front: front)
    let destination = sketch.host("destination", in: away, "10.0.3.4", layers: [onlyNodes])
    let outcome = sketch.ask(pod, destination)
    #expect(outcome.answered == .yes)
    #expect(outcome.arrivedPacket?.source == PacketAddress(Sketch.address("10.0.2.4")))
    // Inside the prefixes it leaves by its own interface.
    let neighbour = sketch.host("neighbour", in: pods, "10.0.1.5")
    #expect(sketch.ask(pod, neighbour).arrives == .no)
  }

  @Test func `on one machine the layers of interfaces are not met, those of endpoints are`() {
    var sketch = Sketch()
    let pods = sketch.segment(1)
    let machine = sketch.network.add(Machine(key: "machine"))
    let closed = sketch.group("closed", ingress: [], egress: [])
    let one = sketch.host("one", in: pods, "10.0.1.4", layers: [closed], machine: machine)
    let other = sketch.host("other", in: pods, "10.0.1.5", layers: [closed], machine: machine)
    let guarded = sketch.host("guarded", in: pods, "10.0.1.6", policies: [closed], machine: machine)
    let elsewhere = sketch.host("elsewhere", in: pods, "10.0.1.7")
    #expect(sketch.ask(one, other).answered == .yes)
    #expect(sketch.ask(one, guarded).arrives == .no)
    #expect(sketch.ask(elsewhere, other).arrives == .no)
    #expect(sketch.ask(one, elsewhere).arrives == .no)
  }

  @Test func `a relay at the source is translated before anything is met, and back on reaching the origin`() {
    var sketch = Sketch()
    let pods = sketch.segment(1)
    let members = sketch.membership("clients")
    let clients = sketch.group(
      "from clients on 8080",
      ingress: [
        Rule(.allow, peers: [Peer(membership: members)], traffic: RuleTraffic(.tcp(8080)))
      ])
    let client = sketch.host("client", in: pods, "10.0.1.4", memberships: [members: .yes])
    let target = sketch.host("target", in: pods, "10.0.1.5", layers: [clients])
    let service = sketch.host("service", in: pods, "172.20.0.1")
    let relay = sketch.relay(
      "service", interfaces: [service], targets: [Relay.Target(.endpoint(target), port: 8080, keepsClient: .yes)],
      place: .source)
    let outcome = sketch.ask(client, service)
    #expect(outcome.answered == .yes)
    #expect(outcome.ending == .endpoint(target, placement: 0))
    #expect(outcome.hops.contains(Hop(.request, .relay(relay), .listener(relay, listener: 0, target: 0))))
    #expect(sketch.ask(client, service, port: 81).arrives == .no)
  }

  @Test func `a service is its own cluster's`() {
    var sketch = Sketch()
    let pods = sketch.segment(1)
    let services = sketch.segment(2)
    let target = sketch.host("target", in: pods, "10.0.1.5")
    let service = sketch.host("service", in: services, "172.20.0.1")
    _ = sketch.relay(
      "service", interfaces: [service], targets: [Relay.Target(.endpoint(target), keepsClient: .yes)], place: .source,
      cluster: "prod")
    let pod = sketch.host("pod", in: pods, "10.0.1.4")
    let instance = sketch.host("instance", in: pods, "10.0.1.6")
    sketch.network.endpoints[pod.offset].attributes.insert("prod", for: .cluster)
    #expect(sketch.ask(pod, service).answered == .yes)
    #expect(sketch.ask(instance, service).arrives == .no)
  }

  @Test func `any target will do`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let closed = sketch.group("closed", ingress: [])
    let client = sketch.host("client", in: a, "10.0.1.4")
    let balancer = sketch.host("balancer", in: a, "10.0.1.5")
    let open = sketch.host("open", in: a, "10.0.1.6")
    let shut = sketch.host("shut", in: a, "10.0.1.7", layers: [closed])
    _ = sketch.relay(
      "balancer", interfaces: [balancer],
      targets: [shut, open].map { Relay.Target(.endpoint($0), keepsClient: .yes) })
    #expect(sketch.ask(client, balancer).answered == .yes)
    #expect(sketch.ask(client, balancer, target: shut).arrives == .no)
    #expect(sketch.ask(client, balancer, target: open).ending == .endpoint(open, placement: 0))
  }

  @Test func `whether the client is kept may be unknown`() {
    var sketch = Sketch()
    let a = sketch.segment(1)
    let closed = sketch.group("closed", ingress: [])
    let client = sketch.host("client", in: a, "10.0.1.4")
    let balancer = sketch.host("balancer", in: a, "10.0.1.5")
    let shut = sketch.host("shut", in: a, "10.0.1.7", layers: [closed])
    let unknown = sketch.unknown("whether clients are kept")
    _ = sketch.relay(
      "balancer", interfaces: [balancer],
      targets: [Relay.Target(.endpoint(shut), keepsClient: .unknown(unknown))])
    let outcome = sketch.ask(client, balancer)
    #expect(outcome.arrives == .undecided)
    #expect(outcome.deciding == [unknown])
  }

  @Test func `a relay on the machine of its target hands it over there`() {
    var sketch = Sketch()
    let nothing = sketch.filter("nothing", ingress: [], egress: [], isStateful: false)
    let nodes = sketch.segment(1)
    let pods = sketch.segment(2, boundary: [nothing])
    let machine = sketch.network.add(Machine(key: "machine"))
    let client = sketch.host("client", in: nodes, "10.0.1.9")
    let node = sketch.host("node", in: nodes, "10.0.1.4", machine: machine)
    let pod = sketch.host("pod", in: pods, "10.0.2.4", machine: machine)
    _ = sketch.relay(
      "node port", interfaces: [node], targets: [Relay.Target(.endpoint(pod), keepsClient: .yes)])
    #expect(sketch.ask(client, node).answered == .yes)
    #expect(sketch.ask(client, pod).arrives == .no)
  }

  @Test func `the hops name what let the packet on`() {
    var sketch = Sketch()
    let boundary = sketch.filter("boundary", isStateful: false)
    let a = sketch.segment(1, boundary: [boundary])
    let b = sketch.segment(2)
    let group = sketch.group("group")
    let source = sketch.host("source", in: a, "10.0.1.4")
    let destination = sketch.host("destination", in: b, "10.0.2.4", layers: [group])
    let outcome = sketch.ask(source, destination)
    let request = outcome.hops.filter { $0.half == .request }
    #expect(
      request == [
        Hop(.request, .endpoint(source), .sent),
        Hop(.request, .attachment(AttachmentID(0)), .route(RouteTableID(0), index: 0)),
        Hop(.request, .segment(a), .rule(.egress, boundary, index: 0)),
        Hop(.request, .endpoint(destination), .rule(.ingress, FilterID(1), index: 0)),
        Hop(.request, .endpoint(destination), .delivered),
      ])
    #expect(outcome.hops.last == Hop(.answer, .endpoint(source), .delivered))
  }
}
