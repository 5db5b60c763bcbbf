import NetworkModel
import PacketSpace

// Ports that are not known: ports that nothing in the network tells apart are tried as one.
extension Walk {
  private static let hidingPorts = PortRange(lower: 1024, upper: .max)

  /// The source port behind which a packet hides: one of 1024–65535, the same if it is in range; which one is a choice (the walk, 4.6).
  mutating func withHidingPort(_ packet: Packet) -> Packet {
    let traffic = packet.traffic
    if !traffic.protocol.hasPorts || Self.hidingPorts.contains(traffic.sourcePort) { return packet }
    let ends = portEnds(traffic.protocol).filter { Self.hidingPorts.contains($0) }
    let ports = [Self.hidingPorts.lower] + ends.filter { $0 != Self.hidingPorts.lower }
    var result = packet
    result.traffic = .ports(
      traffic.protocol, from: ports[completion.choose(of: ports.count)], to: traffic.destinationPort)
    return result
  }

  /// Every destination port that something in the network tells from the others, the packet's own first.
  func distinctPorts(_ traffic: TrafficPoint) -> [UInt16] {
    guard traffic.protocol.hasPorts else { return [traffic.destinationPort] }
    let ends = portEnds(traffic.protocol)
    return [traffic.destinationPort] + ends.filter { $0 != traffic.destinationPort }
  }

  /// The first of each run of ports between the ends of the ranges that rules, endpoints and relays name, in order, beginning with 0.
  private func portEnds(_ proto: IPProtocol) -> [UInt16] {
    var ends: Set<UInt16> = [0]
    func add(_ ports: PortSet) {
      for range in ports.ranges {
        ends.insert(range.lower)
        if range.upper < .max { ends.insert(range.upper + 1) }
      }
    }
    func add(_ set: TrafficSet) {
      if set.isAny { return }
      // One rule names one range of each side, or a few with gaps: their ends show in the set or in what it lacks.
      for part in [set, set.complement] {
        add(part.destinationPorts(of: proto))
        add(part.sourcePorts(of: proto))
      }
    }
    for filter in network.filters {
      for list in [filter.ingress, filter.egress] {
        for rule in list?.rules ?? [] { add(rule.traffic.set) }
      }
    }
    for endpoint in network.endpoints {
      if let accepts = endpoint.accepts { add(accepts) }
      for named in endpoint.namedPorts { if let port = named.port { add(PortSet(PortRange(port))) } }
    }
    for relay in network.relays {
      for listener in relay.listeners { add(PortSet(listener.ports)) }
    }
    return ends.sorted()
  }
}
