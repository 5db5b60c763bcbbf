import Certificates
import NetworkModel
import PacketSpace
import ReferenceInterpreter

/// Whether a witness is one: every packet of it surely gets where it has to, from somebody who is surely meant to somebody who surely is.
struct WitnessCheck {
  let ground: CheckGround
  let names: Names
  let ends: AskedEnds
  let wanted: TrafficSet
  let entering: TrafficSet?
  let isPath: Bool
  let leavesOutInternet: Bool

  private var terrain: Terrain { ground.whole }
  private var network: Network { terrain.network }
  private var keys: ModelKeys { names.keys }

  /// A leg whose names were found in the network.
  struct Leg {
    var sender: Sender
    var receiver: Receiver
    var question: WalkQuestion
    /// What it arrives as.
    var arrivals: Set<TrafficPoint> = []
  }

  /// What is wrong, with the legs as far as they could be read.
  func faults(_ violation: Certificate.Violation) -> (faults: Faults, legs: [Leg]) {
    var faults = Faults()
    var legs: [Leg] = []
    for (number, leg) in violation.legs.enumerated() {
      guard var found = read(leg, &faults) else { return (faults, legs) }
      let isLast = number == violation.legs.count - 1
      walk(&found, isFirst: number == 0, isLast: isLast, &faults)
      if number > 0 { checkTurn(leg, from: legs[number - 1], to: found, &faults) }
      if number == 0, leg.relay != nil { faults.add("the first leg comes from no relay") }
      legs.append(found)
    }
    guard let first = legs.first, let last = legs.last else {
      faults.add("the certificate has no packet for \(violation.source) to \(violation.target)")
      return (faults, legs)
    }
    if legs.count > 1, !isPath { faults.add("a path through relays violates no property of a single connection") }
    checkEnds(violation, first, last, &faults)
    if leavesOutInternet, first.sender.endpoint != nil, let entry = first.receiver.endpoint,
      first.arrivals.contains(where: { terrain.allOfInternetSends($0, to: entry) })
    {
      faults.add("all of the internet may send that to \(names.name(entry)) too: between endpoints it is left out")
    }
    return (faults, legs)
  }

  // MARK: Reading

  private func read(_ leg: Certificate.Leg, _ faults: inout Faults) -> Leg? {
    guard let source = address(leg.source), let destination = address(leg.destination) else {
      faults.add("a packet bears an unknown address that the network does not have")
      return nil
    }
    guard let (origin, sender) = origin(leg.origin, source, &faults) else { return nil }
    let asked: Asked
    let receiver: Receiver
    switch leg.asked {
    case .endpoint(let key):
      guard let id = keys.endpoints[key] else {
        faults.add("there is no endpoint \(key)")
        return nil
      }
      if let placement = leg.placement, !network[id].placements.indices.contains(placement) {
        faults.add("\(key) has no placement \(placement)")
        return nil
      }
      (asked, receiver) = (.endpoint(id), .endpoint(id))
    case .zone(let key):
      guard let id = keys.zones[key] else {
        faults.add("there is no zone \(key)")
        return nil
      }
      (asked, receiver) = (.zone(id), .zone(id, within: AddressSet(destination.number)))
    case .anybody: (asked, receiver) = (.anybody, .address(destination.number))
    }
    var target: EndpointID?
    if let key = leg.target {
      guard let id = keys.endpoints[key] else {
        faults.add("there is no endpoint \(key)")
        return nil
      }
      target = id
    }
    return Leg(
      sender: sender, receiver: receiver,
      question: WalkQuestion(
        origin: origin, packet: Packet(source: source, destination: destination, traffic: leg.header), asked: asked,
        target: target, askedPlacement: leg.placement))
  }

  private func address(_ address: Certificate.Address) -> PacketAddress? {
    guard let number = address.unknown else { return PacketAddress(address.number) }
    guard network.unknownAddresses.indices.contains(number),
      network.unknownAddresses[number].within.contains(address.number)
    else { return nil }
    return PacketAddress(address.number, unknown: UnknownAddressID(number))
  }

  /// Where a leg begins; nobody sends with an address that is not its own.
  private func origin(_ origin: Certificate.Leg.Origin, _ source: PacketAddress, _ faults: inout Faults)
    -> (Origin, Sender)?
  {
    switch origin {
    case .endpoint(let key, let placement):
      guard let id = keys.endpoints[key], network[id].placements.indices.contains(placement) else {
        faults.add("there is no placement \(placement) of an endpoint \(key)")
        return nil
      }
      let isOwn = network[id].placements[placement].addresses.contains { held in
        switch held {
        case .prefix(let prefix): source.unknown == nil && prefix.contains(source.number)
        case .unknown(let unknown): source.unknown == unknown
        }
      }
      if !isOwn { faults.add("\(source) is no address of \(key)") }
      return (.endpoint(id, placement: placement), .endpoint(id, within: nil))
    case .zone(let key, let attachment):
      guard let id = keys.zones[key], let entry = keys.attachments[attachment] else {
        faults.add("there is no zone \(key) that comes in by \(attachment)")
        return nil
      }
      if !network[id].addresses.contains(source.number) { faults.add("\(source) does not lie in \(key)") }
      return (.zone(id, by: entry), .zone(id, within: AddressSet(source.number)))
    case .host(let key):
      guard let id = keys.segments[key] else {
        faults.add("there is no segment \(key)")
        return nil
      }
      return (.host(id), .host(source.number, id))
    }
  }

  // MARK: Walking

  private func walk(_ leg: inout Leg, isFirst: Bool, isLast: Bool, _ faults: inout Faults) {
    let terrains = isFirst ? ground.terrains(leg.sender, leg.receiver) : [terrain]
    if terrains.isEmpty {
      faults.add("a node and its own pods always reach each other, and no property is judged by that")
    }
    let packet = "\(leg.question.packet.source) to \(leg.question.packet.destination), \(leg.question.packet.traffic)"
    for terrain in terrains {
      let outcome = terrain.judge(leg.question)
      if outcome.truncated {
        faults.addUnclear("too many cases to try them all: \(packet)")
        continue
      }
      leg.arrivals = outcome.arrivals
      let mattering = isLast ? wanted : .any
      var arrivals = outcome.arrivals
      if case .address = leg.receiver { arrivals = [leg.question.packet.traffic] }
      guard !arrivals.isEmpty, arrivals.allSatisfy({ mattering.contains($0) }) else {
        faults.add(
          arrivals.isEmpty
            ? "the packet does not arrive: \(packet)"
            : "the packet arrives as what the property does not speak of: \(packet)")
        continue
      }
      if isFirst, entering?.contains(leg.question.packet.traffic) == false {
        faults.add("the packet leaves as what the property does not speak of: \(packet)")
      }
      // Wherever both ends are: one walk is of one case only.
      let isSure =
        isOneCase(leg)
        ? (isLast ? outcome.arrives.must : outcome.answered.must)
        : terrain.surelyArrives(
          from: leg.sender, at: leg.receiver, mattering,
          sending: [leg.question.packet.traffic] + Array(arrivals), answered: !isLast)
      if !isSure {
        faults.add("the packet does not surely \(isLast ? "arrive" : "get an answer"): \(packet)")
      }
    }
  }

  private func isOneCase(_ leg: Leg) -> Bool {
    let ours = leg.sender.endpoint.map { network[$0].placements.count } ?? 1
    let theirs = leg.receiver.endpoint.map { network[$0].placements.count } ?? 1
    guard case .zone(let zone, _) = leg.sender else { return ours == 1 && theirs == 1 }
    return theirs == 1 && terrain.entries(of: zone, towards: leg.question.packet.destination).count == 1
  }

  /// A relay ends the leg before, by a listener that takes what arrived there, and opens this one to its target.
  private func checkTurn(_ leg: Certificate.Leg, from earlier: Leg, to later: Leg, _ faults: inout Faults) {
    guard let turn = leg.relay else {
      faults.add("a leg goes on from another, and no relay is named between them")
      return
    }
    guard let id = keys.relays[turn.relay], network[id].listeners.indices.contains(turn.listener),
      network[id].listeners[turn.listener].targets.indices.contains(turn.target)
    else {
      faults.add("there is no target \(turn.target) of listener \(turn.listener) of a relay \(turn.relay)")
      return
    }
    let listener = network[id].listeners[turn.listener]
    let target = listener.targets[turn.target]
    guard let entered = earlier.receiver.endpoint, later.sender.endpoint == entered,
      network[id].interfaces.contains(entered)
    else {
      faults.add("the leg before does not end at the interface of \(turn.relay) from which this one begins")
      return
    }
    if !earlier.arrivals.allSatisfy({ listener.traffic.contains($0) }) {
      faults.add("listener \(turn.listener) of \(turn.relay) does not take what arrives there")
    }
    let isTarget: Bool
    switch target.destination {
    case .endpoint(let end): isTarget = later.receiver.endpoint == end
    case .relay(let inner): isTarget = later.receiver.endpoint.map { network[inner].interfaces.contains($0) } ?? false
    }
    let opened =
      target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) } ?? listener.traffic
    if !isTarget || !later.arrivals.allSatisfy({ opened.contains($0) }) {
      faults.add("listener \(turn.listener) of \(turn.relay) does not open this leg")
    }
    if listener.present != .yes || target.present != .yes || target.keepsClient != .no {
      faults.add("that listener \(turn.listener) of \(turn.relay) opens this leg is not sure")
    }
  }

  // MARK: Ends

  private func checkEnds(_ violation: Certificate.Violation, _ first: Leg, _ last: Leg, _ faults: inout Faults) {
    let isSource = ends.sources.contains { end in
      guard end.isSure else { return false }
      switch (end.place, first.sender) {
      case (.endpoint(let own, within: nil), .endpoint(let id, _)): return own == id
      case (.zone(let own, let within), .zone(let id, let part)): return own == id && within.contains(part)
      case (.host(_, let own), .host(let number, let segment)):
        return own == segment && network[segment].prefixes.contains { $0.contains(number) }
      default: return false
      }
    }
    if !isSource { faults.add("\(names.name(first.sender)) is not surely a source of the property") }
    let isTarget = ends.targets.contains { end in
      guard end.isSure else { return false }
      switch (end.place, last.receiver) {
      case (.endpoint(let own), .endpoint(let id)): return own == id
      case (.zone(let own, let within), .zone(let id, let part)): return own == id && within.contains(part)
      default: return end.place == last.receiver
      }
    }
    if !isTarget { faults.add("\(names.name(last.receiver)) is not surely a target of the property") }
    if isSource, isTarget, !AskedEnds.areAsked(first.sender, last.receiver, network) {
      faults.add("\(names.name(first.sender)) is not asked about with \(names.name(last.receiver))")
    }
    if violation.source != key(first.sender) {
      faults.add("the packet is of \(key(first.sender)), and the certificate says \(violation.source)")
    }
    if violation.target != key(last.receiver) {
      faults.add("the packet goes to \(key(last.receiver)), and the certificate says \(violation.target)")
    }
  }

  /// The canonical key by which a finding names an end.
  private func key(_ sender: Sender) -> String {
    switch sender {
    case .endpoint(let id, _): network[id].host
    case .host(let number, let segment): "a host at \(number) in \(network[segment].identity.name)"
    case .zone(let zone, _): network[zone].identity.key
    }
  }

  private func key(_ receiver: Receiver) -> String {
    switch receiver {
    case .endpoint(let id): network[id].host
    case .address(let number): "\(number)"
    case .zone(let zone, _): network[zone].identity.key
    }
  }
}
