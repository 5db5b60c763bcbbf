import NetworkModel
import PacketSpace

/// Where the pods of a cluster in a cloud may stand: for each node group that may hold them and each of its subnets, on either of two
/// machines, so that of any two pods both cases are tried: on one machine, where no interface is met, and apart.
struct CloudPlacements {
  let placement: ClusterPlacement
  /// Two machines for each site of each group.
  let machines: [[[MachineID]]]

  init(_ placement: ClusterPlacement, cluster: String, into network: inout Network) {
    self.placement = placement
    var machines: [[[MachineID]]] = []
    for group in placement.nodeGroups {
      machines.append(
        group.sites.indices.map { site in
          (1...2).map { network.add(Machine(key: "\(cluster)/\(group.name)/\(site)/\($0)")) }
        })
    }
    self.machines = machines
  }

  func placements(of set: PodSet, _ memberships: [MembershipID: Truth], _ network: inout Network) -> [Placement] {
    var groups = placement.nodeGroups.indices.filter { admits(placement.nodeGroups[$0], set.template) }
    // Nodes are labelled by hand too: where no group fits, the pod may be on any.
    if groups.isEmpty { groups = Array(placement.nodeGroups.indices) }
    let reason = network.add(
      Unknown("\(set.kind) \(set.namespace)/\(set.name) gets its address when it starts", derivation: set.derivation))
    var result: [Placement] = []
    for group in groups {
      for (number, site) in placement.nodeGroups[group].sites.enumerated() {
        var placed = pod(set, site, memberships, reason, &network)
        if site.layers.isEmpty {
          result.append(placed)
          continue
        }
        for machine in machines[group][number] {
          placed.machine = machine
          result.append(placed)
        }
      }
    }
    return result
  }

  private func pod(
    _ set: PodSet, _ site: ClusterPlacement.Site, _ memberships: [MembershipID: Truth], _ reason: UnknownID,
    _ network: inout Network
  ) -> Placement {
    let addresses = addresses(of: set, site, reason, &network)
    // A pod in its node's network is not fronted, for its address is the node's. It is told apart from the node all the same, or one of
    // the two would hide the other.
    return Placement(
      segment: site.segment, addresses: addresses, layers: site.layers,
      memberships: memberships.merging(site.memberships) { first, _ in first },
      front: set.template.isHostNetwork ? nil : site.front, derivation: site.derivation)
  }

  private func addresses(
    of set: PodSet, _ site: ClusterPlacement.Site, _ reason: UnknownID, _ network: inout Network
  ) -> [HeldAddress] {
    var spaces = site.addressSpaces
    // A pod that runs bears the address of its status, in the subnet that has it.
    if !set.template.isHostNetwork, set.addresses.count == 1 {
      let known = set.addresses[0].filter { address in site.addressSpaces.contains { $0.contains(address) } }
      if !known.isEmpty { spaces = known.map { AddressSet($0) } }
    }
    return spaces.map { .unknown(network.add(UnknownAddress(within: $0, unknown: reason))) }
  }

  /// Whether the scheduler may put the pod on nodes of the group (PodSpec: nodeSelector, nodeAffinity, tolerations).
  ///
  /// A label that the node group does not state may still be given by the kubelet or the cloud, so it rules nothing out.
  func admits(_ group: ClusterPlacement.NodeGroup, _ template: PodTemplate) -> Bool {
    var labels = group.labels
    if labels[NodeLabels.nodeGroup] == nil { labels[NodeLabels.nodeGroup] = group.name }
    guard
      template.nodeSelector.allSatisfy({ key, value in
        labels[key].map { $0 == value } ?? NodeLabels.isGivenByOthers(key)
      })
    else { return false }
    if let terms = template.nodeTerms, !terms.contains(where: { $0.mayAdmit(labels) }) { return false }
    return group.taints.allSatisfy { taint in
      taint.effect == "PreferNoSchedule" || template.tolerations.contains { tolerates($0, taint) }
    }
  }

  private func tolerates(_ toleration: PodTemplate.Toleration, _ taint: Taint) -> Bool {
    (toleration.key == nil || toleration.key == taint.key)
      && (toleration.value == nil || toleration.value == taint.value)
      && (toleration.effect == nil || toleration.effect == taint.effect)
  }
}
