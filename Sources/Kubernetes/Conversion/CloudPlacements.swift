import NetworkModel
import PacketSpace

/// Where the pods of a cluster in a cloud may stand: one placement for each node group that may hold them and each of its subnets.
struct CloudPlacements {
  let placement: ClusterPlacement
  let cluster: String

  func placements(of set: PodSet, _ memberships: [MembershipID: Truth], _ network: inout Network) -> [Placement] {
    var groups = placement.nodeGroups.filter { admits($0, set.template) }
    // Nodes are labelled by hand too: where no group fits, the pod may be on any.
    if groups.isEmpty { groups = placement.nodeGroups }
    var result: [Placement] = []
    for group in groups {
      for site in group.sites {
        if set.template.isHostNetwork {
          result += onNode(site, network)
        } else {
          result.append(pod(set, site, memberships, &network))
        }
      }
    }
    return result
  }

  private func pod(
    _ set: PodSet, _ site: ClusterPlacement.Site, _ memberships: [MembershipID: Truth], _ network: inout Network
  ) -> Placement {
    let reason = network.add(
      Unknown("\(set.kind) \(set.namespace)/\(set.name) gets its address when it starts", derivation: set.derivation))
    var known: [HeldAddress] = []
    for address in set.addresses.first ?? [] where set.addresses.count == 1 {
      if site.addressSpaces.contains(where: { $0.contains(address) }) { known.append(HeldAddress(address)) }
    }
    let addresses =
      known.isEmpty
      ? site.addressSpaces.map { HeldAddress.unknown(network.add(UnknownAddress(within: $0, unknown: reason))) }
      : known
    return Placement(
      segment: site.segment, addresses: addresses, layers: site.layers,
      memberships: memberships.merging(site.memberships) { first, _ in first },
      machine: site.node.map { network.add(Machine(key: network[$0].identity.key)) }, front: site.front,
      derivation: site.derivation)
  }

  /// A pod in its node's network has the node's addresses, layers and memberships.
  private func onNode(_ site: ClusterPlacement.Site, _ network: Network) -> [Placement] {
    guard let node = site.node else {
      return [
        Placement(
          segment: site.segment, layers: site.layers, memberships: site.memberships, derivation: site.derivation)
      ]
    }
    return network[node].placements
  }

  /// Whether the scheduler may put the pod on nodes of the group (PodSpec: nodeSelector, nodeAffinity, tolerations).
  func admits(_ group: ClusterPlacement.NodeGroup, _ template: PodTemplate) -> Bool {
    guard template.nodeSelector.allSatisfy({ group.labels[$0.key] == $0.value }) else { return false }
    if let terms = template.nodeTerms, !terms.contains(where: { $0.admits(group.labels) }) { return false }
    return group.taints.allSatisfy { taint in
      taint.effect == "PreferNoSchedule" || template.tolerations.contains { tolerates($0, taint) }
    }
  }

  private func tolerates(_ toleration: PodTemplate.Toleration, _ taint: ClusterPlacement.NodeGroup.Taint) -> Bool {
    (toleration.key == nil || toleration.key == taint.key)
      && (toleration.value == nil || toleration.value == taint.value)
      && (toleration.effect == nil || toleration.effect == taint.effect)
  }
}
