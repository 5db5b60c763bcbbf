package import NetworkModel
import PacketSpace

/// Something that a network may have, and the same network without it: where the two are answered differently it decided.
package struct Construct: Sendable {
  package let name: String
  /// How often a network has it.
  package let count: @Sendable (Network) -> Int
  /// Takes it away or turns it round, everywhere.
  package let remove: @Sendable (inout Network) -> Void

  init(
    _ name: String, count: @escaping @Sendable (Network) -> Int, remove: @escaping @Sendable (inout Network) -> Void
  ) {
    self.name = name
    self.count = count
    self.remove = remove
  }

  /// Of each thing of a list.
  static func each<Thing>(
    _ name: String, _ list: @escaping @Sendable (inout Network, (inout Thing) -> Void) -> Void,
    where isOne: @escaping @Sendable (Thing) -> Bool, without change: @escaping @Sendable (inout Thing) -> Void
  ) -> Construct {
    Construct(name) { network in
      var network = network
      var count = 0
      list(&network) { if isOne($0) { count += 1 } }
      return count
    } remove: { network in
      list(&network) { if isOne($0) { change(&$0) } }
    }
  }
}

extension Truth {
  fileprivate var isUnknown: Bool { unknown != nil }
}

// MARK: - What a model can say

extension Construct {
  package static let all: [Construct] =
    segmentConstructs + endpointConstructs + filterConstructs + layerConstructs
    + routerConstructs + relayConstructs + zoneConstructs + unknownConstructs

  private static let segmentConstructs: [Construct] = [
    each("segment: boundary inward", segments, where: { !$0.inFilters.isEmpty }) { $0.inFilters = [] },
    each("segment: boundary outward", segments, where: { !$0.outFilters.isEmpty }) { $0.outFilters = [] },
    each("segment: two boundary filters", segments, where: { $0.outFilters.count > 1 }) { $0.outFilters.removeLast() },
    each("segment: IPv6", segments, where: { $0.prefixes.contains { $0.family == .v6 } }) {
      $0.prefixes.removeAll { $0.family == .v6 }
    },
    each("segment: availability zone", segments, where: { $0.availabilityZone != nil }) { $0.availabilityZone = nil },
    each("segment: gateway", segments, where: { $0.gateway != nil }) { $0.gateway = nil },
  ]

  private static let endpointConstructs: [Construct] = [
    each("endpoint: accepts", endpoints, where: { $0.accepts != nil }) { $0.accepts = nil },
    each("endpoint: stands for many", endpoints, where: \.standsForMany) { $0.standsForMany = false },
    each("endpoint: named port", endpoints, where: { !$0.namedPorts.isEmpty }) { $0.namedPorts = [] },
    each("endpoint: own layers", endpoints, where: { !$0.layers.isEmpty }) { $0.layers = [] },
    each("placement: layers", placements, where: { !$0.layers.isEmpty }) { $0.layers = [] },
    each("placement: two layers", placements, where: { $0.layers.count > 1 }) { $0.layers.removeLast() },
    each("placement: membership", placements, where: { $0.memberships.values.contains(.yes) }) { $0.memberships = [:] },
    each("placement: machine", placements, where: { $0.machine != nil }) { $0.machine = nil },
    each("placement: front", placements, where: { $0.front != nil }) { $0.front = nil },
    each("placement: front of one family", placements, where: { $0.front.map { $0.families.count == 1 } ?? false }) {
      $0.front?.families = [.v4, .v6]
    },
    each("placement: front's direct prefixes", placements, where: { !($0.front?.directPrefixes.isEmpty ?? true) }) {
      $0.front?.directPrefixes = []
    },
    each("placement: prefix held", placements, where: { $0.addresses.contains(where: \.isWide) }) {
      $0.addresses.removeAll(where: \.isWide)
    },
    each("placement: second address of a family", placements, where: { $0.addresses.count > 2 }) {
      $0.addresses.removeLast()
    },
    Construct("placement: address shared by two") {
      shared($0).count
    } remove: { network in
      for index in shared(network) { network.endpoints[index].placements[0].addresses = [] }
    },
  ]

  /// Endpoints that hold the very address of one before them.
  private static func shared(_ network: Network) -> [Int] {
    network.endpoints.indices.filter { index in
      let own = network.endpoints[index].placements[0]
      return network.endpoints[..<index].contains { other in
        other.placements.contains { $0.segment == own.segment && !Set($0.addresses).isDisjoint(with: own.addresses) }
      }
    }
  }

  private static let filterConstructs: [Construct] = [
    each("filter: stateless", filters, where: { !$0.isStateful }) { $0.isStateful = true },
    each("filter: ends in deny", filters, where: { $0.end == .deny }) { $0.end = .miss },
    each("filter: acts in one direction", filters, where: { ($0.ingress == nil) != ($0.egress == nil) }) {
      $0.ingress = $0.ingress ?? RuleList()
      $0.egress = $0.egress ?? RuleList()
    },
    each("rule: deny", rules, where: { $0.action == .deny }) { $0.action = .allow },
    each("rule: next", rules, where: { $0.action == .next }) { $0.action = .deny },
    each("rule: near end", rules, where: { $0.near != nil }) { $0.near = nil },
    each("rule: nobody", rules, where: { $0.peers?.isEmpty ?? false }) { $0.peers = nil },
    each("rule: source ports", rules, where: { $0.traffic.set.namesSourcePorts }) { $0.traffic = .everything },
    each("rule: ICMP", rules, where: { $0.traffic.set.isOnly(.icmp) }) { $0.traffic = RuleTraffic(.none) },
    each("rule: ICMPv6", rules, where: { $0.traffic.set.isOnly(.icmpv6) }) { $0.traffic = RuleTraffic(.none) },
    each("rule: ICMP code", rules, where: { $0.traffic.set.namesCode }) {
      $0.traffic = RuleTraffic(TrafficSet(protocol: .icmp))
    },
    each("rule: another protocol", rules, where: { $0.traffic.set.isOnly(IPProtocol(rawValue: 47)) }) {
      $0.traffic = RuleTraffic(.none)
    },
    each("rule: sctp", rules, where: { $0.traffic.set.isOnly(.sctp) }) { $0.traffic = RuleTraffic(.none) },
    each("rule: named port", rules, where: { !$0.traffic.named.isEmpty }) { $0.traffic.named = [] },
    each("peer: addresses", peers, where: { $0.addresses != nil }) { $0.addresses = nil },
    each("peer: one address", peers, where: { $0.addresses.map { $0.addressCount == 1 } ?? false }) {
      $0.addresses = AddressSet.none
    },
    each(
      "peer: every address", peers, where: { $0.addresses.map { AddressSet.allIPv4.subtracting($0).isEmpty } ?? false }
    ) {
      $0.addresses = AddressSet.none
    },
    each("peer: IPv6", peers, where: { $0.addresses.map { !$0.restricted(to: .v6).isEmpty } ?? false }) {
      $0.addresses = $0.addresses?.restricted(to: .v4)
    },
    each("peer: membership", peers, where: { $0.membership != nil && !$0.isComplement }) { $0.isComplement = true },
    each("peer: not a member", peers, where: { $0.membership != nil && $0.isComplement }) { $0.isComplement = false },
    each("peer: both at once", peers, where: { $0.membership != nil && $0.addresses != nil }) { $0.addresses = nil },
  ]

  private static let layerConstructs: [Construct] = [
    each("layer: default deny", layers, where: { $0.default == .deny }) { $0.default = .allow },
    each("layer: default allow", layers, where: { $0.default == .allow }) { $0.default = .deny },
    each("layer: several tiers", layers, where: { $0.ingress.count > 1 }) { $0.ingress.removeLast() },
    each("tier: isolates", tiers, where: \.isolates) { $0.isolates = false },
    each("tier: first match", tiers, where: { $0.mode == .first && !$0.entries.isEmpty }) { $0.entries = [] },
    each("tier: position", tiers, where: { $0.mode == .first && Set($0.entries.map(\.position)).count > 1 }) { tier in
      for index in tier.entries.indices { tier.entries[index].position = 0...0 }
    },
    each(
      "tier: equal positions", tiers,
      where: { $0.mode == .first && $0.entries.count > Set($0.entries.map(\.position)).count }
    ) {
      $0.entries.removeLast()
    },
    each("tier: union of several", tiers, where: { $0.mode == .union && $0.entries.count > 1 }) {
      $0.entries.removeLast()
    },
  ]

  private static let routerConstructs: [Construct] = [
    each("router: symmetric", routers, where: \.isSymmetric) { $0.isSymmetric = false },
    each("attachment: in filters", attachments, where: { !$0.inFilters.isEmpty }) { $0.inFilters = [] },
    each("attachment: out filters", attachments, where: { !$0.outFilters.isEmpty }) { $0.outFilters = [] },
    each("attachment: loses ingress membership", attachments, where: { !$0.keepsIngress }) { $0.keepsIngress = true },
    each("attachment: loses egress membership", attachments, where: { !$0.keepsEgress }) { $0.keepsEgress = true },
    each("attachment: same zone only", attachments, where: \.isSameZoneOnly) { $0.isSameZoneOnly = false },
    each("attachment: hashed", attachments, where: \.isHashed) { $0.isHashed = false },
    each("attachment: meets its own boundary", attachments, where: \.meetsOwnBoundary) { $0.meetsOwnBoundary = false },
    each("attachment: not usable", attachments, where: { $0.usable == .no }) { $0.usable = .yes },
    each(
      "attachment: to an attachment", attachments, where: { if case .attachment = $0.farSide { true } else { false } }
    ) {
      $0.farSide = .zones([])
    },
    each("attachment: no table", attachments, where: { $0.table == nil }) { $0.table = RouteTableID(0) },
    each("port: addresses", ports, where: { !$0.addresses.isEmpty }) { $0.addresses = [] },
    each("port: an endpoint's interface", ports, where: { $0.endpoint != nil }) { $0.endpoint = nil },
    each("translation: one to one", translations, where: { if case .oneToOne = $0.kind { true } else { false } }) {
      $0.present = .no
    },
    each("translation: keep", translations, where: { if case .keep = $0.kind { true } else { false } }) {
      $0.present = .no
    },
    each("translation: hide", translations, where: { if case .hide = $0.kind { true } else { false } }) {
      $0.present = .no
    },
    each("route: drop", routes, where: { $0.next == .drop }) { $0.present = .no },
    each("route: local", routes, where: { $0.next == .local }) { $0.present = .no },
    each("route: link", routes, where: { if case .link = $0.next { true } else { false } }) { $0.present = .no },
    each("route: port", routes, where: { if case .port = $0.next { true } else { false } }) { $0.present = .no },
    each("route: precedence", routes, where: { $0.precedence > 0 }) { $0.precedence = -1 },
    Construct("routes: equal, with different next hops") {
      equalRoutes($0).count
    } remove: { network in
      for (table, route) in equalRoutes(network).reversed() { network.tables[table].routes.remove(at: route) }
    },
  ]

  private static func equalRoutes(_ network: Network) -> [(Int, Int)] {
    network.tables.enumerated().flatMap { number, table in
      table.routes.indices.filter { index in
        table.routes[..<index].contains {
          $0.prefix == table.routes[index].prefix && $0.precedence == table.routes[index].precedence
            && $0.next != table.routes[index].next
        }
      }.map { (number, $0) }
    }
  }

  private static let relayConstructs: [Construct] = [
    each("relay: at the source", relays, where: { $0.place == .source }) { $0.interfaces = [] },
    each("relay: at its interface", relays, where: { $0.place == .interface }) { $0.listeners = [] },
    each("relay: several interfaces", relays, where: { $0.interfaces.count > 1 }) { $0.interfaces.removeLast() },
    each("relay: same zone only", relays, where: \.reachesSameZoneOnly) { $0.reachesSameZoneOnly = false },
    each("relay: meets its own boundary", relays, where: \.meetsOwnBoundary) { $0.meetsOwnBoundary = false },
    each("relay: answers by state", relays, where: \.answersByState) { $0.answersByState = false },
    each("relay: serves a cluster", relays, where: { $0.attributes.values[.cluster] != nil }) {
      $0.attributes = Attributes()
    },
    each("listener: a range of ports", listeners, where: { $0.ports.lower < $0.ports.upper }) {
      $0.ports = PortRange($0.ports.lower)
    },
    each("listener: udp", listeners, where: { $0.transport == .udp }) { $0.transport = .tcp },
    each("listener: no target", listeners, where: { $0.targets.isEmpty }) {
      $0.targets = [Relay.Target(.endpoint(EndpointID(0)), keepsClient: .yes)]
    },
    each("target: keeps the client", targets, where: { $0.keepsClient == .yes }) { $0.keepsClient = .no },
    each("target: does not keep the client", targets, where: { $0.keepsClient == .no }) { $0.keepsClient = .yes },
    each("target: a relay", targets, where: { if case .relay = $0.destination { true } else { false } }) {
      $0.present = .no
    },
    each("target: an address", targets, where: { $0.address != nil }) { $0.address = nil },
    each("target: the client's port", targets, where: { $0.port == nil }) { $0.port = 1 },
  ]

  private static let zoneConstructs: [Construct] = [
    each("zone: internet", zones, where: \.isInternet) { $0.addresses = .none },
    each("zone: declared, reached as the internet is", zones, where: { $0.kind == .declared && $0.behind.isEmpty }) {
      $0.addresses = .none
    },
    each("zone: declared, behind an attachment", zones, where: { $0.kind == .declared && !$0.behind.isEmpty }) {
      $0.addresses = .none
    },
  ]

  private static let unknownConstructs: [Construct] = [
    each("unknown: placement", endpoints, where: { $0.placements.count > 1 && !$0.standsForMany }) {
      $0.placements = [$0.placements[0]]
    },
    each("unknown: existence", endpoints, where: \.exists.isUnknown) { $0.exists = .yes },
    Construct("unknown: address") {
      $0.unknownAddresses.count
    } remove: { network in
      for index in network.unknownAddresses.indices {
        let within = network.unknownAddresses[index].within
        network.unknownAddresses[index].within = within.first.map { AddressSet($0) } ?? within
      }
    },
    each("unknown: membership", placements, where: { $0.memberships.values.contains(where: \.isUnknown) }) {
      $0.memberships = $0.memberships.mapValues { $0.isUnknown ? .no : $0 }
    },
    Construct("unknown: membership of the outside") {
      $0.memberships.count(where: \.outside.isUnknown)
    } remove: {
      for index in $0.memberships.indices { $0.memberships[index].outside = .no }
    },
    each("unknown: filter", filters, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: rule", rules, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: peer", peers, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: selection", entries, where: \.selects.isUnknown) { $0.selects = .yes },
    each("unknown: position", entries, where: { $0.position.count > 1 }) {
      $0.position = $0.position.lowerBound...$0.position.lowerBound
    },
    each("unknown: number of a named port", endpoints, where: { $0.namedPorts.contains { $0.port == nil } }) {
      $0.namedPorts.removeAll { $0.port == nil }
    },
    each("unknown: usable", attachments, where: \.usable.isUnknown) { $0.usable = .yes },
    each("unknown: route", routes, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: next hop", routes, where: { if case .unknown = $0.next { true } else { false } }) {
      $0.next = .drop
    },
    each("unknown: translation", translations, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: appliance", routers, where: { $0.notUnderstood != nil }) { $0.notUnderstood = nil },
    each("unknown: listener", listeners, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: target", targets, where: \.present.isUnknown) { $0.present = .yes },
    each("unknown: whether the client is kept", targets, where: \.keepsClient.isUnknown) { $0.keepsClient = .yes },
    each("unknown: zone behind an attachment", zones, where: { if case .implicit = $0.kind { true } else { false } }) {
      $0.kind = .declared
    },
    each("gap: open list of rules", lists, where: { $0.open != nil }) { $0.open = nil },
    each("gap: open tier", tiers, where: { $0.open != nil }) { $0.open = nil },
    each("gap: open table", tables, where: { $0.open != nil }) { $0.open = nil },
    each("gap: named ports not seen", endpoints, where: { $0.namedPortsOpen != nil }) { $0.namedPortsOpen = nil },
    each("gap: targets not seen", listeners, where: { $0.targetsOpen != nil }) { $0.targetsOpen = nil },
  ]
}

extension HeldAddress {
  fileprivate var isWide: Bool { if case .prefix(let prefix) = self { !prefix.isHost } else { false } }
}

extension TrafficSet {
  fileprivate func isOnly(_ proto: IPProtocol) -> Bool {
    !isEmpty && subtracting(TrafficSet(protocol: proto)).isEmpty
  }

  fileprivate var namesSourcePorts: Bool { !isAny && description.contains(" from ") }

  fileprivate var namesCode: Bool {
    isOnly(.icmp) && TrafficSet(icmp: .icmp, type: sample?.icmpType, code: nil).subtracting(self).isEmpty == false
  }
}
