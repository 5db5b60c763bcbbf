import NetworkModel
import PacketSpace

// Which target a relay chooses (the walk, 6.1), and whether the client is kept.
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

  enum Choice {
    /// The client is not kept: the connection ends at the relay.
    case endsHere
    /// The interface reaches no target.
    case noTarget
    case target(Candidate)
  }

  /// The listener of a protocol and port.
  mutating func listener(of relay: RelayID, for packet: Packet) -> Int? {
    for (index, listener) in network[relay].listeners.enumerated()
    where listener.traffic.contains(packet.traffic)
      && completion.settle(listener.present, key: .listenerPresent(relay, index))
    {
      return index
    }
    return nil
  }

  /// A target that the interface reaches; where several are left, any that lets the packet through.
  mutating func choice(of relay: RelayID, _ listener: Int, from segment: SegmentID?, _ packet: Packet) -> Choice {
    let candidates = candidates(of: relay, listener, packet)
    let reached = candidates.filter { candidate in
      guard network[relay].reachesSameZoneOnly, let segment else { return true }
      return network[placement(candidate.bearer).segment].availabilityZone == network[segment].availabilityZone
    }
    if reached.isEmpty { return keepsAny(of: relay, listener) ? .noTarget : .endsHere }
    let chosen = reached[completion.choose(of: reached.count, .some)]
    return keepsClient(relay, chosen) ? .target(chosen) : .endsHere
  }

  private mutating func keepsClient(_ relay: RelayID, _ candidate: Candidate) -> Bool {
    let listener = candidate.listener
    let key = candidate.target.map { Completion.Key.clientKept(relay, listener, $0) }
    return completion.settle(candidate.keepsClient, key: key ?? .clientKeptUnseen(relay, listener))
  }

  /// Whether the client of some target is kept, though none is reached: one of another family, or of another zone.
  private mutating func keepsAny(of relay: RelayID, _ listener: Int) -> Bool {
    let named = question.target.flatMap { isTarget($0, of: relay, listener) ? $0 : nil }
    for (index, target) in network[relay].listeners[listener].targets.enumerated()
    where (named == nil || endpoints(of: target.destination).contains { $0 == named })
      && completion.settle(target.present, key: .targetPresent(relay, listener, index))
      && endpoints(of: target.destination).contains(where: { isThere($0) })
      && completion.settle(target.keepsClient, key: .clientKept(relay, listener, index))
    {
      return true
    }
    return false
  }

  /// Whether an endpoint is a target of the listener, by whatever address.
  private mutating func isTarget(_ endpoint: EndpointID, of relay: RelayID, _ listener: Int) -> Bool {
    for (index, target) in network[relay].listeners[listener].targets.enumerated()
    where endpoints(of: target.destination).contains(endpoint)
      && completion.settle(target.present, key: .targetPresent(relay, listener, index))
    {
      return true
    }
    return false
  }

  /// The targets of a listener; where the question names one of them, it is the only one.
  private mutating func candidates(of relay: RelayID, _ listener: Int, _ packet: Packet) -> [Candidate] {
    var all: [Candidate] = []
    for (index, target) in network[relay].listeners[listener].targets.enumerated()
    where completion.settle(target.present, key: .targetPresent(relay, listener, index)) {
      for endpoint in endpoints(of: target.destination) where isThere(endpoint) {
        let bearer = bearer(endpoint)
        guard let address = address(of: bearer, target.address, packet.destination.family) else { continue }
        all.append(
          Candidate(
            listener: listener, target: index, bearer: bearer, address: address, port: target.port,
            keepsClient: target.keepsClient))
      }
    }
    guard let asked = question.target else { return all }
    let named = all.filter { $0.bearer.endpoint == asked }
    if let unseen = unseenTarget(asked, of: relay, listener, packet) { return named + [unseen] }
    // One that is there and has no address of the packet's family is chosen all the same, and not reached.
    return isTarget(asked, of: relay, listener) ? named : all
  }

  /// The endpoint asked for may be an unseen target of an open list, at any port.
  private mutating func unseenTarget(
    _ asked: EndpointID, of relay: RelayID, _ listener: Int, _ packet: Packet
  ) -> Candidate? {
    guard let open = network[relay].listeners[listener].targetsOpen else { return nil }
    let bearer = bearer(asked)
    guard let address = address(of: bearer, packet.destination.family),
      completion.settle(.unknown(open), key: .targetUnseen(relay, listener))
    else { return nil }
    let ports = distinctPorts(packet.traffic)
    return Candidate(
      listener: listener, target: nil, bearer: bearer, address: address,
      port: ports[completion.choose(of: ports.count, key: .portUnseen(relay, listener), unknown: open)],
      keepsClient: .unknown(open))
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
    // Families never mix (8).
    return completion.address(held, ofSecond: bearer.isSecond).flatMap { $0.family == family ? $0 : nil }
  }
}
