package import NetworkModel
package import PacketSpace

/// A virtual private cloud.
package struct VPCRecord: Sendable {
  package var header: ResourceHeader
  /// Primary and secondary IPv4 blocks.
  package var blocks: [Attribute<IPPrefix>]
  /// IPv6 blocks; unknown for one that Amazon provides on creation.
  package var ipv6Blocks: [Attribute<IPPrefix>]
  /// Defaults on which the IPv6 blocks rest: what is said of an IPv6 address in the VPC rests on them.
  package var ipv6Assumptions: [Assumption]

  package init(
    header: ResourceHeader, blocks: [Attribute<IPPrefix>], ipv6Blocks: [Attribute<IPPrefix>] = [],
    ipv6Assumptions: [Assumption] = []
  ) {
    self.header = header
    self.blocks = blocks
    self.ipv6Blocks = ipv6Blocks
    self.ipv6Assumptions = ipv6Assumptions
  }
}

package struct SubnetRecord: Sendable {
  package var header: ResourceHeader
  package var vpc: Attribute<Reference>
  package var block: Attribute<IPPrefix>
  package var ipv6Block: Attribute<IPPrefix>
  /// The zone's id where it is known, else its name.
  package var zone: Attribute<String>
  package var zoneName: String?
  package var mapsPublicAddress: Attribute<Bool>
  package var assignsIPv6: Attribute<Bool>

  package init(
    header: ResourceHeader, vpc: Attribute<Reference>, block: Attribute<IPPrefix>,
    ipv6Block: Attribute<IPPrefix> = .absent, zone: Attribute<String> = .absent, zoneName: String? = nil,
    mapsPublicAddress: Attribute<Bool> = .absent, assignsIPv6: Attribute<Bool> = .absent
  ) {
    self.header = header
    self.vpc = vpc
    self.block = block
    self.ipv6Block = ipv6Block
    self.zone = zone
    self.zoneName = zoneName
    self.mapsPublicAddress = mapsPublicAddress
    self.assignsIPv6 = assignsIPv6
  }
}

/// An internet or egress-only internet gateway.
package struct InternetGatewayRecord: Sendable {
  package var header: ResourceHeader
  package var vpcs: [Attribute<Reference>]
  package var isEgressOnly: Bool

  package init(header: ResourceHeader, vpcs: [Attribute<Reference>], isEgressOnly: Bool = false) {
    self.header = header
    self.vpcs = vpcs
    self.isEgressOnly = isEgressOnly
  }
}

package struct NATGatewayRecord: Sendable {
  package var header: ResourceHeader
  package var subnet: Attribute<Reference>
  package var privateAddress: Attribute<IPAddress>
  package var publicAddress: Attribute<IPAddress>
  package var isPrivate: Bool
  package var isAvailable: Attribute<Bool>

  package init(
    header: ResourceHeader, subnet: Attribute<Reference>, privateAddress: Attribute<IPAddress> = .absent,
    publicAddress: Attribute<IPAddress> = .absent, isPrivate: Bool = false,
    isAvailable: Attribute<Bool> = .known(true, .none)
  ) {
    self.header = header
    self.subnet = subnet
    self.privateAddress = privateAddress
    self.publicAddress = publicAddress
    self.isPrivate = isPrivate
    self.isAvailable = isAvailable
  }
}

package struct PeeringRecord: Sendable {
  package struct Side: Sendable {
    package var vpc: Attribute<Reference>
    package var account: String?
    package var region: String?
    /// Blocks that the connection itself lists, for a VPC that is not in the snapshot.
    package var blocks: [IPPrefix]

    package init(vpc: Attribute<Reference>, account: String? = nil, region: String? = nil, blocks: [IPPrefix] = []) {
      self.vpc = vpc
      self.account = account
      self.region = region
      self.blocks = blocks
    }
  }

  package var header: ResourceHeader
  package var requester: Side
  package var accepter: Side
  package var isActive: Attribute<Bool>

  package init(header: ResourceHeader, requester: Side, accepter: Side, isActive: Attribute<Bool>) {
    self.header = header
    self.requester = requester
    self.accepter = accepter
    self.isActive = isActive
  }
}

/// A VPC at a gateway that leads out of it otherwise than to the internet: a hub, or a virtual private gateway.
package struct GatewayAttachmentRecord: Sendable {
  package var header: ResourceHeader
  package var gateway: Attribute<Reference>
  package var vpc: Attribute<Reference>
  /// Whether the gateway joins several VPCs with each other.
  package var isHub: Bool
  /// The subnets in which a hub has an interface; empty where they are not seen.
  package var subnets: [Attribute<Reference>]

  package init(
    header: ResourceHeader, gateway: Attribute<Reference>, vpc: Attribute<Reference>, isHub: Bool,
    subnets: [Attribute<Reference>] = []
  ) {
    self.header = header
    self.gateway = gateway
    self.vpc = vpc
    self.isHub = isHub
    self.subnets = subnets
  }
}

package struct RouteRecord: Sendable {
  package enum Target: Sendable, Hashable {
    case local
    /// A gateway, peering, interface or instance, by what the front end calls it.
    case resource(Reference)
    /// What joins VPCs with each other: a transit gateway, a core network, a local gateway.
    case hub(Reference)
    /// The endpoint of a firewall or of a gateway load balancer: what it is given comes back by it, or not.
    case inspection(Reference)
    case blackhole
  }
  package var destination: Attribute<IPPrefix>
  /// A prefix list as destination.
  package var prefixList: Reference?
  package var target: Attribute<Target>
  package var isPropagated: Bool
  package var exists: Attribute<Bool>
  package var derivation: Derivation

  package init(
    destination: Attribute<IPPrefix>, prefixList: Reference? = nil, target: Attribute<Target>,
    isPropagated: Bool = false, exists: Attribute<Bool> = .known(true, .none), derivation: Derivation
  ) {
    self.destination = destination
    self.prefixList = prefixList
    self.target = target
    self.isPropagated = isPropagated
    self.exists = exists
    self.derivation = derivation
  }
}

package struct RouteTableRecord: Sendable {
  package var header: ResourceHeader
  package var vpc: Attribute<Reference>
  package var routes: [RouteRecord]
  package var subnets: [Attribute<Reference>]
  package var isMain: Bool
  /// Gateways whose incoming traffic the table routes.
  package var gateways: [Reference]
  /// Gateways that may put routes into the table.
  package var propagating: [Reference] = []
  /// Set where routes may exist that are not seen.
  package var open: Missing?

  package init(
    header: ResourceHeader, vpc: Attribute<Reference>, routes: [RouteRecord] = [], subnets: [Attribute<Reference>] = [],
    isMain: Bool = false, gateways: [Reference] = [], open: Missing? = nil
  ) {
    self.header = header
    self.vpc = vpc
    self.routes = routes
    self.subnets = subnets
    self.isMain = isMain
    self.gateways = gateways
    self.open = open
  }
}

package struct NetworkACLRecord: Sendable {
  package struct Entry: Sendable {
    package var number: Attribute<Int>
    package var isEgress: Attribute<Bool>
    package var allows: Attribute<Bool>
    package var block: Attribute<IPPrefix>
    package var traffic: Attribute<TrafficSet>
    package var exists: Attribute<Bool>
    package var derivation: Derivation

    package init(
      number: Attribute<Int>, isEgress: Attribute<Bool>, allows: Attribute<Bool>, block: Attribute<IPPrefix>,
      traffic: Attribute<TrafficSet>, exists: Attribute<Bool> = .known(true, .none), derivation: Derivation
    ) {
      self.number = number
      self.isEgress = isEgress
      self.allows = allows
      self.block = block
      self.traffic = traffic
      self.exists = exists
      self.derivation = derivation
    }
  }

  package var header: ResourceHeader
  package var vpc: Attribute<Reference>
  package var entries: [Entry]
  package var subnets: [Attribute<Reference>]
  package var isDefault: Bool

  package init(
    header: ResourceHeader, vpc: Attribute<Reference>, entries: [Entry] = [], subnets: [Attribute<Reference>] = [],
    isDefault: Bool = false
  ) {
    self.header = header
    self.vpc = vpc
    self.entries = entries
    self.subnets = subnets
    self.isDefault = isDefault
  }
}

package struct SecurityGroupRecord: Sendable {
  package var header: ResourceHeader
  package var vpc: Attribute<Reference>
  package var ingress: [SecurityGroupRule]
  package var egress: [SecurityGroupRule]
  /// Set where rules may exist that are not seen.
  package var openIngress: Missing?
  package var openEgress: Missing?

  package init(
    header: ResourceHeader, vpc: Attribute<Reference>, ingress: [SecurityGroupRule] = [],
    egress: [SecurityGroupRule] = [], openIngress: Missing? = nil, openEgress: Missing? = nil
  ) {
    self.header = header
    self.vpc = vpc
    self.ingress = ingress
    self.egress = egress
    self.openIngress = openIngress
    self.openEgress = openEgress
  }
}

package struct SecurityGroupRule: Sendable {
  package enum Peer: Sendable {
    case block(Attribute<IPPrefix>)
    case group(Attribute<Reference>)
    case prefixList(Attribute<Reference>)
  }
  package var peer: Peer
  package var traffic: Attribute<TrafficSet>
  package var exists: Attribute<Bool>
  package var derivation: Derivation

  package init(
    peer: Peer, traffic: Attribute<TrafficSet>, exists: Attribute<Bool> = .known(true, .none), derivation: Derivation
  ) {
    self.peer = peer
    self.traffic = traffic
    self.exists = exists
    self.derivation = derivation
  }
}

package struct PrefixListRecord: Sendable {
  package var header: ResourceHeader
  /// `nil` where the entries are not seen.
  package var entries: [IPPrefix]?
  package var isAWSManaged: Bool

  package init(header: ResourceHeader, entries: [IPPrefix]?, isAWSManaged: Bool) {
    self.header = header
    self.entries = entries
    self.isAWSManaged = isAWSManaged
  }
}
