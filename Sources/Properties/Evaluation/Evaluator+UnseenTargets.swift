import Language
import NetworkModel
import PacketSpace
import Reachability

/// Targets that nobody saw: a relay's listener may send to more than is listed, and whom it may send to may be anybody (the walk, section 9).
extension Evaluator {
  /// A listener that a source may reach and whose targets are not all known.
  struct OpenListener {
    var interface: EndpointID
    var listener: Relay.Listener
    var unknown: UnknownID
  }

  /// The open listeners that a source may reach: by one connection, or on a path.
  func openListeners(behind source: SourceEnd, _ arrow: Arrow) -> [OpenListener] {
    let all = network.relays.enumerated().flatMap { number, relay in
      relay.listeners.indices.filter { relay.listeners[$0].present.may && relay.listeners[$0].targetsOpen != nil }
        .flatMap { listener in
          relay.interfaces.map { ClosedSet.Member(interface: $0, relay: RelayID(number), listener: listener) }
        }
    }
    if all.isEmpty { return [] }
    let onward = arrow == .path ? Set(closedSet(of: [source]).members) : []
    return all.compactMap { member in
      let listener = listener(member)
      guard source.endpoint != member.interface, let unknown = listener.targetsOpen else { return nil }
      // What translates at the source is asked of the sender itself.
      let isReached =
        network[member.relay].place == .source || onward.contains(member)
        || engine.connection(source.source, .endpoint(member.interface)).arrives.may.overlaps(listener.traffic)
      return isReached ? OpenListener(interface: member.interface, listener: listener, unknown: unknown) : nil
    }
  }

  /// What may get to a target because an open listener may open a connection to it, where nothing else does; what the listener passes on of
  /// its client's the engine looks at.
  func unseen(_ source: SourceEnd, _ target: TargetEnd, _ open: [OpenListener], on: TrafficSet?) -> Violation? {
    guard !open.isEmpty, let end = target.endpoint else { return nil }
    let wanted = (on ?? .any).intersection(network.endpoints[end.offset].accepts ?? .any)
    for entry in open where entry.interface != end && !wanted.isEmpty {
      let (relay, destination) = (Source.endpoint(entry.interface), Destination.endpoint(end))
      if engine.shut(relay, destination, on: wanted) != nil { continue }
      let traffic = engine.connection(relay, destination).arrives.may.intersection(wanted)
      if traffic.isEmpty { continue }
      var reach = Reach()
      reach.unknowns = [entry.unknown]
      return Violation(
        source: source, target: target, traffic: traffic.forgettingSourcePorts, isSure: false, isOneWay: false,
        reach: reach, reason: "not all targets behind \(explainer.name(entry.interface)) are known",
        place: entry.listener.derivation)
    }
    return nil
  }
}
