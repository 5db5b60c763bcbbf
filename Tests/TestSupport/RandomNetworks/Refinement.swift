package import NetworkModel
import PacketSpace

/// A network of which less is unknown, and a question as it reads there.
///
/// Each unknown that is settled takes a value that it could have, so an evaluator's *must* may only grow and its *may* may only shrink. That
/// holds for any evaluator, without a word about how it works.
package struct Refinement: Sendable {
  package private(set) var network: Network
  package private(set) var question: PosedQuestion
  private var dice: Dice
  private let probability: Double

  /// Settles each unknown with the probability.
  package init(of network: Network, _ question: PosedQuestion, seed: UInt64, probability: Double = 0.7) {
    self.network = network
    self.question = question
    self.dice = Dice(seed: seed)
    self.probability = probability
    settlePlacements()
    settleAddresses()
    settleFilters()
    settleLayers()
    settleEndpoints()
    settleRouters()
    settleRelays()
  }

  private mutating func settled(_ truth: Truth) -> Truth {
    if case .unknown = truth, dice.chance(probability) { Truth(dice.chance(0.5)) } else { truth }
  }

  /// What an open list is now, and whether something more is in it than was seen.
  private mutating func closed(_ open: UnknownID?) -> (open: UnknownID?, addsMore: Bool) {
    guard open != nil, dice.chance(probability) else { return (open, false) }
    return (nil, dice.chance(0.5))
  }

  // MARK: Cases

  private mutating func settlePlacements() {
    for index in network.endpoints.indices where !network.endpoints[index].standsForMany {
      let placements = network.endpoints[index].placements
      if case .endpoint(EndpointID(index), let placement) = question.origin {
        network.endpoints[index].placements = [placements[placement]]
        question.origin = .endpoint(EndpointID(index), placement: 0)
      } else if placements.count > 1, dice.chance(probability) {
        network.endpoints[index].placements = [dice.pick(placements)]
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
    for index in network.unknownAddresses.indices where dice.chance(probability) {
      let id = UnknownAddressID(index)
      guard !isShared.contains(id), let number = dice.address(in: network.unknownAddresses[index].within),
        taken.insert(number).inserted
      else { continue }
      replace(id, by: number)
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
      for index in (network.attachments[attachment].translations ?? []).indices {
        guard case .oneToOne(let inside, let outside)? = network.attachments[attachment].translations?[index].kind
        else {
          continue
        }
        network.attachments[attachment].translations?[index].kind = .oneToOne(
          inside: known(inside), outside: known(outside))
      }
    }
    // An address of the snapshot is not the internet's.
    for zone in network.zones.indices { network.zones[zone].addresses.subtract(AddressSet(number)) }
    question.packet.source = known(question.packet.source)
    question.packet.destination = known(question.packet.destination)
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
      let actions: [Rule.Action] = isOnlyAllowing.contains(FilterID(index)) ? [.allow] : [.allow, .deny]
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
    let (open, addsMore) = closed(list.open)
    list.open = open
    if addsMore {
      list.rules.insert(Rule(dice.pick(actions)), at: dice.number(0...list.rules.count))
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
      if dice.chance(probability) {
        let settled = dice.number(position.lowerBound...position.upperBound)
        tier.entries[index].position = settled...settled
      }
    }
    let (open, addsMore) = closed(tier.open)
    tier.open = open
    guard addsMore else { return tier }
    let action: Rule.Action = tier.mode == .union ? .allow : dice.pick([.allow, .deny, .next])
    let rules = RuleList(dice.chance(0.7) ? [Rule(action)] : [])
    let filter = network.add(
      Filter(identity: Identity(key: "unseen"), kind: "unseen", isStateful: true, ingress: rules, egress: rules))
    let position = dice.number(0...3)
    tier.entries.append(Tier.Entry(filter, position: position...position))
    return tier
  }

  // MARK: Endpoints, routers, relays

  private mutating func settleEndpoints() {
    for index in network.memberships.indices {
      network.memberships[index].outside = settled(network.memberships[index].outside)
    }
    let asked = question.packet.traffic.destinationPort
    for index in network.endpoints.indices {
      for placement in network.endpoints[index].placements.indices {
        // In the order of the memberships: a dictionary has none.
        for membership in network.memberships.indices.map({ MembershipID($0) }) {
          guard let value = network.endpoints[index].placements[placement].memberships[membership] else { continue }
          network.endpoints[index].placements[placement].memberships[membership] = settled(value)
        }
      }
      for port in network.endpoints[index].namedPorts.indices
      where network.endpoints[index].namedPorts[port].port == nil && dice.chance(probability) {
        network.endpoints[index].namedPorts[port].port = dice.chance(0.5) ? asked : dice.port()
      }
      let (open, addsMore) = closed(network.endpoints[index].namedPortsOpen)
      network.endpoints[index].namedPortsOpen = open
      if addsMore {
        network.endpoints[index].namedPorts.append(
          NamedPort(name: dice.pick(["web", "admin"]), transport: .tcp, port: dice.chance(0.5) ? asked : dice.port()))
      }
    }
  }

  private mutating func settleRouters() {
    for index in network.routers.indices where network.routers[index].notUnderstood != nil && dice.chance(probability) {
      network.routers[index].notUnderstood = nil
      if dice.chance(0.5) {
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
      if let table = network.attachments[index].table { settle(table, of: network.attachments[index].router) }
    }
    for index in network.zones.indices {
      if case .implicit = network.zones[index].kind, dice.chance(probability) { network.zones[index].kind = .declared }
    }
  }

  private mutating func settle(_ table: RouteTableID, of router: RouterID) {
    let nexts: [RouteTable.NextHop] = [.drop, .local] + network[router].attachments.map { .link($0) }
    for index in network.tables[table.offset].routes.indices {
      let present = network.tables[table.offset].routes[index].present
      network.tables[table.offset].routes[index].present = settled(present)
      if case .unknown = network.tables[table.offset].routes[index].next, dice.chance(probability) {
        network.tables[table.offset].routes[index].next = dice.pick(nexts)
      }
    }
    let (open, addsMore) = closed(network.tables[table.offset].open)
    network.tables[table.offset].open = open
    if addsMore, question.packet.destination.unknown == nil {
      network.tables[table.offset].routes.append(
        RouteTable.Route(
          IPPrefix(host: question.packet.destination.number), precedence: -1, next: dice.pick(nexts)))
    }
  }

  private mutating func settleRelays() {
    for index in network.relays.indices {
      for listener in network.relays[index].listeners.indices {
        var settling = network.relays[index].listeners[listener]
        settling.present = settled(settling.present)
        for target in settling.targets.indices {
          settling.targets[target].present = settled(settling.targets[target].present)
          settling.targets[target].keepsClient = settled(settling.targets[target].keepsClient)
        }
        let (open, addsMore) = closed(settling.targetsOpen)
        settling.targetsOpen = open
        if addsMore, let target = question.target {
          settling.targets.append(Relay.Target(.endpoint(target), keepsClient: Truth(dice.chance(0.5))))
        }
        network.relays[index].listeners[listener] = settling
      }
    }
  }
}
