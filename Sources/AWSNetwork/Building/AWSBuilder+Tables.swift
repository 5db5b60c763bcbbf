import NetworkModel
import PacketSpace

/// Route tables of subnets: longest prefix, then static before propagated (VPC User Guide, "Route priority").
extension AWSBuilder {
  /// A subnet has the table that is associated with it, else the VPC's main one.
  mutating func buildTables() {
    var built: [Int: RouteTableID] = [:]
    for (subnet, segment) in subnets.sorted(by: { $0.key < $1.key }) {
      guard let vpc = subnetVPC[subnet], let gateway = network[segment].gateway else { continue }
      if network[gateway].table != nil { continue }
      let header = records.subnets[subnet].header
      if let missing = uncertainty(of: subnet, in: uncertainTables) {
        network.attachments[gateway.offset].table = openTable(header, vpc, unknown(missing))
        continue
      }
      guard let number = relations.tableOfSubnet[subnet] ?? relations.mainTableOfVPC[vpc] else {
        network.attachments[gateway.offset].table = silentTable(header, vpc)
        continue
      }
      if built[number] == nil { built[number] = build(records.routeTables[number], vpc) }
      network.attachments[gateway.offset].table = built[number]
    }
    buildEdgeTables()
    for table in openTables { fill(table) }
  }

  /// What comes in by a gateway with a table of its own is routed by that table (VPC User Guide, "Gateway route tables").
  private mutating func buildEdgeTables() {
    for table in records.routeTables where !table.gateways.isEmpty {
      guard let vpc = table.vpc.value.flatMap({ index.find(.vpc, $0, from: table.header) }) else { continue }
      for gateway in table.gateways {
        guard case .link(let attachment) = vpcs[vpc]?.gateways[gateway.text] else {
          gap(
            .notModelled, gateway.text,
            "\(table.header.name) routes what comes in by \(gateway), which is not modelled",
            table.header.derivation)
          continue
        }
        let built = build(table, vpc)
        network.attachments[attachment.offset].table = built
      }
    }
  }

  /// A template's VPC has a main table that it cannot change: local routes only. A snapshot that collected tables and lacks this one is
  /// missing something.
  private mutating func silentTable(_ header: ResourceHeader, _ vpc: Int) -> RouteTableID? {
    guard header.stack == nil else {
      if let known = silentTables[vpc] { return known }
      var main = records.vpcs[vpc].header
      main.id += "#main-route-table"
      main.logicalID = main.logicalID.map { "\($0) main route table" }
      main.aliases = []
      main.tags = [:]
      let table = build(RouteTableRecord(header: main, vpc: .absent), vpc)
      silentTables[vpc] = table
      return table
    }
    let open = unknown("the route table of \(header.name) is not in the snapshot", header.derivation)
    gap(
      .notPresent, header.name, "neither its route table nor the VPC's main one is in the snapshot", header.derivation)
    return openTable(header, vpc, open)
  }

  private mutating func build(_ table: RouteTableRecord, _ vpc: Int) -> RouteTableID {
    guard let built = vpcs[vpc] else { return network.add(RouteTable(identity: table.header.identity)) }
    var routes: [RouteTable.Route] = []
    var open = table.open.map { unknown($0) }
    let local = built.blocks + built.ipv6Blocks
    for block in local where !table.routes.contains(where: { $0.destination.value == block }) {
      routes.append(RouteTable.Route(block, next: .local, derivation: table.header.derivation))
    }
    for route in table.routes {
      guard let prefixes = destinations(route, table.header) else {
        open = unknown(
          route.destination.missing
            ?? Missing("the destination of a route of \(table.header.name) is not seen", derivation: route.derivation))
        continue
      }
      for prefix in prefixes {
        if route.isPropagated, local.contains(where: { $0.contains(prefix) }) { continue }
        let next = nextHop(route, vpc, table.header)
        let isListed = route.prefixList != nil
        let built = RouteTable.Route(
          prefix, precedence: route.isPropagated ? 20 : isListed ? 10 : 0, next: next, present: truth(route.exists),
          derivation: route.derivation)
        var ways = [built]
        if case .unknown(let id) = next {
          // It may also be something that no input shows.
          let target = Reference("a target that is not known: \(network[id].reason)")
          ways.append(built)
          ways[1].next = vpcs[vpc]?.gateways[target.text] ?? beyond(target, vpc, table.header, route.derivation)
        }
        for way in ways { ways += otherWays(way) }
        for way in ways {
          routes += [way] + standInRoutes(way)
          if !isListed { routes += internetBeyond(way, vpc) }
        }
      }
    }
    for gateway in table.propagating where vpcs[vpc]?.gateways[gateway.text] == nil {
      _ = beyond(gateway, vpc, table.header, table.header.derivation, kind: .outside)
    }
    routes += impliedRoutes(vpc)
    return network.add(
      RouteTable(
        identity: table.header.identity, routes: unique(routes), open: open, derivation: table.header.derivation))
  }

  /// The way to what an implied VPC holds, should it be this one or a peer of it.
  private mutating func impliedRoutes(_ vpc: Int) -> [RouteTable.Route] {
    var routes: [RouteTable.Route] = []
    for peering in impliedPeerings where peering.vpcs.contains(vpc) {
      guard let other = peering.vpcs.first(where: { $0 != vpc }), let gateway = vpcs[vpc]?.gateways[peering.peering]
      else { continue }
      let id = unknown(peering.missing)
      routes += (vpcs[other]?.blocks ?? []).map {
        RouteTable.Route(
          $0, precedence: 1000, next: gateway, present: .unknown(id), derivation: peering.missing.derivation)
      }
    }
    return routes
  }

  func unique(_ hops: [RouteTable.NextHop]) -> [RouteTable.NextHop] {
    var result: [RouteTable.NextHop] = []
    for hop in hops where !result.contains(hop) { result.append(hop) }
    return result
  }

  private func unique(_ routes: [RouteTable.Route]) -> [RouteTable.Route] {
    var result: [RouteTable.Route] = []
    for route in routes
    where !result.contains(where: {
      $0.prefix == route.prefix && $0.precedence == route.precedence && $0.next == route.next
        && $0.present == route.present
    }) {
      result.append(route)
    }
    return result
  }

  /// The blocks that a route is for; `nil` where they are not known.
  ///
  /// A provider's own list holds addresses of a service, of which no literal address is taken to be one; what is not seen of other lists
  /// may be anything.
  private mutating func destinations(_ route: RouteRecord, _ header: ResourceHeader) -> [IPPrefix]? {
    if let prefix = route.destination.value { return [prefix] }
    guard let reference = route.prefixList else { return nil }
    if let number = index.find(.prefixList, reference, from: header) {
      let list = records.prefixLists[number]
      return list.entries ?? (list.isAWSManaged ? [] : nil)
    }
    // Routes of gateway endpoints are by the provider's lists.
    if case .known(.resource(let target), _) = route.target, target.text.hasPrefix("vpce-") { return [] }
    gap(
      .notPresent, reference.text, "\(header.name) routes by the prefix list \(reference), whose entries are not seen",
      route.derivation)
    return nil
  }

  private mutating func nextHop(_ route: RouteRecord, _ vpc: Int, _ header: ResourceHeader) -> RouteTable.NextHop {
    switch route.target {
    case .known(.local, _): return .local
    case .known(.blackhole, _): return .drop
    case .unknown(let missing): return .unknown(unknown(missing))
    case .absent: return .unknown(unknown("the target of a route of \(header.name) is not said", route.derivation))
    case .known(.hub(let reference), let derivation):
      return hubPort(reference, vpc, header, derivation)
    case .known(.inspection(let reference), let derivation):
      return .port(inspection(reference, vpc, header, derivation))
    case .known(.resource(let reference), let derivation):
      if let gateway = vpcs[vpc]?.gateways[reference.text] { return gateway }
      if let endpoint = hosts.find(reference, from: header).first {
        return .port(appliance(endpoint, reference, derivation))
      }
      return beyond(reference, vpc, header, derivation)
    }
  }

  /// A machine that packets are routed to: it drops them while its source and destination check is on; what it does else is not known.
  private mutating func appliance(_ endpoint: EndpointID, _ reference: Reference, _ derivation: Derivation)
    -> AttachmentID
  {
    if let known = appliances[endpoint] { return known }
    let host = network[endpoint]
    let number = interfaceEndpoints.first { $0.value == endpoint }?.key
    let checks = number.map { records.interfaces[$0].sourceDestinationCheck } ?? .absent
    let isOff = truth(checks.map { !$0 }, otherwise: false)
    let id = unknown("what \(host.identity.name) does with packets for others is not known", derivation)
    let router = network.add(
      Router(
        identity: Identity(key: host.identity.key + "#appliance", name: host.identity.name), kind: "appliance",
        notUnderstood: id, derivation: host.derivation))
    let attachment = network.add(
      Attachment(
        identity: Identity(key: host.identity.key + "#appliance", name: host.identity.name), router: router,
        farSide: .ports(host.placements.map { Attachment.Port(segment: $0.segment, endpoint: endpoint) }),
        usable: isOff,
        keepsIngress: false, keepsEgress: false, derivation: host.derivation))
    network.attachments[attachment.offset].table = network.add(
      RouteTable(
        identity: Identity(key: host.identity.key + "#forwards", name: host.identity.name),
        routes: [IPPrefix.anyIPv4, .anyIPv6].map { RouteTable.Route($0, next: .link(attachment)) }))
    appliances[endpoint] = attachment
    return attachment
  }
}
