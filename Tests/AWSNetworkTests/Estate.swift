import AWSNetwork
import Diagnostics
import NetworkModel
import PacketSpace
import ReferenceInterpreter

/// AWS records put together in a few lines, and packets judged in the network that they become.
struct Estate {
  var records = AWSRecords()
  var account = "111111111111"
  var region = "eu-west-1"
  /// Set for records as a template's front end makes them.
  var stack: String?

  static func prefix(_ text: String) -> IPPrefix { IPPrefix(text) ?? .anyIPv4 }

  static func address(_ text: String) -> IPAddress { IPAddress(text) ?? IPAddress(v4: 0) }

  static func known<T>(_ value: T) -> Attribute<T> { .known(value, .none) }

  static func reference(_ text: String) -> Attribute<Reference> { .known(Reference(text), .none) }

  func header(_ id: String, exists: Attribute<Bool> = .known(true, .none)) -> ResourceHeader {
    ResourceHeader(
      id: id, account: account, region: region, stack: stack, logicalID: stack.map { _ in id }, exists: exists)
  }

  mutating func vpc(_ id: String, _ blocks: String..., ipv6: [Attribute<IPPrefix>] = []) {
    records.vpcs.append(
      VPCRecord(
        header: header(id), blocks: blocks.map { Self.known(Self.prefix($0)) }, ipv6Blocks: ipv6))
  }

  mutating func subnet(
    _ id: String, in vpc: String, _ block: String?, zone: String = "euw1-az1", ipv6: Attribute<IPPrefix> = .absent,
    mapsPublicAddress: Bool? = nil, assignsIPv6: Bool? = nil
  ) {
    records.subnets.append(
      SubnetRecord(
        header: header(id), vpc: Self.reference(vpc),
        block: block.map { Self.known(Self.prefix($0)) } ?? .unknown(Missing("the block is not known")),
        ipv6Block: ipv6, zone: Self.known(zone),
        mapsPublicAddress: mapsPublicAddress.map { Self.known($0) } ?? .absent,
        assignsIPv6: assignsIPv6.map { Self.known($0) } ?? .absent))
  }

  mutating func internetGateway(_ id: String, _ vpcs: String..., egressOnly: Bool = false) {
    records.internetGateways.append(
      InternetGatewayRecord(header: header(id), vpcs: vpcs.map { Self.reference($0) }, isEgressOnly: egressOnly))
  }

  mutating func nat(_ id: String, in subnet: String, _ address: String, public outside: String? = nil) {
    records.natGateways.append(
      NATGatewayRecord(
        header: header(id), subnet: Self.reference(subnet), privateAddress: Self.known(Self.address(address)),
        publicAddress: outside.map { Self.known(Self.address($0)) } ?? .absent, isPrivate: outside == nil))
  }

  mutating func peering(
    _ id: String, _ requester: String, _ accepter: String, active: Attribute<Bool> = .known(true, .none),
    accepterRegion: String? = nil
  ) {
    records.peerings.append(
      PeeringRecord(
        header: header(id),
        requester: PeeringRecord.Side(vpc: Self.reference(requester), account: account, region: region),
        accepter: PeeringRecord.Side(
          vpc: Self.reference(accepter), account: account, region: accepterRegion ?? region), isActive: active))
  }

  static func route(_ destination: String, _ target: String, propagated: Bool = false) -> RouteRecord {
    RouteRecord(
      destination: known(prefix(destination)),
      target: known(target == "local" ? .local : target == "blackhole" ? .blackhole : .resource(Reference(target))),
      isPropagated: propagated, derivation: .none)
  }

  mutating func table(
    _ id: String, in vpc: String, main: Bool = false, subnets: [String] = [], _ routes: [RouteRecord] = []
  ) {
    records.routeTables.append(
      RouteTableRecord(
        header: header(id), vpc: Self.reference(vpc), routes: routes, subnets: subnets.map { Self.reference($0) },
        isMain: main))
  }

  static func entry(
    _ number: Int, egress: Bool = false, allow: Bool = true, _ block: String = "0.0.0.0/0", _ traffic: TrafficSet = .any
  ) -> NetworkACLRecord.Entry {
    NetworkACLRecord.Entry(
      number: known(number), isEgress: known(egress), allows: known(allow), block: known(prefix(block)),
      traffic: known(traffic), derivation: .none)
  }

  mutating func acl(
    _ id: String, in vpc: String, subnets: [String] = [], isDefault: Bool = false, _ entries: [NetworkACLRecord.Entry]
  ) {
    records.networkACLs.append(
      NetworkACLRecord(
        header: header(id), vpc: Self.reference(vpc), entries: entries, subnets: subnets.map { Self.reference($0) },
        isDefault: isDefault))
  }

  static func allow(_ traffic: TrafficSet, from block: String) -> SecurityGroupRule {
    SecurityGroupRule(peer: .block(known(prefix(block))), traffic: known(traffic), derivation: .none)
  }

  static func allow(_ traffic: TrafficSet, group: String) -> SecurityGroupRule {
    SecurityGroupRule(peer: .group(reference(group)), traffic: known(traffic), derivation: .none)
  }

  static let all = [allow(.any, from: "0.0.0.0/0"), allow(.any, from: "::/0")]

  mutating func group(
    _ id: String, in vpc: String, ingress: [SecurityGroupRule] = [], egress: [SecurityGroupRule] = all
  ) {
    records.securityGroups.append(
      SecurityGroupRecord(header: header(id), vpc: Self.reference(vpc), ingress: ingress, egress: egress))
  }

  mutating func instance(
    _ id: String, in subnet: String, _ addresses: String..., public outside: String? = nil, ipv6: [String] = [],
    prefixes: [String] = [], groups: [String] = [], checks: Bool? = nil
  ) {
    records.instances.append(InstanceRecord(header: header(id)))
    interface(
      "eni-" + id, in: subnet, addresses, public: outside, ipv6: ipv6, prefixes: prefixes, groups: groups,
      checks: checks, instance: id)
  }

  mutating func interface(
    _ id: String, in subnet: String, _ addresses: [String], public outside: String? = nil, ipv6: [String] = [],
    prefixes: [String] = [], groups: [String] = [], checks: Bool? = nil, instance: String? = nil,
    description: String = "", type: String = "interface"
  ) {
    var held = addresses.map { InterfaceRecord.Address(privateAddress: Self.known(Self.address($0))) }
    if let outside, !held.isEmpty { held[0].publicAddress = Self.known(Self.address(outside)) }
    records.interfaces.append(
      InterfaceRecord(
        header: header(id), subnet: Self.reference(subnet), addresses: held,
        ipv6Addresses: ipv6.map { Self.known(Self.address($0)) }, prefixes: prefixes.map { Self.prefix($0) },
        groups: groups.map { Self.reference($0) }, sourceDestinationCheck: checks.map { Self.known($0) } ?? .absent,
        instance: instance.map { Reference($0) }, description: description, interfaceType: type))
  }

  mutating func part(
    _ id: String, of owner: Attribute<Reference>, exists: Attribute<Bool> = .known(true, .none), _ part: PartRecord.Part
  ) {
    records.parts.append(PartRecord(header: header(id, exists: exists), owner: owner, part: part))
  }

  func built() -> Built {
    var network = Network()
    let result = AWSBuilder.build(records, into: &network)
    network.seal()
    return Built(network: network, result: result)
  }

  // MARK: Common networks

  /// One VPC with two subnets, an internet gateway, and a group that admits HTTPS from everyone.
  static func twoSubnets() -> Estate {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16")
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24")
    estate.subnet("subnet-b", in: "vpc-1", "10.0.2.0/24", zone: "euw1-az2")
    estate.internetGateway("igw-1", "vpc-1")
    estate.table("rtb-1", in: "vpc-1", main: true, [route("10.0.0.0/16", "local"), route("0.0.0.0/0", "igw-1")])
    estate.group("sg-open", in: "vpc-1", ingress: all)
    estate.group("sg-web", in: "vpc-1", ingress: [allow(.tcp(443), from: "0.0.0.0/0")])
    return estate
  }
}

/// The network that an estate became.
struct Built {
  var network: Network
  var result: AWSBuildResult

  static let client: UInt16 = 50000

  func endpoints(_ name: String) -> [EndpointID] {
    network.endpoints.indices.filter { index in
      let identity = network.endpoints[index].identity
      return identity.key == name || identity.name == name || identity.aliases.contains { $0.text == name }
    }.map { EndpointID($0) }
  }

  func endpoint(_ name: String) -> Endpoint? { endpoints(name).first.map { network[$0] } }

  func router(_ kind: String) -> Router? { network.routers.first { $0.kind == kind } }

  func relay(_ name: String) -> Relay? { network.relays.first { $0.identity.name == name } }

  func zone(_ key: String) -> ZoneID? { network.zones.firstIndex { $0.identity.key == key }.map { ZoneID($0) } }

  private func address(_ held: HeldAddress) -> PacketAddress {
    switch held {
    case .prefix(let prefix): PacketAddress(prefix.first)
    case .unknown(let id): PacketAddress(network[id].within.first ?? IPAddress(v4: 0), unknown: id)
    }
  }

  private func origin(_ source: String, placement: Int, towards destination: PacketAddress) -> (
    Origin, PacketAddress?
  ) {
    if let endpoint = endpoints(source).first {
      let held = network[endpoint].placements[placement].addresses.map { address($0) }
      return (.endpoint(endpoint, placement: placement), held.first { $0.family == destination.family })
    }
    let number = Estate.address(source)
    if let segment = network.segments.firstIndex(where: { $0.prefixes.contains { $0.contains(number) } }) {
      return (.host(SegmentID(segment)), PacketAddress(number))
    }
    let internet = network.zones.firstIndex(where: \.isInternet) ?? 0
    return (.zone(ZoneID(internet), by: owner(of: destination)), PacketAddress(number))
  }

  /// The attachment towards the internet that owns an address.
  private func owner(of destination: PacketAddress) -> AttachmentID? {
    network.attachments.indices.first { index in
      network.leadsToInternet(network.attachments[index])
        && (network.attachments[index].translations ?? []).contains { translation in
          switch translation.kind {
          case .oneToOne(_, let outside): address(outside) == destination
          case .keep(let prefix): prefix.contains(destination.number)
          case .hide: false
          }
        }
    }.map { AttachmentID($0) }
  }

  /// The public addresses that are translated to those of a placement.
  private func published(_ placement: Placement) -> [PacketAddress] {
    network.attachments.flatMap { $0.translations ?? [] }.compactMap { translation in
      guard case .oneToOne(let inside, let outside) = translation.kind, placement.addresses.contains(inside) else {
        return nil
      }
      return address(outside)
    }
  }

  /// What is asked about: an endpoint in one of its placements at each of its addresses, or an address.
  private struct Query {
    var addresses: [PacketAddress]
    var asked: Asked
    var placement: Int?
  }

  private func queries(_ destination: String) -> [Query] {
    let named = endpoints(destination)
    if named.isEmpty { return [Query(addresses: [PacketAddress(Estate.address(destination))], asked: .anybody)] }
    return named.flatMap { endpoint in
      network[endpoint].placements.enumerated().map { number, placement in
        Query(
          addresses: placement.addresses.map { address($0) } + published(placement), asked: .endpoint(endpoint),
          placement: number)
      }
    }
  }

  /// Every outcome of a question: one for each placement of the two ends, the best over the addresses of the destination. With a target it is a
  /// relay that passes the packet on to that one.
  private func outcomes(
    _ source: String, _ destination: String, _ traffic: TrafficPoint, target: String?
  ) -> [[WalkOutcome]] {
    let froms = endpoints(source).first.map { Array(network[$0].placements.indices) } ?? [0]
    let targets = target.map { endpoints($0).map { Asked.endpoint($0) } }
    return froms.flatMap { from in
      queries(destination).map { query in
        query.addresses.flatMap { destination -> [WalkOutcome] in
          let (origin, source) = origin(source, placement: from, towards: destination)
          guard let source, source.family == destination.family else { return [] }
          let packet = Packet(source: source, destination: destination, traffic: traffic)
          return (targets ?? [query.asked]).map { asked in
            Interpreter(network).judge(
              WalkQuestion(
                origin: origin, packet: packet, asked: asked, askedPlacement: target == nil ? query.placement : nil))
          }
        }
      }
    }
  }

  /// The outcome of one packet: the best over all that may be meant.
  func ask(
    _ source: String, _ destination: String, _ traffic: TrafficPoint = .ports(.tcp, from: client, to: 443),
    target: String? = nil
  ) -> WalkOutcome? {
    outcomes(source, destination, traffic, target: target).joined().max { left, right in
      (rank(left.answered), rank(left.arrives)) < (rank(right.answered), rank(right.arrives))
    }
  }

  private func rank(_ certainty: Certainty) -> Int { certainty.must ? 2 : certainty.may ? 1 : 0 }

  private func verdict(_ outcomes: [[WalkOutcome]], _ certainty: KeyPath<WalkOutcome, Certainty>) -> Verdict {
    // A relay has several interfaces, all real; a placement is one of several.
    let ranks = outcomes.map { $0.map { rank($0[keyPath: certainty]) }.max() ?? 0 }
    if ranks.allSatisfy({ $0 == 0 }) { return .blocked }
    return ranks.allSatisfy { $0 == 2 } ? .connected : .undecided
  }

  /// Whether the connection is answered: surely, perhaps or not.
  func connects(
    _ source: String, _ destination: String, _ traffic: TrafficPoint = .ports(.tcp, from: client, to: 443)
  ) -> Verdict {
    verdict(outcomes(source, destination, traffic, target: nil), \.answered)
  }

  /// The same of the request alone.
  func arrives(
    _ source: String, _ destination: String, _ traffic: TrafficPoint = .ports(.tcp, from: client, to: 443)
  ) -> Verdict {
    verdict(outcomes(source, destination, traffic, target: nil), \.arrives)
  }

  /// Whether what a relay passes on from one endpoint reaches another and is answered.
  func passes(_ source: String, through relay: String, to target: String, _ traffic: TrafficPoint) -> Verdict {
    verdict(outcomes(source, relay, traffic, target: target), \.answered)
  }
}

enum Verdict { case connected, undecided, blocked }

extension TrafficPoint {
  static func tcp(_ port: UInt16, from source: UInt16 = Built.client) -> TrafficPoint {
    .ports(.tcp, from: source, to: port)
  }

  static func udp(_ port: UInt16, from source: UInt16 = Built.client) -> TrafficPoint {
    .ports(.udp, from: source, to: port)
  }

  static let ping = TrafficPoint.icmp(.icmp, type: 8, code: 0)
}
