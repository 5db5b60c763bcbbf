import NetworkModel
import PacketSpace

/// Internet, egress-only and NAT gateways, and peerings.
extension AWSBuilder {
  mutating func buildGateways() {
    for number in records.internetGateways.indices {
      let gateway = records.internetGateways[number]
      for attribute in gateway.vpcs {
        guard let vpc = resolve(.vpc, attribute, from: gateway.header, as: "VPC"), vpcs[vpc] != nil else { continue }
        if gateway.isEgressOnly {
          buildEgressOnly(gateway, vpc)
        } else {
          buildInternetGateway(gateway, vpc)
        }
      }
    }
    for number in records.natGateways.indices { buildNAT(records.natGateways[number]) }
  }

  private mutating func link(_ vpc: Int, to router: RouterID, _ header: ResourceHeader) -> (
    vpcSide: AttachmentID, inner: AttachmentID
  )? {
    guard let built = vpcs[vpc] else { return nil }
    let inner = network.add(
      Attachment(
        identity: Identity(key: header.key + "#inside", name: header.name), router: router, farSide: .zones([]),
        derivation: header.derivation))
    let vpcSide = network.add(
      Attachment(
        identity: Identity(key: header.key + "#vpc", name: header.name), router: built.router,
        farSide: .attachment(inner), table: built.localTable, derivation: header.derivation))
    network.attachments[inner.offset].farSide = .attachment(vpcSide)
    return (vpcSide, inner)
  }

  /// One-to-one translation of public addresses; private and shared address space passes in neither direction, and what has no public
  /// address is dropped (VPC User Guide, "Internet gateways").
  private mutating func buildInternetGateway(_ gateway: InternetGatewayRecord, _ vpc: Int) {
    guard let built = vpcs[vpc] else { return }
    let router = network.add(
      Router(
        identity: gateway.header.identity, kind: "internet-gateway",
        attributes: attributes(gateway.header, kind: "igw"), derivation: gateway.header.derivation))
    guard let (vpcSide, inner) = link(vpc, to: router, gateway.header) else { return }
    let outer = network.add(
      Attachment(
        identity: Identity(key: gateway.header.key + "#internet", name: gateway.header.name), router: router,
        farSide: .zones([internet]), usable: usability(gateway.header),
        inFilters: [unroutable()], outFilters: [unroutable()],
        translations: built.ipv6Blocks.map { Translation(.keep($0), derivation: gateway.header.derivation) },
        derivation: gateway.header.derivation))
    let outward = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#outward", name: gateway.header.name),
        routes: [IPPrefix.anyIPv4, .anyIPv6].map { RouteTable.Route($0, next: .link(outer)) }))
    let inward = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#inward", name: gateway.header.name),
        routes: (built.blocks + built.ipv6Blocks).map { RouteTable.Route($0, next: .link(inner)) }))
    network.attachments[inner.offset].table = outward
    network.attachments[outer.offset].table = inward
    vpcs[vpc]?.internetGateways.append(outer)
    for name in names(gateway.header) { vpcs[vpc]?.gateways[name] = .link(vpcSide) }
  }

  /// What blocks public access, and what it excludes, is not modelled: whether the gateway then forwards is not known.
  private mutating func usability(_ gateway: ResourceHeader) -> Truth {
    let exists = truth(gateway.exists)
    guard let block = records.publicAccessBlocks.first(where: { RecordIndex.scope($0) == RecordIndex.scope(gateway) })
    else { return exists }
    let reason = "VPC Block Public Access is on and not modelled"
    gap(.notModelled, block.name, "whether \(gateway.name) is usable is not known: \(reason)", block.derivation)
    return exists.and(.unknown(unknown(reason, block.derivation)))
  }

  /// The filter of internet gateways: RFC 1918 and RFC 6598 addresses neither come in nor go out.
  mutating func unroutable() -> FilterID {
    if let unroutableFilter { return unroutableFilter }
    let list = RuleList([
      Rule(.deny, peers: [Peer(addresses: .privateSpace)], label: "private space"), Rule(.allow, label: "public space"),
    ])
    let filter = network.add(
      Filter(
        identity: Identity(key: "internet gateways", name: "of every internet gateway"),
        kind: "rule", end: .deny, ingress: list, egress: list))
    unroutableFilter = filter
    return filter
  }

  /// IPv6 outward only, stateful (VPC User Guide, "Egress-only internet gateways").
  private mutating func buildEgressOnly(_ gateway: InternetGatewayRecord, _ vpc: Int) {
    let router = network.add(
      Router(
        identity: gateway.header.identity, kind: "egress-only-internet-gateway", isSymmetric: true,
        attributes: attributes(gateway.header, kind: "eigw"), derivation: gateway.header.derivation))
    guard let built = vpcs[vpc], let (vpcSide, inner) = link(vpc, to: router, gateway.header) else { return }
    let filter = network.add(
      Filter(
        identity: Identity(key: gateway.header.key + "#filter", name: gateway.header.name),
        kind: "egress-only gateway", isStateful: true, end: .deny, ingress: RuleList(),
        egress: RuleList([Rule(.allow, peers: [Peer(addresses: .allIPv6)], label: "IPv6 outward")]),
        derivation: gateway.header.derivation))
    let outer = network.add(
      Attachment(
        identity: Identity(key: gateway.header.key + "#internet", name: gateway.header.name), router: router,
        farSide: .zones([internet]), usable: usability(gateway.header), inFilters: [filter], outFilters: [filter],
        derivation: gateway.header.derivation))
    network.attachments[inner.offset].table = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#outward", name: gateway.header.name),
        routes: [RouteTable.Route(.anyIPv6, next: .link(outer))]))
    network.attachments[outer.offset].table = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#inward", name: gateway.header.name),
        routes: built.ipv6Blocks.map { RouteTable.Route($0, next: .link(inner)) }))
    for name in names(gateway.header) { vpcs[vpc]?.gateways[name] = .link(vpcSide) }
  }

  /// Entered from the VPC by an interface in its subnet, left by the same one with its address as source; lets in answers only. TCP, UDP
  /// and ICMP (VPC User Guide, "NAT gateway basics").
  private mutating func buildNAT(_ gateway: NATGatewayRecord) {
    guard let subnet = resolve(.subnet, gateway.subnet, from: gateway.header, as: "subnet"),
      let segment = subnets[subnet], let vpc = subnetVPC[subnet], let built = vpcs[vpc]
    else { return }
    let router = network.add(
      Router(
        identity: gateway.header.identity, kind: "nat-gateway", isSymmetric: true,
        attributes: attributes(gateway.header, kind: "nat"), derivation: gateway.header.derivation))
    let address: HeldAddress =
      gateway.privateAddress.value.map { HeldAddress($0) }
      ?? unknownAddress(in: segment, family: .v4, of: gateway.header)
    let traffic = TrafficSet(.tcp).union(TrafficSet(.udp)).union(TrafficSet(protocol: .icmp))
    let admission = network.add(
      Filter(
        identity: Identity(key: gateway.header.key + "#admission", name: gateway.header.name), kind: "NAT gateway",
        end: .deny,
        ingress: RuleList([
          Rule(
            .allow, peers: [Peer(addresses: AddressSet(built.blocks))], traffic: RuleTraffic(traffic),
            label: "sources of the VPC")
        ]), derivation: gateway.header.derivation))
    let usable = truth(gateway.isAvailable).and(truth(gateway.header.exists))
    let inner = network.add(
      Attachment(
        identity: Identity(key: gateway.header.key + "#inside", name: gateway.header.name), router: router,
        farSide: .ports([Attachment.Port(segment: segment)]), usable: usable, inFilters: [admission],
        keepsIngress: false, keepsEgress: false, derivation: gateway.header.derivation))
    let outer = network.add(
      Attachment(
        identity: Identity(key: gateway.header.key + "#outside", name: gateway.header.name), router: router,
        farSide: .ports([Attachment.Port(segment: segment, addresses: [address])]), usable: usable,
        translations: [Translation(.hide(.anyIPv4, behind: address), derivation: gateway.header.derivation)],
        keepsIngress: false, keepsEgress: false, derivation: gateway.header.derivation))
    network.attachments[inner.offset].table = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#outward", name: gateway.header.name),
        routes: [RouteTable.Route(.anyIPv4, next: .link(outer))]))
    network.attachments[outer.offset].table = network.add(
      RouteTable(
        identity: Identity(key: gateway.header.key + "#inward", name: gateway.header.name),
        routes: [RouteTable.Route(.anyIPv4, next: .link(inner))]))
    if !gateway.isPrivate {
      publish(address, in: vpc, as: gateway.publicAddress, of: gateway.header)
    }
    for name in names(gateway.header) { vpcs[vpc]?.gateways[name] = .port(inner) }
  }

  // MARK: Peerings

  /// Sources of one side and destinations of the other, nothing beyond; groups are known across it within a region (VPC Peering Guide).
  mutating func buildPeerings() {
    for peering in records.peerings {
      let sides = [peering.requester, peering.accepter]
      let numbers = sides.map { side in
        side.vpc.value.flatMap { index.find(.vpc, $0, from: peering.header) }
      }
      let router = network.add(
        Router(
          identity: peering.header.identity, kind: "peering", attributes: attributes(peering.header, kind: "peering"),
          derivation: peering.header.derivation))
      let usable = truth(peering.isActive).and(truth(peering.header.exists))
      let region = sides.map { $0.region ?? peering.header.region }
      let keeps = region[0] == region[1]
      if keeps, let one = numbers[0], let other = numbers[1] { peeredVPCs.insert([min(one, other), max(one, other)]) }
      var attachments: [AttachmentID] = []
      for (number, side) in zip(numbers, sides) {
        let blocks = number.flatMap { vpcs[$0] }.map { $0.blocks + $0.ipv6Blocks } ?? side.blocks
        let admission = network.add(
          Filter(
            identity: Identity(key: peering.header.key + "#admission\(attachments.count)", name: peering.header.name),
            kind: "peering", end: .deny,
            ingress: RuleList([
              Rule(
                .allow, peers: blocks.isEmpty ? nil : [Peer(addresses: AddressSet(blocks))],
                label: "sources of the side")
            ]),
            derivation: peering.header.derivation))
        let attachment = network.add(
          Attachment(
            identity: Identity(key: peering.header.key + "#side\(attachments.count)", name: peering.header.name),
            router: router, farSide: .zones([]), usable: usable, inFilters: [admission], keepsIngress: keeps,
            keepsEgress: keeps, derivation: peering.header.derivation))
        attachments.append(attachment)
        if let number, let vpc = vpcs[number] {
          let vpcSide = network.add(
            Attachment(
              identity: Identity(key: peering.header.key + "#vpc\(attachments.count)", name: peering.header.name),
              router: vpc.router, farSide: .attachment(attachment), table: vpc.localTable,
              derivation: peering.header.derivation))
          network.attachments[attachment.offset].farSide = .attachment(vpcSide)
          for name in names(peering.header) { vpcs[number]?.gateways[name] = .link(vpcSide) }
        } else {
          network.attachments[attachment.offset].farSide = .zones([
            implicitZone("behind:\(peering.header.id)", peering.header, within: AddressSet(side.blocks), attachment)
          ])
          gap(
            .notPresent, side.vpc.value?.text ?? peering.header.name,
            "the VPC at the far side of the peering \(peering.header.name) is not in the snapshot",
            peering.header.derivation)
        }
      }
      for (own, other) in [(0, 1), (1, 0)] {
        let blocks = numbers[other].flatMap { vpcs[$0] }.map { $0.blocks + $0.ipv6Blocks } ?? sides[other].blocks
        network.attachments[attachments[own].offset].table = network.add(
          RouteTable(
            identity: Identity(key: peering.header.key + "#table\(own)", name: peering.header.name),
            routes: (blocks.isEmpty ? [.anyIPv4, .anyIPv6] : blocks).map {
              RouteTable.Route($0, next: .link(attachments[other]))
            }))
      }
    }
  }

  /// What lies behind an attachment whose far side is not in the snapshot: it *may* hold any address not known elsewhere.
  mutating func implicitZone(
    _ key: String, _ header: ResourceHeader, within: AddressSet, _ attachment: AttachmentID
  ) -> ZoneID {
    let id = unknown("what lies behind \(header.name) is not in the snapshot", header.derivation)
    return network.add(
      Zone(
        identity: Identity(key: key, name: key), kind: .implicit(id),
        addresses: within.isEmpty ? .everything : within, behind: [attachment], derivation: header.derivation))
  }
}
