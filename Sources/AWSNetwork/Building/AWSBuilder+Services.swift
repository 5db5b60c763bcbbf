import NetworkModel
import PacketSpace

/// Databases, caches and cluster control planes: they listen on what they listen on and nothing else.
extension AWSBuilder {
  mutating func buildServices() {
    for number in records.services.indices { buildService(records.services[number]) }
  }

  private mutating func buildService(_ service: ManagedServiceRecord) {
    let sites = candidates(service)
    guard !sites.isEmpty else {
      gap(
        .notUnderstood, service.header.name, "the subnets that it may stand in are not known", service.header.derivation
      )
      return
    }
    let set = groupSet(groups(service.groups, in: sites[0].vpc), of: service.header)
    var attributes = attributes(service.header, kind: service.kind)
    set.name(in: &attributes)
    let present = publicity(service)
    var identity = service.header.identity
    var placements: [Placement] = []
    let shown = sites.map { interface(of: service, at: $0) }
    for (site, interface) in zip(sites, shown) {
      // Where a snapshot shows its interfaces, it stands there and nowhere else.
      if interface == nil, shown.contains(where: { $0 != nil }) { continue }
      add(site, to: &attributes)
      var held = unknownAddress(in: site.segment, family: .v4, of: service.header)
      var outside: Attribute<IPAddress> = .absent
      if let address = interface?.addresses.first {
        if let known = address.privateAddress.value { held = HeldAddress(known) }
        outside = address.publicAddress
      }
      if let interface { identity.aliases += interface.header.identity.aliases }
      if present != .no { publish(held, in: site.vpc, as: outside, present: present, of: service.header) }
      placements.append(
        Placement(
          segment: site.segment, addresses: [held], layers: set.layers, memberships: set.memberships,
          derivation: service.header.derivation))
    }
    let port = service.port.value ?? DatabaseDefaults.port(engine: service.engine.value, kind: service.kind)
    let accepts = port.flatMap { UInt16(exactly: $0) }.map { TrafficSet.tcp($0) } ?? TrafficSet(.tcp)
    let encryption = self.encryption(of: service)
    let endpoint = network.add(
      Endpoint(
        identity: identity, kind: service.kind, attributes: attributes,
        exists: truth(service.header.exists), accepts: accepts,
        services: [Service(traffic: accepts, encryption: encryption, derivation: service.header.derivation)],
        placements: placements, derivation: service.header.derivation))
    hosts.insert(endpoint, service.header)
    for interface in shown { if let interface { hosts.insert(endpoint, interface.header) } }
  }

  /// Whether it has a public address.
  private mutating func publicity(_ service: ManagedServiceRecord) -> Truth {
    switch service.isPublic {
    case .known(let isPublic, _): Truth(isPublic)
    case .unknown(let missing): .unknown(unknown(missing))
    case .absent: service.kind == "rds" ? silentPublicity(service) : .no
    }
  }

  /// A template that does not say whether a database is public: the documentation's two texts differ, so it is not known.
  private mutating func silentPublicity(_ service: ManagedServiceRecord) -> Truth {
    guard service.header.stack != nil else { return .no }
    return .unknown(unknown("PubliclyAccessible of \(service.header.name) is not said", service.header.derivation))
  }

  /// The subnets that it may stand in: those of its group, in its own zone where that is known.
  private mutating func candidates(_ service: ManagedServiceRecord) -> [Site] {
    guard let group = resolve(.subnetGroup, service.subnetGroup, from: service.header, as: "subnet group") else {
      return []
    }
    let record = records.subnetGroups[group]
    let found = sites(record.subnets, of: record.header)
    if let zone = service.zone.value, !service.isMultiZone {
      let own = found.filter {
        records.subnets[$0.subnet].zoneName == zone || records.subnets[$0.subnet].zone.value == zone
      }
      if !own.isEmpty { return own }
    }
    return found
  }

  /// The interface that a snapshot shows for it. Nothing links them but groups and subnet, so only a single match counts.
  private mutating func interface(of service: ManagedServiceRecord, at site: Site) -> InterfaceRecord? {
    let groups = Set(service.groups.compactMap(\.value))
    let word = service.kind == "rds" ? "RDSNetworkInterface" : "ElastiCache"
    let shown = relations.claimed.filter { $0.key.hasPrefix(word) }.values.joined().sorted()
    let found = shown.filter { number in
      let interface = records.interfaces[number]
      return interface.subnet.value.flatMap { index.find(.subnet, $0, from: interface.header) } == site.subnet
        && Set(interface.groups.compactMap(\.value)) == groups
    }
    ownedInterfaces.formUnion(found)
    return found.count == 1 ? records.interfaces[found[0]] : nil
  }
}
