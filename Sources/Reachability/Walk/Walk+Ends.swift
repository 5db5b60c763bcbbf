import NetworkModel
import PacketSpace

/// Where an answer comes to its end.
enum AnswerEnd: Hashable {
  case endpoint(Bearer)
  case host(SegmentID)
  case zone(ZoneID)
}

/// The ends of the request, and the answer (the walk, sections 5 and 7).
extension Walk {
  // MARK: The request

  /// The origin's egress layers, once it is known who receives the packet as sent (3 and 5.1).
  mutating func resolveEgress(_ state: inout WalkState, receiver: Bearer?) {
    guard state.egressPending, case .endpoint(let origin, let placement) = question.origin else { return }
    state.egressPending = false
    if ends != nil {
      if let receiver, question.asked != .endpoint(receiver.endpoint) { ends?.isParticular = true }
      ends?.see(receiver: receiver != nil)
      return
    }
    let sent = state.passages.first { $0.segment == nil }?.sent ?? question.header
    let far = FarEnd(
      addressClass: sent.destination.addressClass, number: sent.destination.address.number, bearer: receiver)
    let named = receiver?.endpoint
    judge(&state, layers: network[origin].layers, of: origin, .egress, far: far, named: named, header: sent)
    let own = Bearer(endpoint: origin, placement: placement)
    let end = compiled.front(of: own, towards: sent.destination.address.number) ?? own
    let from = network[end.endpoint].placements[end.placement]
    if let machine = from.machine, let receiver,
      network[receiver.endpoint].placements[receiver.placement].machine == machine
    {
      return
    }
    judge(&state, layers: from.layers, of: end.endpoint, .egress, far: far, named: named, header: sent)
  }

  /// The layers of an endpoint at which a request arrives: those of its interface, unless it comes from the same machine, then its own.
  mutating func judgeIngress(_ state: inout WalkState, _ receiver: Bearer, _ segment: SegmentID) {
    resolveEgress(&state, receiver: receiver)
    if ends != nil {
      seeArrival(state, at: receiver)
      return
    }
    let endpoint = network[receiver.endpoint]
    let placement = endpoint.placements[receiver.placement]
    let far = FarEnd(
      addressClass: state.source.addressClass, number: state.source.address.number, bearer: state.bearer)
    if placement.machine == nil || placement.machine != state.machine {
      judge(&state, layers: placement.layers, of: receiver.endpoint, .ingress, far: far, named: receiver.endpoint)
    }
    judge(&state, layers: endpoint.layers, of: receiver.endpoint, .ingress, far: far, named: receiver.endpoint)
  }

  /// Where the layers of the ends are left open: with what a request arrives.
  private mutating func seeArrival(_ state: WalkState, at receiver: Bearer) {
    guard question.asked == .endpoint(receiver.endpoint) else {
      ends?.isParticular = true
      return
    }
    ends?.see(
      EndsSeen.Arrival(
        bears: state.bearer != nil, keepsMachine: state.machine != nil,
        source: state.source == question.source ? nil : state.source))
  }

  /// The request ends at an endpoint: layers, listeners, and whether it was the one asked about (5.2, 5.3).
  mutating func endRequest(_ start: WalkState, at receiver: Bearer, _ segment: SegmentID) -> Outcome {
    var state = start
    judgeIngress(&state, receiver, segment)
    listen(&state, receiver)
    switch question.asked {
    case .endpoint(let asked) where asked != receiver.endpoint && !passedOn(state, by: asked):
      block(&state, .endpoint(receiver.endpoint), .reachedElsewhere)
    case .zone:
      block(&state, .endpoint(receiver.endpoint), .reachedElsewhere)
    default: break
    }
    return answer(state, from: .endpoint(receiver), segment: segment)
  }

  private mutating func listen(_ state: inout WalkState, _ receiver: Bearer) {
    notes.note(network[receiver.endpoint].assumptions)
    guard ends == nil, let accepts = network[receiver.endpoint].accepts else { return }
    let mask = atoms.mask(accepts)
    restrict(
      &state, to: Bounded(may: mask, must: mask), .endpoint(receiver.endpoint), .doesNotListen)
  }

  /// Whether an endpoint is a relay's interface that passed the request on: that counts as reached.
  private func passedOn(_ state: WalkState, by endpoint: EndpointID) -> Bool {
    state.passages.contains { network[$0.relay].interfaces.contains(endpoint) }
  }

  /// The request ends in a zone; a zone accepts everything.
  mutating func endRequest(_ start: WalkState, in zone: ZoneID) -> Outcome {
    var state = start
    resolveEgress(&state, receiver: nil)
    switch question.asked {
    case .zone(let asked) where asked != zone: block(&state, .zone(zone), .reachedElsewhere)
    case .endpoint(let asked) where !passedOn(state, by: asked): block(&state, .zone(zone), .reachedElsewhere)
    default: break
    }
    return answer(state, from: .zone(zone), segment: nil)
  }

  /// `stop`: the half ends here. A stopped request is judged at its far end all the same, where blockers are wanted (5.4).
  mutating func stop(_ start: WalkState, _ place: Place, _ reason: BlockReason) -> Outcome {
    var state = start
    note(state, Blocker(state.half, place, reason), blocked: state.domain)
    state.may = BitSet(count: atoms.count)
    state.must = state.may
    if state.half == .answer {
      if explains {
        judgeUnreturned(&state)
        blockUncrossed(&state)
      }
      return dead(state)
    }
    guard explains else { return .nothing }
    return stopped(state)
  }

  /// The far end's own half of a stopped request, and its answer.
  private mutating func stopped(_ start: WalkState) -> Outcome {
    var state = start
    var far: EndpointID?
    if case .endpoint(let asked) = question.asked { far = asked }
    if !state.passages.isEmpty, let target = question.target { far = target }
    let last = state.lastLeft ?? question.header
    if state.egressPending {
      var receiver: Bearer?
      if case .endpoint(let asked) = question.asked {
        let bearer = Bearer(endpoint: asked, placement: chosenPlacement(of: asked, state) ?? 0)
        if compiled.holds(bearer, sentDestination(state)) { receiver = bearer }
      }
      resolveEgress(&state, receiver: receiver)
    }
    guard let far else { return .nothing }
    let placement = chosenPlacement(of: far, state) ?? 0
    let receiver = Bearer(endpoint: far, placement: placement)
    guard let address = compiled.address(of: receiver, family: last.destination.address.family) else { return .nothing }
    let segment = network[far].placements[placement].segment
    state.source = last.source
    state.destination = address
    state.mapping = last.mapping
    state.wasStopped = true
    judgeInward(&state, segment)
    return endRequest(state, at: receiver, segment)
  }

  private func sentDestination(_ state: WalkState) -> PacketAddress {
    state.passages.first { $0.segment == nil }?.sent.destination.address ?? question.destination.address
  }

  /// What a walk that carries nothing on amounts to.
  func dead(_ state: WalkState) -> Outcome {
    guard let arrived = state.arrived else { return .nothing }
    let none = compiled.unanswered
    return Outcome(parts: [
      Outcome.Part(
        mapping: arrived.mapping, arrives: arrived.bounds,
        answered: Bounded(
          may: arrived.bounds.may.intersection(none), must: arrived.bounds.must.intersection(none)))
    ])
  }

  // MARK: The answer

  /// Turns the packet round and walks it back (7.1).
  private mutating func answer(_ start: WalkState, from end: AnswerEnd, segment: SegmentID?) -> Outcome {
    var state = start
    if !start.wasStopped {
      state.arrived = Arrived(mapping: state.mapping, bounds: Bounded(may: state.may, must: state.must))
    } else {
      let none = BitSet(count: atoms.count)
      state.arrived = Arrived(mapping: state.mapping, bounds: Bounded(may: none, must: none))
    }
    state.half = .answer
    state.keep(only: state.domain.subtracting(compiled.unanswered))
    state.zone = nil
    state.visited = []
    state.machine = nil
    let back = state.header.answered
    state.source = back.source
    state.destination = back.destination
    guard goesOn(state) else { return dead(state) }
    switch end {
    case .endpoint(let receiver):
      guard var from = segment else { return dead(state) }
      state.bearer = receiver
      while let passage = state.passages.last, let relaySegment = passage.segment,
        network[passage.relay].answersByState, state.header == passage.sent.answered
      {
        if from != relaySegment, !passage.isOnSameMachine {
          judge(
            &state, filters: network[from].outFilters, .egress, header: state.header, segment: from, attachment: nil)
        }
        let translated = passage.came.answered
        state.source = translated.source
        state.destination = translated.destination
        state.mapping = translated.mapping
        state.passages.removeLast()
        from = relaySegment
      }
      return send(state, from)
    case .zone:
      state.bearer = nil
      guard let exit = state.exit else { return dead(state) }
      return router(state, exit, leaving: nil)
    case .host:
      return dead(state)
    }
  }

  /// The answer's end: it must be the origin, and bear exactly the sent packet's header swapped (7.2).
  mutating func endAnswer(_ start: WalkState, at end: AnswerEnd) -> Outcome {
    var state = start
    let isOrigin: Bool
    let place: Place
    switch (end, question.origin) {
    case (.endpoint(let receiver), .endpoint(let origin, let placement)):
      isOrigin = receiver == state.sender(origin, placement, compiled, question)
      place = .endpoint(receiver.endpoint)
    case (.host(let segment), _):
      isOrigin = true
      place = .host(segment)
    case (.zone(let zone), .zone(let origin, by: _)):
      isOrigin = zone == origin
      place = .zone(zone)
    case (.endpoint(let receiver), _):
      isOrigin = false
      place = .endpoint(receiver.endpoint)
    case (.zone(let zone), _):
      isOrigin = false
      place = .zone(zone)
    }
    while isOrigin, let passage = state.passages.last, passage.segment == nil,
      state.header == passage.sent.answered
    {
      let translated = passage.came.answered
      state.source = translated.source
      state.destination = translated.destination
      state.mapping = translated.mapping
      state.passages.removeLast()
    }
    if state.header != (state.sentHeader ?? question.header).answered {
      if state.wasStopped { return dead(state) }
      block(&state, place, .wrongAddress)
    } else if !isOrigin {
      if state.wasStopped { return dead(state) }
      block(&state, place, .reachesAnother)
    }
    blockUncrossed(&state)
    guard let arrived = state.arrived else { return .nothing }
    let none = compiled.unanswered
    return Outcome(parts: [
      Outcome.Part(
        mapping: arrived.mapping, arrives: arrived.bounds,
        answered: Bounded(
          may: state.may.union(arrived.bounds.may.intersection(none)),
          must: state.must.union(arrived.bounds.must.intersection(none))))
    ])
  }

  /// Every symmetric router that the request crossed must be crossed by the answer; of a request that was stopped it proves nothing.
  private mutating func blockUncrossed(_ state: inout WalkState) {
    guard !state.wasStopped else { return }
    for crossing in state.crossings
    where network[crossing.router].isSymmetric && !state.crossedBack.contains(crossing.router) {
      block(&state, .router(crossing.router), .notCrossedBack)
    }
  }

  /// An answer that stopped: the origin's own boundary is judged all the same (7.3).
  private mutating func judgeUnreturned(_ state: inout WalkState) {
    guard case .endpoint(let origin, let placement) = question.origin else { return }
    let segment = network[origin].placements[placement].segment
    if case .endpoint(let asked) = question.asked {
      let met = mayMeetSecond(of: asked) ? state.secondPlacement : state.chosenPlacements[asked]
      let other = network[asked].placements[met ?? 0].segment
      if other == segment { return }
    }
    let header = question.header.answered
    judge(&state, filters: network[segment].inFilters, .ingress, header: header, segment: segment, attachment: nil)
  }
}

/// What arrived, remembered while the answer is walked.
struct Arrived {
  var mapping: Int
  var bounds: Bounded
}

extension Walk.Question {
  /// The header of the packet as sent.
  var header: Header { Header(source: source, destination: destination, mapping: 0) }
}

extension WalkState {
  /// The endpoint whose interface the origin's packet left by: its own, or its front's.
  func sender(
    _ origin: EndpointID, _ placement: Int, _ compiled: CompiledNetwork, _ question: Walk.Question
  ) -> Bearer {
    let sent = passages.first { $0.segment == nil }?.sent.destination ?? question.destination
    let own = Bearer(endpoint: origin, placement: placement)
    return compiled.front(of: own, towards: sent.address.number) ?? own
  }
}
