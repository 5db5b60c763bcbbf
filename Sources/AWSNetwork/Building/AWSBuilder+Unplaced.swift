import NetworkModel
import PacketSpace

/// What stands in a subnet or VPC that is not known or not in the snapshot: it is somewhere, and what reaches it there is undecided.
///
/// The place is implied: a subnet of unknown block, table and ACL, in a VPC that may have an internet gateway and may be any other VPC of the
/// account and region, which a peering that may be active says. What its security groups refuse is refused all the same.
extension AWSBuilder {
  mutating func addUnplaced() {
    for number in records.subnets.indices {
      let subnet = records.subnets[number]
      records.subnets[number].vpc = placed(subnet.vpc, of: subnet.header)
    }
    for number in records.interfaces.indices {
      let interface = records.interfaces[number]
      records.interfaces[number].subnet = placed([interface.subnet], of: interface.header, under: interface.groups)[0]
    }
    for number in records.fleets.indices {
      records.fleets[number].subnets = placed(
        records.fleets[number].subnets, of: records.fleets[number].header, under: records.fleets[number].groups)
    }
    for number in records.subnetGroups.indices {
      let group = records.subnetGroups[number]
      records.subnetGroups[number].subnets = placed(group.subnets, of: group.header)
    }
    for number in records.loadBalancers.indices {
      let balancer = records.loadBalancers[number]
      records.loadBalancers[number].subnets = placed(balancer.subnets, of: balancer.header, under: balancer.groups)
    }
    for number in records.clusters.indices {
      let cluster = records.clusters[number]
      records.clusters[number].subnets = placed(
        cluster.subnets, of: cluster.header, under: cluster.groups + [cluster.clusterGroup])
    }
    for number in records.services.indices { placeService(number) }
    peerUnplaced()
  }

  /// A service whose subnet group is not known stands in an implied one.
  private mutating func placeService(_ number: Int) {
    let service = records.services[number]
    if let reference = service.subnetGroup.value, index.find(.subnetGroup, reference, from: service.header) != nil {
      return
    }
    let missing =
      service.subnetGroup.missing
      ?? Missing(
        service.subnetGroup.value.map { "the subnet group \($0) is not in the snapshot" }
          ?? "\(service.header.name) names no subnet group, so it is in a default VPC, which is not in the snapshot",
        derivation: service.subnetGroup.derivation)
    var header = service.header
    header.id = service.header.id + "#subnet-group"
    header.aliases = []
    records.subnetGroups.append(
      SubnetGroupRecord(header: header, subnets: placed([.unknown(missing)], of: service.header, under: service.groups))
    )
    index.insert(.subnetGroup, header, at: records.subnetGroups.count - 1)
    records.services[number].subnetGroup = .known(Reference(header.id), missing.derivation)
  }

  /// The references, those that lead nowhere replaced by one to an implied subnet each.
  private mutating func placed(
    _ subnets: [Attribute<Reference>], of header: ResourceHeader, under groups: [Attribute<Reference>] = []
  ) -> [Attribute<Reference>] {
    subnets.map { subnet in
      guard let (id, missing) = lost(subnet, .subnet, "subnet", of: header) else {
        if let number = subnet.value.flatMap({ index.find(.subnet, $0, from: header) }), impliedSubnets[number] != nil,
          let vpc = vpc(of: groups, header)
        {
          records.subnets[number].vpc = vpc
        }
        return subnet
      }
      if index.find(.subnet, Reference(id), from: header) == nil {
        imply(subnet: id, in: vpc(of: groups, header), missing, header)
      }
      return .known(Reference(id), missing.derivation)
    }
  }

  private mutating func placed(_ vpc: Attribute<Reference>, of header: ResourceHeader) -> Attribute<Reference> {
    guard let (id, missing) = lost(vpc, .vpc, "VPC", of: header) else { return vpc }
    if index.find(.vpc, Reference(id), from: header) == nil { imply(vpc: id, missing, header) }
    return .known(Reference(id), missing.derivation)
  }

  /// Why a reference leads nowhere, and the id of what stands for its target. One reason in one stack, such as a parameter without value, is
  /// one thing; so is one id.
  private mutating func lost(
    _ reference: Attribute<Reference>, _ kind: RecordIndex.Kind, _ word: String, of header: ResourceHeader
  ) -> (id: String, missing: Missing)? {
    let missing: Missing
    let id: String
    switch reference {
    case .known(let reference, let derivation):
      if index.find(kind, reference, from: header) != nil { return nil }
      missing = Missing("the \(word) \(reference) is not in the snapshot", derivation: derivation)
      id = reference.text
      gap(
        .notPresent, reference.text, "\(header.name) refers to the \(word) \(reference), which is not in the snapshot",
        derivation)
    case .unknown(let reason):
      missing = reason
      id = "\(header.stack ?? RecordIndex.scope(header))#\(word):\(reason.reason)"
      gap(.notUnderstood, header.name, "its \(word) is not known: \(reason.reason)", reason.derivation)
    case .absent:
      missing = Missing(
        "\(header.name) names no \(word), so it is in a default one, which is not in the snapshot",
        derivation: header.derivation)
      id = "\(RecordIndex.scope(header))#default \(word)"
      gap(.notPresent, header.name, missing.reason, header.derivation)
    }
    return (id, missing)
  }

  /// A header for what is implied: it is named by what leads to it.
  private func implied(_ id: String, _ word: String, _ missing: Missing, near header: ResourceHeader) -> ResourceHeader
  {
    ResourceHeader(
      id: id, account: header.account, region: header.region, env: header.env,
      aliases: id.contains("#") ? [Identity.Alias(.name, "unknown \(word): \(missing.reason)")] : [],
      tagsMissing: missing, derivation: missing.derivation)
  }

  /// Security groups are of the VPC in which they are used ("Security groups", VPC User Guide). What a template's VPC holds may be in
  /// other stacks, so there it says nothing.
  private func vpc(of groups: [Attribute<Reference>], _ header: ResourceHeader) -> Attribute<Reference>? {
    for group in groups where header.stack == nil {
      if let number = group.value.flatMap({ index.find(.group, $0, from: header) }),
        let vpc = records.securityGroups[number].vpc.value, let owner = index.find(.vpc, vpc, from: header)
      {
        return .known(Reference(records.vpcs[owner].header.id), group.derivation)
      }
    }
    return nil
  }

  private mutating func imply(
    subnet id: String, in known: Attribute<Reference>?, _ missing: Missing, _ near: ResourceHeader
  ) {
    let header = implied(id, "subnet", missing, near: near)
    let number = records.subnets.count
    // Else one VPC for all of them: whether they are in one is as unknown as their tables.
    let vpc =
      known
      ?? placed(
        .unknown(Missing("the subnets of some resources are not known", derivation: missing.derivation)), of: header)
    records.subnets.append(
      SubnetRecord(
        header: header, vpc: vpc, block: .unknown(missing), zone: .unknown(missing),
        mapsPublicAddress: .unknown(missing)))
    index.insert(.subnet, header, at: number)
    impliedSubnets[number] = missing
    for list in [\AWSBuilder.uncertainTables, \AWSBuilder.uncertainACLs] {
      self[keyPath: list].append(UncertainAssociation(owner: nil, subnet: number, header: header, missing: missing))
    }
  }

  private mutating func imply(vpc id: String, _ missing: Missing, _ near: ResourceHeader) {
    let header = implied(id, "VPC", missing, near: near)
    let number = records.vpcs.count
    records.vpcs.append(VPCRecord(header: header, blocks: [.unknown(missing)]))
    index.insert(.vpc, header, at: number)
    impliedVPCs[number] = missing
    // A VPC has one internet gateway; where a record names it, it is that one.
    let isKnown = records.internetGateways.contains { gateway in
      !gateway.isEgressOnly && gateway.vpcs.contains { $0.value?.text == id }
    }
    if isKnown { return }
    var gateway = header
    gateway.id += "#internet-gateway"
    gateway.exists = .unknown(missing)
    records.internetGateways.append(
      InternetGatewayRecord(header: gateway, vpcs: [.known(Reference(id), missing.derivation)]))
  }

  /// An implied VPC may be any of its account and region: a peering that may be active leads there.
  private mutating func peerUnplaced() {
    for (implied, missing) in impliedVPCs.sorted(by: { $0.key < $1.key }) {
      let own = records.vpcs[implied].header
      for number in records.vpcs.indices where number != implied {
        let other = records.vpcs[number].header
        guard RecordIndex.scope(other) == RecordIndex.scope(own), number < implied || impliedVPCs[number] == nil else {
          continue
        }
        var header = own
        header.id = "\(own.id)#\(other.id)"
        header.aliases = [Identity.Alias(.name, "\(own.name) may be \(other.name)")]
        records.peerings.append(
          PeeringRecord(
            header: header,
            requester: PeeringRecord.Side(
              vpc: .known(Reference(own.id), .none), account: own.account, region: own.region),
            accepter: PeeringRecord.Side(
              vpc: .known(Reference(other.id), .none), account: other.account, region: other.region),
            isActive: .unknown(missing)))
        index.insert(.peering, header, at: records.peerings.count - 1)
        impliedPeerings.append(ImpliedPeering(peering: header.id, vpcs: [implied, number], missing: missing))
      }
    }
  }
}

/// A peering that says that an implied VPC may be another one.
struct ImpliedPeering {
  var peering: String
  var vpcs: [Int]
  var missing: Missing
}
