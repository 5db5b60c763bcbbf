import NetworkModel
import PacketSpace

// Entry of a table for a destination (the walk, section 4.4), and what an open table may hold (9).
extension Walk {
  /// Longest prefix, then lowest precedence; equals with different next hops are a choice.
  ///
  /// `nil`: no route.
  mutating func nextHop(of destination: PacketAddress, at attachment: AttachmentID) -> RouteTable.NextHop? {
    guard let id = network[attachment].table else { return nil }
    let table = network[id]
    if let open = table.open {
      // Any entry may stand in an open table: an unseen one wins, or the table is as it is seen.
      let others: [RouteTable.NextHop] = [.drop] + possibleNextHops(at: attachment)
      let taken = completion.choose(of: 1 + others.count, unknown: open)
      if taken > 0 { return others[taken - 1] }
    }
    let order = table.routes.indices.sorted { one, other in
      let (left, right) = (table.routes[one], table.routes[other])
      return (right.prefix.length, left.precedence, one) < (left.prefix.length, right.precedence, other)
    }
    var equal: [Int] = []
    for index in order {
      let route = table.routes[index]
      if let first = equal.first.map({ table.routes[$0] }),
        first.prefix.length != route.prefix.length || first.precedence != route.precedence
      {
        break
      }
      guard completion.holds(route.prefix, destination),
        completion.settle(route.present, key: .routePresent(id, index))
      else { continue }
      if !equal.contains(where: { table.routes[$0].next == route.next }) { equal.append(index) }
    }
    if equal.isEmpty { return nil }
    let index = equal[completion.choose(of: equal.count)]
    pass(.attachment(attachment), .route(id, index: index))
    guard case .unknown(let unknown) = table.routes[index].next else { return table.routes[index].next }
    let others: [RouteTable.NextHop] = [.drop] + possibleNextHops(at: attachment)
    return others[completion.choose(of: others.count, key: .routeNext(id, index), unknown: unknown)]
  }

  /// Every next hop that an entry of the attachment's table could name.
  private func possibleNextHops(at attachment: AttachmentID) -> [RouteTable.NextHop] {
    let router = network[attachment].router
    let attached = Set(
      network[router].attachments.flatMap { id -> [SegmentID] in
        if case .ports(let ports) = network[id].farSide { ports.map(\.segment) } else { [] }
      })
    var result: [RouteTable.NextHop] = [.local]
    for index in network.attachments.indices {
      let other = AttachmentID(index)
      if network[other].router == router {
        if other != attachment { result.append(.link(other)) }
      } else if case .ports(let ports) = network[other].farSide,
        ports.contains(where: { attached.contains($0.segment) })
      {
        result.append(.port(other))
      }
    }
    return result
  }
}
