import NetworkModel
import PacketSpace

extension RandomNetworkBuilder {
  /// A relay at its interface or at the source, with up to two targets a listener; a target may be the relay before it.
  mutating func buildRelay(_ index: Int) {
    let isAtSource = dice.chance(0.35)
    let interfaces = relayInterfaces(index, isAtSource: isAtSource)
    let keeps: Truth =
      dice.chance(shape.unknowns * 2)
      ? .unknown(unknown("whether relay \(index) keeps clients")) : Truth(dice.chance(0.7))
    var listeners: [Relay.Listener] = []
    for ports in dice.pick(Self.listenerPorts) {
      listeners.append(
        Relay.Listener(
          transport: dice.chance(0.9) ? .tcp : .udp, ports: ports, present: truth("listener", no: 0.02),
          targets: relayTargets(index, keeps: keeps), targetsOpen: open("targets of relay \(index)")))
    }
    let clusters = dice.chance(0.15) ? [Attributes.Key.cluster: [dice.pick(["one", "two"])]] : [:]
    _ = network.add(
      Relay(
        identity: Identity(key: "relay-\(index)"), kind: "relay", interfaces: interfaces, listeners: listeners,
        reachesSameZoneOnly: dice.chance(0.2), meetsOwnBoundary: dice.chance(0.4), answersByState: dice.chance(0.7),
        place: isAtSource ? .source : .interface, attributes: Attributes(values: clusters)))
  }

  private static let listenerPorts: [[PortRange]] = [
    [PortRange(80)], [PortRange(80)], [PortRange(80), PortRange(443)], [PortRange(lower: 79, upper: 443)],
    [PortRange(80), PortRange(lower: 81, upper: 443)],
  ]

  private mutating func relayInterfaces(_ index: Int, isAtSource: Bool) -> [EndpointID] {
    let segment = dice.pick(sites.flatMap(\.segments))
    var interfaces: [EndpointID] = []
    for number in 0..<(isAtSource ? 1 : dice.number(1...2)) {
      let home = number == 0 ? segment : dice.pick(sites.flatMap(\.segments))
      var addresses: [HeldAddress] = []
      if isAtSource {
        addresses.append(HeldAddress(IPAddress(v4: 172 << 24 | 20 << 16 | UInt32(index + 1))))
      } else if let address = freshAddress(in: home) {
        addresses.append(HeldAddress(address))
      }
      if !isAtSource, dice.chance(0.3), let address = freshAddress(in: home, .v6) {
        addresses.append(HeldAddress(address))
      }
      if addresses.isEmpty { continue }
      var members: [MembershipID: Truth] = [:]
      for membership in memberships where dice.chance(0.3) { members[membership] = .yes }
      interfaces.append(
        network.add(
          Endpoint(
            identity: Identity(key: "relay-\(index)/\(number)"), kind: "relay",
            accepts: dice.chance(0.3)
              ? .tcp(80) : TrafficSet(.tcp, destination: PortSet(PortRange(lower: 79, upper: 443))),
            layers: dice.chance(0.1) ? [policyLayer("relay-\(index)/\(number)")] : [],
            placements: [
              Placement(
                segment: home, addresses: addresses,
                layers: !isAtSource && dice.chance(0.4) ? [groupLayer("relay-\(index)/\(number)")] : [],
                memberships: members, machine: dice.chance(0.1) ? dice.pick(machines) : nil)
            ])))
    }
    return interfaces
  }

  private mutating func relayTargets(_ index: Int, keeps: Truth) -> [Relay.Target] {
    let hosts = network.endpoints.indices.filter { network.endpoints[$0].kind == "host" }.map { EndpointID($0) }
    var targets: [Relay.Target] = []
    for _ in 0..<dice.number(0...2) {
      let host = dice.pick(hosts)
      let behind = index > 0 && dice.chance(0.25) && network.relays[0].place == .interface
      let destination: Relay.Target.Destination = behind ? .relay(RelayID(0)) : .endpoint(host)
      if targets.contains(where: { $0.destination == destination }) { continue }
      let port = behind ? dice.pick([80, 443, nil]) : dice.chance(0.8) ? dice.port() : nil
      // By one of its addresses, or by any.
      let held = behind ? [] : network[host].placements.flatMap(\.addresses)
      targets.append(
        Relay.Target(
          destination, address: !held.isEmpty && dice.chance(0.2) ? dice.pick(held) : nil, port: port,
          keepsClient: dice.chance(0.15) ? Truth(dice.chance(0.5)) : keeps, present: truth("target", no: 0.02)))
    }
    return targets
  }
}
