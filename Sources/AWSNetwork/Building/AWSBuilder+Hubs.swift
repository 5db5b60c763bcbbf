import NetworkModel
import PacketSpace

/// Transit gateways, core networks and local gateways. Their own tables are not modelled, and they may be peered with each other: what a VPC
/// hands to one may come out in every other VPC that is attached to one, behind any of them, or on the internet by somebody's NAT gateway.
extension AWSBuilder {
  /// A VPC at one or more hubs.
  private struct Member {
    var hubs: [Reference] = []
    /// The subnets in which the hubs have their interfaces, as far as they are seen.
    var subnets: [SegmentID] = []
  }

  /// What leads out of VPCs otherwise than to the internet: hubs first, then virtual private gateways that no route need name, for what comes
  /// in by them needs none.
  mutating func buildRemoteGateways() {
    var members: [Int: Member] = [:]
    var origins: [(hub: Reference, header: ResourceHeader, derivation: Derivation)] = []
    func join(_ vpc: Int, _ hub: Reference, _ header: ResourceHeader, _ derivation: Derivation) {
      if members[vpc]?.hubs.contains(hub) != true { members[vpc, default: Member()].hubs.append(hub) }
      if !origins.contains(where: { $0.hub == hub }) { origins.append((hub, header, derivation)) }
    }
    for table in records.routeTables {
      guard let vpc = table.vpc.value.flatMap({ index.find(.vpc, $0, from: table.header) }), vpcs[vpc] != nil else {
        continue
      }
      for route in table.routes {
        if case .known(.hub(let hub), let derivation) = route.target { join(vpc, hub, table.header, derivation) }
      }
    }
    for attachment in records.gatewayAttachments {
      guard let vpc = resolve(.vpc, attachment.vpc, from: attachment.header, as: "VPC"), vpcs[vpc] != nil,
        let gateway = attachment.gateway.value
      else { continue }
      if attachment.isHub {
        join(vpc, gateway, attachment.header, attachment.header.derivation)
        members[vpc]?.subnets += sites(attachment.subnets, of: attachment.header).map(\.segment)
      } else if vpcs[vpc]?.gateways[gateway.text] == nil {
        _ = beyond(gateway, vpc, attachment.header, attachment.header.derivation, kind: .outside)
      }
    }
    if !members.isEmpty { buildHub(members, origins) }
  }

  private mutating func buildHub(
    _ members: [Int: Member], _ origins: [(hub: Reference, header: ResourceHeader, derivation: Derivation)]
  ) {
    let name = origins.map(\.hub.text).joined(separator: ", ")
    let derivation = origins.first?.derivation ?? .none
    let id = unknown("what \(name) forwards is not modelled", derivation)
    let identity = Identity(key: "hub of \(name)", name: name)
    let router = network.add(Router(identity: identity, kind: "hub", derivation: derivation))
    let table = network.add(RouteTable(identity: identity, derivation: derivation))
    var routes: [RouteTable.Route] = []
    for (vpc, member) in members.sorted(by: { $0.key < $1.key }) {
      let side = network.add(
        Attachment(
          identity: Identity(key: "\(identity.key)#\(records.vpcs[vpc].header.key)", name: name), router: router,
          // Where no interface of it is seen it may be in any subnet.
          farSide: .ports(
            (member.subnets.isEmpty ? segments(of: vpc) : member.subnets).map { Attachment.Port(segment: $0) }),
          table: table, isSameZoneOnly: !member.subnets.isEmpty && areZonesKnown(Set(segments(of: vpc))),
          isHashed: member.subnets.isEmpty, meetsOwnBoundary: true, derivation: derivation))
      hubSides[vpc] = side
      for hub in member.hubs { vpcs[vpc]?.gateways[hub.text] = .port(side) }
      let blocks = vpcs[vpc].map { $0.blocks + $0.ipv6Blocks } ?? []
      routes += blocks.map { RouteTable.Route($0, next: .link(side), present: .unknown(id), derivation: derivation) }
    }
    var exits: [AttachmentID] = []
    for origin in origins {
      noteBeyond(origin.hub, origin.header, origin.derivation)
      let outer = network.add(
        Attachment(
          identity: Identity(key: "\(identity.key)#\(origin.hub)", name: origin.hub.text), router: router,
          farSide: .zones([]), table: table, keepsIngress: false, keepsEgress: false, derivation: origin.derivation))
      let zone = implicitZone("behind:\(origin.hub)", far(origin.hub, origin.header), within: .none, outer)
      network.attachments[outer.offset].farSide = .zones([zone])
      exits.append(outer)
    }
    exits.append(
      internetExit(Identity(key: identity.key + "#internet", name: name), of: router, table: table, id))
    for exit in exits {
      routes += [IPPrefix.anyIPv4, .anyIPv6].map {
        RouteTable.Route($0, next: .link(exit), present: .unknown(id), derivation: derivation)
      }
    }
    network.tables[table.offset].routes = routes
  }

  mutating func hubPort(
    _ hub: Reference, _ vpc: Int, _ header: ResourceHeader, _ derivation: Derivation
  ) -> RouteTable.NextHop {
    hubSides[vpc].map { .port($0) } ?? beyond(hub, vpc, header, derivation, kind: .passage)
  }
}
