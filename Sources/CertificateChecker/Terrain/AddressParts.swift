import NetworkModel
import PacketSpace

/// Where the network tells addresses apart (see `Boundaries`).
final class AddressParts {
  /// Every set of addresses that a rule, a route, a segment, a zone or a translation names.
  private let cuts: [AddressSet]
  /// What is held, for sets that are sent to: who holds an address is found by its number.
  private let held: [AddressSet]
  /// Those of them that are more than one address.
  private let blocks: [AddressSet]

  private var known: [AddressSet: [IPAddress]] = [:]

  init(_ network: Network) {
    var cuts: Set<AddressSet> = []
    for filter in network.filters {
      for rule in (filter.ingress?.rules ?? []) + (filter.egress?.rules ?? []) {
        if let near = rule.near { cuts.insert(near) }
        for peer in rule.peers ?? [] {
          if let addresses = peer.addresses { cuts.insert(addresses) }
        }
      }
    }
    for membership in network.memberships where membership.outside != .no { cuts.insert(membership.outsideWithin) }
    for route in network.tables.flatMap(\.routes) { cuts.insert(AddressSet(route.prefix)) }
    for prefix in network.segments.flatMap(\.prefixes) { cuts.insert(AddressSet(prefix)) }
    for zone in network.zones { cuts.insert(zone.addresses) }
    var held: Set<AddressSet> = []
    func hold(_ address: HeldAddress) {
      switch address {
      case .prefix(let prefix): held.insert(AddressSet(prefix))
      case .unknown: break
      }
    }
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] {
        switch translation.kind {
        case .keep(let prefix): cuts.insert(AddressSet(prefix))
        case .hide(let prefix, let behind):
          cuts.insert(AddressSet(prefix))
          hold(behind)
        case .oneToOne(let inside, let outside):
          hold(inside)
          hold(outside)
        }
      }
      if case .ports(let ports) = attachment.farSide {
        for address in ports.flatMap(\.addresses) { hold(address) }
      }
    }
    for placement in network.endpoints.flatMap(\.placements) {
      for address in placement.addresses { hold(address) }
      for prefix in placement.front?.directPrefixes ?? [] { cuts.insert(AddressSet(prefix)) }
    }
    cuts.remove(.none)
    cuts.remove(.everything)
    self.cuts = cuts.sorted { $0.ranges.lexicographicallyPrecedes($1.ranges) }
    self.held = held.sorted { $0.ranges.lexicographicallyPrecedes($1.ranges) }
    blocks = self.held.filter { $0.addressCount > 1 }
  }

  /// One address of each part of a set that the network tells apart.
  func parts(of set: AddressSet) -> [IPAddress] {
    if set.ranges.count == 1, let only = set.ranges.first, only.lower == only.upper { return [only.lower] }
    if let parts = known[set] { return parts }
    let parts = findParts(of: set)
    known[set] = parts
    return parts
  }

  private func findParts(of set: AddressSet) -> [IPAddress] {
    let dividing = cuts + held.filter { $0.overlaps(set) }
    var starts = Set(set.ranges.map(\.lower))
    for range in dividing.flatMap(\.ranges) {
      for start in [range.lower, range.upper.next] {
        if let start, set.contains(start) { starts.insert(start) }
      }
    }
    var seen: Set<[Bool]> = []
    return starts.sorted().filter { start in
      // The two families are never alike.
      seen.insert([start.family == .v4] + dividing.map { $0.contains(start) }).inserted
    }
  }

  /// In which sets a block lies as a whole, overlaps, or is not.
  func part(of prefix: IPPrefix) -> [Bool] {
    let block = AddressSet(prefix)
    // Blocks held by several endpoints divide too: who is delivered to hangs on them.
    return (cuts + blocks).flatMap { [$0.overlaps(block), $0.contains(block)] }
  }
}
