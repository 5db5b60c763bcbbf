import Language
package import PacketSpace

/// Traffic as people say it: names of services before their numbers.
package enum TrafficWording {
  /// `postgres (tcp/5432)` where a single port of TCP has a name, else the canonical text. Source ports are left out.
  package static func describe(_ traffic: TrafficSet) -> String {
    let traffic = traffic.forgettingSourcePorts
    let ports = traffic.destinationPorts(of: .tcp)
    guard ports.ranges.count == 1, ports.ranges[0].lower == ports.ranges[0].upper,
      traffic == .tcp(ports.ranges[0].lower),
      let name = ServiceNames.name(of: ports.ranges[0].lower)
    else { return traffic.description }
    return "\(name) (\(traffic))"
  }
}
