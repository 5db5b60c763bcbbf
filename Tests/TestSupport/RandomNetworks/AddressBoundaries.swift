import NetworkModel
import PacketSpace

/// The addresses at which something begins or ends that a network or a packet names: of an unknown address those are the values that matter.
struct AddressBoundaries {
  private var starts: Set<IPAddress> = []

  init(_ network: Network, _ questions: [PosedQuestion]) {
    for filter in network.filters {
      for rule in (filter.ingress?.rules ?? []) + (filter.egress?.rules ?? []) {
        rule.near.map { add($0) }
        for peer in rule.peers ?? [] { peer.addresses.map { add($0) } }
      }
    }
    for table in network.tables { for route in table.routes { add(AddressSet(route.prefix)) } }
    for segment in network.segments { add(AddressSet(segment.prefixes)) }
    for membership in network.memberships { add(membership.outsideWithin) }
    for zone in network.zones { add(zone.addresses) }
    for question in questions {
      for address in [question.packet.source, question.packet.destination] where address.unknown == nil {
        add(AddressSet(address.number))
      }
    }
  }

  private mutating func add(_ set: AddressSet) {
    for range in set.ranges {
      starts.insert(range.lower)
      if let next = range.upper.next { starts.insert(next) }
    }
  }

  /// The first and the last address of each part of a set that the boundaries cut.
  func addresses(of set: AddressSet) -> [IPAddress] {
    var result: Set<IPAddress> = []
    for range in set.ranges {
      result.insert(range.lower)
      result.insert(range.upper)
    }
    for start in starts {
      if set.contains(start) { result.insert(start) }
      if let before = start.previous, set.contains(before) { result.insert(before) }
    }
    return result.sorted()
  }
}
