import NetworkModel
import PacketSpace

/// EKS control planes: interfaces in the subnets of the cluster, which answer on 443.
extension AWSBuilder {
  mutating func buildClusters() {
    for number in records.clusters.indices {
      buildCluster(number)
      buildPublicEndpoint(of: records.clusters[number])
    }
  }

  private mutating func buildCluster(_ number: Int) {
    let cluster = records.clusters[number]
    let set = groupSet(cluster.groups + [cluster.clusterGroup], of: cluster.header)
    let shown = shownInterfaces(of: cluster)
    for interface in shown {
      guard let site = sites([interface.subnet], of: interface.header).first else { continue }
      let placed = place(
        addresses: interface.addresses, ipv6: interface.ipv6Addresses, prefixes: interface.prefixes,
        segment: site.segment, of: cluster.header)
      let own = groupSet(interface.groups, of: interface.header)
      var identity = cluster.header.identity
      if shown.count > 1 { identity.key += "#" + network[site.segment].identity.name }
      identity.aliases += interface.header.identity.aliases
      add(
        cluster, identity, at: [site],
        [
          Placement(
            segment: site.segment, addresses: placed.held, layers: own.layers, memberships: own.memberships,
            derivation: interface.header.derivation)
        ], own)
    }
    guard shown.isEmpty else { return }
    let sites = sites(cluster.subnets, of: cluster.header)
    guard !sites.isEmpty else { return }
    let placements = sites.map { site in
      Placement(
        segment: site.segment, addresses: [unknownAddress(in: site.segment, family: .v4, of: cluster.header)],
        layers: set.layers, memberships: set.memberships, derivation: cluster.header.derivation)
    }
    add(cluster, cluster.header.identity, at: sites, placements, set)
  }

  /// The control plane's interfaces that a snapshot shows.
  private mutating func shownInterfaces(of cluster: EKSClusterRecord) -> [InterfaceRecord] {
    let found = names(cluster.header).flatMap { relations.claimed["Amazon EKS \($0)"] ?? [] }.sorted()
    ownedInterfaces.formUnion(found)
    return found.map { records.interfaces[$0] }
  }

  private mutating func add(
    _ cluster: EKSClusterRecord, _ identity: Identity, at sites: [Site], _ placements: [Placement], _ set: GroupSet
  ) {
    var attributes = attributes(cluster.header, kind: "eks")
    set.name(in: &attributes)
    attributes.insert(cluster.header.name, for: .cluster)
    for site in sites { add(site, to: &attributes) }
    let endpoint = network.add(
      Endpoint(
        identity: identity, kind: "eks", host: cluster.header.key, attributes: attributes,
        exists: truth(cluster.header.exists), accepts: .tcp(443),
        services: [
          Service(
            traffic: .tcp(443), encryption: .required(minimum: .tls12), derivation: cluster.header.derivation)
        ], placements: placements, derivation: cluster.header.derivation))
    hosts.insert(endpoint, cluster.header)
  }
}
