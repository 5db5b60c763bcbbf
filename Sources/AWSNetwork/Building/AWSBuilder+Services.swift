import NetworkModel
import PacketSpace

/// Databases, caches and cluster control planes: they listen on what they listen on and nothing else.
extension AWSBuilder {
  mutating func buildServices() {
    for number in records.services.indices { buildService(records.services[number]) }
  }

  private mutating func buildService(_ service: ManagedServiceRecord) {
    let candidates = candidateSubnets(service)
    let set = groupSet(groups(service.groups, in: candidates.compactMap { subnetVPC[$0] }.first), of: service.header)
    var attributes = attributes(service.header, kind: service.kind)
    set.name(in: &attributes)
    var placements: [Placement] = []
    for subnet in candidates {
      guard let segment = subnets[subnet], let vpc = subnetVPC[subnet] else { continue }
      add(subnet: subnet, to: &attributes)
      let held: HeldAddress
      var outside: Attribute<IPAddress> = .absent
      if let interface = claimedInterface(service, subnet), let address = interface.addresses.first {
        held =
          address.privateAddress.value.map { HeldAddress($0) }
          ?? unknownAddress(in: segment, family: .v4, of: service.header)
        outside = address.publicAddress
      } else {
        held = unknownAddress(in: segment, family: .v4, of: service.header)
      }
      var present = Truth.no
      switch service.isPublic {
      case .known(let isPublic, _): present = Truth(isPublic)
      case .unknown(let missing): present = .unknown(unknown(missing))
      case .absent: present = service.kind == "rds" ? silentPublicity(service) : .no
      }
      if present != .no { publish(held, in: vpc, as: outside, present: present, of: service.header) }
      placements.append(
        Placement(
          segment: segment, addresses: [held], layers: set.layers, memberships: set.memberships,
          derivation: service.header.derivation))
    }
    guard !placements.isEmpty else {
      gap(
        .notUnderstood, service.header.name, "the subnets that it may stand in are not known", service.header.derivation
      )
      return
    }
    let port = service.port.value ?? DatabaseDefaults.port(engine: service.engine.value, kind: service.kind)
    let accepts = port.flatMap { UInt16(exactly: $0) }.map { TrafficSet.tcp($0) }
    let encryption = self.encryption(of: service)
    let endpoint = network.add(
      Endpoint(
        identity: service.header.identity, kind: service.kind, attributes: attributes,
        exists: truth(service.header.exists),
        accepts: accepts ?? TrafficSet(.tcp),
        services: [
          Service(traffic: accepts ?? TrafficSet(.tcp), encryption: encryption, derivation: service.header.derivation)
        ],
        placements: placements, derivation: service.header.derivation))
    for name in names(service.header) { hostEndpoints[name, default: []].append(endpoint) }
  }

  /// A template that does not say whether a database is public: the documentation's two texts differ, so it is not known.
  private mutating func silentPublicity(_ service: ManagedServiceRecord) -> Truth {
    guard service.header.stack != nil else { return .no }
    return .unknown(unknown("PubliclyAccessible of \(service.header.name) is not said", service.header.derivation))
  }

  /// The subnets that it may stand in: those of its group, in its own zone where that is known.
  private mutating func candidateSubnets(_ service: ManagedServiceRecord) -> [Int] {
    guard let group = resolve(.subnetGroup, service.subnetGroup, from: service.header, as: "subnet group") else {
      return []
    }
    let record = records.subnetGroups[group]
    var found: [Int] = []
    for attribute in record.subnets {
      guard let subnet = resolve(.subnet, attribute, from: record.header, as: "subnet") else { continue }
      found.append(subnet)
    }
    if let zone = service.zone.value, !service.isMultiZone {
      let own = found.filter { records.subnets[$0].zoneName == zone || records.subnets[$0].zone.value == zone }
      if !own.isEmpty { return own }
    }
    return found
  }

  /// The interface that a snapshot shows for it. Nothing links them but group and subnet, so only a single match counts.
  private func claimedInterface(_ service: ManagedServiceRecord, _ subnet: Int) -> InterfaceRecord? {
    let groups = Set(service.groups.compactMap(\.value))
    let found = claimedInterfaces.sorted().map { records.interfaces[$0] }.filter { interface in
      (interface.description == "RDSNetworkInterface") == (service.kind == "rds")
        && !interface.description.hasPrefix("ELB ") && interface.interfaceType == "interface"
        && interface.subnet.value.flatMap { index.find(.subnet, $0, from: interface.header) } == subnet
        && Set(interface.groups.compactMap(\.value)) == groups
    }
    return found.count == 1 ? found[0] : nil
  }

  // MARK: Clusters

  mutating func buildClusters() {
    for number in records.clusters.indices { buildCluster(records.clusters[number]) }
  }

  private mutating func buildCluster(_ cluster: EKSClusterRecord) {
    let set = groupSet(cluster.groups + [cluster.clusterGroup], of: cluster.header)
    var attributes = attributes(cluster.header, kind: "eks")
    set.name(in: &attributes)
    attributes.insert(cluster.header.name, for: .cluster)
    var placements: [Placement] = []
    for attribute in cluster.subnets {
      guard let subnet = resolve(.subnet, attribute, from: cluster.header, as: "subnet"), let segment = subnets[subnet]
      else { continue }
      add(subnet: subnet, to: &attributes)
      placements.append(
        Placement(
          segment: segment, addresses: [unknownAddress(in: segment, family: .v4, of: cluster.header)],
          layers: set.layers, memberships: set.memberships, derivation: cluster.header.derivation))
    }
    guard !placements.isEmpty else { return }
    let endpoint = network.add(
      Endpoint(
        identity: cluster.header.identity, kind: "eks", attributes: attributes, exists: truth(cluster.header.exists),
        accepts: .tcp(443),
        services: [
          Service(
            traffic: .tcp(443), encryption: .required(minimum: .tls12), derivation: cluster.header.derivation)
        ], placements: placements, derivation: cluster.header.derivation))
    for name in names(cluster.header) { hostEndpoints[name, default: []].append(endpoint) }
  }
}
