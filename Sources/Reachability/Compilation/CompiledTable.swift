import NetworkModel
import PacketSpace

/// A route table, longest prefix first and lowest precedence before higher.
struct CompiledTable: Sendable {
  private let routes: [(route: RouteTable.Route, index: Int)]
  let open: UnknownID?

  init(_ table: RouteTable) {
    routes = table.routes.enumerated().map { ($1, $0) }.sorted { left, right in
      (-left.0.prefix.length, left.0.precedence, left.1) < (-right.0.prefix.length, right.0.precedence, right.1)
    }
    open = table.open
  }

  /// The next hops that may be taken for a destination: one where the table decides, several where equal routes differ or routes are
  /// not certain; `nil` among them where no route may be there. With the unknowns that make the difference.
  func nextHops(to destination: IPAddress) -> (hops: [RouteTable.NextHop?], unknowns: [UnknownID]) {
    var hops: [RouteTable.NextHop?] = []
    var unknowns: [UnknownID] = []
    var decided: (length: Int, precedence: Int)?
    for (route, _) in routes where route.present != .no && route.prefix.contains(destination) {
      if let decided, decided != (route.prefix.length, route.precedence) { break }
      if !hops.contains(route.next) { hops.append(route.next) }
      if let unknown = route.present.unknown {
        unknowns.append(unknown)
      } else {
        decided = (route.prefix.length, route.precedence)
      }
    }
    if decided == nil { hops.append(nil) }
    return (hops, unknowns)
  }

  var allNextHops: [RouteTable.NextHop] {
    var hops: [RouteTable.NextHop] = []
    for (route, _) in routes where !hops.contains(route.next) { hops.append(route.next) }
    return hops
  }
}
