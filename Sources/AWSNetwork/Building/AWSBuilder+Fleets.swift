import NetworkModel
import PacketSpace

/// Instances that a group starts, alike but for their subnet.
extension AWSBuilder {
  /// An Auto Scaling group or a node group is one endpoint that stands for several, in one of its subnets each.
  mutating func buildFleet(_ number: Int) {
    let fleet = records.fleets[number]
    let exists = fleetExists(fleet)
    guard exists != .no else { return }
    let sites = sites(fleet.subnets, of: fleet.header)
    guard !sites.isEmpty else {
      gap(.notUnderstood, fleet.header.name, "none of its subnets is known", fleet.header.derivation)
      return
    }
    let set = groupSet(groups(fleetGroups(fleet), in: sites[0].vpc), of: fleet.header)
    var attributes = attributes(fleet.header, kind: fleet.kind)
    set.name(in: &attributes)
    attributes.insert(fleet.header.name, for: .pool)
    for alias in fleet.header.aliases where alias.form == .name { attributes.insert(alias.text, for: .pool) }
    attributes.labels = fleet.labels
    for site in sites { add(site, to: &attributes) }
    let endpoint = network.add(
      Endpoint(
        identity: fleet.header.identity, kind: fleet.kind, attributes: attributes, exists: exists,
        standsForMany: (fleet.most.value ?? 2) > 1, placements: sites.map { place(fleet, at: $0, set) },
        derivation: fleet.header.derivation))
    fleetEndpoints[number] = endpoint
    hosts.insert(endpoint, fleet.header)
  }

  /// A group of none does not exist, and one that may be empty may not.
  private mutating func fleetExists(_ fleet: FleetRecord) -> Truth {
    let exists = truth(fleet.header.exists)
    switch fleet.most {
    case .known(0, _): return .no
    case .unknown(let missing): return exists.and(.unknown(unknown(missing)))
    case .known, .absent: break
    }
    guard fleet.least.value == 0 else { return exists }
    return exists.and(.unknown(unknown("\(fleet.header.name) may run no instance", fleet.least.derivation)))
  }

  private mutating func place(_ fleet: FleetRecord, at site: Site, _ set: GroupSet) -> Placement {
    let subnet = records.subnets[site.subnet]
    var held = [unknownAddress(in: site.segment, family: .v4, of: fleet.header)]
    if subnet.assignsIPv6.value == true, family(.v6, in: site.segment) {
      held.append(unknownAddress(in: site.segment, family: .v6, of: fleet.header))
    }
    let isPublic = fleet.assignsPublicAddress.isAbsent ? subnet.mapsPublicAddress : fleet.assignsPublicAddress
    let present = truth(isPublic, otherwise: false)
    if present != .no { publish(held[0], in: site.vpc, as: .absent, present: present, of: fleet.header) }
    // No machine: a second node like this one is another machine, and the pods' machines are their cluster's.
    return Placement(
      segment: site.segment, addresses: held, layers: set.layers, memberships: set.memberships,
      derivation: fleet.header.derivation)
  }

  /// A node group whose template names no group is under its cluster's security group (EKS User Guide).
  func fleetGroups(_ fleet: FleetRecord) -> [Attribute<Reference>] {
    guard fleet.kind == "node", fleet.groups.isEmpty,
      let cluster = fleet.cluster.value.flatMap({ index.find(.cluster, $0, from: fleet.header) })
    else { return fleet.groups }
    return [records.clusters[cluster].clusterGroup]
  }
}
