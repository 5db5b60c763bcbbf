import NetworkModel
import PacketSpace

// RELAY, client kept (the walk, section 6).
extension Walk {
  /// What happens to a packet delivered to an endpoint that is a relay's interface; `nil`: the connection ends there.
  mutating func relay(at interface: Bearer, in segment: SegmentID, _ packet: Packet) -> Step? {
    for index in network.relays.indices {
      let relay = RelayID(index)
      guard network[relay].place == .interface, network[relay].interfaces.contains(interface.endpoint),
        let listener = listener(of: relay, for: packet)
      else { continue }
      switch choice(of: relay, listener, from: segment, packet) {
      case .endsHere: return nil
      case .noTarget:
        judgeIngress(interface, packet)
        return stop(.relay(relay), .noTarget)
      case .target(let target): return pass(packet, through: relay, at: interface, in: segment, to: target)
      }
    }
    return nil
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
    let chosen: Candidate
    switch choice(of: relay, listener, from: nil, packet) {
    case .endsHere: return packet
    case .noTarget: return nil
    case .target(let target): chosen = target
    }
    assumptions.formUnion(network[relay].assumptions)
    pass(.relay(relay), .listener(relay, listener: chosen.listener, target: chosen.target ?? 0))
    let left = directed(packet, to: chosen)
    records.append(.atSource(came: packet, left: left))
    passedOnTo = chosen.bearer
    return left
  }
}
