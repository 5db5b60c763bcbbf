import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport

/// Asks the reference interpreter what a question asks, where it is about one packet between things that are named.
struct Oracle {
  private let network: Network
  private let expansion: Expansion

  init(_ network: Network) {
    self.network = network
    expansion = Expansion(network, classes: Engine(network).compiled.classes)
  }

  /// `reachable`, `unreachable` or `undecided`; `nil` where the question is of another kind.
  func answer(_ line: String) -> String? {
    let words = line.split(separator: " ").map(String.init)
    guard words.count == 5, words[1] == "->", ["on", "entering"].contains(words[3]), let packet = packet(words[4])
    else { return nil }
    let sources = sources(words[0])
    let destinations = destinations(words[2])
    if sources.isEmpty || destinations.isEmpty { return nil }
    var result = Expansion.Judgement()
    for source in sources {
      for destination in destinations where isAsked(source, destination) {
        // To an address, traffic is written as it is sent.
        let isAsSent = words[3] == "entering" || destination.isAddress
        for sent in isAsSent ? [packet] : candidates(packet) {
          var judged = expansion.judge(source, destination, sent) { arrived in
            isAsSent || Self.says(arrived, the: packet)
          }
          if !exists(source) || !exists(destination) {
            judged.answered.must = false
            judged.arrives.must = false
          }
          result.formUnion(judged)
        }
      }
    }
    return result.answered.must ? "reachable" : result.answered.may ? "undecided" : "unreachable"
  }

  // MARK: Packets

  /// A client's packet: from a port that clients use.
  private func packet(_ text: String) -> TrafficPoint? {
    let parts = text.split(separator: "/").map(String.init)
    guard parts.count == 2, let number = UInt16(parts[1]) else { return nil }
    switch parts[0] {
    case "tcp": return .ports(.tcp, from: Self.client, to: number)
    case "udp": return .ports(.udp, from: Self.client, to: number)
    case "sctp": return .ports(.sctp, from: Self.client, to: number)
    case "icmp": return UInt8(exactly: number).map { .icmp(.icmp, type: $0, code: 0) }
    case "icmpv6": return UInt8(exactly: number).map { .icmp(.icmpv6, type: $0, code: 0) }
    case "ip": return IPProtocol(name: parts[1]).map { .other($0) }
    default: return nil
    }
  }

  private static let client: UInt16 = 40000

  /// The packet as it arrives, and as it is sent to a relay that passes it on.
  private func candidates(_ packet: TrafficPoint) -> [TrafficPoint] {
    guard packet.protocol.hasPorts else { return [packet] }
    let ports = network.relays.flatMap(\.listeners).filter { $0.transport == packet.protocol }.map(\.ports.lower)
    return ([packet.destinationPort] + Set(ports).sorted().filter { $0 != packet.destinationPort }).map {
      .ports(packet.protocol, from: packet.sourcePort, to: $0)
    }
  }

  private static func says(_ arrived: TrafficPoint, the packet: TrafficPoint) -> Bool {
    guard packet.protocol.hasPorts else { return arrived == packet }
    return arrived.protocol == packet.protocol && arrived.destinationPort == packet.destinationPort
  }

  // MARK: Names

  private func endpoints(_ name: String) -> [EndpointID] {
    network.endpoints.indices.map { EndpointID($0) }.filter { id in
      let endpoint = network[id]
      return endpoint.identity.name == name || endpoint.host == name
        || endpoint.identity.aliases.contains { $0.text == name }
    }
  }

  private func zones(_ name: String) -> [ZoneID] {
    network.zones.indices.map { ZoneID($0) }.filter { network[$0].identity.name == name }
  }

  private func sources(_ name: String) -> [Source] {
    guard let number = IPAddress(name) else {
      return endpoints(name).map { .endpoint($0) } + zones(name).map { .zone($0, within: .everything) }
    }
    let holders = network.endpoints.indices.filter { index in
      network.endpoints[index].placements.flatMap(\.addresses).contains { held in
        if case .prefix(let prefix) = held { prefix.contains(number) } else { false }
      }
    }
    if !holders.isEmpty { return holders.map { .addressOf(EndpointID($0), number) } }
    let segments = network.segments.indices.filter { network.segments[$0].prefixes.contains { $0.contains(number) } }
    if !segments.isEmpty { return segments.map { .host(number, SegmentID($0)) } }
    return network.zones.indices.filter { network.zones[$0].addresses.contains(number) }.map {
      .zone(ZoneID($0), within: AddressSet(number))
    }
  }

  private func destinations(_ name: String) -> [Destination] {
    if let number = IPAddress(name) { return [.address(number)] }
    return endpoints(name).map { .endpoint($0) } + zones(name).map { .zone($0, within: .everything) }
  }

  private func isAsked(_ source: Source, _ destination: Destination) -> Bool {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination else { return true }
    if from == to { return network[from].standsForMany }
    return network[from].host != network[to].host || network[from].kind == "pod"
  }

  private func exists(_ source: Source) -> Bool {
    guard case .endpoint(let id) = source else { return true }
    return network[id].exists == .yes
  }

  private func exists(_ destination: Destination) -> Bool {
    guard case .endpoint(let id) = destination else { return true }
    return network[id].exists == .yes
  }
}

extension Destination {
  fileprivate var isAddress: Bool { if case .address = self { true } else { false } }
}
