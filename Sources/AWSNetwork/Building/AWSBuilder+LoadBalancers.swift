import NetworkModel
import PacketSpace

/// Application and network load balancers (the Elastic Load Balancing user guides; AWS reference, "Endpoints, load balancers").
extension AWSBuilder {
  mutating func buildLoadBalancers() {
    for number in records.loadBalancers.indices { buildLoadBalancer(number) }
  }

  private mutating func buildLoadBalancer(_ number: Int) {
    let balancer = records.loadBalancers[number]
    guard let type = balancer.type.value, type == "application" || type == "network" else {
      gap(
        .notModelled, balancer.header.name,
        "a load balancer of type \(balancer.type.value ?? "unknown") is not modelled",
        balancer.header.derivation)
      return
    }
    let sites = sites(balancer.subnets, of: balancer.header)
    guard !sites.isEmpty else {
      gap(.notUnderstood, balancer.header.name, "none of its subnets is known", balancer.header.derivation)
      return
    }
    let kind = type == "application" ? "alb" : "nlb"
    let named = type == "application" ? groups(balancer.groups, in: sites[0].vpc) : balancer.groups
    let set = groupSet(named, of: balancer.header)
    var layers = type == "application" || balancer.hasGroups ? set.layers : []
    if let firewall = webACL(number) { layers.append(firewall) }
    let accepts = listened(number)
    let services = frontServices(number)
    var interfaces: [EndpointID] = []
    for site in sites {
      let shown = interface(of: balancer, at: site)
      var identity = balancer.header.identity
      if sites.count > 1 { identity.key += "#" + network[site.segment].identity.name }
      if let shown { identity.aliases += shown.header.identity.aliases }
      let held = balancerAddresses(balancer, shown, at: site)
      let endpoint = network.add(
        Endpoint(
          identity: identity, kind: kind, host: balancer.header.key,
          attributes: hostAttributes(balancer.header, kind: kind, at: site, groups: set),
          exists: truth(balancer.header.exists), accepts: accepts, services: services,
          placements: [
            Placement(
              segment: site.segment, addresses: held, layers: layers, memberships: set.memberships,
              derivation: balancer.header.derivation)
          ], derivation: balancer.header.derivation))
      interfaces.append(endpoint)
      hosts.insert(endpoint, balancer.header)
      if let shown { hosts.insert(endpoint, shown.header) }
    }
    relays[number] = network.add(
      Relay(
        identity: balancer.header.identity, kind: kind, interfaces: interfaces, answersByState: type == "network",
        attributes: attributes(balancer.header, kind: kind), derivation: balancer.header.derivation))
  }

  /// The interface that a snapshot shows for a balancer in a subnet.
  private mutating func interface(of balancer: LoadBalancerRecord, at site: Site) -> InterfaceRecord? {
    guard let suffix = balancer.suffix else { return nil }
    let found = (relations.claimed["ELB \(suffix)"] ?? []).first { number in
      let interface = records.interfaces[number]
      return interface.subnet.value.flatMap { index.find(.subnet, $0, from: interface.header) } == site.subnet
    }
    guard let found else { return nil }
    ownedInterfaces.insert(found)
    return records.interfaces[found]
  }

  /// What a balancer holds in a subnet; a public address besides where it faces the internet.
  private mutating func balancerAddresses(
    _ balancer: LoadBalancerRecord, _ shown: InterfaceRecord?, at site: Site
  ) -> [HeldAddress] {
    if let shown {
      let placed = place(
        addresses: shown.addresses, ipv6: shown.ipv6Addresses, prefixes: shown.prefixes, segment: site.segment,
        of: balancer.header)
      for (inside, address, present) in placed.published {
        publish(inside, in: site.vpc, as: address, present: present, of: balancer.header)
      }
      return placed.held
    }
    let inside = unknownAddress(in: site.segment, family: .v4, of: balancer.header)
    let present = truth(balancer.isInternetFacing, otherwise: false)
    if present != .no {
      let ids = [records.subnets[site.subnet].header.id]
      let fixed = ids.compactMap { balancer.fixedAddresses[$0] }.first ?? .absent
      publish(inside, in: site.vpc, as: fixed, present: present, of: balancer.header)
    }
    var held = [inside]
    if balancer.hasIPv6, family(.v6, in: site.segment) {
      held.append(unknownAddress(in: site.segment, family: .v6, of: balancer.header))
    }
    return held
  }

  /// A firewall that reads requests and is not understood further: it stands on the way, and `via` meets it.
  private mutating func webACL(_ number: Int) -> LayerID? {
    let balancer = records.loadBalancers[number]
    var association: (acl: Attribute<Reference>, header: ResourceHeader)?
    if case .known = balancer.webACL { association = (balancer.webACL, balancer.header) }
    for record in records.webACLAssociations {
      if let reference = record.resource.value, index.find(.loadBalancer, reference, from: record.header) == number {
        association = (record.webACL, record.header)
      }
    }
    guard let (acl, header) = association else { return nil }
    let everything = RuleList([Rule(.allow, label: "requests that it does not refuse", derivation: header.derivation)])
    let filter = network.add(
      Filter(
        identity: Identity(key: acl.value?.text ?? header.key + "#web-acl", name: acl.value?.text ?? header.name),
        kind: "waf", isStateful: true, present: truth(header.exists), ingress: everything,
        derivation: acl.derivation.steps.isEmpty ? header.derivation : acl.derivation))
    let tier = Tier(.first, entries: [Tier.Entry(filter)])
    return network.add(
      Layer(
        identity: Identity(key: header.key + "#waf", name: "web ACL of \(balancer.header.name)"), default: .allow,
        ingress: [tier]))
  }
}
