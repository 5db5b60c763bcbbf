import NetworkModel
import PacketSpace
import Reachability

extension Evaluator {
  /// The listeners of relays that the sources of a flow may reach, one behind another: with the sources, the closed set of a proof (design
  /// section 5, "Certificates"). It holds no target, and no connection leaves it.
  struct ClosedSet {
    /// A listener at one of its relay's interfaces.
    struct Member: Hashable {
      var interface: EndpointID
      var relay: RelayID
      var listener: Int
    }

    /// In the order in which they are reached.
    var members: [Member] = []
  }

  /// The closed set of some sources. Where `sparesInternetTraffic`, what all of the internet may send to a listener too does not count for
  /// sources that are endpoints.
  func closedSet(
    of sources: [SourceEnd], sparesInternetTraffic: Bool = false, entering: TrafficSet? = nil
  ) -> ClosedSet {
    let candidates = listenersThatGoOn
    var set = ClosedSet()
    set.members = candidates.filter { member in
      sources.contains { source in
        var answered = answered(source.source, at: member.interface, entering: entering)
          .intersection(listener(member).traffic)
        if sparesInternetTraffic, source.endpoint != nil, !answered.isEmpty {
          answered.subtract(sentByAllOfTheInternet(to: member.interface))
        }
        return !answered.isEmpty
      }
    }
    var next = 0
    while next < set.members.count {
      let member = set.members[next]
      next += 1
      for other in candidates where !set.members.contains(other) {
        if opened(by: member, to: other.interface, \.answered).overlaps(listener(other).traffic) {
          set.members.append(other)
        }
      }
    }
    return set
  }

  private func answered(_ source: Source, at interface: EndpointID, entering: TrafficSet?) -> TrafficSet {
    guard let entering else { return engine.connection(source, .endpoint(interface)).answered.may }
    let direct = engine.paths(from: source, to: .endpoint(interface), entering: entering).first { $0.legs.count == 1 }
    return direct?.answered.may ?? .none
  }

  /// The listeners that end connections and open others.
  var listenersThatGoOn: [ClosedSet.Member] {
    network.relays.indices.filter { network.relays[$0].place == .interface }.flatMap { number in
      network.relays[number].interfaces.flatMap { interface in
        network.relays[number].listeners.indices.map {
          ClosedSet.Member(interface: interface, relay: RelayID(number), listener: $0)
        }
      }
    }.filter { !endingTargets(of: $0).isEmpty || (listener($0).present.may && listener($0).targetsOpen != nil) }
  }

  func listener(_ member: ClosedSet.Member) -> Relay.Listener {
    network.relays[member.relay.offset].listeners[member.listener]
  }

  private func endingTargets(of member: ClosedSet.Member) -> [Relay.Target] {
    let listener = listener(member)
    return listener.present.may ? listener.targets.filter { $0.present.may && $0.keepsClient != .yes } : []
  }

  /// What a listener may open to an endpoint, as it arrives.
  private func opened(
    by member: ClosedSet.Member, to endpoint: EndpointID, _ which: KeyPath<Connection, Bounds<TrafficSet>>
  ) -> TrafficSet {
    let listener = listener(member)
    // A target that nobody saw may be anybody, at any port.
    var wanted = listener.present.may && listener.targetsOpen != nil ? TrafficSet.any : .none
    for target in endingTargets(of: member) {
      switch target.destination {
      case .endpoint(let end): if end != endpoint { continue }
      case .relay(let inner): if !network[inner].interfaces.contains(endpoint) { continue }
      }
      wanted.formUnion(
        target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) } ?? listener.traffic)
    }
    if wanted.isEmpty { return .none }
    let connection = engine.connection(.endpoint(member.interface), .endpoint(endpoint))
    return connection[keyPath: which].may.intersection(wanted)
  }

  /// Holds a proof about paths against its closed set, which is found from the sources on where paths are found from the target back, and
  /// says what the set is.
  func confirm(_ verdict: inout PropertyVerdict, _ sources: [SourceEnd], _ targets: [TargetEnd], on: TrafficSet?) {
    let set = closedSet(of: sources)
    for member in set.members {
      for target in targets {
        guard let end = target.endpoint, opened(by: member, to: end, \.arrives).overlaps(on ?? .any) else { continue }
        verdict.verdict = .undecided
        verdict.notes.append(
          "no path was found, and yet \(explainer.name(member.interface)) is reached and may reach \(target.name.name)")
        return
      }
    }
    var names: [String] = []
    for name in set.members.map({ explainer.name($0.interface) }) where !names.contains(name) { names.append(name) }
    if names.isEmpty { return }
    let shown = names.prefix(5).joined(separator: ", ")
    let rest = names.count > 5 ? " and \(names.count - 5) more" : ""
    verdict.notes.append("closed set: the sources may reach \(shown)\(rest), and by these none of the targets")
  }
}
