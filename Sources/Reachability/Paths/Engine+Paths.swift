package import NetworkModel
package import PacketSpace

extension Engine {
  /// Every path from a source to a destination, the shortest first: the direct connection, and those through relays that end connections
  /// and have the destination, or a relay before it, as target.
  ///
  /// Paths on which nothing may arrive are left out.
  ///
  /// - Parameters:
  ///   - source: where paths begin.
  ///   - destination: where they end.
  ///   - entering: the traffic that may leave the source.
  ///   - isLeftOut: whether paths whose first leg ends at an endpoint do not matter.
  /// - Returns: the paths, by length.
  package func paths(
    from source: Source, to destination: Destination, entering: TrafficSet = .any,
    leavingOut isLeftOut: (EndpointID) -> Bool = { _ in false }
  ) -> [RelayPath] {
    paths(from: source, to: destination, entering: entering, avoiding: [], leavingOut: isLeftOut)
      .sorted { $0.legs.count < $1.legs.count }
  }

  private func paths(
    from source: Source, to destination: Destination, entering: TrafficSet, avoiding: [RelayID],
    leavingOut isLeftOut: (EndpointID) -> Bool
  ) -> [RelayPath] {
    var found: [RelayPath] = []
    guard case .endpoint(let end) = destination else {
      return direct(source, destination, entering).map { [$0] } ?? []
    }
    if !isLeftOut(end), let direct = direct(source, destination, entering) { found.append(direct) }
    for entry in endingTargets(to: end) where !avoiding.contains(entry.relay) {
      let listener = network[entry.relay].listeners[entry.listener]
      let target = listener.targets[entry.target]
      for interface in network[entry.relay].interfaces where interface != end {
        let wanted = target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) }
        let leg = connection(.endpoint(interface), .endpoint(end))
        let arrives = leg.arrives.intersection(wanted ?? listener.traffic)
        if arrives.may.isEmpty { continue }
        let earlier = paths(
          from: source, to: .endpoint(interface), entering: entering, avoiding: avoiding + [entry.relay],
          leavingOut: isLeftOut)
        for path in earlier {
          if let joined = join(path, entry, listener, target, interface, end, leg, wanted ?? listener.traffic) {
            found.append(joined)
          }
        }
      }
    }
    return found
  }

  private func direct(_ source: Source, _ destination: Destination, _ entering: TrafficSet) -> RelayPath? {
    let connection = connection(source, destination)
    var arrives = connection.arrives
    var answered = connection.answered
    if !entering.isAny {
      // What enters is said of the sent packet, so the ways are looked at one by one.
      arrives = .nothing
      answered = .nothing
      for flow in flows(source, destination) {
        let all = flow.arrives.may.isEmpty || flow.sent.may == flow.arrives.may
        arrives = arrives.union(
          all
            ? flow.arrives.intersection(entering)
            : flow.sent.may.overlaps(entering) ? Bounds(may: flow.arrives.may, must: .none) : .nothing)
        answered = answered.union(
          all
            ? flow.answered.intersection(entering)
            : flow.sent.may.overlaps(entering) ? Bounds(may: flow.answered.may, must: .none) : .nothing)
      }
    }
    if arrives.may.isEmpty { return nil }
    return RelayPath(
      legs: [RelayPath.Leg(source: source, destination: destination, traffic: arrives.may, relay: nil)],
      arrives: arrives, answered: answered, entering: arrives, unknowns: connection.unknowns,
      assumptions: connection.assumptions)
  }

  private func join(
    _ path: RelayPath, _ entry: RelayPath.RelayTarget, _ listener: Relay.Listener, _ target: Relay.Target,
    _ interface: EndpointID, _ end: EndpointID, _ leg: Connection, _ wanted: TrafficSet
  ) -> RelayPath? {
    let through = path.answered.intersection(listener.traffic)
    if through.may.isEmpty { return nil }
    let sure = !through.must.isEmpty && listener.present == .yes && target.present == .yes && target.keepsClient == .no
    var joined = path
    joined.legs[joined.legs.count - 1].traffic = through.may
    joined.legs.append(
      RelayPath.Leg(
        source: .endpoint(interface), destination: .endpoint(end), traffic: leg.arrives.may.intersection(wanted),
        relay: entry))
    joined.arrives = Bounds(
      may: leg.arrives.may.intersection(wanted), must: sure ? leg.arrives.must.intersection(wanted) : .none)
    joined.answered = Bounds(
      may: leg.answered.may.intersection(wanted), must: sure ? leg.answered.must.intersection(wanted) : .none)
    if path.legs.count == 1 { joined.entering = through }
    for truth in [listener.present, target.present, target.keepsClient] {
      if let unknown = truth.unknown, !joined.unknowns.contains(unknown) { joined.unknowns.append(unknown) }
    }
    for unknown in leg.unknowns where !joined.unknowns.contains(unknown) { joined.unknowns.append(unknown) }
    for assumption in leg.assumptions + network[entry.relay].assumptions
    where !joined.assumptions.contains(assumption) {
      joined.assumptions.append(assumption)
    }
    return joined
  }

  /// The targets of relays that end the client's connection and open one to the endpoint.
  private func endingTargets(to endpoint: EndpointID) -> [RelayPath.RelayTarget] { endingTargets[endpoint] ?? [] }

  static func endingTargets(_ network: Network) -> [EndpointID: [RelayPath.RelayTarget]] {
    var found: [EndpointID: [RelayPath.RelayTarget]] = [:]
    for (number, relay) in network.relays.enumerated() {
      for (listenerNumber, listener) in relay.listeners.enumerated() where listener.present.may {
        for (targetNumber, target) in listener.targets.enumerated()
        where target.present.may && target.keepsClient != .yes {
          let entry = RelayPath.RelayTarget(relay: RelayID(number), listener: listenerNumber, target: targetNumber)
          switch target.destination {
          case .endpoint(let end): found[end, default: []].append(entry)
          case .relay(let inner):
            for end in network[inner].interfaces { found[end, default: []].append(entry) }
          }
        }
      }
    }
    return found
  }
}
