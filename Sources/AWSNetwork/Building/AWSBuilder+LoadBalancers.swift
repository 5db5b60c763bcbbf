import NetworkModel
import PacketSpace

/// Application and network load balancers (the Elastic Load Balancing user guides; AWS reference, "Endpoints, load balancers").
extension AWSBuilder {
  mutating func buildLoadBalancers() {
    for number in records.loadBalancers.indices { buildLoadBalancer(number) }
    for number in relays.keys.sorted() { buildListeners(number) }
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
    let kind = type == "application" ? "alb" : "nlb"
    let vpc = balancer.subnets.compactMap { $0.value.flatMap { index.find(.subnet, $0, from: balancer.header) } }
      .compactMap { subnetVPC[$0] }.first
    let named = type == "application" ? groups(balancer.groups, in: vpc) : balancer.groups
    let set = groupSet(named, of: balancer.header)
    var layers = type == "application" || balancer.hasGroups ? set.layers : []
    if let firewall = webACL(number) { layers.append(firewall) }
    let accepts = listened(number)
    var interfaces: [EndpointID] = []
    var shown: Set<Int> = []
    for attribute in balancer.subnets {
      guard let subnet = resolve(.subnet, attribute, from: balancer.header, as: "subnet"),
        let segment = subnets[subnet],
        let vpc = subnetVPC[subnet], shown.insert(subnet).inserted
      else { continue }
      let interface = claimedInterface(balancer, subnet)
      var held: [HeldAddress] = []
      var published: [(HeldAddress, Attribute<IPAddress>, Truth)] = []
      if let interface {
        let placed = place(
          addresses: interface.addresses, ipv6: interface.ipv6Addresses, prefixes: interface.prefixes, segment: segment,
          of: balancer.header)
        held = placed.held
        published = placed.published
      } else {
        held = [unknownAddress(in: segment, family: .v4, of: balancer.header)]
        if balancer.hasIPv6, family(.v6, in: segment) {
          held.append(unknownAddress(in: segment, family: .v6, of: balancer.header))
        }
        let present = truth(balancer.isInternetFacing, otherwise: false)
        if present != .no {
          let reference = attribute.value?.text ?? ""
          publish(
            held[0], in: vpc, as: balancer.fixedAddresses[reference] ?? .absent, present: present, of: balancer.header)
        }
      }
      for (inside, address, present) in published {
        publish(inside, in: vpc, as: address, present: present, of: balancer.header)
      }
      var identity = balancer.header.identity
      if balancer.subnets.count > 1 { identity.key += "#" + network[segment].identity.name }
      if let interface { identity.aliases += interface.header.identity.aliases }
      let endpoint = network.add(
        Endpoint(
          identity: identity, kind: kind, host: balancer.header.key,
          attributes: hostAttributes(balancer.header, kind: kind, subnet: subnet, groups: set),
          exists: truth(balancer.header.exists), accepts: accepts,
          services: frontServices(number),
          placements: [
            Placement(
              segment: segment, addresses: held, layers: layers, memberships: set.memberships,
              derivation: balancer.header.derivation)
          ], derivation: balancer.header.derivation))
      interfaces.append(endpoint)
      for name in names(balancer.header) + (interface.map { names($0.header) } ?? []) {
        hostEndpoints[name, default: []].append(endpoint)
      }
    }
    guard !interfaces.isEmpty else {
      gap(.notUnderstood, balancer.header.name, "none of its subnets is known", balancer.header.derivation)
      return
    }
    relays[number] = network.add(
      Relay(
        identity: balancer.header.identity, kind: kind, interfaces: interfaces,
        reachesSameZoneOnly: type == "network" && balancer.crossZone.value != true, answersByState: type == "network",
        attributes: attributes(balancer.header, kind: kind), derivation: balancer.header.derivation))
  }

  private func claimedInterface(_ balancer: LoadBalancerRecord, _ subnet: Int) -> InterfaceRecord? {
    guard let suffix = balancer.suffix else { return nil }
    return claimedInterfaces.sorted().map { records.interfaces[$0] }.first { interface in
      interface.description == "ELB \(suffix)"
        && interface.subnet.value.flatMap { index.find(.subnet, $0, from: interface.header) } == subnet
    }
  }

  /// A firewall that reads requests and is not understood further: it stands on the way, and `via` meets it.
  private mutating func webACL(_ number: Int) -> LayerID? {
    let balancer = records.loadBalancers[number]
    var association: (Attribute<Reference>, ResourceHeader)?
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
        identity: Identity(key: header.key, name: acl.value?.text ?? header.name), kind: "waf", isStateful: true,
        ingress: everything, derivation: header.derivation))
    let tier = Tier(.first, entries: [Tier.Entry(filter)])
    return network.add(
      Layer(
        identity: Identity(key: header.key + "#waf", name: "web ACL of \(balancer.header.name)"), default: .allow,
        ingress: [tier]))
  }

  // MARK: Listeners

  private func listeners(of balancer: Int) -> [Int] {
    records.listeners.indices.filter { listener in
      records.listeners[listener].loadBalancer.value.map {
        index.find(.loadBalancer, $0, from: records.listeners[listener].header) == balancer
      } ?? false
    }
  }

  static func transports(_ word: String) -> [IPProtocol] {
    switch word.uppercased() {
    case "UDP", "QUIC": [.udp]
    case "TCP_UDP", "TCP_QUIC": [.tcp, .udp]
    default: [.tcp]
    }
  }

  /// What a balancer listens on, and nothing else.
  private func listened(_ balancer: Int) -> TrafficSet {
    var set = TrafficSet.none
    for number in listeners(of: balancer) {
      let listener = records.listeners[number]
      for transport in Self.transports(listener.protocol.value ?? "TCP") {
        if let port = listener.port.value.flatMap({ UInt16(exactly: $0) }) {
          set.formUnion(TrafficSet(transport, destination: PortSet(PortRange(port))))
        } else {
          set.formUnion(TrafficSet(transport))
        }
      }
    }
    return set
  }

  private mutating func frontServices(_ balancer: Int) -> [Service] {
    var services: [Service] = []
    for number in listeners(of: balancer) {
      let listener = records.listeners[number]
      guard let port = listener.port.value.flatMap({ UInt16(exactly: $0) }) else { continue }
      for transport in Self.transports(listener.protocol.value ?? "TCP") {
        services.append(
          Service(
            traffic: TrafficSet(transport, destination: PortSet(PortRange(port))), encryption: frontEncryption(number),
            derivation: listener.policy.derivation.steps.isEmpty
              ? listener.header.derivation : listener.policy.derivation))
      }
    }
    return services
  }

  /// All actions of a listener: its default, and those of its rules.
  private func actions(of number: Int) -> [ListenerRecord.Action] {
    let listener = records.listeners[number]
    var actions = listener.actions + listener.ruleActions
    for rule in records.listenerRules {
      if let reference = rule.listener.value, index.find(.listener, reference, from: rule.header) == number {
        actions += rule.actions
      }
    }
    return actions
  }

  /// A listener of HTTP is harmless only if its default action and every rule redirect to HTTPS.
  private mutating func frontEncryption(_ number: Int) -> Encryption {
    let listener = records.listeners[number]
    guard let word = listener.protocol.value?.uppercased() else {
      return .unknown(unknown("the protocol of \(listener.header.name) is not known", listener.header.derivation))
    }
    switch word {
    case "HTTPS", "TLS":
      if let missing = listener.policy.missing { return .unknown(unknown(missing)) }
      let policy = listener.policy.value ?? SecurityPolicies.silent
      guard let minimum = SecurityPolicies.minimum(policy) else {
        return .unknown(unknown("the security policy \(policy) is not in the table", listener.policy.derivation))
      }
      return .required(minimum: minimum)
    case "HTTP":
      let redirects = actions(of: number).allSatisfy {
        if case .redirect(let target) = $0 { target?.uppercased() == "HTTPS" } else { false }
      }
      return redirects ? .redirectOnly : .plaintext
    default: return .passthrough
    }
  }

  private mutating func buildListeners(_ balancer: Int) {
    guard let relay = relays[balancer] else { return }
    let isNetwork = network[relay].kind == "nlb"
    for number in listeners(of: balancer) {
      let listener = records.listeners[number]
      guard let port = listener.port.value.flatMap({ UInt16(exactly: $0) }) else {
        gap(.notUnderstood, listener.header.name, "its port is not known", listener.header.derivation)
        continue
      }
      var groups: [Int] = []
      var open: UnknownID?
      for action in actions(of: number) {
        guard case .forward(let forwarded) = action else { continue }
        for attribute in forwarded {
          if let group = resolve(.targetGroup, attribute, from: listener.header, as: "target group") {
            if !groups.contains(group) { groups.append(group) }
          } else {
            open = unknown(
              attribute.missing?.reason ?? "a target group of \(listener.header.name) is not in the snapshot",
              attribute.derivation)
          }
        }
      }
      for transport in Self.transports(listener.protocol.value ?? "TCP") {
        var targets: [Relay.Target] = []
        for group in groups {
          targets += self.targets(group, transport: transport, isNetwork: isNetwork, open: &open)
        }
        network.relays[relay.offset].listeners.append(
          Relay.Listener(
            transport: transport, ports: PortRange(port), present: truth(listener.header.exists), targets: targets,
            targetsOpen: open, encryption: frontEncryption(number), label: "\(listener.protocol.value ?? "") \(port)",
            derivation: listener.header.derivation))
        let position = network.relays[relay.offset].listeners.count - 1
        for group in groups { listenersByTargetGroup[group, default: []].append((relay, position)) }
      }
    }
  }
}
