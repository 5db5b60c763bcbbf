import NetworkModel
import PacketSpace

extension RandomNetworkBuilder {
  /// Four to eight endpoints.
  mutating func buildEndpoints() {
    let shared = network.add(Machine(key: "machine"))
    for index in 0..<dice.number(4...8) {
      let name = "host-\(index)"
      var placements = [placement("\(name)/0", machine: shared)]
      if dice.chance(shape.unknowns * 2) { placements.append(placement("\(name)/1", machine: shared)) }
      let layers = dice.chance(0.35) ? [policyLayer(name)] : []
      _ = network.add(
        Endpoint(
          identity: Identity(key: name), kind: "host",
          exists: dice.chance(shape.unknowns) ? .unknown(unknown("whether \(name) exists")) : .yes,
          standsForMany: dice.chance(0.1), accepts: dice.chance(0.25) ? dice.traffic() : nil, namedPorts: namedPorts(),
          namedPortsOpen: open("ports of \(name)"), layers: layers, placements: placements))
    }
    buildFronts()
    guardAppliance()
  }

  private mutating func namedPorts() -> [NamedPort] {
    var result: [NamedPort] = []
    for name in dice.some(["web", "web", "admin"], 0.3) {
      result.append(
        NamedPort(name: name, transport: .tcp, port: dice.chance(shape.unknowns) ? nil : dice.port()))
    }
    return result
  }

  private mutating func placement(_ name: String, machine: MachineID) -> Placement {
    let segment = dice.pick(sites.flatMap(\.segments))
    var addresses: [HeldAddress] = []
    for family in [IPFamily.v4, .v6] where family == .v4 || dice.chance(0.6) {
      guard let address = freshAddress(in: segment, family) else { continue }
      if dice.chance(shape.unknowns * 2) {
        let within = AddressSet(network[segment].prefixes).restricted(to: family)
        addresses.append(
          .unknown(network.add(UnknownAddress(within: within, unknown: unknown("the address of \(name)")))))
      } else if family == .v4, dice.chance(0.05) {
        addresses.append(.prefix(IPPrefix(address, length: 28)))
      } else {
        addresses.append(HeldAddress(address))
      }
    }
    var members: [MembershipID: Truth] = [:]
    for membership in memberships {
      if dice.chance(0.4) { members[membership] = .yes }
      if dice.chance(shape.unknowns) { members[membership] = .unknown(unknown("whether \(name) is a member")) }
    }
    return Placement(
      segment: segment, addresses: addresses, layers: dice.chance(0.6) ? [groupLayer(name)] : [], memberships: members,
      machine: dice.chance(0.15) ? machine : nil)
  }

  /// Some endpoints leave by another one that stands in one place and whose address is known.
  private mutating func buildFronts() {
    let fronts = network.endpoints.indices.filter { index in
      let placements = network.endpoints[index].placements
      guard placements.count == 1, case .prefix(let prefix)? = placements[0].addresses.first else { return false }
      return prefix.isHost
    }
    for index in network.endpoints.indices where !fronts.isEmpty && dice.chance(0.1) {
      let front = dice.pick(fronts)
      if front == index || network.endpoints[front].placements[0].front != nil { continue }
      network.endpoints[index].placements[0].front = Front(
        endpoint: EndpointID(front), directPrefixes: dice.some(sites.map(\.prefix), 0.7), families: [.v4])
    }
  }

  /// The appliance's port is sometimes an endpoint's interface, with layers.
  private mutating func guardAppliance() {
    guard let router = network.routers.firstIndex(where: { $0.kind == "appliance" }), dice.chance(0.6),
      let attachment = network.routers[router].attachments.first,
      case .ports(let ports) = network[attachment].farSide
    else { return }
    let endpoint = network.add(
      Endpoint(
        identity: Identity(key: "appliance interface"), kind: "appliance",
        placements: [
          Placement(segment: ports[0].segment, layers: dice.chance(0.7) ? [groupLayer("appliance")] : [])
        ]))
    network.attachments[attachment.offset].farSide = .ports([
      Attachment.Port(segment: ports[0].segment, endpoint: endpoint)
    ])
  }

  // MARK: Relays

  /// A relay at its interface or at the source, with one or two targets.
  mutating func buildRelay(_ index: Int) {
    let hosts = network.endpoints.indices.filter { network.endpoints[$0].kind == "host" }.map { EndpointID($0) }
    let isAtSource = dice.chance(0.35)
    let segment = dice.pick(sites.flatMap(\.segments))
    var interfaces: [EndpointID] = []
    for number in 0..<(isAtSource ? 1 : dice.number(1...2)) {
      let home = number == 0 ? segment : dice.pick(sites.flatMap(\.segments))
      guard let address = isAtSource ? IPAddress(v4: 172 << 24 | 20 << 16 | UInt32(index + 1)) : freshAddress(in: home)
      else { continue }
      var accepted = TrafficSet.tcp(80, 443)
      if dice.chance(0.3) { accepted = .tcp(80) }
      var members: [MembershipID: Truth] = [:]
      for membership in memberships where dice.chance(0.3) { members[membership] = .yes }
      interfaces.append(
        network.add(
          Endpoint(
            identity: Identity(key: "relay-\(index)/\(number)"), kind: "relay", accepts: accepted,
            placements: [
              Placement(
                segment: home, addresses: [HeldAddress(address)],
                layers: !isAtSource && dice.chance(0.4) ? [groupLayer("relay-\(index)/\(number)")] : [],
                memberships: members)
            ])))
    }
    let keeps: Truth =
      dice.chance(shape.unknowns * 2)
      ? .unknown(unknown("whether relay \(index) keeps clients")) : Truth(dice.chance(0.7))
    var listeners: [Relay.Listener] = []
    for port in dice.chance(0.5) ? [80, 443] : [80] {
      var targets: [Relay.Target] = []
      for _ in 0..<dice.number(0...2) {
        let host = dice.pick(hosts)
        if targets.contains(where: { $0.destination == .endpoint(host) }) { continue }
        targets.append(
          Relay.Target(
            .endpoint(host), port: dice.chance(0.8) ? dice.port() : nil, keepsClient: keeps,
            present: truth("target", no: 0.02)))
      }
      listeners.append(
        Relay.Listener(
          transport: .tcp, ports: PortRange(UInt16(port)), present: truth("listener", no: 0.02), targets: targets,
          targetsOpen: open("targets of relay \(index)")))
    }
    _ = network.add(
      Relay(
        identity: Identity(key: "relay-\(index)"), kind: "relay", interfaces: interfaces, listeners: listeners,
        reachesSameZoneOnly: dice.chance(0.2), meetsOwnBoundary: dice.chance(0.4), answersByState: dice.chance(0.7),
        place: isAtSource ? .source : .interface))
  }
}
