import NetworkModel
import PacketSpace

// Both halves in order, and the verdict (the walk, sections 5 and 7).
extension Walk {
  mutating func run() -> CompletedWalk {
    let first = begin()
    let end = move(from: first)
    let request = endRequest(end)
    var answerStopped = false
    if let request, !question.isRequestOnly, let answer = request.packet.answer {
      answerStopped = walkAnswer(answer, from: request)
    }

    let ending: WalkOutcome.Ending
    var arrivedPacket: Packet?
    switch end {
    case .stopped(let blocker):
      ending = .stopped(blocker)
    case .ended(.zone(let zone, let attachment, let packet)):
      ending = .zone(zone, by: attachment)
      arrivedPacket = packet
    case .ended(.endpoint(let bearer, _, let packet)):
      ending = .endpoint(bearer.endpoint, placement: bearer.placement)
      arrivedPacket = packet
    default:
      ending = .stopped(Blocker(.request, .segment(SegmentID(0)), .noEndpoint))
    }
    // 7.5
    let arrives = bounds(of: .request, isStopped: arrivedPacket == nil)
    var answered = arrives
    if arrivedPacket?.answer != nil {
      let back = bounds(of: .answer, isStopped: answerStopped)
      answered = Certainty(may: arrives.may && back.may, must: arrives.must && back.must)
    }
    return CompletedWalk(
      script: completion.script, arrives: arrives, answered: answered, blockers: found, hops: hops, ending: ending,
      arrivedPacket: arrivedPacket.map(settled), unknowns: unknowns.union(completion.unknownsChosen),
      assumptions: assumptions)
  }

  private func bounds(of half: Half, isStopped: Bool) -> Certainty {
    let blockers = found.filter { $0.blocker.half == half }
    return Certainty(may: !isStopped && !blockers.contains(where: \.isSure), must: !isStopped && blockers.isEmpty)
  }

  private func settled(_ packet: Packet) -> Packet {
    Packet(
      source: completion.settled(packet.source), destination: completion.settled(packet.destination),
      traffic: packet.traffic)
  }
}

// MARK: - The beginning

extension Walk {
  /// The first step: from an endpoint SEND, from a zone ROUTER at the attachment by which it comes in (4).
  private mutating func begin() -> Step {
    switch question.origin {
    case .zone(let zone, by: nil):
      return stop(.zone(zone), .nobodyOwns)
    case .zone(let zone, by: let attachment?):
      pass(.zone(zone), .sent)
      // From an attachment whose far side is absent any packet may come, and none must (9).
      if case .implicit(let unknown) = network[zone].kind { require(.unknown(unknown), .zone(zone), .nobodyOwns) }
      pass(.attachment(attachment), .entered(attachment))
      wire = sent
      return .router(attachment, sent, from: nil, due: [])
    case .host(let segment):
      pass(.host(segment), .sent)
      home = segment
      guard let packet = translateAtSource(sent, sentFrom: segment, of: nil) else { return noTargetAtSource() }
      wire = packet
      return sending(segment, packet)
    case .endpoint(let endpoint, let placement):
      return begin(at: Bearer(endpoint: endpoint, placement: placement))
    }
  }

  private mutating func begin(at origin: Bearer) -> Step {
    pass(.endpoint(origin.endpoint), .sent)
    assumptions.formUnion(network[origin.endpoint].assumptions)
    sent.destination = asSecond(sent.destination, origin)
    let segment = placement(origin).segment
    home = segment
    originInterface = origin.endpoint
    // Lost for good when its source is not the sender's own (3).
    sender = owns(origin, sent.source) ? origin : nil
    lastMachine = placement(origin).machine
    guard let translated = translateAtSource(sent, sentFrom: segment, of: origin.endpoint) else {
      waitingEgress = WaitingEgress(origin: origin, interface: origin, packet: sent)
      return noTargetAtSource()
    }
    wire = translated
    waitingEgress = WaitingEgress(origin: origin, interface: origin, packet: translated)
    leaveByFront(of: origin)
    return sending(home ?? segment, wire)
  }

  /// The packet leaves by the front's interface, with its address, layers and memberships (layers, 3.3).
  private mutating func leaveByFront(of origin: Bearer) {
    guard let front = placement(origin).front, front.families.contains(wire.destination.family) else { return }
    for prefix in front.directPrefixes where completion.holds(prefix, wire.destination) { return }
    completion.fix(.placement(front.endpoint, isSecond: false), at: front.placement)
    let bearer = Bearer(endpoint: front.endpoint, placement: front.placement)
    guard let address = address(of: bearer, wire.destination.family) else { return }
    let came = wire
    wire.source = address
    records.append(.atSource(came: came, left: wire))
    assumptions.formUnion(network[front.endpoint].assumptions)
    waitingEgress?.interface = bearer
    sender = bearer
    originInterface = bearer.endpoint
    home = placement(bearer).segment
    lastMachine = placement(bearer).machine
  }

  /// An origin that stands for several sends to a second one like itself, whose unknown address is another.
  private func asSecond(_ address: PacketAddress, _ origin: Bearer) -> PacketAddress {
    guard let unknown = address.unknown, network[origin.endpoint].standsForMany else { return address }
    let isOwn = network[origin.endpoint].placements.contains { $0.addresses.contains(.unknown(unknown)) }
    return isOwn ? PacketAddress(address.number, unknown: completion.second(unknown)) : address
  }

  /// The destination is a relay that translates at the source: replaced by a target before anything else (6.5, layers
  /// 3.1).
  ///
  /// `nil`: it has no target.
  private mutating func translateAtSource(
    _ packet: Packet, sentFrom segment: SegmentID, of endpoint: EndpointID?
  ) -> Packet? {
    for index in network.relays.indices {
      let relay = RelayID(index)
      guard network[relay].place == .source, serves(relay, segment, endpoint) else { continue }
      let isAddressed = network[relay].interfaces.contains { interface in
        network[interface].placements.contains { placement in
          placement.addresses.contains { completion.particularity($0, holding: packet.destination) != nil }
        }
      }
      if isAddressed {
        sourceRelay = relay
        return translateAtSource(packet, by: relay)
      }
    }
    return packet
  }

  /// Whether senders there are the relay's clients: those of its own cluster.
  ///
  /// One that names no cluster serves everyone.
  private func serves(_ relay: RelayID, _ segment: SegmentID, _ endpoint: EndpointID?) -> Bool {
    let clusters = network[relay].attributes.values[.cluster] ?? []
    if clusters.isEmpty { return true }
    let isInSegment = network[relay].interfaces.contains { interface in
      network[interface].placements.contains { $0.segment == segment }
    }
    if isInSegment { return true }
    return endpoint.map { network[$0].attributes.values[.cluster] ?? [] }?.contains(where: clusters.contains) ?? false
  }

  private mutating func noTargetAtSource() -> Step {
    guard let sourceRelay else { return stop(.segment(home ?? SegmentID(0)), .noEndpoint) }
    return stop(.relay(sourceRelay), .noTarget)
  }
}

// MARK: - The end of the request

extension Walk {
  /// The far end of a request, from which the answer comes.
  struct FarEnd {
    enum Place {
      case endpoint(Bearer, SegmentID)
      case zone(ZoneID)
    }
    var place: Place
    var packet: Packet
    var requestStopped = false
  }

  /// 5.2 to 5.4; `nil`: there is no far end, and so no answer half.
  private mutating func endRequest(_ end: Step) -> FarEnd? {
    // Nobody owns the destination: there is no walk (8).
    if case .zone(_, by: nil) = question.origin { return nil }
    switch end {
    case .ended(.endpoint(let bearer, let segment, let packet)):
      judgeEgress()
      judgeArrival(bearer, packet)
      if !isAsked(bearer.endpoint) || isOrigin(bearer) { block(.endpoint(bearer.endpoint), .reachedElsewhere) }
      return FarEnd(place: .endpoint(bearer, segment), packet: packet)
    case .ended(.zone(let zone, _, let packet)):
      judgeEgress()
      pass(.zone(zone), .delivered)
      if !isAsked(zone) { block(.zone(zone), .reachedElsewhere) }
      return FarEnd(place: .zone(zone), packet: packet)
    case .stopped:
      return judgeFarEnd()
    default:
      return nil
    }
  }

  /// 5.2: ingress layers, then listeners.
  private mutating func judgeArrival(_ bearer: Bearer, _ packet: Packet) {
    judgeIngress(bearer, packet)
    if let accepts = network[bearer.endpoint].accepts, !accepts.contains(packet.traffic) {
      block(.endpoint(bearer.endpoint), .doesNotListen)
    }
    pass(.endpoint(bearer.endpoint), .delivered)
  }

  /// 5.3: a relay's interface that passed the packet on counts as reached.
  private func isAsked(_ endpoint: EndpointID) -> Bool {
    switch question.asked {
    case .anybody: true
    case .zone: false
    case .endpoint(let asked): asked == endpoint || passedOnBy.contains(asked) || isAtSourceRelay(asked)
    }
  }

  private func isAtSourceRelay(_ endpoint: EndpointID) -> Bool {
    guard let sourceRelay, passedOnTo != nil else { return false }
    return network[sourceRelay].interfaces.contains(endpoint)
  }

  private func isAsked(_ zone: ZoneID) -> Bool {
    switch question.asked {
    case .anybody: true
    case .zone(let asked): asked == zone
    case .endpoint(let asked): passedOnBy.contains(asked)
    }
  }

  /// Whether an origin that stands for many is met itself, where a second one like it is asked about (8: nobody is asked against itself).
  private func isOrigin(_ bearer: Bearer) -> Bool {
    bearer.endpoint == origin?.endpoint && bearer.endpoint == askedEndpoint && !bearer.isSecond
  }

  /// 5.4: the request stopped, and the far end's own half is judged all the same.
  private mutating func judgeFarEnd() -> FarEnd? {
    let asked = askedEndpoint.map { bearer($0) }
    judgeEgress(asked: sourceRelay == nil ? asked : passedOnTo)
    let far = passedOnTo ?? asked
    guard let far else { return nil }
    var packet = records.last?.left ?? wire
    guard let address = address(of: far, packet.destination.family) else { return nil }
    packet.destination = address
    let segment = placement(far).segment
    judgeBoundary(segment, network[segment].inFilters, .ingress, packet)
    judgeArrival(far, packet)
    if !isAsked(far.endpoint) { block(.endpoint(far.endpoint), .reachedElsewhere) }
    return FarEnd(place: .endpoint(far, segment), packet: packet, requestStopped: true)
  }
}

// MARK: - The answer

extension Walk {
  /// 7.1 to 7.4: whether the answer stopped.
  private mutating func walkAnswer(_ answer: Packet, from far: FarEnd) -> Bool {
    half = .answer
    requestStopped = far.requestStopped
    let first: Step
    var farSegment: SegmentID?
    switch far.place {
    case .endpoint(let bearer, let segment):
      sender = bearer
      farSegment = segment
      let (packet, from) = undoRelays(answer, in: segment)
      first = sending(from, packet)
    case .zone:
      sender = nil
      guard let exit else { return true }
      first = .router(exit, answer, from: nil, due: [])
    }
    var isStopped = false
    switch move(from: first) {
    case .ended(let end): judgeEnd(end)
    default:
      isStopped = true
      // 7.3
      if let home, home != farSegment, let expected = wire.answer {
        judgeBoundary(home, network[home].inFilters, .ingress, expected)
      }
    }
    for record in records {
      guard case .crossing(let router, _, _) = record, network[router].isSymmetric, !crossedBack.contains(router)
      else { continue }
      block(.router(router), .notCrossedBack)
    }
    return isStopped
  }

  /// 7.2: at the origin, and exactly the answer to the packet as sent.
  private mutating func judgeEnd(_ end: Step.End) {
    let place: Place
    let packet: Packet
    let isOrigin: Bool
    switch end {
    case .endpoint(let bearer, _, let arrived):
      place = .endpoint(bearer.endpoint)
      packet = arrived
      isOrigin = bearer.endpoint == originInterface
    case .host(let segment, let arrived):
      place = .host(segment)
      packet = arrived
      isOrigin = true
    case .zone(let zone, _, let arrived):
      place = .zone(zone)
      packet = arrived
      if case .zone(zone, _) = question.origin { isOrigin = true } else { isOrigin = false }
    }
    pass(place, .delivered)
    if packet != wire.answer {
      block(place, .wrongAddress)
    } else if !isOrigin {
      block(place, .reachesAnother)
    }
  }
}
