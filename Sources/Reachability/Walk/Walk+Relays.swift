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
        guard listener.targets.contains(where: { $0.keepsClient.may && $0.present.may }) else { continue }
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
        rest.keep(only: rest.domain.subtracting(taken))
      }
    }
    if !rest.domain.isEmpty { result.formUnion(endRequest(rest, at: receiver, segment)) }
    return result
  }

  /// RELAY: over the targets, of which reaching one is enough.
  private mutating func pass(
    _ start: WalkState, _ relay: RelayID, listener number: Int, at interface: Bearer, _ segment: SegmentID
  ) -> Outcome {
    let listener = network[relay].listeners[number]
    var result = Outcome.nothing
    var reached = false
    for target in wanted(listener.targets) where target.present.may {
      for (endpoint, targetPlacements) in endpoints(of: target) {
        let outcome = choose(placements(targetPlacements, of: endpoint, start)) { walk, placement -> Outcome in
          var state = start
          state.chosenPlacements[endpoint] = placement
          let receiver = Bearer(endpoint: endpoint, placement: placement)
          let targetSegment = walk.network[endpoint].placements[placement].segment
          if walk.network[relay].reachesSameZoneOnly,
            walk.network[targetSegment].availabilityZone != walk.network[segment].availabilityZone
          {
            return .nothing
          }
          reached = true
          walk.uncertain(&state, target.present)
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
        result.formUnion(outcome)
      }
    }
    if let open = listener.targetsOpen { notes.note(open) }
    if !reached {
      var state = start
      judgeIngress(&state, interface, segment)
      return stop(state, .relay(relay), .noTarget)
    }
    return result
  }

  /// The targets that the question wants: the one it names if the listener has it, else any.
  private func wanted(_ targets: [Relay.Target]) -> [Relay.Target] {
    guard let wanted = question.target else { return targets }
    let named = targets.filter { $0.destination == .endpoint(wanted) }
    return named.isEmpty ? targets : named
  }

  private func endpoints(of target: Relay.Target) -> [(EndpointID, Range<Int>)] {
    switch target.destination {
    case .endpoint(let endpoint): [(endpoint, network[endpoint].placements.indices)]
    case .relay(let relay): network[relay].interfaces.map { ($0, network[$0].placements.indices) }
    }
  }

  private func placements(_ all: Range<Int>, of endpoint: EndpointID, _ state: WalkState) -> [Int] {
    state.chosenPlacements[endpoint].map { [$0] } ?? Array(all)
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
    let held = target.address.map { [$0] } ?? placement.addresses
    let relay = network[relayID]
    return eachAddress(of: held, family: state.source.address.family) { walk, address in
      var sent = state
      sent.destination = address
      sent.mapping = walk.rewritingPort(state.mapping, to: target.port)
      sent.bearer = interface
      sent.machine = walk.network[interface.endpoint].placements[interface.placement].machine
      let far = FarEnd(addressClass: address.addressClass, number: address.address.number, bearer: receiver)
      let layers =
        walk.network[interface.endpoint].placements[interface.placement].layers
        + walk.network[interface.endpoint].layers
      walk.judge(
        &sent, layers: layers, of: interface.endpoint, .egress, far: far, named: receiver.endpoint)
      sent.passages.append(Passage(relay: relayID, segment: segment, came: came, sent: sent.header))
      sent.lastLeft = sent.header
      sent.routerSource = walk.compiled.address(of: interface, family: address.address.family)
      return walk.send(sent, segment, due: relay.meetsOwnBoundary)
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
    for relayID in compiled.sourceRelays(at: start.destination.address) {
      let relay = network[relayID]
      for listener in relay.listeners where listener.present != .no {
        let taken = atoms.mask(listener.traffic).intersection(rest.domain)
        guard !taken.isEmpty, !listener.targets.isEmpty || listener.targetsOpen != nil else { continue }
        for target in wanted(listener.targets) where target.present.may && target.keepsClient.may {
          for (endpoint, all) in endpoints(of: target) {
            let outcome = choose(placements(all, of: endpoint, rest)) { walk, placement -> Outcome in
              var state = rest
              state.keep(only: taken)
              state.chosenPlacements[endpoint] = placement
              walk.uncertain(&state, listener.present)
              walk.uncertain(&state, target.present)
              walk.uncertain(&state, target.keepsClient)
              let held =
                target.address.map { [$0] } ?? walk.network[endpoint].placements[placement].addresses
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
        rest.keep(only: rest.domain.subtracting(taken))
      }
    }
    if !rest.domain.isEmpty { result.formUnion(body(&self, rest)) }
    return result
  }
}
