import NetworkModel
import PacketSpace

extension RandomNetworkBuilder {
  /// Four to eight endpoints.
  mutating func buildEndpoints() {
    for index in 0..<dice.number(4...8) {
      let name = "host-\(index)"
      var placements = [placement("\(name)/0")]
      for number in 1...2 where dice.chance(shape.unknowns * 1.5) {
        placements.append(placement("\(name)/\(number)"))
      }
      var layers = dice.chance(0.35) ? [policyLayer(name)] : []
      if dice.chance(0.08) { layers.append(oddLayer(name)) }
      _ = network.add(
        Endpoint(
          identity: Identity(key: name), kind: "host", attributes: attributes(),
          exists: dice.chance(shape.unknowns) ? .unknown(unknown("whether \(name) exists")) : .yes,
          standsForMany: dice.chance(0.1), accepts: dice.chance(0.25) ? dice.traffic() : nil, namedPorts: namedPorts(),
          namedPortsOpen: open("ports of \(name)"), services: services(), layers: layers, placements: placements))
    }
    buildFronts()
    guardAppliance()
  }

  /// What selectors ask for; seldom the cluster that a relay's clients are of.
  private mutating func attributes() -> Attributes {
    var result = Attributes()
    if dice.chance(0.2) { result.values[.cluster] = [dice.pick(["one", "two"])] }
    if dice.chance(0.7) { result.values[.env] = [dice.pick(["prod", "dev"])] }
    if dice.chance(0.5) { result.tags["tier"] = dice.pick(["app", "database"]) }
    if dice.chance(shape.unknowns) {
      result.values[.env] = nil
      result.unknownKeys[.env] = unknown("the environment")
    }
    if dice.chance(shape.unknowns * 0.5) { result.tagsOpen = unknown("the tags") }
    return result
  }

  /// What is known of encryption, for the property that asks for it.
  private mutating func services() -> [Service] {
    if dice.chance(0.5) { return [] }
    let known: Encryption = dice.pick([.required(minimum: .tls12), .required(minimum: .tls10), .plaintext, .mixed])
    return [
      Service(
        traffic: dice.traffic(),
        encryption: dice.chance(shape.unknowns) ? .unknown(unknown("the encryption")) : known)
    ]
  }

  private mutating func namedPorts() -> [NamedPort] {
    var result: [NamedPort] = []
    for name in dice.some(["web", "web", "admin"], 0.3) {
      result.append(
        NamedPort(
          name: name, transport: dice.chance(0.85) ? .tcp : .udp, port: dice.chance(shape.unknowns) ? nil : dice.port())
      )
    }
    return result
  }

  private mutating func placement(_ name: String) -> Placement {
    let segment = dice.pick(sites.flatMap(\.segments))
    var addresses: [HeldAddress] = []
    // Some have a second address of a family.
    for family in [IPFamily.v4, .v6, .v4] where family == .v4 || dice.chance(0.6) {
      if !addresses.isEmpty, family == .v4, dice.chance(0.9) { continue }
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
    var layers = dice.chance(0.6) ? [groupLayer(name)] : []
    if dice.chance(0.06) { layers.append(oddLayer("\(name) interface")) }
    return Placement(
      segment: segment, addresses: addresses, layers: layers, memberships: members,
      machine: dice.chance(0.2) ? dice.pick(machines) : nil)
  }

  /// An address inside a prefix that another holds, or the very address of another: the most particular holder is met, and among those
  /// that share one the one asked about.
  mutating func shareInterfaces() {
    for index in network.endpoints.indices where network.endpoints[index].kind == "host" && dice.chance(0.08) {
      let other = EndpointID(dice.number(0...network.endpoints.count - 1))
      let home = network[other].placements[0]
      guard other.offset != index, case .prefix(let prefix)? = home.addresses.first,
        network.endpoints[index].placements.count == 1
      else { continue }
      network.endpoints[index].placements[0].segment = home.segment
      network.endpoints[index].placements[0].addresses = [HeldAddress(dice.chance(0.5) ? prefix.last : prefix.first)]
      // Endpoints that share an interface share what it is a member of.
      if prefix.isHost { network.endpoints[index].placements[0].memberships = home.memberships }
    }
  }

  /// Some endpoints leave by another one that stands in one place and whose address is known.
  private mutating func buildFronts() {
    let fronts = network.endpoints.indices.filter { index in
      // One that stands in one place: where a front may stand in several, the packet leaves by it in one of them.
      guard network.endpoints[index].placements.count == 1, network.endpoints[index].exists == .yes,
        case .prefix(let prefix)? = network.endpoints[index].placements[0].addresses.first
      else { return false }
      return prefix.isHost
    }
    for index in network.endpoints.indices where !fronts.isEmpty && dice.chance(0.1) {
      let front = dice.pick(fronts)
      if front == index || network.endpoints[front].placements[0].front != nil { continue }
      network.endpoints[index].placements[0].front = Front(
        endpoint: EndpointID(front), directPrefixes: dice.some(sites.flatMap(\.prefixes), 0.7),
        families: dice.chance(0.7) ? [.v4] : [.v4, .v6])
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
}
