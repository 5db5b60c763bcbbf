package import NetworkModel

/// Everything of a network that has a name, by each of its names; or a few things only.
struct NamedThings: Sendable {
  /// One thing that a name may mean. Parts that share a key, as a balancer and its interfaces do, are one thing.
  struct Thing: Sendable {
    var key: String
    var endpoints: Set<EndpointID> = []
    /// Members that are not sure.
    var uncertain: [EndpointID: Truth] = [:]
    var zones: [ZoneID] = []
    var segments: [SegmentID] = []
  }

  /// Something with a name, of which a thing consists or is a part.
  private enum Part {
    case endpoint(EndpointID)
    case segment(SegmentID)
    case router(RouterID)
    case relay(RelayID)
    case zone(ZoneID)
    case membership(MembershipID)
  }

  /// How exact the forms of name are: ids, ARNs and keys; names of objects; all others.
  private static let ranks = 3

  private var things: [Thing] = []
  private var numbers: [String: Int] = [:]
  /// By rank.
  private var byName = [[String: Set<Int>]](repeating: [:], count: ranks)

  /// All names, some of them several times.
  var names: some Sequence<String> { byName.flatMap(\.keys) }

  /// Everything, with its names.
  init(_ network: Network) {
    self.init(network, keys: nil)
    Self.eachPart(of: network) { key, part in
      guard let number = numbers[key] else { return }
      Self.eachName(key, part, network) { rank, text in byName[rank][text, default: []].insert(number) }
    }
  }

  /// The things with some keys, or all of them, without their names.
  private init(_ network: Network, keys: Set<String>?) {
    var parts: [(number: Int, part: Part)] = []
    Self.eachPart(of: network) { key, part in
      if let keys, !keys.contains(key) { return }
      let number = numbers[key] ?? things.count
      if number == things.count {
        numbers[key] = number
        things.append(Thing(key: key))
      }
      parts.append((number, part))
    }
    let members = Members(network, of: parts.map(\.part))
    for (number, part) in parts { members.add(part, to: &things[number]) }
  }

  /// What a name means, in the order of how exact names are; a glob means all that it matches.
  func things(named name: Pattern) -> [Thing] {
    if !name.isGlob {
      for names in byName {
        if let found = names[name.text] { return found.sorted().map { things[$0] } }
      }
      return []
    }
    var found: Set<Int> = []
    for names in byName {
      for (text, numbers) in names where name.matches(text) { found.formUnion(numbers) }
    }
    return found.sorted().map { things[$0] }
  }

  /// The same without an index.
  static func things(named name: Pattern, in network: Network) -> [Thing] {
    var found = [Set<String>](repeating: [], count: ranks)
    eachPart(of: network) { key, part in
      eachName(key, part, network) { rank, text in if name.matches(text) { found[rank].insert(key) } }
    }
    let keys =
      name.isGlob ? found.reduce(into: Set()) { $0.formUnion($1) } : found.first { !$0.isEmpty } ?? []
    return keys.isEmpty ? [] : NamedThings(network, keys: keys).things
  }

  // MARK: Parts and names

  private static func eachPart(of network: Network, _ body: (_ key: String, Part) -> Void) {
    for index in network.endpoints.indices { body(network.endpoints[index].host, .endpoint(EndpointID(index))) }
    for (index, segment) in network.segments.enumerated() { body(segment.identity.key, .segment(SegmentID(index))) }
    for (index, router) in network.routers.enumerated() { body(router.identity.key, .router(RouterID(index))) }
    for (index, relay) in network.relays.enumerated() { body(relay.identity.key, .relay(RelayID(index))) }
    for (index, zone) in network.zones.enumerated() { body(zone.identity.key, .zone(ZoneID(index))) }
    for (index, membership) in network.memberships.enumerated() {
      body(membership.identity.key, .membership(MembershipID(index)))
    }
  }

  /// Calls for every name of a part, one of them several times.
  private static func eachName(_ key: String, _ part: Part, _ network: Network, _ body: (_ rank: Int, String) -> Void) {
    let identity: Identity
    switch part {
    case .endpoint(let id): identity = network.endpoints[id.offset].identity
    case .segment(let id): identity = network.segments[id.offset].identity
    case .router(let id): identity = network.routers[id.offset].identity
    case .relay(let id): identity = network.relays[id.offset].identity
    case .zone(let id): identity = network.zones[id.offset].identity
    case .membership(let id): identity = network.memberships[id.offset].identity
    }
    body(0, key)
    if identity.key != key { body(0, identity.key) }
    if identity.name != key { body(2, identity.name) }
    for alias in identity.aliases {
      body(alias.form == .arn || alias.form == .id ? 0 : alias.form == .objectName ? 1 : 2, alias.text)
    }
  }

  // MARK: Members

  /// Who stands in the segments and groups of some parts, found in one sweep.
  private struct Members {
    let network: Network
    private var inSegment: [SegmentID: [EndpointID]] = [:]
    private var inRouter: [RouterID: [SegmentID]] = [:]
    private var ofMembership: [MembershipID: [(EndpointID, Truth)]] = [:]

    init(_ network: Network, of parts: [Part]) {
      self.network = network
      for part in parts {
        switch part {
        case .segment(let id): inSegment[id] = []
        case .router(let id): inRouter[id] = []
        case .membership(let id): ofMembership[id] = []
        case .endpoint, .relay, .zone: break
        }
      }
      if !inRouter.isEmpty {
        for (index, segment) in network.segments.enumerated() {
          guard let gateway = segment.gateway else { continue }
          let router = network[gateway].router
          if inRouter[router]?.append(SegmentID(index)) != nil { inSegment[SegmentID(index)] = [] }
        }
      }
      if !inSegment.isEmpty {
        for index in network.endpoints.indices {
          let id = EndpointID(index)
          for placement in network.endpoints[index].placements where inSegment[placement.segment]?.last != id {
            inSegment[placement.segment]?.append(id)
          }
        }
      }
      if !ofMembership.isEmpty {
        network.eachMember { membership, endpoint, truth in ofMembership[membership]?.append((endpoint, truth)) }
      }
    }

    func add(_ part: Part, to thing: inout Thing) {
      switch part {
      case .endpoint(let id): thing.endpoints.insert(id)
      case .segment(let id):
        thing.segments.append(id)
        for endpoint in inSegment[id] ?? [] { thing.add(endpoint, network[endpoint], in: [id]) }
      case .router(let id):
        let segments = inRouter[id] ?? []
        let zones = network.zones(behind: network[id])
        thing.zones += zones.filter { !thing.zones.contains($0) }
        thing.segments += segments
        for segment in segments {
          for endpoint in inSegment[segment] ?? [] { thing.add(endpoint, network[endpoint], in: Set(segments)) }
        }
      case .relay(let id): thing.endpoints.formUnion(network[id].interfaces)
      case .zone(let id): thing.zones.append(id)
      case .membership(let id): for (endpoint, truth) in ofMembership[id] ?? [] { thing.add(endpoint, truth) }
      }
    }
  }
}

extension NamedThings.Thing {
  /// An endpoint that may lie elsewhere too is a member that is not sure.
  mutating func add(_ id: EndpointID, _ endpoint: Endpoint, in segments: Set<SegmentID>) {
    if endpoint.placements.allSatisfy({ segments.contains($0.segment) }) {
      endpoints.insert(id)
    } else {
      uncertain[id] = .undetermined
    }
  }

  mutating func add(_ id: EndpointID, _ truth: Truth) {
    switch truth {
    case .yes: endpoints.insert(id)
    case .unknown: uncertain[id] = truth
    case .no: break
    }
  }
}

extension Truth {
  /// Not sure for a reason that no single unknown of the network names: which of several placements holds.
  package static let undetermined = Truth.unknown(UnknownID(-1))

  /// The unknown, where the network names it.
  package var named: UnknownID? { unknown.flatMap { $0.index < 0 ? nil : $0 } }
}

extension Network {
  /// The zones that the id of a gateway names: those to which it leads, and those declared to lie behind it.
  func zones(behind router: Router) -> [ZoneID] {
    var found: [ZoneID] = []
    for attachment in router.attachments {
      if case .zones(let ids) = self[attachment].farSide { found += ids.filter { !found.contains($0) } }
    }
    for (index, zone) in zones.enumerated() where zone.behind.contains(where: { router.attachments.contains($0) }) {
      if !found.contains(ZoneID(index)) { found.append(ZoneID(index)) }
    }
    return found
  }

  /// Calls for every group that an endpoint is in, in some placement, and how sure that is; in the endpoints' order.
  func eachMember(_ body: (MembershipID, EndpointID, Truth) -> Void) {
    for index in endpoints.indices {
      let placements = endpoints[index].placements
      var groups: [MembershipID: Truth] = placements.first?.memberships ?? [:]
      for placement in placements.dropFirst() {
        for membership in Set(groups.keys).union(placement.memberships.keys) {
          let (so, here) = (groups[membership] ?? .no, placement.memberships[membership] ?? .no)
          groups[membership] = so == here ? so : so.unknown != nil ? so : here.unknown != nil ? here : .undetermined
        }
      }
      for (membership, value) in groups where value != .no { body(membership, EndpointID(index), value) }
    }
  }
}
