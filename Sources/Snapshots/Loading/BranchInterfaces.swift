import AWSNetwork
import Kubernetes
import NetworkModel

/// Pods with security groups of their own: each stands on a branch interface in its node's subnet, under the groups of all policies that
/// select it (EKS User Guide, "Assign security groups to individual pods").
///
/// The mode in which the network plugin enforces them stands in no manifest that is read, so both are cases: *strict*, where the groups are
/// always met and nothing leaves by the node, and *standard*, where the groups are not met on one node and packets leave by it.
struct BranchInterfaces {
  let cloud: AWSBuildResult
  let cluster: AWSBuildResult.Cluster
  /// The most policies of one pod that may or may not select it; beyond that its interface is left open.
  private static let mostUncertain = 4

  func place(_ policies: [KubernetesBuildResult.SecurityGroupPolicy], in network: inout Network) {
    var chosen: [EndpointID: [KubernetesBuildResult.SecurityGroupPolicy]] = [:]
    for policy in policies {
      for endpoint in policy.endpoints { chosen[endpoint, default: []].append(policy) }
    }
    for (endpoint, policies) in chosen.sorted(by: { $0.key < $1.key }) { place(endpoint, policies, in: &network) }
  }

  private func place(
    _ endpoint: EndpointID, _ policies: [KubernetesBuildResult.SecurityGroupPolicy], in network: inout Network
  ) {
    let uncertain = policies.filter(\.isUncertain)
    guard uncertain.count <= Self.mostUncertain else { return open(endpoint, policies, in: &network) }
    let certain = policies.filter { !$0.isUncertain }.flatMap(\.groupIDs)
    var placements: [Placement] = []
    for choice in 0..<(1 << uncertain.count) {
      let holding = uncertain.indices.filter { choice & (1 << $0) != 0 }.flatMap { uncertain[$0].groupIDs }
      var groups: [String] = []
      for group in certain + holding where !groups.contains(group) { groups.append(group) }
      if groups.isEmpty {
        placements += network[endpoint].placements
        continue
      }
      guard let interface = cloud.interface(under: groups, of: cluster, in: &network) else {
        return open(endpoint, policies, in: &network)
      }
      for placement in network[endpoint].placements {
        placements += branches(placement, interface.layer, interface.memberships)
      }
    }
    network.endpoints[endpoint.offset].placements = placements
    loosen(endpoint, policies, in: &network)
  }

  /// The two modes of one placement.
  private func branches(
    _ placement: Placement, _ layer: LayerID, _ memberships: [MembershipID: Truth]
  ) -> [Placement] {
    var standard = placement
    standard.layers = [layer]
    // The node's groups are not the pod's.
    for group in cloud.securityGroups { standard.memberships[group.membership] = nil }
    standard.memberships.merge(memberships) { _, own in own }
    var strict = standard
    strict.machine = nil
    strict.front = nil
    return [strict, standard]
  }

  /// Network policies bind such pods in the standard mode only.
  private func loosen(
    _ endpoint: EndpointID, _ policies: [KubernetesBuildResult.SecurityGroupPolicy], in network: inout Network
  ) {
    guard let derivation = policies.first?.derivation else { return }
    let id = network.add(
      Unknown(
        "whether network policies bind \(network[endpoint].identity.name) hangs on the mode of its branch interface",
        derivation: derivation))
    func loosened(_ tiers: [Tier]) -> [Tier] {
      tiers.map { tier in
        var tier = tier
        for index in tier.entries.indices {
          tier.entries[index].selects = tier.entries[index].selects.and(.unknown(id))
        }
        return tier
      }
    }
    let layers = network[endpoint].layers.map { id -> LayerID in
      var layer = network[id]
      layer.ingress = loosened(layer.ingress)
      layer.egress = loosened(layer.egress)
      return network.add(layer)
    }
    network.endpoints[endpoint.offset].layers = layers
  }

  /// Groups that are not in the snapshot: what the interface lets through is not known, and neither is what it is a member of.
  private func open(
    _ endpoint: EndpointID, _ policies: [KubernetesBuildResult.SecurityGroupPolicy], in network: inout Network
  ) {
    let groups = policies.flatMap(\.groupIDs)
    let derivation = policies.first?.derivation ?? .none
    let name = network[endpoint].identity.name
    let id = network.add(Unknown("the security groups of \(name) are not in the snapshot", derivation: derivation))
    network.gaps.append(
      Gap(
        .notPresent, subject: groups.joined(separator: ", "),
        message: "a SecurityGroupPolicy puts \(name) under groups that are not all in the snapshot",
        derivation: derivation))
    let layer = network.add(
      Layer(
        identity: Identity(key: "branch interface", name: "branch interface of \(name)"), default: .deny,
        ingress: [Tier(.first, open: id)], egress: [Tier(.first, open: id)]))
    for index in network[endpoint].placements.indices {
      network.endpoints[endpoint.offset].placements[index].layers = [layer]
      for group in cloud.securityGroups {
        network.endpoints[endpoint.offset].placements[index].memberships[group.membership] = .unknown(id)
      }
    }
  }
}
