import NetworkModel
import PacketSpace

/// Where the network tells headers and addresses apart, read off its rules one by one.
///
/// Two headers between which no set of the network has a boundary are in the same sets, so every step of a walk treats them alike, and one
/// stands for both; likewise two addresses. What is checked for one of each run is checked for all. Nothing of this comes from the engine,
/// whose atoms are made otherwise and could be wrong.
struct Boundaries {
  /// The first port of each run, by protocol: of destination ports and of source ports, as requests are judged.
  private let destinations: [IPProtocol: [UInt16]]
  private let sources: [IPProtocol: [UInt16]]
  /// One of each run of ICMP types and codes, and of the protocols that have neither.
  private let others: [TrafficPoint]

  /// - Parameters:
  ///   - network: whose sets are read.
  ///   - asked: the traffic that properties speak of.
  init(_ network: Network, asked: [TrafficSet]) {
    var sets = Set(asked)
    for filter in network.filters {
      for list in [filter.ingress, filter.egress] {
        for rule in list?.rules ?? [] { sets.insert(rule.traffic.set) }
      }
    }
    for endpoint in network.endpoints {
      if let accepts = endpoint.accepts { sets.insert(accepts) }
      for service in endpoint.services { sets.insert(service.traffic) }
      for named in endpoint.namedPorts {
        if let port = named.port { sets.insert(Self.one(named.transport, port)) }
      }
    }
    for listener in network.relays.flatMap(\.listeners) {
      sets.insert(listener.traffic)
      for target in listener.targets {
        if let port = target.port { sets.insert(Self.one(listener.transport, port)) }
      }
    }
    sets.remove(.any)
    sets.remove(.none)
    // What hides a sender gives it a source port of 1024 to 65535 (the walk, 4.6).
    var sourceStarts = [IPProtocol: Set<UInt16>]()
    var destinationStarts = [IPProtocol: Set<UInt16>]()
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      sourceStarts[proto] = [0, 1024]
      destinationStarts[proto] = [0]
    }
    var icmp: [IPProtocol: (types: Set<UInt16>, codes: Set<UInt16>)] = [:]
    // The types that have an answer of their own, and those that answer (the walk, 1).
    icmp[.icmp] = ([0, 1, 8, 9, 13, 14, 15], [0])
    icmp[.icmpv6] = ([0, 128, 129, 130], [0])
    for box in sets.flatMap(\.boxes) {
      switch box {
      case .ports(let proto, let source, let destination):
        sourceStarts[proto]?.formUnion(Self.starts(source.ranges))
        destinationStarts[proto]?.formUnion(Self.starts(destination.ranges))
      case .icmp(let proto, let types, let codes):
        icmp[proto]?.types.formUnion(Self.starts(types.ranges).filter { $0 < 256 })
        icmp[proto]?.codes.formUnion(Self.starts(codes.ranges).filter { $0 < 256 })
      case .whole: break
      }
    }
    sources = sourceStarts.mapValues { $0.sorted() }
    destinations = destinationStarts.mapValues { $0.sorted() }
    var others: [TrafficPoint] = []
    for (proto, parts) in icmp.sorted(by: { $0.key < $1.key }) {
      for type in parts.types.sorted() {
        for code in parts.codes.sorted() { others.append(.icmp(proto, type: UInt8(type), code: UInt8(code))) }
      }
    }
    let list = sets.sorted { $0.description < $1.description }
    var seen: Set<[Bool]> = []
    for number in UInt8.min...UInt8.max {
      let point = TrafficPoint.other(IPProtocol(rawValue: number))
      if point.protocol.hasPorts || point.protocol.isICMP { continue }
      if seen.insert(list.map { $0.contains(point) }).inserted { others.append(point) }
    }
    self.others = others
  }

  private static func one(_ proto: IPProtocol, _ port: UInt16) -> TrafficSet {
    TrafficSet(proto, destination: PortSet(PortRange(port)))
  }

  /// The port at which each range begins, and the one behind its end.
  private static func starts(_ ranges: [PortRange]) -> [UInt16] {
    ranges.flatMap { $0.upper == .max ? [$0.lower] : [$0.lower, $0.upper + 1] }
  }

  /// One header of each run within a set, as requests are judged.
  func headers(in set: TrafficSet) -> [TrafficPoint] { headers(in: set, sources: sources, destinations: destinations) }

  /// The same where the answer is judged too: an answer's ports are the request's the other way round.
  func answerableHeaders(in set: TrafficSet) -> [TrafficPoint] {
    let both = sources.merging(destinations) { Set($0).union($1).sorted() }
    return headers(in: set, sources: both, destinations: both)
  }

  private func headers(in set: TrafficSet, sources: [IPProtocol: [UInt16]], destinations: [IPProtocol: [UInt16]])
    -> [TrafficPoint]
  {
    var result: [TrafficPoint] = []
    for proto in [IPProtocol.tcp, .udp, .sctp] where !set.destinationPorts(of: proto).isEmpty {
      for to in destinations[proto] ?? [] where set.destinationPorts(of: proto).contains(to) {
        for from in sources[proto] ?? [] {
          let point = TrafficPoint.ports(proto, from: from, to: to)
          if set.contains(point) { result.append(point) }
        }
      }
    }
    return result + others.filter { set.contains($0) }
  }
}
