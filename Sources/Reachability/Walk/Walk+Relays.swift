import NetworkModel
import PacketSpace

/// Relays that keep the client (the walk, section 6).
extension Walk {
  /// A request at an endpoint: a relay's listener that keeps the client passes it on, all else ends here.
  mutating func receive(_ start: WalkState, _ receiver: Bearer, _ segment: SegmentID) -> Outcome {
    var result = Outcome.nothing
    var rest = start
    if compiled.interfaceRelays[receiver.endpoint] != nil { ends?.isParticular = true }
    for relay in compiled.interfaceRelays[receiver.endpoint] ?? [] {
      for (number, listener) in network[relay].listeners.enumerated() where listener.present != .no {
        let mayKeep = targets(of: listener).contains { $0.keepsClient.may && $0.present.may }
        guard mayKeep || mayBeUnseen(in: listener) else { continue }
        let taken = mappings.preimage(atoms.mask(listener.traffic), rest.mapping).intersection(rest.domain)
        guard !taken.isEmpty else { continue }
        var here = rest
        here.keep(only: taken)
        uncertain(&here, listener.present)
        result.formUnion(pass(here, relay, listener: number, at: receiver, segment))
        if let open = listener.targetsOpen {
          // A target that nobody saw may be one that does not keep the client: then the request ends here.
          notes.note(open)
          var unseen = here
          unseen.must = BitSet(count: atoms.count)
          result.formUnion(endRequest(unseen, at: receiver, segment))
        }
        leave(taken, of: &rest, to: listener.present)
      }
    }
    if !rest.domain.isEmpty { result.formUnion(endRequest(rest, at: receiver, segment)) }
    return result
  }

  /// What a listener takes is not left for what comes after it; of one that may not be there it is left, and not surely.
  private func leave(_ taken: BitSet, of rest: inout WalkState, to present: Truth) {
    if present == .yes {
      rest.keep(only: rest.domain.subtracting(taken))
    } else {
      rest.must.subtract(taken)
    }
  }

  /// Whether the endpoint that the question wants as target may be one that is not seen.
  private func mayBeUnseen(in listener: Relay.Listener) -> Bool {
    listener.targetsOpen != nil && question.target != nil
  }

  /// RELAY: over the targets, of which reaching one is enough.
  private mutating func pass(
    _ start: WalkState, _ relay: RelayID, listener number: Int, at interface: Bearer, _ segment: SegmentID
  ) -> Outcome {
    let listener = network[relay].listeners[number]
    // What the same relay passed on before comes round for ever.
    if start.passages.contains(where: { $0.relay == relay && $0.segment == segment && $0.came == start.header }) {
      return stop(start, .relay(relay), .loop)
    }
    let all = targets(of: listener)
    let wanted = wanted(all)
    var result = Outcome.nothing
    var reached = Reached.never
    for target in wanted + unseen(in: listener) {
      result.formUnion(pass(start, relay, to: target, at: interface, segment, &reached))
    }
    if let open = listener.targetsOpen { notes.note(open) }
    if reached == .surely { return result }
    var state = start
    if wanted.contains(where: { $0.present == .yes }) {
      if reached == .perhaps { state.must = BitSet(count: atoms.count) }
      result.formUnion(reachNone(state, relay, wanted, at: interface, segment))
      return result
    }
    // Where none of them may be there, another is chosen, or the connection ends here.
    state.must = BitSet(count: atoms.count)
    let others = others(all)
    for target in others { result.formUnion(pass(state, relay, to: target, at: interface, segment, &reached)) }
    if !others.contains(where: { $0.present == .yes }) { result.formUnion(endRequest(state, at: interface, segment)) }
    if reached != .surely { result.formUnion(reachNone(state, relay, wanted + others, at: interface, segment)) }
    return result
  }

  /// Whether a relay's interface reaches some target.
  private enum Reached { case never, perhaps, surely }

  /// A request passed on to any endpoint that a target is, where this interface reaches it.
  private mutating func pass(
    _ start: WalkState, _ relay: RelayID, to target: Relay.Target, at interface: Bearer, _ segment: SegmentID,
    _ reached: inout Reached
  ) -> Outcome {
    var result = Outcome.nothing
    for (endpoint, all) in endpoints(of: target) {
      var (isReached, isMissed) = (false, target.present != .yes || existence(of: endpoint) != .yes)
      let outcome = choose(placements(all, of: endpoint, start)) { walk, placement -> Outcome in
        var state = start
        walk.choose(placement, of: endpoint, &state)
        let receiver = Bearer(endpoint: endpoint, placement: placement)
        guard walk.reaches(target, receiver, by: relay, from: segment, state.source.address.family) else {
          isMissed = true
          return .nothing
        }
        isReached = true
        walk.uncertain(&state, target.present)
        walk.uncertain(&state, walk.existence(of: endpoint))
        switch target.keepsClient {
        case .no: return walk.endRequest(state, at: interface, segment)
        case .yes: return walk.forward(state, relay, target, to: receiver, at: interface, segment)
        case .unknown(let unknown):
          walk.notes.note(unknown)
          return Outcome.choice([
            walk.forward(state, relay, target, to: receiver, at: interface, segment),
            walk.endRequest(state, at: interface, segment),
          ])
        }
      }
      if isReached { reached = isMissed && reached != .surely ? .perhaps : .surely }
      result.formUnion(outcome)
    }
    return result
  }

  /// Whether an endpoint as target has an address of the packet's family, and stands where the interface's relay reaches it.
  private func reaches(
    _ target: Relay.Target, _ receiver: Bearer, by relay: RelayID, from segment: SegmentID, _ family: IPFamily
  ) -> Bool {
    let placement = network[receiver.endpoint].placements[receiver.placement]
    let isNear = network[placement.segment].availabilityZone == network[segment].availabilityZone
    return (isNear || !network[relay].reachesSameZoneOnly)
      && addresses(of: target, at: placement).contains { compiled.mayBe($0, family) }
  }

  /// The addresses by which an endpoint is a target: the one that the target names, or those that it has.
  private func addresses(of target: Relay.Target, at placement: Placement) -> [HeldAddress] {
    target.address.map { [$0] } ?? placement.addresses
  }

  /// No target is reached from this interface: then a request that would have been passed on stops, and one whose client is not kept ends here.
  private mutating func reachNone(
    _ start: WalkState, _ relay: RelayID, _ wanted: [Relay.Target], at interface: Bearer, _ segment: SegmentID
  ) -> Outcome {
    var stopped = start
    judgeIngress(&stopped, interface, segment)
    if wanted.contains(where: { $0.present == .yes && $0.keepsClient == .yes }) {
      return stop(stopped, .relay(relay), .noTarget)
    }
    for unknown in wanted.compactMap(\.keepsClient.unknown) { notes.note(unknown) }
    return Outcome.choice([stop(stopped, .relay(relay), .noTarget), endRequest(start, at: interface, segment)])
  }

  /// The targets of a listener, each there as surely as its endpoint is.
  private func targets(of listener: Relay.Listener) -> [Relay.Target] {
    listener.targets.map { target in
      guard target.present == .yes else { return target }
      let existences = endpoints(of: target).map { existence(of: $0.0) }
      if existences.contains(.yes) { return target }
      var result = target
      result.present = existences.first { $0.may } ?? .no
      return result
    }
  }

  private func existence(of endpoint: EndpointID) -> Truth {
    isAskedAbout(endpoint) ? .yes : network[endpoint].exists
  }

  /// The targets that the question wants: the one it names if the listener has it, else any.
  private func wanted(_ all: [Relay.Target]) -> [Relay.Target] {
    let targets = all.filter(\.present.may)
    guard let wanted = question.target else { return targets }
    let named = targets.filter { target in endpoints(of: target).contains { $0.0 == wanted } }
    return named.isEmpty ? targets : named
  }

  /// The targets besides the one that the question names; none where it names none of them.
  private func others(_ all: [Relay.Target]) -> [Relay.Target] {
    guard let wanted = question.target else { return [] }
    let targets = all.filter(\.present.may)
    let others = targets.filter { target in !endpoints(of: target).contains { $0.0 == wanted } }
    return others.count == targets.count ? [] : others
  }

  /// The endpoint that the question wants as a target that is not seen, at every port that something tells from the others.
  private func unseen(in listener: Relay.Listener) -> [Relay.Target] {
    guard let open = listener.targetsOpen, let wanted = question.target else { return [] }
    var ports: Set<UInt16> = []
    for atom in 0..<atoms.count {
      let header = atoms.representative(atom)
      if header.protocol == listener.transport { ports.insert(header.destinationPort) }
    }
    return ([nil] + ports.sorted().map { $0 }).map {
      Relay.Target(.endpoint(wanted), port: $0, keepsClient: .unknown(open), present: .unknown(open))
    }
  }

  /// The endpoints that a target is: itself, or any interface of a relay behind this one; the one that the question wants, if it is among them.
  private func endpoints(of target: Relay.Target) -> [(EndpointID, Range<Int>)] {
    let all: [EndpointID] =
      switch target.destination {
      case .endpoint(let endpoint): [endpoint]
      case .relay(let relay): network[relay].interfaces
      }
    let chosen = question.target.flatMap { all.contains($0) ? [$0] : nil } ?? all
    return chosen.map { ($0, network[$0].placements.indices) }
  }

  private func placements(_ all: Range<Int>, of endpoint: EndpointID, _ state: WalkState) -> [Int] {
    chosenPlacement(of: endpoint, state).map { [$0] } ?? Array(all)
  }

  /// 6.1 to 6.3: the interface's layers, the rewritten packet, and on from the interface's segment.
  private mutating func forward(
    _ start: WalkState, _ relayID: RelayID, _ target: Relay.Target, to receiver: Bearer, at interface: Bearer,
    _ segment: SegmentID
  ) -> Outcome {
    var state = start
    judgeIngress(&state, interface, segment)
    let came = state.header
    let placement = network[receiver.endpoint].placements[receiver.placement]
    let held = addresses(of: target, at: placement)
    let relay = network[relayID]
    let here = network[interface.endpoint].placements[interface.placement]
    // On one machine no layer of an interface is met, and no way is taken (layers, 3.6).
    let isOnSameMachine = here.machine != nil && here.machine == placement.machine
    return eachAddress(of: held, family: state.source.address.family) { walk, address in
      var sent = state
      sent.destination = address
      sent.mapping = walk.rewritingPort(state.mapping, to: target.port)
      sent.bearer = interface
      sent.machine = here.machine
      let far = FarEnd(addressClass: address.addressClass, number: address.address.number, bearer: receiver)
      let layers = (isOnSameMachine ? [] : here.layers) + walk.network[interface.endpoint].layers
      walk.judge(
        &sent, layers: layers, of: interface.endpoint, .egress, far: far, named: receiver.endpoint)
      sent.passages.append(
        Passage(relay: relayID, segment: segment, came: came, sent: sent.header, isOnSameMachine: isOnSameMachine))
      sent.lastLeft = sent.header
      sent.routerSource = walk.compiled.address(of: interface, family: address.address.family)
      if isOnSameMachine { return walk.deliver(sent, placement.segment) }
      return walk.send(sent, segment, due: relay.meetsOwnBoundary)
    }
  }

  /// Whether the sender is one of the relay's clients: those of its own cluster. One that names no cluster serves everyone.
  private func serves(_ relay: RelayID) -> Bool {
    let clusters = network[relay].attributes.values[.cluster] ?? []
    if clusters.isEmpty { return true }
    let home: SegmentID
    switch question.origin {
    case .endpoint(let endpoint, let placement):
      if network[endpoint].attributes.values[.cluster]?.contains(where: clusters.contains) ?? false { return true }
      home = network[endpoint].placements[placement].segment
    case .host(let segment): home = segment
    case .zone: return false
    }
    return network[relay].interfaces.contains { interface in
      network[interface].placements.contains { $0.segment == home }
    }
  }

  /// The mapping in which the destination port is this one.
  mutating func rewritingPort(_ mapping: Int, to port: UInt16?) -> Int {
    guard let port else { return mapping }
    return mappings.composing(mapping, atoms: atoms) { point in
      point.protocol.hasPorts ? .ports(point.protocol, from: point.sourcePort, to: port) : point
    }
  }

  /// A relay at the source translates before the packet is sent (6.5); what it does not take is sent as it is.
  mutating func sourceRelays(_ start: WalkState, _ body: (inout Walk, WalkState) -> Outcome) -> Outcome {
    var result = Outcome.nothing
    var rest = start
    for relayID in compiled.sourceRelays(at: start.destination.address) where serves(relayID) {
      let relay = network[relayID]
      for listener in relay.listeners where listener.present != .no {
        let taken = atoms.mask(listener.traffic).intersection(rest.domain)
        let all = targets(of: listener)
        let wanted = wanted(all)
        // Where none of them may be there, another is chosen.
        let isThere = wanted.contains { $0.present == .yes }
        let others = isThere ? [] : others(all)
        let kept = (wanted + others + unseen(in: listener)).filter(\.keepsClient.may)
        // Where the client is not kept the connection ends at the relay, so the packet is sent there as it is.
        guard !taken.isEmpty, !kept.isEmpty else { continue }
        for target in kept {
          for (endpoint, places) in endpoints(of: target) {
            let outcome = choose(placements(places, of: endpoint, rest)) { walk, placement -> Outcome in
              var state = rest
              state.keep(only: taken)
              if !isThere { state.must = BitSet(count: walk.atoms.count) }
              walk.choose(placement, of: endpoint, &state)
              walk.uncertain(&state, listener.present)
              walk.uncertain(&state, target.present)
              walk.uncertain(&state, walk.existence(of: endpoint))
              walk.uncertain(&state, target.keepsClient)
              let held = walk.addresses(of: target, at: walk.network[endpoint].placements[placement])
              return walk.eachAddress(of: held, family: state.destination.address.family) { walk, address in
                var sent = state
                let came = sent.header
                sent.destination = address
                sent.mapping = walk.rewritingPort(0, to: target.port)
                sent.passages.append(Passage(relay: relayID, segment: nil, came: came, sent: sent.header))
                sent.lastLeft = sent.header
                return body(&walk, sent)
              }
            }
            result.formUnion(outcome)
          }
        }
        let isSure = isThere && wanted.allSatisfy { $0.keepsClient == .yes }
        leave(taken, of: &rest, to: isSure ? listener.present : .no)
      }
    }
    if !rest.domain.isEmpty { result.formUnion(body(&self, rest)) }
    return result
  }
}
