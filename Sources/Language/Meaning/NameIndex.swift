import Diagnostics
package import NetworkModel

/// Everything of the network that has a name, by each of its names.
struct NameIndex: Sendable {
  /// One thing that a name may mean. Parts that share a key, as a balancer and its interfaces do, are one thing.
  struct Thing: Sendable {
    var key: String
    var endpoints: Set<EndpointID> = []
    /// Members that are not sure.
    var uncertain: [EndpointID: Truth] = [:]
    var zones: [ZoneID] = []
    var segments: [SegmentID] = []
  }

  private(set) var things: [Thing] = []
  private var numbers: [String: Int] = [:]
  /// By how exact the form of name is: ids, ARNs and keys; names of objects; all others.
  private var byName: [[String: Set<Int>]] = [[:], [:], [:]]

  init(_ network: Network) {
    var inSegment: [SegmentID: [EndpointID]] = [:]
    for (index, endpoint) in network.endpoints.enumerated() {
      let id = EndpointID(index)
      add(endpoint.identity, under: endpoint.host) { $0.endpoints.insert(id) }
      for placement in endpoint.placements {
        if inSegment[placement.segment]?.last != id { inSegment[placement.segment, default: []].append(id) }
      }
    }
    var inRouter: [RouterID: [SegmentID]] = [:]
    for (index, segment) in network.segments.enumerated() {
      let id = SegmentID(index)
      add(segment.identity) { thing in
        thing.segments.append(id)
        for endpoint in inSegment[id] ?? [] { thing.add(endpoint, network[endpoint], in: [id]) }
      }
      if let gateway = segment.gateway { inRouter[network[gateway].router, default: []].append(id) }
    }
    for (index, router) in network.routers.enumerated() {
      let segments = inRouter[RouterID(index)] ?? []
      let zones = network.zones(behind: router)
      add(router.identity) { thing in
        thing.zones += zones.filter { !thing.zones.contains($0) }
        thing.segments += segments
        for segment in segments {
          for endpoint in inSegment[segment] ?? [] { thing.add(endpoint, network[endpoint], in: Set(segments)) }
        }
      }
    }
    for relay in network.relays { add(relay.identity) { $0.endpoints.formUnion(relay.interfaces) } }
    for (index, zone) in network.zones.enumerated() { add(zone.identity) { $0.zones.append(ZoneID(index)) } }
    let membersOfAll = network.membersOfAll
    for (index, membership) in network.memberships.enumerated() {
      let members = membersOfAll[index]
      add(membership.identity) { thing in
        for (endpoint, truth) in members { thing.add(endpoint, truth) }
      }
    }
  }

  private mutating func add(_ identity: Identity, under key: String? = nil, _ change: (inout Thing) -> Void) {
    let key = key ?? identity.key
    let number = numbers[key] ?? things.count
    if number == things.count {
      numbers[key] = number
      things.append(Thing(key: key))
    }
    change(&things[number])
    byName[0][key, default: []].insert(number)
    byName[0][identity.key, default: []].insert(number)
    byName[2][identity.name, default: []].insert(number)
    for alias in identity.aliases {
      let rank = alias.form == .arn || alias.form == .id ? 0 : alias.form == .objectName ? 1 : 2
      byName[rank][alias.text, default: []].insert(number)
    }
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

  /// A known name that is near a word.
  func nearest(to word: String) -> String? {
    Spelling.nearest(to: word, among: Set(byName.flatMap(\.keys)).sorted())
  }
}

extension NameIndex.Thing {
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

  /// By membership, the endpoints that are in that group in some placement, and how sure that is; in one sweep over the endpoints.
  var membersOfAll: [[(EndpointID, Truth)]] {
    var found = [[(EndpointID, Truth)]](repeating: [], count: memberships.count)
    for (index, endpoint) in endpoints.enumerated() {
      var groups: [MembershipID: Truth] = endpoint.placements.first?.memberships ?? [:]
      for placement in endpoint.placements.dropFirst() {
        for membership in Set(groups.keys).union(placement.memberships.keys) {
          let (so, here) = (groups[membership] ?? .no, placement.memberships[membership] ?? .no)
          groups[membership] = so == here ? so : so.unknown != nil ? so : here.unknown != nil ? here : .undetermined
        }
      }
      for (membership, value) in groups where value != .no {
        found[membership.offset].append((EndpointID(index), value))
      }
    }
    return found
  }
}
