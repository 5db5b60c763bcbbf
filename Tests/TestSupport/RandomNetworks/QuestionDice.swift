import NetworkModel
import PacketSpace

/// Throws the dice for questions about a network.
struct QuestionDice {
  let network: Network
  var dice: Dice

  mutating func question() -> PosedQuestion? {
    let asked = self.asked()
    guard let (destination, target) = destination(asked) else { return nil }
    guard let start = origin(to: destination) else { return nil }
    let origin = start.0
    var source = start.1
    // Some senders bear an address that is not theirs.
    if dice.chance(0.04), let other = dice.address(in: AddressSet(dice.pick(network.segments.flatMap(\.prefixes)))),
      other.family == destination.family
    {
      source = PacketAddress(other)
    }
    if case .endpoint(let endpoint, _) = origin, case .endpoint(endpoint) = asked, !network[endpoint].standsForMany {
      return nil
    }
    // Nobody sends to the address that it bears.
    if source == destination, source.unknown == nil { return nil }
    return PosedQuestion(
      origin: origin, packet: Packet(source: source, destination: destination, traffic: traffic(asked, destination)),
      asked: dice.chance(0.1) ? .anybody : asked, target: target, askedPlacement: placement(of: asked))
  }

  private mutating func placement(of asked: Asked) -> Int? {
    guard case .endpoint(let endpoint) = asked, dice.chance(0.2) else { return nil }
    return dice.number(0...network[endpoint].placements.count - 1)
  }

  private mutating func asked() -> Asked {
    if dice.chance(0.15) { return .zone(ZoneID(dice.number(0...network.zones.count - 1))) }
    return .endpoint(EndpointID(dice.number(0...network.endpoints.count - 1)))
  }

  /// An address by which it is asked, and the target if that is a relay's: its own, one that is translated to it, or a relay's that has it as
  /// target.
  private mutating func destination(_ asked: Asked) -> (PacketAddress, EndpointID?)? {
    switch asked {
    case .anybody: return nil
    case .zone(let zone): return dice.address(in: network[zone].addresses).map { (PacketAddress($0), nil) }
    case .endpoint(let endpoint):
      var candidates: [(PacketAddress, EndpointID?)] = []
      for placement in network[endpoint].placements {
        for held in placement.addresses {
          candidates.append(contentsOf: packetAddress(held).map { [($0, nil)] } ?? [])
          candidates.append(contentsOf: outside(of: held).map { ($0, nil) })
        }
      }
      for relay in network.relays {
        let targets = relay.interfaces.contains(endpoint) ? relay.targets : []
        if targets.isEmpty { continue }
        candidates = candidates.map { ($0.0, dice.chance(0.7) ? dice.pick(targets) : nil) }
      }
      // A relay that keeps the client and has it as target.
      for relay in network.relays where relay.targets.contains(endpoint) {
        for held in relay.interfaces.flatMap({ network[$0].placements }).flatMap(\.addresses) {
          candidates.append(contentsOf: packetAddress(held).map { [($0, endpoint)] } ?? [])
        }
      }
      // An address that nobody may hold, in a segment or right beside one.
      if dice.chance(0.04), let prefix = network.segments.flatMap(\.prefixes).randomElement(by: &dice) {
        candidates.append((PacketAddress(dice.chance(0.5) ? prefix.last : prefix.last.next ?? prefix.last), nil))
      }
      return candidates.isEmpty ? nil : dice.pick(candidates)
    }
  }

  private mutating func packetAddress(_ held: HeldAddress) -> PacketAddress? {
    switch held {
    case .prefix(let prefix): dice.address(in: AddressSet(prefix)).map { PacketAddress($0) }
    case .unknown(let id): network[id].within.first.map { PacketAddress($0, unknown: id) }
    }
  }

  private mutating func outside(of held: HeldAddress) -> [PacketAddress] {
    var result: [PacketAddress] = []
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] {
        if case .oneToOne(inside: held, let outside) = translation.kind, let address = packetAddress(outside) {
          result.append(address)
        }
      }
    }
    return result
  }

  private mutating func origin(to destination: PacketAddress) -> (Origin, PacketAddress)? {
    switch dice.number(0...9) {
    case 0...1: return zoneOrigin(to: destination)
    case 2: return hostOrigin(destination.family)
    default:
      let endpoint = EndpointID(dice.number(0...network.endpoints.count - 1))
      let placement = dice.number(0...network[endpoint].placements.count - 1)
      var candidates: [PacketAddress] = []
      for held in network[endpoint].placements[placement].addresses {
        if let address = packetAddress(held), address.family == destination.family { candidates.append(address) }
      }
      return candidates.isEmpty ? nil : (.endpoint(endpoint, placement: placement), dice.pick(candidates))
    }
  }

  private mutating func zoneOrigin(to destination: PacketAddress) -> (Origin, PacketAddress)? {
    let zone = ZoneID(dice.number(0...network.zones.count - 1))
    let addresses = network[zone].addresses.restricted(to: destination.family)
    guard let source = dice.address(in: addresses) else { return nil }
    var entries = network[zone].behind
    if entries.isEmpty {
      entries = network.attachments.indices.map { AttachmentID($0) }
        .filter { network.leadsToInternet(network[$0]) && owns($0, destination) }
    }
    if entries.isEmpty, dice.chance(0.9) { return nil }
    return (.zone(zone, by: entries.isEmpty ? nil : dice.pick(entries)), PacketAddress(source))
  }

  private func owns(_ attachment: AttachmentID, _ address: PacketAddress) -> Bool {
    (network[attachment].translations ?? []).contains { translation in
      switch translation.kind {
      case .oneToOne(_, .prefix(let prefix)): address.unknown == nil && prefix.contains(address.number)
      case .oneToOne(_, .unknown(let id)): address.unknown == id
      case .keep(let prefix): prefix.contains(address.number)
      case .hide: false
      }
    }
  }

  /// A host that nothing in the snapshot names.
  private mutating func hostOrigin(_ family: IPFamily) -> (Origin, PacketAddress)? {
    let segment = SegmentID(dice.number(0...network.segments.count - 1))
    guard let prefix = network[segment].prefixes.first(where: { $0.family == family }) else { return nil }
    let address = IPAddress(family: family, value: prefix.last.value - 3)
    let isHeld = network.endpoints.contains { endpoint in
      endpoint.placements.contains { placement in
        placement.addresses.contains { if case .prefix(let held) = $0 { held.contains(address) } else { false } }
      }
    }
    return isHeld ? nil : (.host(segment), PacketAddress(address))
  }

  /// Mostly traffic that the asked endpoint accepts, for a relay that of its listeners.
  private mutating func traffic(_ asked: Asked, _ destination: PacketAddress) -> TrafficPoint {
    if case .endpoint(let endpoint) = asked, let accepts = network[endpoint].accepts, dice.chance(0.7),
      let sample = accepts.sample
    {
      if !sample.protocol.hasPorts { return sample }
      return .ports(sample.protocol, from: UInt16(dice.number(32768...60999)), to: sample.destinationPort)
    }
    return dice.point(destination.family)
  }
}

extension Array {
  fileprivate func randomElement(by dice: inout Dice) -> Element? { isEmpty ? nil : dice.pick(self) }
}

extension Relay {
  /// The endpoints that are its targets.
  fileprivate var targets: [EndpointID] {
    listeners.flatMap(\.targets).compactMap { target in
      if case .endpoint(let endpoint) = target.destination { endpoint } else { nil }
    }
  }
}
