import NetworkModel
import PacketSpace

// The source port behind which a packet hides (the walk, 4.6).
extension Walk {
  private static let hidingPorts = PortRange(lower: 1024, upper: .max)

  /// One of 1024–65535, the same if it is in range; which one is a choice.
  ///
  /// Ports that no rule tells apart are tried as one.
  mutating func withHidingPort(_ packet: Packet) -> Packet {
    let traffic = packet.traffic
    if !traffic.protocol.hasPorts || Self.hidingPorts.contains(traffic.sourcePort) { return packet }
    let firsts = firstsOfHidingPorts(traffic.protocol, to: traffic.destinationPort)
    var result = packet
    result.traffic = .ports(
      traffic.protocol, from: firsts[completion.choose(of: firsts.count)], to: traffic.destinationPort)
    return result
  }

  /// The first of each run of ports between the ends of the ranges that rules name, for the request and for its answer.
  private func firstsOfHidingPorts(_ proto: IPProtocol, to destination: UInt16) -> [UInt16] {
    let fixed = PortSet(PortRange(destination))
    let request = TrafficSet(proto, destination: fixed)
    let answer = TrafficSet(proto, source: fixed)
    var firsts: Set<UInt16> = [Self.hidingPorts.lower]
    for filter in network.filters {
      for list in [filter.ingress, filter.egress] {
        for rule in list?.rules ?? [] where !rule.traffic.set.isAny {
          let set = rule.traffic.set
          for ports in [
            set.intersection(request).sourcePorts(of: proto), set.intersection(answer).destinationPorts(of: proto),
          ] {
            for range in ports.ranges {
              firsts.insert(range.lower)
              if range.upper < .max { firsts.insert(range.upper + 1) }
            }
          }
        }
      }
    }
    return firsts.filter { Self.hidingPorts.contains($0) }.sorted()
  }
}
