import NetworkModel
import PacketSpace

/// The ways into a cluster in a cloud that its own objects open: a controller makes a load balancer of a Service or an Ingress, and every
/// node forwards its ports.
///
/// None of what the controller makes stands in the files, so an entry may be there or not and may stand in any subnet of the network: what
/// it opens is undecided, never proved shut.
extension ClusterConversion {
  /// Adds every entry, as a relay that may be there.
  mutating func addCloudEntries(_ network: inout Network) {
    let entries = entries()
    for entry in entries where !entry.isByAnyPod { noteGap(entry, &network) }
    guard options.external == .exposed, let cloud else { return }
    for entry in entries where entry.ports.contains(where: { !$0.targets.isEmpty }) {
      // A pod in its node's network has the node's interface itself.
      if !entry.isHostNetwork { add(entry, in: cloud, &network) }
    }
  }

  private mutating func add(_ entry: Entry, in cloud: CloudPlacements, _ network: inout Network) {
    let unknown = network.add(
      Unknown("whether \(entry.name) is reached from outside is not said", derivation: entry.derivation))
    let own = network.add(
      Membership(identity: Identity(key: entry.key, name: entry.name), derivation: entry.derivation))
    var memberships = borne(by: entry, unknown)
    memberships[own] = .yes
    var placements = cloud.onNodes(memberships, unknown, &network)
    if entry.hasBalancer { placements += cloud.balancers(memberships, unknown, &network) }
    if placements.isEmpty { return }
    let interface = addRelay(entry, placements, unknown, &network)
    cloud.publish(placements, unknown, entry.derivation, &network)
    var traffic = TrafficSet.none
    for port in entry.ports {
      traffic.formUnion(TrafficSet(port.transport, destination: PortSet(port.ports)))
      for target in port.targets {
        traffic.formUnion(
          TrafficSet(port.transport, destination: PortSet(target.port.map { PortRange($0) } ?? .all)))
      }
    }
    result.entries.append(
      KubernetesBuildResult.Entry(
        endpoint: interface, membership: own, clients: entry.clients,
        targets: Set(entry.ports.flatMap(\.targets).map { pool[$0.set] }).sorted(), traffic: traffic,
        isOpenedByController: entry.hasBalancer, unknown: unknown, derivation: entry.derivation))
  }
}

extension CloudPlacements {
  /// A place on each node: a node forwards its ports from its own interface.
  func onNodes(
    _ memberships: [MembershipID: Truth], _ unknown: UnknownID, _ network: inout Network
  ) -> [Placement] {
    var result: [Placement] = []
    for (group, nodes) in placement.nodeGroups.enumerated() {
      for (number, site) in nodes.sites.enumerated() {
        for machine in machines[group][number] {
          result.append(
            Placement(
              segment: site.segment, addresses: addresses(in: site.segment, unknown, &network), layers: site.layers,
              memberships: memberships.merging(site.memberships) { first, _ in first }, machine: machine,
              derivation: site.derivation))
        }
      }
    }
    return result
  }

  /// A place in each subnet, under groups that nobody sees: a controller finds subnets by their tags, and writes the groups itself.
  func balancers(
    _ memberships: [MembershipID: Truth], _ unknown: UnknownID, _ network: inout Network
  ) -> [Placement] {
    placement.subnets.map { segment in
      Placement(
        segment: segment, addresses: addresses(in: segment, unknown, &network), memberships: memberships)
    }
  }

  /// Public addresses at the network's way to the internet.
  func publish(
    _ placements: [Placement], _ unknown: UnknownID, _ derivation: Derivation, _ network: inout Network
  ) {
    guard let internet = placement.internet else { return }
    let space = AddressSet.internetSpace.restricted(to: .v4)
    for inside in placements.flatMap(\.addresses) {
      let outside = network.add(UnknownAddress(within: space, unknown: unknown))
      network.attachments[internet.offset].translations?.append(
        Translation(
          .oneToOne(inside: inside, outside: .unknown(outside)), present: .unknown(unknown), derivation: derivation))
    }
  }

  private func addresses(
    in segment: SegmentID, _ unknown: UnknownID, _ network: inout Network
  ) -> [HeldAddress] {
    let within = AddressSet(network[segment].prefixes.filter { $0.family == .v4 })
    return within.isEmpty ? [] : [.unknown(network.add(UnknownAddress(within: within, unknown: unknown)))]
  }
}
