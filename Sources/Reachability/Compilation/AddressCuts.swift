import NetworkModel
import PacketSpace

extension Network {
  /// Every address set that something in the network can tell apart.
  ///
  /// Single addresses of endpoints are not among them: who holds an address is looked up by number, so endpoints whose addresses no
  /// rule, route or zone tells apart stay in one class.
  func addressCuts() -> [AddressSet] {
    var cuts = Set(wayCuts())
    for filter in filters { cut(by: filter, &cuts) }
    for membership in memberships where membership.outside != .no { cuts.insert(membership.outsideWithin) }
    return Self.ordered(cuts.union(heldWithinOthers()))
  }

  /// What is held inside a longer range that another holds: who sends to the range as a whole may meet either.
  ///
  /// One set for each segment and depth, so that the ranges of many nodes with their pods inside are two classes and not two each.
  private func heldWithinOthers() -> [AddressSet] {
    var held = [[IPPrefix]](repeating: [], count: segments.count)
    func add(_ addresses: [HeldAddress], in segment: SegmentID) {
      for case .prefix(let prefix) in addresses { held[segment.offset].append(prefix) }
    }
    for index in endpoints.indices {
      for placement in endpoints[index].placements { add(placement.addresses, in: placement.segment) }
    }
    for attachment in attachments {
      guard case .ports(let ports) = attachment.farSide else { continue }
      for port in ports { add(port.addresses, in: port.segment) }
    }
    return held.filter { $0.contains { !$0.isHost } }.flatMap { prefixes -> [AddressSet] in
      var deeper: [[IPPrefix]] = []
      var around: [IPPrefix] = []
      for prefix in Set(prefixes).sorted(by: { ($0.first, $0.length) < ($1.first, $1.length) }) {
        while let last = around.last, !last.contains(prefix.first) { around.removeLast() }
        if around.count > deeper.count { deeper.append([]) }
        for depth in around.indices { deeper[depth].append(prefix) }
        if !prefix.isHost { around.append(prefix) }
      }
      return deeper.map { AddressSet($0) }
    }
  }

  /// Every address set that something on the way can tell apart: all but the layers of the ends.
  func wayCuts() -> [AddressSet] {
    var cuts: Set<AddressSet> = []
    let lists = segments.flatMap { $0.inFilters + $0.outFilters } + attachments.flatMap { $0.inFilters + $0.outFilters }
    for filter in Set(lists) { cut(by: filters[filter.offset], &cuts) }
    for table in tables {
      for route in table.routes { cuts.insert(AddressSet(route.prefix)) }
    }
    // Each by itself: of two segments that hold an address the one with the longer prefix has it.
    for prefix in segments.flatMap(\.prefixes) { cuts.insert(AddressSet(prefix)) }
    for zone in zones { cuts.insert(zone.addresses) }
    for attachment in attachments {
      for translation in attachment.translations ?? [] {
        switch translation.kind {
        case .keep(let prefix), .hide(let prefix, behind: _): cuts.insert(AddressSet(prefix))
        case .oneToOne: break
        }
      }
    }
    for index in endpoints.indices {
      for placement in endpoints[index].placements {
        if let front = placement.front { cuts.insert(AddressSet(front.directPrefixes)) }
      }
    }
    return Self.ordered(cuts)
  }

  private func cut(by filter: Filter, _ cuts: inout Set<AddressSet>) {
    for list in [filter.ingress, filter.egress] {
      for rule in list?.rules ?? [] {
        if let near = rule.near { cuts.insert(near) }
        for peer in rule.peers ?? [] {
          if let addresses = peer.addresses { cuts.insert(addresses) }
          if let membership = peer.membership, memberships[membership.offset].outside != .no {
            cuts.insert(memberships[membership.offset].outsideWithin)
          }
        }
      }
    }
  }

  private static func ordered(_ cuts: Set<AddressSet>) -> [AddressSet] {
    cuts.subtracting([.none, .everything]).sorted { ($0.ranges, 0) < ($1.ranges, 0) }
  }
}

private func < (left: ([AddressRange], Int), right: ([AddressRange], Int)) -> Bool {
  left.0.lexicographicallyPrecedes(right.0)
}
