import NetworkModel
import PacketSpace

/// Expands a question into walks and puts their outcomes together (the walk, section 8).
struct Collector {
  let engine: Engine
  private var outcome = Outcome.nothing
  private var notes = Notes()
  private(set) var flows: [Flow] = []
  /// An address is asked about as the packet bears it, so its traffic is written as it was sent: a balancer's by its listener's port.
  private var isWrittenAsSent = false
  private var truncated = false

  /// The ways that were tried, where they are wanted; then nothing is walked.
  private(set) var attempts: [Attempt] = []
  private let wants: Wants

  /// What is collected besides the traffic: putting every way into words costs more than walking it.
  enum Wants { case traffic, flows, attempts }

  /// So many flows are enough.
  private let limit: Int

  init(engine: Engine, wants: Wants, atMost limit: Int = .max) {
    self.engine = engine
    self.wants = wants
    self.limit = limit
  }

  private var compiled: CompiledNetwork { engine.compiled }
  private var network: Network { engine.network }

  /// One way of writing a destination: an address to send to, and the endpoint that a relay behind it shall choose.
  private struct Aim {
    var address: HeldAddress
    var target: EndpointID?
  }

  mutating func collect(_ source: Source, _ destination: Destination) {
    if case .address = destination { isWrittenAsSent = true }
    switch (source, destination) {
    case (.endpoint(let from), .endpoint(let to)): pair(from, nil, to)
    case (.addressOf(let from, let number), .endpoint(let to)): pair(from, number, to)
    case (.endpoint(let from), .address(let number)):
      eachPlacement(from) { $0.sent(from: from, placement: $1, only: nil, to: number, asked: .anybody) }
    case (.addressOf(let from, let only), .address(let number)):
      eachPlacement(from) { $0.sent(from: from, placement: $1, only: only, to: number, asked: .anybody) }
    case (.endpoint(let from), .zone(let zone, let within)): toZone(from, nil, zone, within)
    case (.addressOf(let from, let only), .zone(let zone, let within)): toZone(from, only, zone, within)
    case (.host(let number, let segment), _): fromHost(number, segment, destination)
    case (.zone(let zone, let within), .endpoint(let to)): fromZone(zone, within, to)
    case (.zone(let zone, let within), .address(let number)):
      outcome.formUnion(fromZone(zone, within, address: compiled.way(PacketAddress(number)), asked: .anybody, nil, nil))
    case (.zone, .zone): break
    }
  }

  /// Puts everything together.
  func connection() -> Connection {
    var arrives = Bounds<TrafficSet>.nothing
    var answered = Bounds<TrafficSet>.nothing
    for part in outcome.parts {
      arrives = arrives.union(traffic(part.arrives, part.mapping))
      answered = answered.union(traffic(part.answered, part.mapping))
    }
    if truncated {
      arrives.may = .any
      answered.may = .any
      arrives.must = .none
      answered.must = .none
    }
    return Connection(
      arrives: arrives, answered: answered, unknowns: notes.unknowns, assumptions: notes.assumptions,
      truncated: truncated)
  }

  private func traffic(_ bounds: Bounded, _ mapping: Int) -> Bounds<TrafficSet> {
    engine.traffic(bounds, isWrittenAsSent ? 0 : mapping)
  }

  // MARK: Endpoints

  /// The placements of an endpoint are alternatives: *may* is what passes in some, *must* in all.
  private mutating func eachPlacement(_ endpoint: EndpointID, _ body: (inout Collector, Int) -> Outcome) {
    var alternatives: [Outcome] = []
    for placement in network[endpoint].placements.indices { alternatives.append(body(&self, placement)) }
    outcome.formUnion(Outcome.choice(alternatives))
  }

  private mutating func pair(_ from: EndpointID, _ only: IPAddress?, _ to: EndpointID) {
    var alternatives: [Outcome] = []
    for group in engine.placementGroups(of: from) {
      for other in engine.placementGroups(of: to) {
        for (sourcePlacement, targetPlacement) in PlacementGroups.cases(group, of: from, other, of: to, network) {
          alternatives.append(pair(from, sourcePlacement, only, to, targetPlacement))
        }
      }
    }
    outcome.formUnion(Outcome.choice(alternatives))
  }

  /// One case of where both ends are.
  private mutating func pair(
    _ from: EndpointID, _ sourcePlacement: Int, _ only: IPAddress?, _ to: EndpointID, _ targetPlacement: Int
  ) -> Outcome {
    var here = Outcome.nothing
    let source = Bearer(endpoint: from, placement: sourcePlacement)
    let receiver = Bearer(endpoint: to, placement: targetPlacement)
    let neighbours = areNeighbours(source, receiver)
    for aim in aims(at: to, targetPlacement) {
      let isOwn = neighbours && aim.target == nil && own(receiver).contains(aim.address)
      let cases =
        isOwn ? cases(of: aim.address, at: receiver, judgedBy: source, .egress) : compiled.parts(of: aim.address)
      here.formUnion(
        each(aim.address, cases) { collector, address in
          collector.sent(
            from: from, placement: sourcePlacement, only: only, to: address, asked: .endpoint(to),
            askedPlacement: targetPlacement, target: aim.target, neighbour: isOwn ? receiver : nil)
        })
    }
    return here
  }

  /// Whether a packet to one of the second's own addresses stays in the segment of both and meets their layers only.
  private func areNeighbours(_ source: Bearer, _ receiver: Bearer) -> Bool {
    let from = network.endpoints[source.endpoint.offset].placements[source.placement]
    let to = network.endpoints[receiver.endpoint.offset].placements[receiver.placement]
    guard from.segment == to.segment, from.front == nil, to.front == nil else { return false }
    let prefixes = compiled.segmentPrefixes[to.segment.offset]
    return to.addresses.allSatisfy { address in
      switch address {
      case .prefix(let prefix): prefixes.contains(prefix.first)
      case .unknown: true
      }
    }
  }

  private func own(_ bearer: Bearer) -> [HeldAddress] {
    network.endpoints[bearer.endpoint.offset].placements[bearer.placement].addresses
  }

  private func cases(of held: HeldAddress, at bearer: Bearer, judgedBy judge: Bearer, _ direction: Direction)
    -> [WayAddress]
  {
    engine.neighbourCases.cases(of: held, at: bearer, judgedBy: judge, direction, compiled)
  }

  /// The addresses by which an endpoint is reached in a placement.
  private func aims(at endpoint: EndpointID, _ placement: Int) -> [Aim] {
    var aims: [Aim] = []
    let place = network[endpoint].placements[placement]
    for address in place.addresses {
      aims.append(Aim(address: address, target: nil))
      for outside in engine.outside(of: address, in: place.segment) { aims.append(Aim(address: outside, target: nil)) }
    }
    for kept in engine.relays(to: endpoint) {
      for interface in network[kept.relay].interfaces {
        for place in network[interface].placements {
          for address in place.addresses {
            aims.append(Aim(address: address, target: endpoint))
            for outside in engine.outside(of: address, in: place.segment) {
              aims.append(Aim(address: outside, target: endpoint))
            }
          }
        }
      }
    }
    var seen: [Aim] = []
    for aim in aims where !seen.contains(where: { $0.address == aim.address && $0.target == aim.target }) {
      seen.append(aim)
    }
    return seen
  }

  /// Walks from each address of a placement; families never mix.
  private mutating func sent(
    from endpoint: EndpointID, placement: Int, only: IPAddress?, to address: WayAddress, asked: Asked,
    askedPlacement: Int? = nil, target: EndpointID? = nil, neighbour: Bearer? = nil
  ) -> Outcome {
    let sender = Bearer(endpoint: endpoint, placement: placement)
    var result = Outcome.nothing
    for held in network[endpoint].placements[placement].addresses {
      if let only {
        guard case .prefix(let prefix) = held, prefix.contains(only) else { continue }
      }
      let cases =
        only.map { [compiled.way(PacketAddress($0))] }
        ?? neighbour.map { self.cases(of: held, at: sender, judgedBy: $0, .ingress) } ?? compiled.parts(of: held)
      let ours = cases.filter { $0.address.family == address.address.family }
      if ours.isEmpty { continue }
      result.formUnion(
        each(held, ours) { collector, own in
          collector.walk(
            .endpoint(endpoint, placement: placement), own, address, asked, askedPlacement, target)
        })
    }
    return result
  }

  private mutating func sent(
    from endpoint: EndpointID, placement: Int, only: IPAddress?, to number: IPAddress, asked: Asked
  ) -> Outcome {
    sent(
      from: endpoint, placement: placement, only: only, to: compiled.way(PacketAddress(number)), asked: asked)
  }

  private mutating func toZone(_ from: EndpointID, _ only: IPAddress?, _ zone: ZoneID, _ within: AddressSet) {
    for address in addresses(of: zone, within) {
      eachPlacement(from) {
        $0.sent(from: from, placement: $1, only: only, to: address, asked: .zone(zone))
      }
    }
  }

  // MARK: Hosts and zones

  private mutating func fromHost(_ number: IPAddress, _ segment: SegmentID, _ destination: Destination) {
    let source = compiled.way(PacketAddress(number))
    switch destination {
    case .address(let address):
      let aim = compiled.way(PacketAddress(address))
      if address.family == number.family {
        outcome.formUnion(walk(.host(segment), source, aim, .anybody, nil, nil))
      }
    case .zone(let zone, let within):
      for address in addresses(of: zone, within) where address.address.family == number.family {
        outcome.formUnion(walk(.host(segment), source, address, .zone(zone), nil, nil))
      }
    case .endpoint(let to):
      var alternatives: [Outcome] = []
      for placement in network[to].placements.indices {
        var here = Outcome.nothing
        for aim in aims(at: to, placement) {
          here.formUnion(
            each(aim.address, compiled.parts(of: aim.address).filter { $0.address.family == number.family }) {
              $0.walk(.host(segment), source, $1, .endpoint(to), placement, aim.target)
            })
        }
        alternatives.append(here)
      }
      outcome.formUnion(Outcome.choice(alternatives))
    }
  }

  private mutating func fromZone(_ zone: ZoneID, _ within: AddressSet, _ to: EndpointID) {
    var alternatives: [Outcome] = []
    for placement in network[to].placements.indices {
      var here = Outcome.nothing
      for aim in aims(at: to, placement) {
        here.formUnion(
          each(aim.address, compiled.parts(of: aim.address)) {
            $0.fromZone(zone, within, address: $1, asked: .endpoint(to), placement, aim.target)
          })
      }
      alternatives.append(here)
    }
    outcome.formUnion(Outcome.choice(alternatives))
  }

  /// From each part of a zone that rules tell apart, by each attachment at which it may come in.
  private mutating func fromZone(
    _ zone: ZoneID, _ within: AddressSet, address: WayAddress, asked: Asked, _ placement: Int?, _ target: EndpointID?
  ) -> Outcome {
    let entries = engine.entries(from: zone, to: address.address)
    if entries.isEmpty {
      if wants == .attempts, let source = addresses(of: zone, within).first {
        attempts.append(
          Attempt(
            origin: .zone(zone, by: nil), source: source.address, destination: address.address, asked: asked,
            askedPlacement: placement, target: target))
      }
      return .nothing
    }
    var result = Outcome.nothing
    for source in addresses(of: zone, within) where source.address.family == address.address.family {
      result.formUnion(
        choose(entries) { collector, entry in
          var outcome = collector.walk(.zone(zone, by: entry), source, address, asked, placement, target)
          if case .implicit(let unknown) = collector.network[zone].kind {
            collector.notes.note(unknown)
            outcome = Outcome.choice([outcome, .nothing])
          }
          return outcome
        })
    }
    return result
  }

  private func addresses(of zone: ZoneID, _ within: AddressSet) -> [WayAddress] { engine.addresses(of: zone, within) }

  // MARK: Walks

  /// The parts of a held address: all of a prefix are asked about, and of what an unknown one may be one holds.
  private mutating func each(
    _ held: HeldAddress, _ parts: [WayAddress], _ body: (inout Collector, WayAddress) -> Outcome
  ) -> Outcome {
    if case .unknown = held { return Outcome.choice(parts.map { body(&self, $0) }) }
    var result = Outcome.nothing
    for part in parts { result.formUnion(body(&self, part)) }
    return result
  }

  private mutating func choose(_ entries: [AttachmentID], _ body: (inout Collector, AttachmentID) -> Outcome)
    -> Outcome
  {
    Outcome.choice(entries.map { body(&self, $0) })
  }

  private mutating func walk(
    _ origin: Origin, _ source: WayAddress, _ destination: WayAddress, _ asked: Asked, _ askedPlacement: Int?,
    _ target: EndpointID?
  ) -> Outcome {
    guard source.address.family == destination.address.family, flows.count < limit else { return .nothing }
    if wants == .attempts {
      attempts.append(
        Attempt(
          origin: origin, source: source.address, destination: destination.address, asked: asked,
          askedPlacement: askedPlacement, target: target))
      return .nothing
    }
    let question = Walk.Question(
      origin: origin, source: source, destination: destination, asked: asked, askedPlacement: askedPlacement,
      target: target, traffic: compiled.atoms.everything)
    if wants == .traffic, !engine.walksEachPair, let outcome = engine.ways.outcome(question, &notes, engine) {
      return outcome
    }
    var walk = Walk(compiled, question)
    swap(&walk.mappings, &engine.mappings)
    swap(&walk.cache, &engine.cache)
    let outcome = walk.run()
    swap(&walk.mappings, &engine.mappings)
    swap(&walk.cache, &engine.cache)
    notes.merge(walk.notes)
    truncated = truncated || walk.truncated
    if wants == .flows, let sent = outcome.arrives, !sent.may.isEmpty || walk.truncated {
      flows.append(flow(walk.question, outcome, sent))
    }
    return outcome
  }

  private func flow(_ question: Walk.Question, _ outcome: Outcome, _ sent: Bounded) -> Flow {
    var arrives = Bounds<TrafficSet>.nothing
    var answered = Bounds<TrafficSet>.nothing
    for part in outcome.parts {
      arrives = arrives.union(traffic(part.arrives, part.mapping))
      answered = answered.union(traffic(part.answered, part.mapping))
    }
    let sentAnswered = outcome.answered ?? sent
    return Flow(
      origin: question.origin, source: question.source.address,
      sourceRegion: compiled.classes.region(question.source.addressClass),
      destination: question.destination.address,
      destinationRegion: compiled.classes.region(question.destination.addressClass), asked: question.asked,
      askedPlacement: question.askedPlacement, target: question.target, sent: traffic(sent, 0),
      sentAnswered: traffic(sentAnswered, 0), arrives: arrives, answered: answered)
  }
}
