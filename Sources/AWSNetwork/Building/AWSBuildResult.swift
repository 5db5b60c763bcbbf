package import NetworkModel
package import PacketSpace

/// What AWS records became, for the join with Kubernetes.
package struct AWSBuildResult: Sendable {
  /// A node group's place in the network: what its pods' interfaces are under.
  package struct NodeGroup: Sendable {
    package var name: String
    /// The node, with a placement in each of the group's subnets: its segment, interface layer and memberships are those of the
    /// pods there, and it is their front.
    package var endpoint: EndpointID
    package var labels: [String: String]
    package var taints: [Taint]
    package var derivation: Derivation
  }

  package struct Cluster: Sendable {
    /// Every name by which it is asked for.
    package var names: [String]
    package var env: String?
    package var account: String?
    package var region: String?
    package var nodeGroups: [NodeGroup]
    /// The blocks of its VPC: pods reach them without leaving by their node.
    package var blocks: [IPPrefix]
    /// The subnets of its VPC that pods may stand in.
    package var segments: [SegmentID]
    /// Its VPC's internet gateway, where public addresses are given.
    package var internet: AttachmentID?
    package var policyEngine: PolicyEngine
    package var derivation: Derivation
  }

  /// Whether a cluster's add-ons show that NetworkPolicies are enforced.
  package enum PolicyEngine: Sendable {
    /// The VPC plugin's own engine is turned on.
    case shown
    /// Add-ons are seen and none of them does, or perhaps; an engine may be installed otherwise.
    case unknown
    /// No add-on is seen.
    case silent
  }

  /// A security group, for pods that a SecurityGroupPolicy puts under it.
  package struct SecurityGroup: Sendable {
    package var names: [String]
    package var account: String?
    package var region: String?
    package var filter: FilterID
    package var membership: MembershipID
  }

  /// A target group and the listeners that forward to it.
  package struct TargetGroup: Sendable {
    package struct Listener: Sendable {
      package var relay: RelayID
      /// The position among the relay's listeners.
      package var listener: Int
      /// Whether the client's address is kept on this way.
      package var keepsClient: Truth
    }

    package var names: [String]
    package var account: String?
    package var region: String?
    package var listeners: [Listener]
    package var port: UInt16?
    package var encryption: Encryption
    package var derivation: Derivation
  }

  package var clusters: [Cluster]
  package var securityGroups: [SecurityGroup]
  package var targetGroups: [TargetGroup]

  /// Registers endpoints with a target group, as the load balancer controller does for a TargetGroupBinding.
  ///
  /// - Parameters:
  ///   - name: the target group's ARN, name or logical id.
  ///   - cluster: the cluster that binds: groups of its account and region come first.
  ///   - endpoints: what is registered, each with the port that it is reached on; `nil`: the group's.
  ///   - network: where the relay's listeners are.
  ///   - derivation: where the binding stands.
  /// - Returns: whether there is such a target group.
  package func bind(
    _ name: String, of cluster: Cluster? = nil, to endpoints: [(endpoint: EndpointID, port: UInt16?)],
    in network: inout Network, derivation: Derivation
  ) -> Bool {
    let named = targetGroups.filter { $0.names.contains(name) }
    let near = named.first { $0.account == cluster?.account && $0.region == cluster?.region }
    guard let group = near ?? named.first else { return false }
    for way in group.listeners {
      for (endpoint, port) in endpoints {
        network.relays[way.relay.offset].listeners[way.listener].targets.append(
          Relay.Target(
            .endpoint(endpoint), port: port ?? group.port, keepsClient: way.keepsClient, encryption: group.encryption,
            derivation: derivation.followed(by: group.derivation)))
      }
    }
    return true
  }

  /// The interface layer and memberships of what stands under the groups named; `nil` where one of them is not in the snapshot.
  package func interface(
    under names: [String], of cluster: Cluster? = nil, in network: inout Network
  ) -> (layer: LayerID, memberships: [MembershipID: Truth])? {
    var groups: [SecurityGroup] = []
    for name in names {
      let named = securityGroups.filter { $0.names.contains(name) }
      guard
        let group = named.first(where: { $0.account == cluster?.account && $0.region == cluster?.region })
          ?? named.first
      else { return nil }
      groups.append(group)
    }
    groups.sort { $0.filter < $1.filter }
    let text = groups.map { network[$0.filter].identity.name }.joined(separator: ", ")
    let key = groups.map { network[$0.filter].identity.key }.joined(separator: "+")
    let tier = Tier(.union, entries: groups.map { Tier.Entry($0.filter) })
    let layer = network.add(
      Layer(identity: Identity(key: key, name: text), default: .deny, ingress: [tier], egress: [tier]))
    return (layer, Dictionary(groups.map { ($0.membership, Truth.yes) }) { first, _ in first })
  }
}

extension AWSBuilder {
  mutating func result() -> AWSBuildResult {
    AWSBuildResult(
      clusters: records.clusters.indices.map { cluster($0) }, securityGroups: securityGroupResults(),
      targetGroups: targetGroupResults())
  }

  private func cluster(_ number: Int) -> AWSBuildResult.Cluster {
    let cluster = records.clusters[number]
    var groups: [AWSBuildResult.NodeGroup] = []
    for (fleet, endpoint) in fleetEndpoints.sorted(by: { $0.key < $1.key }) {
      let record = records.fleets[fleet]
      guard let reference = record.cluster.value, index.find(.cluster, reference, from: record.header) == number
      else { continue }
      groups.append(
        AWSBuildResult.NodeGroup(
          name: record.header.name, endpoint: endpoint, labels: record.labels, taints: record.taints,
          derivation: record.header.derivation))
    }
    let named = cluster.subnets.compactMap { $0.value.flatMap { index.find(.subnet, $0, from: cluster.header) } }
    let vpc = named.compactMap { subnetVPC[$0] }.first
    let blocks = vpc.flatMap { vpcs[$0] }.map { $0.blocks + $0.ipv6Blocks } ?? []
    let segments = subnets.filter { subnetVPC[$0.key] == vpc }.map(\.value).sorted()
    return AWSBuildResult.Cluster(
      names: names(cluster.header), env: cluster.header.env, account: cluster.header.account,
      region: cluster.header.region, nodeGroups: groups, blocks: blocks, segments: vpc == nil ? [] : segments,
      internet: vpc.flatMap { vpcs[$0]?.internetGateways.last }, policyEngine: policyEngine(of: number),
      derivation: cluster.header.derivation)
  }

  private func policyEngine(of cluster: Int) -> AWSBuildResult.PolicyEngine {
    let addons = records.addons.filter { addon in
      addon.cluster.value.map { index.find(.cluster, $0, from: addon.header) == cluster } ?? false
    }
    if addons.isEmpty { return .silent }
    let isShown = addons.contains { $0.enforcesPolicies.value == true && $0.header.exists.missing == nil }
    return isShown ? .shown : .unknown
  }

  private func securityGroupResults() -> [AWSBuildResult.SecurityGroup] {
    records.securityGroups.indices.compactMap { number in
      guard let filter = groupFilters[number], let membership = groupMemberships[number] else { return nil }
      let header = records.securityGroups[number].header
      return AWSBuildResult.SecurityGroup(
        names: names(header), account: header.account, region: header.region, filter: filter, membership: membership)
    }
  }

  private mutating func targetGroupResults() -> [AWSBuildResult.TargetGroup] {
    var groups: [AWSBuildResult.TargetGroup] = []
    for (number, group) in records.targetGroups.enumerated() {
      groups.append(
        AWSBuildResult.TargetGroup(
          names: names(group.header), account: group.header.account, region: group.header.region,
          listeners: listenersByTargetGroup[number] ?? [],
          port: group.port.value.flatMap { UInt16(exactly: $0) }, encryption: backEncryption(group),
          derivation: group.header.derivation))
    }
    return groups
  }
}
