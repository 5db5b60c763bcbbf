import NetworkModel
import PacketSpace

/// Network interfaces, instances and fleets of them.
extension AWSBuilder {
  /// Interfaces that a balancer, a NAT gateway or a managed service brings are built with it.
  mutating func claimInterfaces() {
    for number in records.interfaces.indices {
      let interface = records.interfaces[number]
      let description = interface.description
      let isManaged =
        interface.interfaceType == "nat_gateway" || description.hasPrefix("Interface for NAT Gateway")
        || description.hasPrefix("ELB ") || description == "RDSNetworkInterface" || description.hasPrefix("ElastiCache")
        || interface.interfaceType.hasPrefix("network_load_balancer")
      if isManaged { claimedInterfaces.insert(number) }
    }
  }

  mutating func buildHosts() {
    var seen: Set<String> = []
    for number in records.interfaces.indices where !claimedInterfaces.contains(number) {
      guard records.interfaces[number].header.stack != nil || seen.insert(records.interfaces[number].header.id).inserted
      else { continue }
      buildInterface(number)
    }
    for number in records.fleets.indices { buildFleet(number) }
  }

  private mutating func buildInterface(_ number: Int) {
    let interface = records.interfaces[number]
    guard let subnet = resolve(.subnet, interface.subnet, from: interface.header, as: "subnet"),
      let segment = subnets[subnet], let vpc = subnetVPC[subnet]
    else {
      if let missing = interface.subnet.missing {
        gap(.notUnderstood, interface.header.name, "its subnet is not known: \(missing.reason)", missing.derivation)
      }
      return
    }
    let host = interface.instance.flatMap { reference in
      index.find(.instance, reference, from: interface.header).map { records.instances[$0].header }
    }
    let kind = host != nil || interface.instance != nil ? "instance" : self.kind(of: interface)
    let header = host ?? interface.header
    let isOrdinary = ["interface", "efa", "trunk", "branch"].contains(interface.interfaceType)
    let set = groupSet(isOrdinary ? groups(interface.groups, in: vpc) : interface.groups, of: interface.header)
    let placed = place(
      addresses: interface.addresses, ipv6: interface.ipv6Addresses, prefixes: interface.prefixes, segment: segment,
      of: header)
    for (held, address, present) in placed.published {
      publish(held, in: vpc, as: address, present: present, of: header)
    }
    var identity = header.identity
    if host != nil {
      identity.aliases += interface.header.identity.aliases
      let isFirst = hostEndpoints[header.id] == nil
      if !isFirst { identity.key += "#\(interface.header.key)" }
    }
    var layers = set.layers
    if kind == "vpc-endpoint" { layers.append(oneWay(.egress, "interface endpoints never start connections")) }
    if kind == "lambda" { layers.append(oneWay(.ingress, "functions never accept connections")) }
    let endpoint = network.add(
      Endpoint(
        identity: identity, kind: kind, host: header.key,
        attributes: hostAttributes(header, kind: kind, subnet: subnet, groups: set),
        exists: truth(header.exists).and(truth(interface.header.exists)),
        placements: [
          Placement(
            segment: segment, addresses: placed.held, layers: layers, memberships: set.memberships,
            derivation: interface.header.derivation)
        ], derivation: header.derivation))
    interfaceEndpoints[number] = endpoint
    for name in Set(names(header) + names(interface.header)) { hostEndpoints[name, default: []].append(endpoint) }
  }

  private func kind(of interface: InterfaceRecord) -> String {
    if interface.interfaceType.contains("vpc_endpoint") || interface.description.hasPrefix("VPC Endpoint") {
      return "vpc-endpoint"
    }
    if interface.interfaceType == "lambda" || interface.description.hasPrefix("AWS Lambda") { return "lambda" }
    return "interface"
  }

  /// A layer that refuses everything in one direction.
  private mutating func oneWay(_ direction: Direction, _ name: String) -> LayerID {
    let filter = network.add(
      Filter(
        identity: Identity(key: name, name: name), kind: "platform", isStateful: true, end: .deny,
        ingress: direction == .ingress ? RuleList() : nil, egress: direction == .egress ? RuleList() : nil))
    let tier = Tier(.first, entries: [Tier.Entry(filter)])
    return network.add(
      Layer(identity: Identity(key: name, name: name), default: .allow, ingress: [tier], egress: [tier]))
  }

  struct Placed {
    var held: [HeldAddress]
    /// Inside addresses with the public one that is translated to them.
    var published: [(HeldAddress, Attribute<IPAddress>, Truth)]
  }

  func family(_ family: IPFamily, in segment: SegmentID) -> Bool {
    network[segment].prefixes.contains { $0.family == family }
  }

  mutating func place(
    addresses: [InterfaceRecord.Address], ipv6: [Attribute<IPAddress>], prefixes: [IPPrefix], segment: SegmentID,
    of header: ResourceHeader
  ) -> Placed {
    var placed = Placed(held: [], published: [])
    for address in addresses {
      let held =
        address.privateAddress.value.map { HeldAddress($0) }
        ?? unknownAddress(in: segment, family: .v4, of: header)
      placed.held.append(held)
      let present = truth(address.isPublic, otherwise: !address.publicAddress.isAbsent)
      if present != .no { placed.published.append((held, address.publicAddress, present)) }
    }
    for address in ipv6 {
      if let known = address.value {
        placed.held.append(HeldAddress(known))
      } else if family(.v6, in: segment) {
        placed.held.append(unknownAddress(in: segment, family: .v6, of: header))
      }
    }
    placed.held += prefixes.map { HeldAddress.prefix($0) }
    return placed
  }

  mutating func hostAttributes(_ header: ResourceHeader, kind: String, subnet: Int, groups: GroupSet) -> Attributes {
    var attributes = attributes(header, kind: kind)
    add(subnet: subnet, to: &attributes)
    groups.name(in: &attributes)
    return attributes
  }

  func add(subnet: Int, to attributes: inout Attributes) {
    guard let segment = subnets[subnet] else { return }
    for key in [Attributes.Key.vpc, .subnet, .az] {
      for value in network[segment].attributes.values[key] ?? [] { attributes.insert(value, for: key) }
    }
    if attributes.values[.env] == nil {
      for value in network[segment].attributes.values[.env] ?? [] { attributes.insert(value, for: .env) }
    }
  }

  // MARK: Fleets

  /// Alike instances: one endpoint that stands for several, in one of the subnets each.
  private mutating func buildFleet(_ number: Int) {
    let fleet = records.fleets[number]
    let vpc = fleet.subnets.compactMap { $0.value.flatMap { index.find(.subnet, $0, from: fleet.header) } }
      .compactMap { subnetVPC[$0] }.first
    let set = groupSet(groups(fleetGroups(fleet), in: vpc), of: fleet.header)
    var placements: [Placement] = []
    var attributes = attributes(fleet.header, kind: fleet.kind)
    set.name(in: &attributes)
    attributes.insert(fleet.header.name, for: .pool)
    for alias in fleet.header.aliases where alias.form == .name { attributes.insert(alias.text, for: .pool) }
    for attribute in fleet.subnets {
      guard let subnet = resolve(.subnet, attribute, from: fleet.header, as: "subnet"), let segment = subnets[subnet],
        let vpc = subnetVPC[subnet]
      else { continue }
      add(subnet: subnet, to: &attributes)
      var held = [unknownAddress(in: segment, family: .v4, of: fleet.header)]
      if records.subnets[subnet].assignsIPv6.value == true, family(.v6, in: segment) {
        held.append(unknownAddress(in: segment, family: .v6, of: fleet.header))
      }
      let isPublic =
        fleet.assignsPublicAddress.isAbsent ? records.subnets[subnet].mapsPublicAddress : fleet.assignsPublicAddress
      let present = truth(isPublic, otherwise: false)
      if present != .no {
        publish(held[0], in: vpc, as: .absent, present: present, of: fleet.header)
      }
      let machine =
        fleet.kind == "node" ? network.add(Machine(key: "\(fleet.header.key)/\(network[segment].identity.key)")) : nil
      placements.append(
        Placement(
          segment: segment, addresses: held, layers: set.layers, memberships: set.memberships, machine: machine,
          derivation: fleet.header.derivation))
    }
    guard !placements.isEmpty else {
      gap(.notUnderstood, fleet.header.name, "none of its subnets is known", fleet.header.derivation)
      return
    }
    var exists = truth(fleet.header.exists)
    if let most = fleet.most.value, most == 0 { exists = .no }
    if let missing = fleet.most.missing { exists = exists.and(.unknown(unknown(missing))) }
    guard exists != .no else { return }
    attributes.labels = fleet.labels
    let endpoint = network.add(
      Endpoint(
        identity: fleet.header.identity, kind: fleet.kind, attributes: attributes, exists: exists,
        standsForMany: (fleet.most.value ?? 2) > 1, placements: placements, derivation: fleet.header.derivation))
    fleetEndpoints[number] = endpoint
    for name in names(fleet.header) { hostEndpoints[name, default: []].append(endpoint) }
  }

  /// A node group whose template names no group is under its cluster's security group (EKS User Guide).
  func fleetGroups(_ fleet: FleetRecord) -> [Attribute<Reference>] {
    guard fleet.kind == "node", fleet.groups.isEmpty,
      let cluster = fleet.cluster.value.flatMap({ index.find(.cluster, $0, from: fleet.header) })
    else { return fleet.groups }
    return [records.clusters[cluster].clusterGroup]
  }
}
