import NetworkModel
import PacketSpace

/// The runs of ports between the ends of the ranges that rules, endpoints and relays name: ports of one run are alike to everything.
struct PortRuns: Sendable {
  private let byProtocol: [IPProtocol: [UInt16]]

  init(_ network: Network) {
    var sets: Set<TrafficSet> = []
    for filter in network.filters {
      for list in [filter.ingress, filter.egress] {
        for rule in list?.rules ?? [] { sets.insert(rule.traffic.set) }
      }
    }
    for index in network.endpoints.indices {
      if let accepts = network.endpoints[index].accepts { sets.insert(accepts) }
    }
    var single: Set<PortRange> = []
    for named in network.endpoints.flatMap(\.namedPorts) {
      if let port = named.port { single.insert(PortRange(port)) }
    }
    for listener in network.relays.flatMap(\.listeners) { single.insert(listener.ports) }
    sets.remove(.any)
    // One rule names one range of each side, or a few with gaps: their ends show in the set or in what it lacks.
    let parts = sets.flatMap { [$0, $0.complement] }
    var byProtocol: [IPProtocol: [UInt16]] = [:]
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      var firsts: Set<UInt16> = [0]
      func add(_ range: PortRange) {
        firsts.insert(range.lower)
        if range.upper < .max { firsts.insert(range.upper + 1) }
      }
      for range in single { add(range) }
      for part in parts {
        for range in part.destinationPorts(of: proto).ranges { add(range) }
        for range in part.sourcePorts(of: proto).ranges { add(range) }
      }
      byProtocol[proto] = firsts.sorted()
    }
    self.byProtocol = byProtocol
  }

  /// The first port of each run, in order, beginning with 0.
  func firsts(of proto: IPProtocol) -> [UInt16] { byProtocol[proto] ?? [] }
}
