import NetworkModel
import PacketSpace

/// A table of which nothing is known, and why.
struct OpenTable {
  var table: RouteTableID
  var vpc: Int
  var missing: UnknownID
}

extension AWSBuilder {
  /// A table of which nothing is known; it is filled when all gateways are known.
  mutating func openTable(_ subnet: ResourceHeader, _ vpc: Int, _ missing: UnknownID) -> RouteTableID {
    let table = network.add(
      RouteTable(identity: Identity(key: subnet.key + "#table", name: "route table of \(subnet.name)")))
    openTables.append(OpenTable(table: table, vpc: vpc, missing: missing))
    return table
  }

  /// Any table has local routes, unless something that forwards is put before them; it may lead to whatever leads out of the VPC, and to a
  /// subnet by what forwards in the VPC ("Route table concepts" and "Middlebox routing", VPC User Guide). No route leads to a subnet as such,
  /// so that this is less than a table that may hold any route.
  mutating func fill(_ open: OpenTable) {
    guard let built = vpcs[open.vpc] else { return }
    let places = segments(of: open.vpc)
    func stands(_ attachment: AttachmentID) -> Bool {
      guard case .ports(let ports) = network[attachment].farSide else { return false }
      return ports.contains { places.contains($0.segment) }
    }
    var out = unique(built.gateways.sorted { $0.key < $1.key }.map(\.value))
    out += internetsBeyond.values.sorted().filter { network[$0].router == built.router }.map { .link($0) }
    let unseen = waysThroughAbsent.values.joined().compactMap { if case .port(let port) = $0 { port } else { nil } }
    let forwarding = Array(appliances.values) + Array(inspections.values) + Array(unseen)
    var across = out.filter { if case .port(let port) = $0 { port != hubSides[open.vpc] } else { false } }
    across += forwarding.sorted().filter(stands).map { RouteTable.NextHop.port($0) }
    var routes: [RouteTable.Route] = []
    func mayLead(_ prefix: IPPrefix, to hops: [RouteTable.NextHop]) {
      routes += hops.map { RouteTable.Route(prefix, next: $0, present: .unknown(open.missing)) }
    }
    for prefix in built.blocks + built.ipv6Blocks { mayLead(prefix, to: [.local]) }
    for prefix in [IPPrefix.anyIPv4, .anyIPv6] { mayLead(prefix, to: unique(out + across)) }
    for prefix in Set(places.flatMap { network[$0].prefixes }).sorted() { mayLead(prefix, to: across) }
    network.tables[open.table.offset].routes = routes
  }
}
