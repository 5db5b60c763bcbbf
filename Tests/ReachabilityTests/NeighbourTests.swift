import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

/// An unknown address is a case for each part that something on its way tells apart: the far end's layers inside a segment, and everything
/// on the way between two.
@Suite struct NeighbourTests {
  @Test func `the sender's rules tell apart where a neighbour may be`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let half = sketch.group("lower half", egress: [Sketch.allow("10.0.1.0/25")])
    let sender = sketch.host("sender", in: here, "10.0.1.4", layers: [half])
    let somewhere = sketch.host("somewhere", in: here, somewhereIn: "10.0.1.0/24")
    #expect(sketch.connection(sender, somewhere).answered == .perhaps(.any))
    #expect(sketch.connection(somewhere, sender).answered == .sure(.any))
  }

  @Test func `the receiver's rules tell apart where a neighbour may be`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let half = sketch.group("lower half", ingress: [Sketch.allow("10.0.1.0/25")])
    let receiver = sketch.host("receiver", in: here, "10.0.1.4", layers: [half])
    let somewhere = sketch.host("somewhere", in: here, somewhereIn: "10.0.1.0/24")
    #expect(sketch.connection(somewhere, receiver).answered == .perhaps(.any))
    #expect(sketch.connection(receiver, somewhere).answered == .sure(.any))
  }

  @Test func `between segments the boundary tells it apart too`() {
    var sketch = Sketch()
    let half = sketch.filter(
      "lower half", ingress: [Rule(.allow, near: Sketch.set("10.0.2.0/25")), Rule(.deny)],
      egress: [Rule(.allow)], isStateful: false)
    let here = sketch.segment(1)
    let there = sketch.segment(2, boundary: [half])
    let sender = sketch.host("sender", in: here, "10.0.1.4")
    let somewhere = sketch.host("somewhere", in: there, somewhereIn: "10.0.2.0/24")
    #expect(sketch.connection(sender, somewhere).arrives == .perhaps(.any))
  }

  @Test func `a flow that may be is a flow`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let rule = Sketch.allow(nil, .tcp(80), present: .unknown(sketch.unknown()))
    let sender = sketch.host("sender", in: here, "10.0.1.4")
    let receiver = sketch.host(
      "receiver", in: here, "10.0.1.5", layers: [sketch.group("perhaps", ingress: [rule])])
    let flows = sketch.engine.flows(.endpoint(sender), .endpoint(receiver))
    #expect(flows.map(\.arrives) == [.perhaps(.tcp(80))])
    #expect(flows.map(\.sent) == [.perhaps(.tcp(80))])
  }

  /// A pod of a node that is not known is on one machine with another, or is not; a third possibility is that it is on none.
  @Test func `placements with and without a machine are together or apart`() {
    var sketch = Sketch()
    let here = sketch.segment(1)
    let machine = sketch.network.add(Machine(key: "machine"))
    let closed = sketch.group("nobody", ingress: [], egress: [])
    func pod(_ name: String, _ address: String) -> EndpointID {
      let pod = sketch.host(name, in: here, address, layers: [closed])
      var onMachine = sketch.network[pod].placements[0]
      onMachine.machine = machine
      sketch.network.endpoints[pod.offset].placements.append(onMachine)
      return pod
    }
    let (one, other) = (pod("one", "10.0.1.4"), pod("other", "10.0.1.5"))
    #expect(sketch.connection(one, other).answered == .perhaps(.any))
  }
}
