import NetworkModel
import PacketSpace

/// Pieces that are declared apart, and groups that AWS makes by itself.
extension AWSBuilder {
  /// A template never declares the default group of a VPC or the security group of an EKS cluster; both admit all from themselves and let
  /// all out (VPC User Guide, "Default security groups"; EKS User Guide, "Cluster security group").
  mutating func addImpliedGroups() {
    func group(_ id: String, _ name: String, _ owner: ResourceHeader, _ vpc: Attribute<Reference>)
      -> SecurityGroupRecord
    {
      var header = owner
      header.id = id
      header.logicalID = owner.logicalID.map { "\($0).\(name)" }
      header.aliases = [Identity.Alias(.name, "\(owner.name) \(name)")]
      header.tags = [:]
      let all = [IPPrefix.anyIPv4, .anyIPv6].map {
        SecurityGroupRule(
          peer: .block(.known($0, .none)), traffic: .known(.any, .none), derivation: owner.derivation)
      }
      return SecurityGroupRecord(
        header: header, vpc: vpc,
        ingress: [
          SecurityGroupRule(
            peer: .group(.known(Reference(id), .none)), traffic: .known(.any, .none), derivation: owner.derivation)
        ], egress: all)
    }
    for vpc in records.vpcs where vpc.header.stack != nil {
      records.securityGroups.append(
        group(
          vpc.header.id + "#DefaultSecurityGroup", "default security group", vpc.header,
          .known(Reference(vpc.header.id), .none)))
    }
    for number in records.clusters.indices where records.clusters[number].clusterGroup.isAbsent {
      let header = records.clusters[number].header
      let id = header.id + "#ClusterSecurityGroupId"
      records.securityGroups.append(group(id, "cluster security group", header, .absent))
      records.clusters[number].clusterGroup = .known(Reference(id), header.derivation)
    }
  }

  mutating func placeParts() {
    for part in records.parts {
      guard case .known(let owner, let derivation) = part.owner else {
        openAll(part)
        continue
      }
      switch part.part {
      case .groupRule(var rule, let isEgress):
        rule.exists = part.header.exists
        guard let number = index.find(.group, owner, from: part.header) else {
          missingOwner(owner, "security group", part, derivation)
          continue
        }
        if isEgress {
          records.securityGroups[number].egress.append(rule)
        } else {
          records.securityGroups[number].ingress.append(rule)
        }
      case .route(var route):
        route.exists = part.header.exists
        guard let number = table(owner, part.header) else {
          missingOwner(owner, "route table", part, derivation)
          continue
        }
        records.routeTables[number].routes.append(route)
      case .aclEntry(var entry):
        entry.exists = part.header.exists
        guard let number = records.networkACLs.firstIndex(where: { $0.header.id == owner.text }) else {
          missingOwner(owner, "network ACL", part, derivation)
          continue
        }
        records.networkACLs[number].entries.append(entry)
      case .tableSubnet(let subnet):
        guard let number = table(owner, part.header) else {
          missingOwner(owner, "route table", part, derivation)
          continue
        }
        records.routeTables[number].subnets.append(subnet)
      case .aclSubnet(let subnet):
        guard let number = records.networkACLs.firstIndex(where: { $0.header.id == owner.text }) else {
          missingOwner(owner, "network ACL", part, derivation)
          continue
        }
        records.networkACLs[number].subnets.append(subnet)
      case .gatewayVPC(let vpc):
        guard let number = index.find(.internetGateway, owner, from: part.header) else {
          missingOwner(owner, "gateway", part, derivation)
          continue
        }
        records.internetGateways[number].vpcs.append(vpc)
      case .vpcBlock(let block):
        guard let number = index.find(.vpc, owner, from: part.header) else {
          missingOwner(owner, "VPC", part, derivation)
          continue
        }
        if block.value?.family == .v6 {
          records.vpcs[number].ipv6Blocks.append(block)
        } else {
          records.vpcs[number].blocks.append(block)
        }
      }
    }
  }

  private func table(_ reference: Reference, _ header: ResourceHeader) -> Int? {
    records.routeTables.firstIndex { $0.header.id == reference.text }
  }

  private mutating func missingOwner(_ owner: Reference, _ word: String, _ part: PartRecord, _ derivation: Derivation) {
    gap(
      .notPresent, owner.text, "\(part.header.name) belongs to the \(word) \(owner), which is not in the snapshot",
      derivation)
  }

  /// A piece whose owner is not known may belong to any of its kind in the account and region: their lists are open.
  private mutating func openAll(_ part: PartRecord) {
    let missing =
      part.owner.missing
      ?? Missing("it is not said what \(part.header.name) belongs to", derivation: part.header.derivation)
    func isNear(_ header: ResourceHeader) -> Bool {
      header.account == part.header.account && header.region == part.header.region
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
    case .route, .tableSubnet:
      for number in records.routeTables.indices where isNear(records.routeTables[number].header) {
        records.routeTables[number].open = missing
      }
    case .aclEntry, .aclSubnet, .gatewayVPC, .vpcBlock:
      gap(.notUnderstood, part.header.name, "what it belongs to is not known: \(missing.reason)", missing.derivation)
    }
  }
}
