import AWSNetwork
import Diagnostics
import Kubernetes
import NetworkModel
import PacketSpace

/// Ties clusters to the cloud below them: pods stand on node groups, under the groups of the interface that holds their address and under
/// their policies; bindings make them targets of load balancers.
struct ClusterJoin {
  let cloud: AWSBuildResult

  /// Adds one cluster and says what became of it.
  func add(_ cluster: ClusterDeployment, external: ClusterOptions.External, to network: inout Network)
    -> KubernetesBuildResult
  {
    let base = cluster.eks.flatMap { name in cloud.clusters.first { $0.names.contains(name) } }
    if let eks = cluster.eks, base == nil {
      network.gaps.append(
        Gap(
          .notPresent, subject: eks,
          message: "the cluster \(cluster.name ?? eks) runs on the EKS cluster \(eks), which is not in the snapshot"))
    }
    let options = ClusterOptions(
      name: cluster.name ?? "cluster", ipBlocks: reading(cluster.ipBlocks), podRanges: cluster.podRanges,
      serviceRanges: cluster.serviceRanges, enforced: enforcement(cluster.enforcesPolicies, base?.policyEngine),
      environment: cluster.environment ?? base?.env, external: external)
    let result = KubernetesBuilder.build(
      cluster.documents, options: options, placement: base.map { placement($0, in: network) }, into: &network)
    guard let base else { return result }
    inheritAttributes(result, from: base, in: &network)
    for binding in result.targetGroupBindings { bind(binding, of: base, in: &network) }
    BranchInterfaces(cloud: cloud, cluster: base).place(result.securityGroupPolicies, in: &network)
    for entry in result.entries { EntryRules.open(for: entry, in: &network) }
    return result
  }

  private func reading(_ reading: IPBlockReading?) -> ClusterOptions.IPBlocks {
    switch reading {
    case .pods: .pods
    case .external: .external
    case nil: .undecided
    }
  }

  /// What the project says, else what the cluster's add-ons show, else the default.
  private func enforcement(
    _ said: Bool?, _ engine: AWSBuildResult.PolicyEngine?
  ) -> ClusterOptions.Enforcement {
    if let said { return said ? .yes : .no }
    switch engine {
    case .shown: return .yes
    case .unknown: return .unknown
    case .silent, nil: return .assumed
    }
  }

  /// A pod's interface is its node's: same subnet, same groups. Its IPv4 leaves the VPC by the node's address (EKS User Guide, "External
  /// source network address translation").
  private func placement(_ cluster: AWSBuildResult.Cluster, in network: Network) -> ClusterPlacement {
    ClusterPlacement(
      nodeGroups: cluster.nodeGroups.map { group in
        ClusterPlacement.NodeGroup(
          name: group.name, labels: group.labels,
          taints: group.taints.map {
            Taint(key: $0.key, value: $0.value, effect: Self.effect($0.effect))
          },
          sites: network[group.endpoint].placements.enumerated().map { number, placement in
            ClusterPlacement.Site(
              segment: placement.segment, layers: placement.layers, memberships: placement.memberships,
              addressSpaces: [AddressSet(network[placement.segment].prefixes.filter { $0.family == .v4 })],
              front: Front(
                endpoint: group.endpoint, placement: number, directPrefixes: cluster.blocks, families: [.v4]),
              node: group.endpoint, derivation: placement.derivation)
          })
      }, networkPrefixes: cluster.blocks, subnets: cluster.segments, internet: cluster.internet)
  }

  /// AWS writes `NO_SCHEDULE` where Kubernetes writes `NoSchedule`.
  private static func effect(_ word: String) -> String {
    switch word {
    case "NO_SCHEDULE": "NoSchedule"
    case "NO_EXECUTE": "NoExecute"
    case "PREFER_NO_SCHEDULE": "PreferNoSchedule"
    default: word
    }
  }

  /// A pod is in the account, region and VPC of its cluster, and so are the ways to it.
  private func inheritAttributes(
    _ result: KubernetesBuildResult, from cluster: AWSBuildResult.Cluster, in network: inout Network
  ) {
    for endpoint in result.pods.map(\.endpoint) + result.entries.map(\.endpoint) {
      let index = endpoint.offset
      if let account = cluster.account { network.endpoints[index].attributes.insert(account, for: .account) }
      if let region = cluster.region { network.endpoints[index].attributes.insert(region, for: .region) }
      for placement in network.endpoints[index].placements {
        for key in [Attributes.Key.vpc, .subnet, .az] {
          for value in network[placement.segment].attributes.values[key] ?? [] {
            network.endpoints[index].attributes.insert(value, for: key)
          }
        }
      }
    }
  }

  private func bind(
    _ binding: KubernetesBuildResult.TargetGroupBinding, of cluster: AWSBuildResult.Cluster, in network: inout Network
  ) {
    let targets = binding.targets.map { (endpoint: $0.endpoint, port: UInt16?.some($0.port)) }
    let name = Self.targetGroupName(binding)
    let isKnown =
      cloud.bind(binding.targetGroup, of: cluster, to: targets, in: &network, derivation: binding.derivation)
      || name.map { cloud.bind($0, of: cluster, to: targets, in: &network, derivation: binding.derivation) } ?? false
    if !isKnown {
      network.gaps.append(
        Gap(
          .notPresent, subject: binding.targetGroup,
          message:
            "a TargetGroupBinding of \(binding.namespace)/\(binding.service) names a target group that is not in the snapshot",
          derivation: binding.derivation))
    }
  }

  /// The name in a target group's ARN: `…:targetgroup/NAME/ID`.
  private static func targetGroupName(_ binding: KubernetesBuildResult.TargetGroupBinding) -> String? {
    let parts = binding.targetGroup.split(separator: "/")
    return parts.count == 3 ? String(parts[1]) : nil
  }
}
