package import NetworkModel
package import PacketSpace

/// An elastic network interface, as a snapshot lists it or as a template's resource implies it.
package struct InterfaceRecord: Sendable {
  package struct Address: Sendable {
    package var privateAddress: Attribute<IPAddress>
    /// The public address translated to it; absent: none.
    package var publicAddress: Attribute<IPAddress>
    /// Whether it has one at all, where that is not sure.
    package var isPublic: Attribute<Bool>

    package init(
      privateAddress: Attribute<IPAddress>, publicAddress: Attribute<IPAddress> = .absent,
      isPublic: Attribute<Bool> = .absent
    ) {
      self.privateAddress = privateAddress
      self.publicAddress = publicAddress
      self.isPublic = isPublic
    }
  }

  package var header: ResourceHeader
  package var subnet: Attribute<Reference>
  package var addresses: [Address]
  package var ipv6Addresses: [Attribute<IPAddress>]
  /// Delegated prefixes: every address of them is the interface's.
  package var prefixes: [IPPrefix]
  package var groups: [Attribute<Reference>]
  package var sourceDestinationCheck: Attribute<Bool>
  package var instance: Reference?
  /// Its place at the instance; 0 is the primary one, to which a load balancer sends.
  package var deviceIndex: Int
  package var description: String
  /// AWS's word for what made it: `interface`, `nat_gateway`, `network_load_balancer`, `vpc_endpoint`, `lambda`.
  package var interfaceType: String

  package init(
    header: ResourceHeader, subnet: Attribute<Reference>, addresses: [Address] = [],
    ipv6Addresses: [Attribute<IPAddress>] = [], prefixes: [IPPrefix] = [], groups: [Attribute<Reference>] = [],
    sourceDestinationCheck: Attribute<Bool> = .absent, instance: Reference? = nil, deviceIndex: Int = 0,
    description: String = "", interfaceType: String = "interface"
  ) {
    self.header = header
    self.subnet = subnet
    self.addresses = addresses
    self.ipv6Addresses = ipv6Addresses
    self.prefixes = prefixes
    self.groups = groups
    self.sourceDestinationCheck = sourceDestinationCheck
    self.instance = instance
    self.deviceIndex = deviceIndex
    self.description = description
    self.interfaceType = interfaceType
  }
}

/// A virtual machine. Its interfaces are records of their own.
package struct InstanceRecord: Sendable {
  package var header: ResourceHeader
  package var isRunning: Attribute<Bool>

  package init(header: ResourceHeader, isRunning: Attribute<Bool> = .known(true, .none)) {
    self.header = header
    self.isRunning = isRunning
  }
}

/// Instances that a group starts, alike but for their subnet: an Auto Scaling group or an EKS node group.
package struct FleetRecord: Sendable {
  package var header: ResourceHeader
  /// `instance` for an Auto Scaling group, `node` for a node group.
  package var kind: String
  package var subnets: [Attribute<Reference>]
  package var groups: [Attribute<Reference>]
  package var assignsPublicAddress: Attribute<Bool>
  /// The most instances that may run.
  package var most: Attribute<Int>
  package var least: Attribute<Int>
  package var targetGroups: [Attribute<Reference>]
  /// Node groups: the cluster's name, labels and taints.
  package var cluster: Attribute<Reference>
  package var labels: [String: String]
  package var taints: [Taint]

  package init(
    header: ResourceHeader, kind: String, subnets: [Attribute<Reference>], groups: [Attribute<Reference>],
    assignsPublicAddress: Attribute<Bool> = .absent, most: Attribute<Int> = .absent, least: Attribute<Int> = .absent,
    targetGroups: [Attribute<Reference>] = [], cluster: Attribute<Reference> = .absent, labels: [String: String] = [:],
    taints: [Taint] = []
  ) {
    self.header = header
    self.kind = kind
    self.subnets = subnets
    self.groups = groups
    self.assignsPublicAddress = assignsPublicAddress
    self.most = most
    self.least = least
    self.targetGroups = targetGroups
    self.cluster = cluster
    self.labels = labels
    self.taints = taints
  }
}

/// A managed service that listens in subnets of its group: a database, a cache.
package struct ManagedServiceRecord: Sendable {
  package var header: ResourceHeader
  /// `rds` or `elasticache`.
  package var kind: String
  package var subnetGroup: Attribute<Reference>
  package var zone: Attribute<String>
  package var isMultiZone: Bool
  package var groups: [Attribute<Reference>]
  package var port: Attribute<Int>
  package var isPublic: Attribute<Bool>
  package var engine: Attribute<String>
  package var engineVersion: Attribute<String>
  package var parameterGroups: [Attribute<Reference>]
  package var transitEncryption: Attribute<Bool>
  package var transitEncryptionMode: Attribute<String>

  package init(
    header: ResourceHeader, kind: String, subnetGroup: Attribute<Reference>, zone: Attribute<String> = .absent,
    isMultiZone: Bool = false, groups: [Attribute<Reference>] = [], port: Attribute<Int> = .absent,
    isPublic: Attribute<Bool> = .absent, engine: Attribute<String> = .absent,
    engineVersion: Attribute<String> = .absent,
    parameterGroups: [Attribute<Reference>] = [], transitEncryption: Attribute<Bool> = .absent,
    transitEncryptionMode: Attribute<String> = .absent
  ) {
    self.header = header
    self.kind = kind
    self.subnetGroup = subnetGroup
    self.zone = zone
    self.isMultiZone = isMultiZone
    self.groups = groups
    self.port = port
    self.isPublic = isPublic
    self.engine = engine
    self.engineVersion = engineVersion
    self.parameterGroups = parameterGroups
    self.transitEncryption = transitEncryption
    self.transitEncryptionMode = transitEncryptionMode
  }
}

/// Subnets that a managed service may stand in.
package struct SubnetGroupRecord: Sendable {
  package var header: ResourceHeader
  package var subnets: [Attribute<Reference>]

  package init(header: ResourceHeader, subnets: [Attribute<Reference>]) {
    self.header = header
    self.subnets = subnets
  }
}

/// Settings of a database engine.
package struct ParameterGroupRecord: Sendable {
  package var header: ResourceHeader
  package var family: Attribute<String>
  package var parameters: [String: Attribute<String>]
  /// Set where parameters may be set that are not seen.
  package var open: Missing?

  package init(
    header: ResourceHeader, family: Attribute<String>, parameters: [String: Attribute<String>], open: Missing? = nil
  ) {
    self.header = header
    self.family = family
    self.parameters = parameters
    self.open = open
  }
}

package struct EKSClusterRecord: Sendable {
  package var header: ResourceHeader
  package var subnets: [Attribute<Reference>]
  package var groups: [Attribute<Reference>]
  /// The cluster security group where the input names it; templates never do, EKS makes it.
  package var clusterGroup: Attribute<Reference>
  package var isPublic: Attribute<Bool>
  package var isPrivate: Attribute<Bool>
  package var publicBlocks: [Attribute<IPPrefix>]

  package init(
    header: ResourceHeader, subnets: [Attribute<Reference>], groups: [Attribute<Reference>],
    clusterGroup: Attribute<Reference> = .absent, isPublic: Attribute<Bool> = .absent,
    isPrivate: Attribute<Bool> = .absent, publicBlocks: [Attribute<IPPrefix>] = []
  ) {
    self.header = header
    self.subnets = subnets
    self.groups = groups
    self.clusterGroup = clusterGroup
    self.isPublic = isPublic
    self.isPrivate = isPrivate
    self.publicBlocks = publicBlocks
  }
}

/// An add-on of an EKS cluster: evidence of whether its network enforces policies.
package struct AddonRecord: Sendable {
  package var header: ResourceHeader
  package var cluster: Attribute<Reference>
  /// Whether it enforces NetworkPolicies: the VPC plugin with its engine turned on.
  package var enforcesPolicies: Attribute<Bool>

  package init(header: ResourceHeader, cluster: Attribute<Reference>, enforcesPolicies: Attribute<Bool>) {
    self.header = header
    self.cluster = cluster
    self.enforcesPolicies = enforcesPolicies
  }

  /// Reads an add-on's configuration, JSON or YAML, for the one setting that matters here (EKS User Guide, "Limit Pod traffic with Kubernetes
  /// network policies").
  package init(
    header: ResourceHeader, cluster: Attribute<Reference>, name: Attribute<String>, configuration: Attribute<String>
  ) {
    let isPlugin = name.map { $0 == "vpc-cni" }
    let enforces: Attribute<Bool>
    switch isPlugin {
    case .unknown(let missing): enforces = .unknown(missing)
    case .known(true, _):
      enforces =
        configuration.isAbsent
        ? .known(false, name.derivation)
        : configuration.map { text in
          text.filter { !$0.isWhitespace && $0 != "\"" && $0 != "'" }.contains("enableNetworkPolicy:true")
        }
    case .known(false, _), .absent: enforces = .known(false, name.derivation)
    }
    self.init(header: header, cluster: cluster, enforcesPolicies: enforces)
  }
}
