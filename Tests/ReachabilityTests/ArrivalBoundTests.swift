import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// What the ends alone say of a pair, before any way is walked.
@Suite struct ArrivalBoundTests {
  var sketch = Sketch()
  let here: SegmentID
  let there: SegmentID
  let client: EndpointID

  init() {
    here = sketch.segment(1)
    there = sketch.segment(2)
    client = sketch.host("client", in: here, "10.0.1.4")
  }

  func isShut(_ source: EndpointID, _ destination: EndpointID) -> Bool {
    sketch.engine.shut(.endpoint(source), .endpoint(destination)) != nil
  }

  @Test mutating func `what admits nobody is shut, without a walk`() {
    let closed = sketch.host("closed", in: there, "10.0.2.4", layers: [sketch.group("nobody", ingress: [])])
    #expect(isShut(client, closed))
    #expect(!isShut(closed, client))
  }

  @Test mutating func `every layer must admit the same traffic`() {
    let layers = [
      sketch.group("web", ingress: [Sketch.allow(nil, .tcp(80))]),
      sketch.group("tls", ingress: [Sketch.allow(nil, .tcp(443))]),
    ]
    let closed = sketch.host("closed", in: there, "10.0.2.4", layers: layers)
    #expect(isShut(client, closed))
  }

  @Test mutating func `what admits some traffic is shut but for it`() {
    let web = sketch.host(
      "web", in: there, "10.0.2.4", layers: [sketch.group("web", ingress: [Sketch.allow(nil, .tcp(80))])])
    let engine = sketch.engine
    func isShut(but traffic: TrafficSet) -> Bool { engine.isShut(.endpoint(client), .endpoint(web), but: traffic) }
    #expect(isShut(but: .tcp(80)) && isShut(but: .tcp(80, 443)))
    #expect(!isShut(but: .tcp(443)) && !isShut(but: .none))
    #expect(engine.shut(.endpoint(client), .endpoint(web), on: .tcp(443)) != nil)
    #expect(engine.shut(.endpoint(client), .endpoint(web), on: .tcp(80)) == nil)
  }

  @Test mutating func `on one machine the interface's layers admit everything, and between machines they do not`() {
    let machine = sketch.network.add(Machine(key: "machine"))
    let closed = sketch.group("nobody", ingress: [], egress: [])
    let one = sketch.host("one", in: here, "10.0.1.5", layers: [closed], machine: machine)
    let other = sketch.host("other", in: here, "10.0.1.6", layers: [closed], machine: machine)
    let apart = sketch.host("apart", in: here, "10.0.1.7", layers: [closed])
    #expect(!isShut(one, other))
    #expect(sketch.connection(one, other).answered == .sure(.any))
    #expect(isShut(one, apart))
    #expect(sketch.engine.shut(.endpoint(one), .endpoint(other), isApart: true) != nil)
  }

  @Test(arguments: [true, false]) mutating func `an address that something on the way may give is not shut out`(
    isSure: Bool
  ) {
    let present = isSure ? Truth.yes : .unknown(sketch.unknown())
    let admits = sketch.group("known", ingress: [Sketch.allow("198.51.7.4/32")])
    let guarded = sketch.host("guarded", in: there, "10.0.2.4", layers: [admits])
    #expect(isShut(client, guarded))
    let (_, out) = sketch.zone(.internet, "198.51.0.0/16")
    sketch.network.attachments[out.offset].translations = [
      Translation(.hide(.anyIPv4, behind: HeldAddress(Sketch.address("198.51.7.4"))), present: present)
    ]
    #expect(!isShut(client, guarded))
    sketch.network.attachments[out.offset].translations?[0].present = .no
    #expect(isShut(client, guarded))
  }

  @Test mutating func `a service's own endpoint may be closed, for nothing arrives there`() {
    let target = sketch.host("target", in: here, "10.0.1.5")
    let service = sketch.host("service", in: there, "10.0.2.4", layers: [sketch.group("nobody", ingress: [])])
    _ = sketch.relay(
      "service", interfaces: [service], targets: [Relay.Target(.endpoint(target), port: 8080, keepsClient: .yes)],
      place: .source)
    #expect(!isShut(client, service))
    #expect(sketch.connection(client, service).answered == .sure(.tcp(8080)))
  }
}
