import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport
import Testing

@Suite struct `Relays in a circle` {
  /// A relay that keeps the client and has itself as target, as an address in a target group may say.
  private static func circle() throws -> Network {
    var network = Network()
    let prefix = try #require(IPPrefix("10.0.0.0/24"))
    let segment = network.add(Segment(identity: Identity(key: "segment"), prefixes: [prefix]))
    func add(_ name: String, _ address: UInt32) -> EndpointID {
      network.add(
        Endpoint(
          identity: Identity(key: name), kind: "host",
          placements: [Placement(segment: segment, addresses: [HeldAddress(IPAddress(v4: 10 << 24 | address))])]))
    }
    _ = add("client", 4)
    let interface = add("relay", 5)
    _ = network.add(
      Relay(
        identity: Identity(key: "relay"), kind: "relay", interfaces: [interface],
        listeners: [
          Relay.Listener(
            transport: .tcp, ports: PortRange(80),
            targets: [Relay.Target(.endpoint(interface), port: 80, keepsClient: .yes)])
        ]))
    return network
  }

  @Test func `are left, and nothing arrives`() throws {
    let network = try Self.circle()
    let connection = Engine(network).connection(.endpoint(EndpointID(0)), .endpoint(EndpointID(1)))
    let http = TrafficPoint.ports(.tcp, from: 50000, to: 80)
    #expect(!connection.arrives.may.contains(http))
    #expect(connection.arrives.must.contains(.ports(.tcp, from: 50000, to: 81)))
    let plain = Expansion(network, classes: CompiledNetwork(network).classes)
      .judge(.endpoint(EndpointID(0)), .endpoint(EndpointID(1)), http)
    #expect(!plain.arrives.may)
  }
}
