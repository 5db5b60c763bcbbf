import NetworkModel
import PacketSpace

/// Security groups that AWS makes by itself.
extension AWSBuilder {
  /// A template never declares the default group of a VPC or the security group of an EKS cluster; both admit all from themselves and let
  /// all out (VPC User Guide, "Default security groups"; EKS User Guide, "Cluster security group").
  mutating func addImpliedGroups() {
    for vpc in records.vpcs where vpc.header.stack != nil {
      records.securityGroups.append(
        impliedGroup(
          Self.defaultGroupID(of: vpc.header), "default security group", of: vpc.header,
          .known(Reference(vpc.header.id), .none)))
    }
    for number in records.clusters.indices where records.clusters[number].clusterGroup.isAbsent {
      let header = records.clusters[number].header
      let id = header.id + "#ClusterSecurityGroupId"
      records.securityGroups.append(impliedGroup(id, "cluster security group", of: header, .absent))
      records.clusters[number].clusterGroup = .known(Reference(id), header.derivation)
    }
  }

  private static func defaultGroupID(of vpc: ResourceHeader) -> String { vpc.id + "#DefaultSecurityGroup" }

  private func impliedGroup(
    _ id: String, _ name: String, of owner: ResourceHeader, _ vpc: Attribute<Reference>
  ) -> SecurityGroupRecord {
    var header = owner
    header.id = id
    header.logicalID = owner.logicalID.map { "\($0).\(name)" }
    header.aliases = [Identity.Alias(.name, "\(owner.name) \(name)")]
    header.tags = [:]
    header.tagsMissing = nil
    let everyone = [IPPrefix.anyIPv4, .anyIPv6].map {
      SecurityGroupRule(
        peer: .block(.known($0, .none)), traffic: .known(.any, .none), derivation: owner.derivation)
    }
    let itself = SecurityGroupRule(
      peer: .group(.known(Reference(id), .none)), traffic: .known(.any, .none), derivation: owner.derivation)
    return SecurityGroupRecord(header: header, vpc: vpc, ingress: [itself], egress: everyone)
  }

  /// The groups named, or where none is, the default one of the VPC: no interface of a host, database or application load balancer is
  /// without (VPC User Guide, "Default security groups").
  func groups(_ named: [Attribute<Reference>], in vpc: Int?) -> [Attribute<Reference>] {
    if named.contains(where: { !$0.isAbsent }) { return named }
    guard let vpc else { return [.unknown(Missing("no security group is named, and the VPC is not known"))] }
    let header = records.vpcs[vpc].header
    if header.stack != nil { return [.known(Reference(Self.defaultGroupID(of: header)), header.derivation)] }
    let own = records.securityGroups.first { group in
      group.header.aliases.contains { $0.form == .name && $0.text == "default" }
        && group.vpc.value.map { index.find(.vpc, $0, from: group.header) == vpc } ?? false
    }
    if let own { return [.known(Reference(own.header.id), own.header.derivation)] }
    return [
      .unknown(
        Missing("the default security group of \(header.name) is not in the snapshot", derivation: header.derivation))
    ]
  }
}
