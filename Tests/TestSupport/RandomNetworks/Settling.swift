import NetworkModel
import PacketSpace

/// Gives unknowns of a network values that they could have: a few for each, those at boundaries among them.
///
/// Which packets are asked about decides which values matter, so the questions are settled with the network; one that does not fit
/// any more is dropped.
struct Settling {
  private(set) var network: Network
  /// `nil`: what is settled does not fit the question, such as another placement of its origin.
  private(set) var questions: [PosedQuestion?]
  private(set) var settler: Settler
  /// Endpoints that turn out not to exist.
  private(set) var absent: Set<EndpointID> = []
  /// One fact has one value wherever it decides.
  private var facts: [UnknownID: Bool] = [:]
  /// Whether existence is settled too.
  private let settlesExistence: Bool

  init(_ network: Network, _ questions: [PosedQuestion], _ settler: Settler, settlesExistence: Bool) {
    self.network = network
    self.questions = questions
    self.settler = settler
    self.settlesExistence = settlesExistence
    settlePlacements()
    settleAddresses()
    settleFilters()
    settleLayers()
    settleEndpoints()
    settleRouters()
    settleRelays()
    if settlesExistence { settleExistence() }
  }

  private mutating func settled(_ truth: Truth) -> Truth {
    guard case .unknown(let id) = truth else { return truth }
    if let known = facts[id] { return Truth(known) }
    guard settler.settles() else { return truth }
    let value = settler.pick([true, false])
    facts[id] = value
    return Truth(value)
  }

  /// Which of some things an open list holds besides what was seen; `nil` where it stays open.
  private mutating func added<T>(_ open: UnknownID?, _ values: [T]) -> [T]? {
    guard open != nil, settler.settles() else { return nil }
    let number = settler.pick(Array(0...values.count))
    return number == 0 ? [] : [values[number - 1]]
  }

  private var asked: [PosedQuestion] { questions.compactMap { $0 } }

  // MARK: Cases

  private mutating func settlePlacements() {
    for index in network.endpoints.indices where !network.endpoints[index].standsForMany {
      let placements = network.endpoints[index].placements
      guard placements.count > 1, settler.settles() else { continue }
      let id = EndpointID(index)
      // By dice the origin stays where the question has it.
      let named = asked.first.flatMap { $0.placement(of: id) }
      let number = settlesExistence || named == nil ? settler.pick(Array(placements.indices)) : named ?? 0
      network.endpoints[index].placements = [placements[number]]
      questions = questions.map { $0.flatMap { $0.placing(id, in: number) } }
      for other in network.endpoints.indices {
        for place in network.endpoints[other].placements.indices
        where network.endpoints[other].placements[place].front?.endpoint == id {
          network.endpoints[other].placements[place].front?.placement = 0
        }
      }
    }
  }

  private mutating func settleAddresses() {
    var taken: Set<IPAddress> = []
    var isShared: Set<UnknownAddressID> = []
    for endpoint in network.endpoints where endpoint.standsForMany {
      for held in endpoint.placements.flatMap(\.addresses) {
        if case .unknown(let id) = held { isShared.insert(id) }
      }
    }
    // An unknown address equals no other's, nor one that a packet is said to bear.
    for packet in asked.map(\.packet) {
      for address in [packet.source, packet.destination] where address.unknown == nil { taken.insert(address.number) }
    }
    let cuts = AddressBoundaries(network, asked)
    for index in network.unknownAddresses.indices {
      let id = UnknownAddressID(index)
      guard !isShared.contains(id), isUsed(id), settler.settles() else { continue }
      let free = cuts.addresses(of: network.unknownAddresses[index].within).filter { !taken.contains($0) }
      guard !free.isEmpty else { continue }
      let number = settler.pick(settler.sample(free, most: 5))
      taken.insert(number)
      replace(id, by: number)
    }
  }

  private func isUsed(_ id: UnknownAddressID) -> Bool {
    network.endpoints.contains { $0.placements.contains { $0.addresses.contains(.unknown(id)) } }
      || network.attachments.contains { attachment in
        (attachment.translations ?? []).contains { $0.kind.names(.unknown(id)) }
      }
  }

  private mutating func replace(_ id: UnknownAddressID, by number: IPAddress) {
    func known(_ held: HeldAddress) -> HeldAddress { held == .unknown(id) ? HeldAddress(number) : held }
    func known(_ address: PacketAddress) -> PacketAddress { address.unknown == id ? PacketAddress(number) : address }
    for endpoint in network.endpoints.indices {
      for placement in network.endpoints[endpoint].placements.indices {
        let addresses = network.endpoints[endpoint].placements[placement].addresses
        network.endpoints[endpoint].placements[placement].addresses = addresses.map { known($0) }
      }
    }
    for attachment in network.attachments.indices {
      if case .ports(var ports) = network.attachments[attachment].farSide {
        for port in ports.indices { ports[port].addresses = ports[port].addresses.map { known($0) } }
        network.attachments[attachment].farSide = .ports(ports)
      }
      for index in (network.attachments[attachment].translations ?? []).indices {
        switch network.attachments[attachment].translations?[index].kind {
        case .oneToOne(let inside, let outside)?:
          network.attachments[attachment].translations?[index].kind = .oneToOne(
            inside: known(inside), outside: known(outside))
        case .hide(let prefix, let behind)?:
          network.attachments[attachment].translations?[index].kind = .hide(prefix, behind: known(behind))
        default: continue
        }
      }
    }
    for relay in network.relays.indices {
      for listener in network.relays[relay].listeners.indices {
        for target in network.relays[relay].listeners[listener].targets.indices {
          let address = network.relays[relay].listeners[listener].targets[target].address
          network.relays[relay].listeners[listener].targets[target].address = address.map { known($0) }
        }
      }
    }
    // An address of the snapshot is not the internet's.
    for zone in network.zones.indices { network.zones[zone].addresses.subtract(AddressSet(number)) }
    for question in questions.indices {
      guard var settled = questions[question] else { continue }
      settled.packet.source = known(settled.packet.source)
      settled.packet.destination = known(settled.packet.destination)
      questions[question] = settled
    }
  }

  // MARK: Filters and layers

  private mutating func settleFilters() {
    var isOnlyAllowing: Set<FilterID> = []
    for layer in network.layers {
      for tier in layer.ingress + layer.egress where tier.mode == .union {
        for entry in tier.entries { isOnlyAllowing.insert(entry.filter) }
      }
    }
    for index in network.filters.indices {
      let actions: [Rule.Action] = isOnlyAllowing.contains(FilterID(index)) ? [.allow] : [.allow, .deny, .next]
      network.filters[index].present = settled(network.filters[index].present)
      network.filters[index].ingress = network.filters[index].ingress.map { settled($0, actions) }
      network.filters[index].egress = network.filters[index].egress.map { settled($0, actions) }
    }
  }

  private mutating func settled(_ list: RuleList, _ actions: [Rule.Action]) -> RuleList {
    var list = list
    for index in list.rules.indices {
      list.rules[index].present = settled(list.rules[index].present)
      guard let peers = list.rules[index].peers else { continue }
      list.rules[index].peers = peers.map { peer in
        var peer = peer
        peer.present = settled(peer.present)
        return peer
      }
    }
    // A rule of an open list may stand anywhere.
    let places = actions.flatMap { action in Set([0, list.rules.count]).sorted().map { (action, $0) } }
    if let added = added(list.open, places) {
      list.open = nil
      for (action, place) in added { list.rules.insert(Rule(action), at: place) }
    }
    return list
  }

  private mutating func settleLayers() {
    for index in network.layers.indices {
      var layer = network.layers[index]
      layer.ingress = layer.ingress.map { settled($0) }
      layer.egress = layer.egress.map { settled($0) }
      network.layers[index] = layer
    }
  }

  private mutating func settled(_ tier: Tier) -> Tier {
    var tier = tier
    for index in tier.entries.indices {
      tier.entries[index].selects = settled(tier.entries[index].selects)
      let position = tier.entries[index].position
      if position.count > 1, settler.settles() {
        let settled = settler.pick(Array(position))
        tier.entries[index].position = settled...settled
      }
    }
    let actions: [Rule.Action] = tier.mode == .union ? [.allow] : [.allow, .deny, .next]
    let positions = tier.mode == .union ? [0] : [-1, 9]
    // One that acts and admits nothing isolates.
    let filters = positions.flatMap { position in
      actions.map { (RuleList([Rule($0)]), position) } + [(RuleList(), position)]
    }
    guard let added = added(tier.open, filters) else { return tier }
    tier.open = nil
    for (rules, position) in added {
      let filter = network.add(
        Filter(identity: Identity(key: "unseen"), kind: "unseen", isStateful: true, ingress: rules, egress: rules))
      tier.entries.append(Tier.Entry(filter, position: position...position))
    }
    return tier
  }

  // MARK: Endpoints

  private mutating func settleEndpoints() {
    for index in network.memberships.indices {
      network.memberships[index].outside = settled(network.memberships[index].outside)
    }
    let ports = Array(Set(asked.map(\.packet.traffic.destinationPort)).sorted().prefix(3)) + [0, 65535]
    for index in network.endpoints.indices {
      for placement in network.endpoints[index].placements.indices {
        // In the order of the memberships: a dictionary has none.
        for membership in network.memberships.indices.map({ MembershipID($0) }) {
          guard let value = network.endpoints[index].placements[placement].memberships[membership] else { continue }
          network.endpoints[index].placements[placement].memberships[membership] = settled(value)
        }
      }
      for port in network.endpoints[index].namedPorts.indices
      where network.endpoints[index].namedPorts[port].port == nil && settler.settles() {
        network.endpoints[index].namedPorts[port].port = settler.pick(ports)
      }
      let named = ports.prefix(2).flatMap { port in
        [("web", IPProtocol.tcp), ("admin", .tcp), ("web", .udp)].map {
          NamedPort(name: $0.0, transport: $0.1, port: port)
        }
      }
      if let added = added(network.endpoints[index].namedPortsOpen, named) {
        network.endpoints[index].namedPortsOpen = nil
        network.endpoints[index].namedPorts += added
      }
      settleWords(of: index)
    }
  }

  /// What selectors ask for, and encryption.
  private mutating func settleWords(of index: Int) {
    if network.endpoints[index].attributes.unknownKeys[.env] != nil, settler.settles() {
      network.endpoints[index].attributes.unknownKeys[.env] = nil
      let values = settler.pick([["prod"], ["dev"], []])
      network.endpoints[index].attributes.values[.env] = values.isEmpty ? nil : values
    }
    if let added = added(network.endpoints[index].attributes.tagsOpen, ["app", "database"]) {
      network.endpoints[index].attributes.tagsOpen = nil
      for value in added { network.endpoints[index].attributes.tags["tier"] = value }
    }
    for service in network.endpoints[index].services.indices {
      let encryption = network.endpoints[index].services[service].encryption
      network.endpoints[index].services[service].encryption = settled(encryption)
    }
  }

  private mutating func settled(_ encryption: Encryption) -> Encryption {
    guard case .unknown = encryption, settler.settles() else { return encryption }
    return settler.pick([.required(minimum: .tls12), .plaintext, .mixed])
  }

  /// Existence is left out where by dice less is to be unknown: the endpoints asked about are judged as if they existed.
  private mutating func settleExistence() {
    for index in network.endpoints.indices {
      guard case .unknown = network.endpoints[index].exists else { continue }
      let value = settled(network.endpoints[index].exists)
      network.endpoints[index].exists = .yes
      if value == .no { absent.insert(EndpointID(index)) }
    }
  }

  // MARK: Routers and relays

  private mutating func settleRouters() {
    for index in network.routers.indices where network.routers[index].notUnderstood != nil && settler.settles() {
      network.routers[index].notUnderstood = nil
      if settler.pick([true, false]) {
        for attachment in network.routers[index].attachments { network.attachments[attachment.offset].usable = .no }
      }
    }
    for index in network.attachments.indices {
      network.attachments[index].usable = settled(network.attachments[index].usable)
      network.attachments[index].translations = network.attachments[index].translations?.map { translation in
        var translation = translation
        translation.present = settled(translation.present)
        return translation
      }
      if let table = network.attachments[index].table { settle(table, of: AttachmentID(index)) }
    }
    for index in network.zones.indices {
      guard case .implicit = network.zones[index].kind, settler.settles() else { continue }
      network.zones[index].kind = .declared
      if settlesExistence, settler.pick([false, true]) {
        network.zones[index].addresses = .none
        for question in questions.indices where questions[question]?.comes(from: ZoneID(index)) ?? false {
          questions[question] = nil
        }
      }
    }
  }

  private mutating func settle(_ table: RouteTableID, of attachment: AttachmentID) {
    let router = network[attachment].router
    let links = network[router].attachments.filter { $0 != attachment }.map { RouteTable.NextHop.link($0) }
    let ports = network.tables.flatMap(\.routes).map(\.next).filter { if case .port = $0 { true } else { false } }
    let own = network[table].routes.map(\.next).filter(ports.contains)
    let nexts: [RouteTable.NextHop] = [.drop, .local] + settler.sample(links + own.prefix(1), most: 3)
    for index in network.tables[table.offset].routes.indices {
      let present = network.tables[table.offset].routes[index].present
      network.tables[table.offset].routes[index].present = settled(present)
      if case .unknown = network.tables[table.offset].routes[index].next, settler.settles() {
        network.tables[table.offset].routes[index].next = settler.pick(nexts)
      }
    }
    // Of an unknown address there is no number yet.
    let packets = asked.map(\.packet).filter { $0.source.unknown == nil && $0.destination.unknown == nil }
    let places = [packets.map(\.destination.number), packets.map(\.source.number)]
    let routes = places.flatMap { numbers in
      nexts.map { next in
        Set(numbers).sorted().map { RouteTable.Route(IPPrefix(host: $0), precedence: -1, next: next) }
      }
    }
    if let added = added(network.tables[table.offset].open, routes) {
      network.tables[table.offset].open = nil
      network.tables[table.offset].routes += added.flatMap { $0 }
    }
  }

  private mutating func settleRelays() {
    for index in network.relays.indices {
      for listener in network.relays[index].listeners.indices {
        var settling = network.relays[index].listeners[listener]
        settling.present = settled(settling.present)
        settling.encryption = settled(settling.encryption)
        for target in settling.targets.indices {
          settling.targets[target].present = settled(settling.targets[target].present)
          settling.targets[target].keepsClient = settled(settling.targets[target].keepsClient)
        }
        let targets = Set(asked.compactMap(\.target)).sorted().prefix(2).flatMap { target in
          [Truth.yes, .no].map { Relay.Target(.endpoint(target), keepsClient: $0) }
        }
        if let added = added(settling.targetsOpen, targets) {
          settling.targetsOpen = nil
          settling.targets += added
        }
        network.relays[index].listeners[listener] = settling
      }
    }
  }
}

extension Translation.Kind {
  fileprivate func names(_ held: HeldAddress) -> Bool {
    switch self {
    case .oneToOne(let inside, let outside): inside == held || outside == held
    case .hide(_, let behind): behind == held
    case .keep: false
    }
  }
}

extension PosedQuestion {
  /// The placement in which the question has an endpoint.
  fileprivate func placement(of endpoint: EndpointID) -> Int? {
    if case .endpoint(endpoint, let placement) = origin { return placement }
    return asked == .endpoint(endpoint) ? askedPlacement : nil
  }

  /// The question where the endpoint has that one placement only; none, if the question has it in another.
  fileprivate func placing(_ endpoint: EndpointID, in number: Int) -> PosedQuestion? {
    var result = self
    if case .endpoint(endpoint, let placement) = origin {
      if placement != number { return nil }
      result.origin = .endpoint(endpoint, placement: 0)
    }
    if asked == .endpoint(endpoint), let placement = askedPlacement {
      if placement != number { return nil }
      result.askedPlacement = 0
    }
    return result
  }

  fileprivate func comes(from zone: ZoneID) -> Bool {
    if case .zone(zone, _) = origin { true } else { false }
  }
}
