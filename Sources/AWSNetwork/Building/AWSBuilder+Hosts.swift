import NetworkModel
import PacketSpace

/// Network interfaces and the hosts that they belong to.
extension AWSBuilder {
  /// Interfaces that a balancer, a NAT gateway or a managed service brings are built with it.
  mutating func claimInterfaces() {
    for number in records.interfaces.indices where Self.isManaged(records.interfaces[number]) {
      claimedInterfaces.insert(number)
      relations.claimed[records.interfaces[number].description, default: []].append(number)
    }
  }

  private static let managedDescriptions = ["ELB ", "RDSNetworkInterface", "ElastiCache", "Amazon EKS "]

  private static func isManaged(_ interface: InterfaceRecord) -> Bool {
    if isNAT(interface) || interface.interfaceType.hasPrefix("network_load_balancer") { return true }
    return !interface.description.isEmpty
      && managedDescriptions.contains { interface.description.hasPrefix($0) }
  }

  private static func isNAT(_ interface: InterfaceRecord) -> Bool {
    interface.interfaceType == "nat_gateway" || interface.description.hasPrefix("Interface for NAT Gateway")
  }

  mutating func buildHosts() {
    let order = records.interfaces.indices.filter { !claimedInterfaces.contains($0) }.sorted { left, right in
      (records.interfaces[left].deviceIndex, left) < (records.interfaces[right].deviceIndex, right)
    }
    for number in order { buildInterface(number) }
    for number in records.fleets.indices { buildFleet(number) }
  }

  /// Interfaces of something managed that is not in the snapshot are there all the same.
  mutating func buildUnownedInterfaces() {
    for number in claimedInterfaces.subtracting(ownedInterfaces).sorted() {
      let interface = records.interfaces[number]
      if Self.isNAT(interface) { continue }
      gap(
        .notPresent, interface.header.name,
        "what the interface \(interface.header.name) (\(interface.description)) belongs to is not in the snapshot",
        interface.header.derivation)
      buildInterface(number)
    }
  }

  private mutating func buildInterface(_ number: Int) {
    let interface = records.interfaces[number]
    guard let site = sites([interface.subnet], of: interface.header).first else { return }
    let host = interface.instance.flatMap { reference in
      index.find(.instance, reference, from: interface.header).map { records.instances[$0].header }
    }
    let kind = host != nil || interface.instance != nil ? "instance" : self.kind(of: interface)
    let header = host ?? interface.header
    let isOrdinary = ["interface", "efa", "trunk", "branch"].contains(interface.interfaceType)
    let set = groupSet(isOrdinary ? groups(interface.groups, in: site.vpc) : interface.groups, of: interface.header)
    let placed = place(
      addresses: interface.addresses, ipv6: interface.ipv6Addresses, prefixes: interface.prefixes,
      segment: site.segment,
      of: header)
    for (held, address, present) in placed.published {
      publish(held, in: site.vpc, as: address, present: present, of: header)
    }
    if let missing = impliedSubnets[site.subnet], placed.published.isEmpty, interface.header.stack != nil {
      let present = Truth.unknown(unknown(missing))
      for held in placed.held { publish(held, in: site.vpc, as: .absent, present: present, of: header) }
    }
    var identity = header.identity
    if host != nil {
      identity.aliases += interface.header.identity.aliases
      let isFirst = hosts.find(Reference(header.id), from: header).isEmpty
      if !isFirst { identity.key += "#\(interface.header.key)" }
    }
    var layers = set.layers
    if kind == "vpc-endpoint" { layers.append(oneWay(.egress, "interface endpoints never start connections")) }
    if kind == "lambda" { layers.append(oneWay(.ingress, "functions never accept connections")) }
    let endpoint = network.add(
      Endpoint(
        identity: identity, kind: kind, host: host == nil ? interface.instance?.text ?? header.key : header.key,
        attributes: hostAttributes(header, kind: kind, at: site, groups: set),
        exists: truth(header.exists).and(truth(interface.header.exists)),
        placements: [
          Placement(
            segment: site.segment, addresses: placed.held, layers: layers, memberships: set.memberships,
            derivation: interface.header.derivation)
        ], derivation: header.derivation))
    interfaceEndpoints[number] = endpoint
    hosts.insert(endpoint, header, interface.header)
  }

  private func kind(of interface: InterfaceRecord) -> String {
    if interface.interfaceType == "interface", interface.description.isEmpty { return "interface" }
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

  mutating func hostAttributes(_ header: ResourceHeader, kind: String, at site: Site, groups: GroupSet) -> Attributes {
    var attributes = attributes(header, kind: kind)
    add(site, to: &attributes)
    groups.name(in: &attributes)
    return attributes
  }
}
