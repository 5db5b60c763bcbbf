import NetworkModel
import PacketSpace
import Reachability

/// The source ports that clients of a kind use.
struct Clients {
  /// What Linux takes for outgoing connections unless told otherwise.
  static let ordinary = PortRange(lower: 32768, upper: 60999)
  /// Load balancers and address translation.
  static let wide = PortRange(lower: 1024, upper: 65535)

  private let relayInterfaces: Set<EndpointID>
  let network: Network

  init(_ network: Network) {
    self.network = network
    relayInterfaces = Set(network.relays.flatMap(\.interfaces))
  }

  func ports(of source: Source) -> PortRange {
    guard case .endpoint(let id) = source else { return Self.ordinary }
    let kinds = ["alb", "nlb", "elb", "gwlb", "nat-gateway"]
    return relayInterfaces.contains(id) || kinds.contains(network[id].kind) ? Self.wide : Self.ordinary
  }

  /// All traffic that comes from ports of a range, and all that has no ports.
  static func traffic(from range: PortRange) -> TrafficSet {
    var result = TrafficSet.any
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      result = result.subtracting(TrafficSet(proto, source: PortSet(range).complement))
    }
    return result
  }

  /// Whether a set says anything of source ports: then it is asked as it stands.
  static func namesSourcePorts(_ set: TrafficSet) -> Bool { set.forgettingSourcePorts != set }

  /// The destinations for which all source ports of a range are in a set, with those ports.
  static func whole(_ set: TrafficSet, from range: PortRange) -> TrafficSet {
    let wanted = traffic(from: range)
    let missing = wanted.subtracting(set).forgettingSourcePorts
    return wanted.intersection(set).subtracting(missing)
  }
}
