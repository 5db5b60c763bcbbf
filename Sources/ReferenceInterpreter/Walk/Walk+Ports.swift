import NetworkModel
import PacketSpace

// Ports that are not known: ports that nothing in the network tells apart are tried as one.
extension Walk {
  private static let hidingPorts = PortRange(lower: 1024, upper: .max)

  /// The source port behind which a packet hides: one of 1024–65535, the same if it is in range; which one is a choice (the walk, 4.6).
  mutating func withHidingPort(_ packet: Packet) -> Packet {
    let traffic = packet.traffic
    if !traffic.protocol.hasPorts || Self.hidingPorts.contains(traffic.sourcePort) { return packet }
    let ends = index.portRuns.firsts(of: traffic.protocol).filter { Self.hidingPorts.contains($0) }
    let ports = [Self.hidingPorts.lower] + ends.filter { $0 != Self.hidingPorts.lower }
    var result = packet
    result.traffic = .ports(
      traffic.protocol, from: ports[completion.choose(of: ports.count)], to: traffic.destinationPort)
    return result
  }

  /// Every destination port that something in the network tells from the others, the packet's own first.
  func distinctPorts(_ traffic: TrafficPoint) -> [UInt16] {
    guard traffic.protocol.hasPorts else { return [traffic.destinationPort] }
    let ends = index.portRuns.firsts(of: traffic.protocol)
    return [traffic.destinationPort] + ends.filter { $0 != traffic.destinationPort }
  }
}
