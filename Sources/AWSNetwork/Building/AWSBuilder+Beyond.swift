import NetworkModel
import PacketSpace

/// Targets of routes that are not modelled or not in the snapshot: what is handed to them may come out wherever they may lead.
extension AWSBuilder {
  /// A target that is not modelled or not present: what lies behind it *may* be anything. What it is may be known otherwise than by its id.
  mutating func beyond(
    _ reference: Reference, _ vpc: Int, _ header: ResourceHeader, _ derivation: Derivation,
    kind: AbsentTarget.Kind? = nil
  ) -> RouteTable.NextHop {
    guard let built = vpcs[vpc] else { return .drop }
    noteBeyond(reference, header, derivation)
    let attachment = network.add(
      Attachment(
        identity: Identity(key: "\(header.key)#\(reference.text)", name: reference.text), router: built.router,
        farSide: .zones([]), table: built.localTable, keepsIngress: false, keepsEgress: false, derivation: derivation))
    let zone = implicitZone("behind:\(reference.text)", far(reference, header), within: .none, attachment)
    network.attachments[attachment.offset].farSide = .zones([zone])
    vpcs[vpc]?.gateways[reference.text] = .link(attachment)
    absent[attachment] = AbsentTarget(reference: reference, vpc: vpc, kind: kind, derivation: derivation)
    return .link(attachment)
  }

  func far(_ reference: Reference, _ header: ResourceHeader) -> ResourceHeader {
    var far = header
    far.id = reference.text
    far.logicalID = reference.text
    far.aliases = []
    far.tags = [:]
    return far
  }

  mutating func noteBeyond(_ reference: Reference, _ header: ResourceHeader, _ derivation: Derivation) {
    gap(
      .notModelled, reference.text,
      "\(header.name) leads to \(reference), which is not modelled or not in the snapshot", derivation)
  }

  /// Where else a route may lead whose target is not in the snapshot: equal routes are a choice (the walk, section 4).
  mutating func otherWays(_ route: RouteTable.Route) -> [RouteTable.Route] {
    guard case .link(let attachment) = route.next, let target = absent[attachment] else { return [] }
    let ways = waysThroughAbsent[attachment] ?? waysThrough(target)
    waysThroughAbsent[attachment] = ways
    return ways.map { next in
      var other = route
      other.next = next
      return other
    }
  }

  /// Behind a gateway of which nothing is known there may be a way to the internet too: a route that holds public addresses leads to either.
  mutating func internetBeyond(_ route: RouteTable.Route, _ vpc: Int) -> [RouteTable.Route] {
    guard case .link(let attachment) = route.next, case .zones(let zones) = network[attachment].farSide,
      let built = vpcs[vpc], AddressSet(route.prefix).overlaps(.internetSpace),
      zones.contains(where: { if case .implicit = network[$0].kind { true } else { false } })
    else { return [] }
    let name = network[attachment].identity.name
    if internetsBeyond[attachment] == nil {
      internetsBeyond[attachment] = internetExit(
        Identity(key: network[attachment].identity.key + "#internet", name: name), of: built.router,
        table: built.localTable, unknown("whether \(name) leads to the internet is not known", route.derivation))
    }
    guard let exit = internetsBeyond[attachment] else { return [] }
    var other = route
    other.next = .link(exit)
    other.present = route.present.and(network[exit].usable)
    return [other]
  }

  /// A way to the internet that may be there, by which packets leave with a public address that nobody sees.
  mutating func internetExit(
    _ identity: Identity, of router: RouterID, table: RouteTableID, _ unknown: UnknownID
  ) -> AttachmentID {
    let translations = IPFamily.allCases.map { family in
      let address = UnknownAddress(within: AddressSet.internetSpace.restricted(to: family), unknown: unknown)
      return Translation(
        .hide(family == .v4 ? .anyIPv4 : .anyIPv6, behind: .unknown(network.add(address))),
        derivation: network[unknown].derivation)
    }
    return network.add(
      Attachment(
        identity: identity, router: router, farSide: .zones([internet]), usable: .unknown(unknown), table: table,
        translations: translations, keepsIngress: false, keepsEgress: false, derivation: network[unknown].derivation))
  }

  /// An endpoint of a firewall or gateway load balancer: what it is given comes back unchanged, or not at all (Gateway Load Balancer User
  /// Guide). In which subnet it stands is not read.
  mutating func inspection(
    _ reference: Reference, _ vpc: Int, _ header: ResourceHeader, _ derivation: Derivation
  ) -> AttachmentID {
    let key = "\(records.vpcs[vpc].header.key)#\(reference.text)"
    if let known = inspections[key] { return known }
    noteBeyond(reference, header, derivation)
    let attachment = sender(
      Identity(key: key, name: reference.text), "what the appliances behind \(reference) let pass is not known",
      in: vpc, derivation)
    inspections[key] = attachment
    return attachment
  }

  /// What stands in a VPC, nobody knows in which subnet, and sends on unchanged what it is given, or does not.
  mutating func sender(
    _ identity: Identity, _ reason: String, in vpc: Int, _ derivation: Derivation
  ) -> AttachmentID {
    let id = unknown(reason, derivation)
    let router = network.add(
      Router(identity: identity, kind: "appliance", notUnderstood: id, derivation: derivation))
    let attachment = network.add(
      Attachment(
        identity: identity, router: router, farSide: .ports(segments(of: vpc).map { Attachment.Port(segment: $0) }),
        isHashed: true, derivation: derivation))
    network.attachments[attachment.offset].table = network.add(
      RouteTable(
        identity: identity,
        routes: [IPPrefix.anyIPv4, .anyIPv6].map { RouteTable.Route($0, next: .link(attachment)) }))
    return attachment
  }

  func segments(of vpc: Int) -> [SegmentID] {
    subnets.sorted { $0.key < $1.key }.filter { subnetVPC[$0.key] == vpc }.map(\.value)
  }
}
