import NetworkModel
import PacketSpace

/// Pieces that are declared apart from what they belong to.
extension AWSBuilder {
  mutating func placeParts() {
    for part in records.parts {
      switch part.owner {
      case .known(let owner, let derivation): place(part, owner, derivation)
      case .unknown(let missing): spread(part, missing)
      case .absent:
        spread(
          part, Missing("it is not said what \(part.header.name) belongs to", derivation: part.header.derivation))
      }
    }
    noteUncertainAssociations()
  }

  private mutating func place(_ part: PartRecord, _ reference: Reference, _ derivation: Derivation) {
    let (kind, word) = Self.owner(of: part.part)
    guard let owner = index.find(kind, reference, from: part.header) else {
      gap(
        .notPresent, reference.text,
        "\(part.header.name) belongs to the \(word) \(reference), which is not in the snapshot", derivation)
      return
    }
    switch part.part {
    case .groupRule(var rule, let isEgress):
      rule.exists = part.header.exists
      if isEgress {
        records.securityGroups[owner].egress.append(rule)
      } else {
        records.securityGroups[owner].ingress.append(rule)
      }
    case .route(var route):
      route.exists = part.header.exists
      records.routeTables[owner].routes.append(route)
    case .aclEntry(var entry):
      entry.exists = part.header.exists
      records.networkACLs[owner].entries.append(entry)
    case .propagation(let gateway):
      records.routeTables[owner].open = Missing(
        "routes that a gateway propagates are not seen", derivation: part.header.derivation)
      if let gateway = gateway.value { records.routeTables[owner].propagating.append(gateway) }
    case .tableGateway(let gateway):
      if let gateway = gateway.value { records.routeTables[owner].gateways.append(gateway) }
    case .tableSubnet(let subnet):
      associate(
        subnet, owner: owner, part, { $0.routeTables[owner].subnets.append($1) }, uncertain: \.uncertainTables)
    case .aclSubnet(let subnet):
      associate(subnet, owner: owner, part, { $0.networkACLs[owner].subnets.append($1) }, uncertain: \.uncertainACLs)
    case .gatewayVPC(let vpc): attach(owner, to: vpc, part)
    case .vpcBlock(let block): add(block, to: owner, part)
    }
  }

  private static func owner(of part: PartRecord.Part) -> (RecordIndex.Kind, String) {
    switch part {
    case .groupRule: (.group, "security group")
    case .route, .tableSubnet, .tableGateway, .propagation: (.routeTable, "route table")
    case .aclEntry, .aclSubnet: (.networkACL, "network ACL")
    case .gatewayVPC: (.internetGateway, "gateway")
    case .vpcBlock: (.vpc, "VPC")
    }
  }

  /// A gateway whose attachment may not exist may not be there.
  private mutating func attach(_ gateway: Int, to vpc: Attribute<Reference>, _ part: PartRecord) {
    switch part.header.exists {
    case .known(false, _): return
    case .known(true, _), .absent: break
    case .unknown: records.internetGateways[gateway].header.exists = part.header.exists
    }
    records.internetGateways[gateway].vpcs.append(vpc)
  }

  private mutating func add(_ block: Attribute<IPPrefix>, to vpc: Int, _ part: PartRecord) {
    var block = block
    switch part.header.exists {
    case .known(false, _): return
    case .known(true, _), .absent: break
    case .unknown(let missing): block = .unknown(missing)
    }
    if block.value?.family == .v6 {
      records.vpcs[vpc].ipv6Blocks.append(block)
    } else {
      records.vpcs[vpc].blocks.append(block)
    }
  }

  /// A piece whose owner is not known may belong to any of its kind in the account and region: their lists are open.
  private mutating func spread(_ part: PartRecord, _ missing: Missing) {
    if case .known(false, _) = part.header.exists { return }
    func isNear(_ header: ResourceHeader) -> Bool {
      RecordIndex.scope(header) == RecordIndex.scope(part.header)
    }
    switch part.part {
    case .groupRule(_, let isEgress):
      for number in records.securityGroups.indices where isNear(records.securityGroups[number].header) {
        if isEgress {
          records.securityGroups[number].openEgress = missing
        } else {
          records.securityGroups[number].openIngress = missing
        }
      }
    case .route, .propagation, .tableGateway:
      for number in records.routeTables.indices where isNear(records.routeTables[number].header) {
        records.routeTables[number].open = missing
      }
    case .aclEntry:
      for number in records.networkACLs.indices where isNear(records.networkACLs[number].header) {
        openACLs[number] = missing
      }
    case .tableSubnet(let subnet): spread(subnet, part, missing, in: \.uncertainTables)
    case .aclSubnet(let subnet): spread(subnet, part, missing, in: \.uncertainACLs)
    case .gatewayVPC(let vpc):
      var header = part.header
      header.exists = .unknown(missing)
      records.internetGateways.append(InternetGatewayRecord(header: header, vpcs: [vpc]))
    case .vpcBlock(let block):
      for number in records.vpcs.indices where isNear(records.vpcs[number].header) {
        if block.value?.family == .v6 {
          records.vpcs[number].ipv6Blocks.append(.unknown(missing))
        } else {
          records.vpcs[number].blocks.append(.unknown(missing))
        }
      }
    }
  }

  private mutating func spread(
    _ subnet: Attribute<Reference>, _ part: PartRecord, _ missing: Missing,
    in list: WritableKeyPath<AWSBuilder, [UncertainAssociation]>
  ) {
    self[keyPath: list].append(
      UncertainAssociation(
        owner: nil, subnet: subnet.value.flatMap { index.find(.subnet, $0, from: part.header) }, header: part.header,
        missing: missing))
  }
}
