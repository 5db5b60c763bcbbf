import NetworkModel
import PacketSpace

/// What load balancers listen on and where each listener sends.
extension AWSBuilder {
  mutating func buildListeners() {
    for number in relays.keys.sorted() { buildListeners(of: number) }
  }

  private func listeners(of balancer: Int) -> [Int] { relations.listenersOfBalancer[balancer] ?? [] }

  static func transports(_ word: String) -> [IPProtocol] {
    switch word.uppercased() {
    case "UDP", "QUIC": [.udp]
    case "TCP_UDP", "TCP_QUIC": [.tcp, .udp]
    default: [.tcp]
    }
  }

  /// What a balancer listens on, and nothing else.
  func listened(_ balancer: Int) -> TrafficSet {
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

  mutating func frontServices(_ balancer: Int) -> [Service] {
    var services: [Service] = []
    for number in listeners(of: balancer) {
      let listener = records.listeners[number]
      guard let port = listener.port.value.flatMap({ UInt16(exactly: $0) }) else { continue }
      for transport in Self.transports(listener.protocol.value ?? "TCP") {
        services.append(
          Service(
            traffic: TrafficSet(transport, destination: PortSet(PortRange(port))), encryption: frontEncryption(number),
            derivation: listener.policy.derivation.followed(by: listener.protocol.derivation).followed(
              by: listener.header.derivation)))
      }
    }
    return services
  }

  /// All actions of a listener: its default, and those of its rules.
  private func actions(of number: Int) -> [ListenerRecord.Action] {
    let listener = records.listeners[number]
    var actions = listener.actions + listener.ruleActions
    for rule in relations.rulesOfListener[number] ?? [] { actions += records.listenerRules[rule].actions }
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
      let actions = actions(of: number)
      let redirects = actions.allSatisfy {
        if case .redirect(let target) = $0 { target?.uppercased() == "HTTPS" } else { false }
      }
      return redirects && !actions.isEmpty ? .redirectOnly : .plaintext
    default: return .passthrough
    }
  }

  private mutating func buildListeners(of balancer: Int) {
    guard let relay = relays[balancer] else { return }
    let isNetwork = network[relay].kind == "nlb"
    var reaches: [Truth] = []
    for number in listeners(of: balancer) {
      let listener = records.listeners[number]
      var present = truth(listener.header.exists)
      var ports = PortRange.all
      if let port = listener.port.value.flatMap({ UInt16(exactly: $0) }) {
        ports = PortRange(port)
      } else {
        let reason = "the port of \(listener.header.name) is not known"
        gap(.notUnderstood, listener.header.name, reason, listener.header.derivation)
        present = present.and(.unknown(unknown(reason, listener.port.derivation)))
      }
      var open: UnknownID?
      let groups = forwarded(number, open: &open)
      reaches += groups.map { reachesOtherZones($0, balancer) }
      for transport in Self.transports(listener.protocol.value ?? "TCP") {
        var targets: [Relay.Target] = []
        for group in groups {
          targets += self.targets(group, transport: transport, isNetwork: isNetwork, open: &open)
        }
        network.relays[relay.offset].listeners.append(
          Relay.Listener(
            transport: transport, ports: ports, present: present, targets: targets, targetsOpen: open,
            encryption: frontEncryption(number),
            label: "\(listener.protocol.value ?? "") \(listener.port.value.map { "\($0)" } ?? "")",
            derivation: listener.policy.derivation.followed(by: listener.protocol.derivation).followed(
              by: listener.header.derivation)))
        let position = network.relays[relay.offset].listeners.count - 1
        for group in groups {
          listenersByTargetGroup[group, default: []].append(
            AWSBuildResult.TargetGroup.Listener(
              relay: relay, listener: position,
              keepsClient: keepsClient(records.targetGroups[group], transport: transport, isNetwork: isNetwork)))
        }
      }
    }
    bindZones(of: relay, reaches)
  }

  /// The groups that a listener sends to by its default action or a rule.
  private mutating func forwarded(_ number: Int, open: inout UnknownID?) -> [Int] {
    let listener = records.listeners[number]
    var groups: [Int] = []
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
    return groups
  }

  // MARK: Zones

  /// Whether targets of every zone are reached: as the target group says, else the balancer; a network load balancer does not unless
  /// told to, and an application load balancer always does ("Cross-zone load balancing").
  private mutating func reachesOtherZones(_ group: Int, _ balancer: Int) -> Truth {
    switch records.targetGroups[group].crossZone {
    case .known(let value, _): return Truth(value)
    case .unknown(let missing): return .unknown(unknown(missing))
    case .absent: break
    }
    guard records.loadBalancers[balancer].type.value == "network" else { return .yes }
    return truth(records.loadBalancers[balancer].crossZone, otherwise: false)
  }

  /// A relay is bound to zones as a whole. Where it is for some of its groups only, or perhaps, no target is sure.
  private mutating func bindZones(of relay: RelayID, _ reaches: [Truth]) {
    if reaches.allSatisfy({ $0 == .yes }) { return }
    if reaches.allSatisfy({ $0 == .no }), areZonesKnown(of: relay) {
      network.relays[relay.offset].reachesSameZoneOnly = true
      return
    }
    let name = network[relay].identity.name
    let id = unknown("which targets \(name) reaches in other zones is not known", network[relay].derivation)
    for listener in network[relay].listeners.indices {
      for target in network[relay].listeners[listener].targets.indices {
        let present = network[relay].listeners[listener].targets[target].present
        network.relays[relay.offset].listeners[listener].targets[target].present = present.and(.unknown(id))
      }
    }
  }

  private func areZonesKnown(of relay: RelayID) -> Bool {
    let interfaces = network[relay].interfaces.flatMap { network[$0].placements }.map(\.segment)
    let targets = network[relay].listeners.flatMap(\.targets).flatMap { target -> [SegmentID] in
      guard case .endpoint(let endpoint) = target.destination else { return [] }
      return network[endpoint].placements.map(\.segment)
    }
    return areZonesKnown(Set(interfaces + targets))
  }

  /// Subnets whose zones are not said may be in one zone or in several; a single subnet is in one.
  func areZonesKnown(_ segments: Set<SegmentID>) -> Bool {
    segments.count < 2
      || subnets.allSatisfy { number, segment in
        let subnet = records.subnets[number]
        return !segments.contains(segment) || subnet.zone.value != nil || subnet.zoneName != nil
      }
  }
}
