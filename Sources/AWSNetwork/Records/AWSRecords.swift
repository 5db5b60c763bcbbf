package import Diagnostics
package import NetworkModel
package import PacketSpace

/// Everything that the front ends read of AWS, in the words of AWS and of no front end.
package struct AWSRecords: Sendable {
  package var vpcs: [VPCRecord] = []
  package var subnets: [SubnetRecord] = []
  package var internetGateways: [InternetGatewayRecord] = []
  package var natGateways: [NATGatewayRecord] = []
  /// Accounts and regions whose VPCs are kept from the internet (VPC User Guide, "Block public access to VPCs and subnets").
  package var publicAccessBlocks: [ResourceHeader] = []
  package var peerings: [PeeringRecord] = []
  package var gatewayAttachments: [GatewayAttachmentRecord] = []
  package var routeTables: [RouteTableRecord] = []
  package var networkACLs: [NetworkACLRecord] = []
  package var securityGroups: [SecurityGroupRecord] = []
  package var prefixLists: [PrefixListRecord] = []
  package var interfaces: [InterfaceRecord] = []
  package var instances: [InstanceRecord] = []
  package var fleets: [FleetRecord] = []
  package var services: [ManagedServiceRecord] = []
  package var subnetGroups: [SubnetGroupRecord] = []
  package var parameterGroups: [ParameterGroupRecord] = []
  package var clusters: [EKSClusterRecord] = []
  package var addons: [AddonRecord] = []
  package var loadBalancers: [LoadBalancerRecord] = []
  package var listeners: [ListenerRecord] = []
  package var listenerRules: [ListenerRuleRecord] = []
  package var targetGroups: [TargetGroupRecord] = []
  package var webACLAssociations: [WebACLAssociationRecord] = []

  /// Rules, routes, entries and associations that stand apart from what they belong to; the builder puts them there.
  package var parts: [PartRecord] = []

  package var gaps: [Gap] = []
  package var assumptions: [Assumption] = []
  package var diagnostics: [Diagnostic] = []
  /// The collections that were seen, `account/region/kind`: what is missing from one that was seen is a gap, not a default.
  package var collected: Set<String> = []
  /// How many resources of each type were read, for the counts of a run.
  package var counts: [String: Int] = [:]
  /// The same of those whose existence hangs on a condition that is not known.
  package var uncertainCounts: [String: Int] = [:]

  package init() {}

  /// Adds what another input read.
  package mutating func merge(_ other: AWSRecords) {
    // The first list is taken as it is: a copy of ten thousand records takes longer than reading some.
    func add<Record>(_ list: WritableKeyPath<AWSRecords, [Record]>) {
      if self[keyPath: list].isEmpty {
        self[keyPath: list] = other[keyPath: list]
      } else {
        self[keyPath: list] += other[keyPath: list]
      }
    }
    add(\.vpcs)
    add(\.subnets)
    add(\.internetGateways)
    add(\.natGateways)
    add(\.publicAccessBlocks)
    add(\.peerings)
    add(\.gatewayAttachments)
    add(\.routeTables)
    add(\.networkACLs)
    add(\.securityGroups)
    add(\.prefixLists)
    add(\.interfaces)
    add(\.instances)
    add(\.fleets)
    add(\.services)
    add(\.subnetGroups)
    add(\.parameterGroups)
    add(\.clusters)
    add(\.addons)
    add(\.loadBalancers)
    add(\.listeners)
    add(\.listenerRules)
    add(\.targetGroups)
    add(\.webACLAssociations)
    add(\.parts)
    add(\.gaps)
    add(\.assumptions)
    add(\.diagnostics)
    collected.formUnion(other.collected)
    counts.merge(other.counts) { $0 + $1 }
    uncertainCounts.merge(other.uncertainCounts) { $0 + $1 }
  }
}

/// A piece of a resource that is declared by itself: a security group rule, a route, an association.
package struct PartRecord: Sendable {
  package enum Part: Sendable {
    case groupRule(SecurityGroupRule, isEgress: Bool)
    case route(RouteRecord)
    case aclEntry(NetworkACLRecord.Entry)
    /// A gateway may put routes into the owner's table.
    case propagation(Attribute<Reference>)
    /// The owner's table routes what comes in by a gateway.
    case tableGateway(Attribute<Reference>)
    /// The owner's table or ACL holds for a subnet.
    case tableSubnet(Attribute<Reference>)
    case aclSubnet(Attribute<Reference>)
    /// A gateway is attached to a VPC.
    case gatewayVPC(Attribute<Reference>)
    case vpcBlock(Attribute<IPPrefix>)
  }

  package var header: ResourceHeader
  package var owner: Attribute<Reference>
  package var part: Part

  package init(header: ResourceHeader, owner: Attribute<Reference>, part: Part) {
    self.header = header
    self.owner = owner
    self.part = part
  }
}
