import NetworkModel
import PacketSpace

// RELAY, client kept (the walk, section 6).
extension Walk {
  /// A target as a walk may choose it.
  struct Candidate {
    var listener: Int
    /// `nil` for one that is not seen and may exist.
    var target: Int?
    var bearer: Bearer
    var address: PacketAddress
    var port: UInt16?
    var keepsClient: Truth
  }

  /// What happens to a packet delivered to an endpoint that is a relay's interface; `nil`: the connection ends there.
  mutating func relay(at interface: Bearer, in segment: SegmentID, _ packet: Packet) -> Step? {
    for index in network.relays.indices {
      let relay = RelayID(index)
      guard network[relay].place == .interface, network[relay].interfaces.contains(interface.endpoint),
        let listener = listener(of: relay, for: packet)
      else { continue }
      let (reached, isKept) = candidates(of: relay, listener, from: segment, packet)
      guard isKept else { return nil }
      guard !reached.isEmpty else {
        judgeIngress(interface, packet)
        return stop(.relay(relay), .noTarget)
      }
      let chosen = reached[completion.choose(of: reached.count, .some)]
      guard keepsClient(relay, chosen) else { return nil }
      return pass(packet, through: relay, at: interface, in: segment, to: chosen)
    }
    return nil
  }

  /// The listener of a protocol and port.
  private mutating func listener(of relay: RelayID, for packet: Packet) -> Int? {
    for (index, listener) in network[relay].listeners.enumerated()
    where listener.traffic.contains(packet.traffic)
      && completion.settle(listener.present, key: .listenerPresent(relay, index))
    {
      return index
    }
    return nil
  }

  private mutating func keepsClient(_ relay: RelayID, _ candidate: Candidate) -> Bool {
    guard let target = candidate.target else { return true }
    return completion.settle(candidate.keepsClient, key: .clientKept(relay, candidate.listener, target))
  }

  /// The targets that an interface reaches, and whether the listener keeps clients at all.
  ///
  /// Where the question names a target of this listener, it is the only one.
  private mutating func candidates(
    of relay: RelayID, _ listener: Int, from segment: SegmentID?, _ packet: Packet
  ) -> (reached: [Candidate], isKept: Bool) {
    var all: [Candidate] = []
    for (index, target) in network[relay].listeners[listener].targets.enumerated()
    where completion.settle(target.present, key: .targetPresent(relay, listener, index)) {
      for endpoint in endpoints(of: target.destination) {
        let bearer = bearer(endpoint)
        guard let address = self.address(of: bearer, target.address, packet.destination.family) else { continue }
        all.append(
          Candidate(
            listener: listener, target: index, bearer: bearer, address: address, port: target.port,
            keepsClient: target.keepsClient))
      }
    }
    if let asked = question.target {
      if all.contains(where: { $0.bearer.endpoint == asked }) {
        all = all.filter { $0.bearer.endpoint == asked }
      } else if let open = network[relay].listeners[listener].targetsOpen {
        let bearer = bearer(asked)
        if completion.settle(.unknown(open), key: .targetUnseen(relay, listener)),
          let address = self.address(of: bearer, packet.destination.family)
        {
          all = [
            Candidate(
              listener: listener, target: nil, bearer: bearer, address: address, port: nil, keepsClient: .yes)
          ]
        }
      }
    }
    let reached = all.filter { candidate in
      guard network[relay].reachesSameZoneOnly, let segment else { return true }
      return network[placement(candidate.bearer).segment].availabilityZone == network[segment].availabilityZone
    }
    return (reached, all.contains { $0.keepsClient != .no })
  }

  /// The endpoints that a target is: itself, or any interface of a relay behind this one.
  private func endpoints(of destination: Relay.Target.Destination) -> [EndpointID] {
    switch destination {
    case .endpoint(let endpoint): [endpoint]
    case .relay(let relay): network[relay].interfaces
    }
  }

  private func address(of bearer: Bearer, _ held: HeldAddress?, _ family: IPFamily) -> PacketAddress? {
    guard let held else { return address(of: bearer, family) }
    return completion.address(held, ofSecond: bearer.isSecond)
  }

  /// 6.1 to 6.3.
  private mutating func pass(
    _ packet: Packet, through relay: RelayID, at interface: Bearer, in segment: SegmentID, to target: Candidate
  ) -> Step {
    guard relayed.insert(RelayVisit(interface: interface.endpoint, packet: packet)).inserted else {
      return stop(.relay(relay), .loop)
    }
    assumptions.formUnion(network[relay].assumptions)
    judgeIngress(interface, packet)
    if target.target == nil { block(.relay(relay), .noTarget, isSure: false) }
    pass(.relay(relay), .listener(relay, listener: target.listener, target: target.target ?? 0))
    let left = directed(packet, to: target)
    let here = placement(interface).machine
    let isOnSameMachine = share(here, placement(target.bearer).machine)
    let sight = Sight(.egress, left, far: target.bearer, destination: target.bearer.endpoint)
    judgeLayers(network[interface.endpoint].layers, of: interface.endpoint, sight)
    if !isOnSameMachine { judgeLayers(placement(interface).layers, of: interface.endpoint, sight) }

    records.append(.relay(relay, segment, came: packet, left: left, sameMachine: isOnSameMachine))
    sender = interface
    lastMachine = here
    sourceShown = packet.destination
    passedOnBy.insert(interface.endpoint)
    passedOnTo = target.bearer
    if isOnSameMachine { return .deliver(placement(target.bearer).segment, left) }
    return .send(segment, left, due: network[relay].meetsOwnBoundary ? network[segment].outFilters : [])
  }

  private func directed(_ packet: Packet, to target: Candidate) -> Packet {
    var result = packet
    result.destination = target.address
    if let port = target.port {
      result.traffic = .ports(packet.traffic.protocol, from: packet.traffic.sourcePort, to: port)
    }
    return result
  }

  // MARK: 6.4

  /// Translates an answer back through the relays that find it by their state, the innermost first.
  mutating func undoRelays(_ answer: Packet, in segment: SegmentID) -> (Packet, SegmentID) {
    var (answer, segment) = (answer, segment)
    for record in records.reversed() {
      guard case .relay(let relay, let home, let came, let left, let sameMachine) = record else { continue }
      guard network[relay].answersByState, left.answer == answer, let before = came.answer else { break }
      if segment != home, !sameMachine {
        judgeBoundary(segment, network[segment].outFilters, .egress, answer)
      }
      (answer, segment) = (before, home)
    }
    return (answer, segment)
  }

  // MARK: 6.5

  /// A relay that translates at the source, whose address the packet bears as destination: rewritten before the first SEND.
  ///
  /// `nil`: it has no target.
  mutating func translateAtSource(_ packet: Packet, by relay: RelayID) -> Packet? {
    guard let listener = listener(of: relay, for: packet) else { return packet }
    let (reached, isKept) = candidates(of: relay, listener, from: nil, packet)
    guard isKept else { return packet }
    guard !reached.isEmpty else { return nil }
    let chosen = reached[completion.choose(of: reached.count, .some)]
    guard keepsClient(relay, chosen) else { return packet }
    assumptions.formUnion(network[relay].assumptions)
    if chosen.target == nil { block(.relay(relay), .noTarget, isSure: false) }
    pass(.relay(relay), .listener(relay, listener: chosen.listener, target: chosen.target ?? 0))
    let left = directed(packet, to: chosen)
    records.append(.atSource(came: packet, left: left))
    passedOnTo = chosen.bearer
    return left
  }
}
