import NetworkModel
import PacketSpace
import Reachability

/// Properties about flows.
extension Evaluator {
  /// A pair that violates, or may.
  struct Violation {
    var source: SourceEnd
    var target: TargetEnd
    var traffic: TrafficSet
    var isSure: Bool
    var isOneWay: Bool
    var reach: Reach
  }

  /// What is asked of the pairs of a flow.
  struct FlowResult {
    var violations: [Violation] = []
    var sources = 0
    var targets = 0
    var unknowns: [UnknownID] = []
    var assumptions: [AssumptionID] = []
    var notes: [String] = []

    mutating func note(_ reach: Reach) {
      for assumption in reach.assumptions where !assumptions.contains(assumption) { assumptions.append(assumption) }
    }
  }

  /// `forbid`: proved if nothing *may* arrive, violated if something *must* arrive over *must* sources and targets.
  func forbid(
    _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, sparesInternetTraffic: Bool = true
  ) -> FlowResult {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    for source in sources {
      for target in targets {
        if isOutside(source), isOutside(target) { continue }
        let reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        var arrives = reach.arrives
        if arrives.may.isEmpty { continue }
        if sparesInternetTraffic, case .endpoint = source.source, case .endpoint(let to) = target.destination {
          let spared = sentByAllOfTheInternet(to: to)
          if arrives.may.overlaps(spared) {
            arrives = Bounds(may: arrives.may.subtracting(spared), must: arrives.must.subtracting(spared))
            let note =
              "\(spared) to \(target.name.name) is left out between endpoints: all of the internet may send it there too"
            if !result.notes.contains(note) { result.notes.append(note) }
          }
        }
        if arrives.may.isEmpty { continue }
        let isSure = source.value == .yes && target.value == .yes && !arrives.must.isEmpty
        let traffic = isSure ? arrives.must : arrives.may
        // Only TCP needs an answer to be of use.
        let isOneWay =
          TrafficSet(.tcp).contains(traffic)
          && !reach.answered.may.forgettingSourcePorts.overlaps(traffic.forgettingSourcePorts)
        var violation = Violation(
          source: source, target: target, traffic: traffic.forgettingSourcePorts, isSure: isSure, isOneWay: isOneWay,
          reach: reach)
        for truth in [source.value, target.value] {
          if let unknown = truth.named, !violation.reach.unknowns.contains(unknown) {
            violation.reach.unknowns.append(unknown)
          }
        }
        result.violations.append(violation)
      }
    }
    return result
  }

  private func isOutside(_ end: SourceEnd) -> Bool { if case .zone = end.source { true } else { false } }

  private func isOutside(_ end: TargetEnd) -> Bool { if case .zone = end.destination { true } else { false } }

  /// `require`: each source to each destination, all of the traffic, over the whole range of the client's source ports.
  func require(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow) -> FlowResult {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    for source in sources {
      for target in targets {
        if case .endpoint(let from) = source.source, case .endpoint(let to) = target.destination, from == to {
          continue
        }
        if isOutside(source), isOutside(target) { continue }
        let wanted = wanted(flow.on ?? .any, from: source)
        var reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        let needsSome = flow.on == nil
        let isMet = needsSome ? !reach.answered.must.isEmpty : reach.answered.must.contains(wanted)
        if isMet { continue }
        let mayBeMet = needsSome ? !reach.answered.may.isEmpty : reach.answered.may.contains(wanted)
        let isSure = source.value == .yes && target.value == .yes && !mayBeMet
        for truth in [source.value, target.value] {
          if let unknown = truth.named, !reach.unknowns.contains(unknown) { reach.unknowns.append(unknown) }
        }
        let missing = needsSome ? TrafficSet.any : wanted.subtracting(isSure ? reach.answered.may : reach.answered.must)
        result.violations.append(
          Violation(
            source: source, target: target, traffic: missing.forgettingSourcePorts, isSure: isSure, isOneWay: false,
            reach: reach))
      }
    }
    return result
  }

  /// The traffic from every source port that such a client uses: 32768–60999, of load balancers and NAT 1024–65535.
  private func wanted(_ traffic: TrafficSet, from source: SourceEnd) -> TrafficSet {
    let isBalancer = ["alb", "nlb"].contains(source.name.kind)
    let range = PortSet(PortRange(lower: isBalancer ? 1024 : 32768, upper: isBalancer ? 65535 : 60999))
    var clients = TrafficSet.any
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      clients = clients.subtracting(TrafficSet(proto, source: range.complement))
    }
    return traffic.intersection(clients)
  }

  // MARK: Encryption

  /// How well a connection is encrypted, three-valued against a minimum.
  enum Protection {
    case enough
    case tooWeak(String)
    case notKnown(String)
  }

  /// `encrypted`: every *may* arrival of TCP is encrypted for sure; a path is as good as its weakest hop.
  func encrypted(
    _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, minimum: TLSVersion?
  ) -> (FlowResult, reasons: [String], places: [Derivation]) {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    var reasons: [String] = []
    var places: [Derivation] = []
    result.notes.append("ICMP, UDP and other protocols are not judged: listeners declare the encryption of TCP only")
    for source in sources {
      for target in targets {
        if isOutside(source), isOutside(target) { continue }
        let reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        let arrives = reach.arrives.intersection(TrafficSet(.tcp))
        if arrives.may.isEmpty { continue }
        for (part, protection, place) in protections(source, target, arrives.may, reach, minimum) {
          let isSure: Bool
          let reason: String
          switch protection {
          case .enough: continue
          case .tooWeak(let why):
            isSure = source.value == .yes && target.value == .yes && arrives.must.overlaps(part)
            reason = why
          case .notKnown(let why):
            isSure = false
            reason = why
          }
          result.violations.append(
            Violation(
              source: source, target: target, traffic: part.forgettingSourcePorts, isSure: isSure, isOneWay: false,
              reach: reach))
          reasons.append(reason)
          places.append(place)
        }
      }
    }
    return (result, reasons, places)
  }

  /// The parts of the traffic that are treated alike, with what protects each and where that is said.
  private func protections(
    _ source: SourceEnd, _ target: TargetEnd, _ traffic: TrafficSet, _ reach: Reach, _ minimum: TLSVersion?
  ) -> [(TrafficSet, Protection, Derivation)] {
    guard case .endpoint(let endpoint) = target.destination else {
      return [(traffic, .notKnown("what lies outside the snapshot says nothing of its encryption"), .none)]
    }
    // A path through relays is as good as its weakest leg; the client's leg is judged where it enters.
    var parts: [(TrafficSet, Protection, Derivation)] = []
    let isRelay = interfaceRelay(source)
    var rest = traffic
    if let relay = isRelay {
      for listener in network[relay].listeners {
        for entry in listener.targets where entry.destination == .endpoint(endpoint) {
          let port =
            entry.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) } ?? listener.traffic
          let part = rest.intersection(port)
          if part.isEmpty { continue }
          rest = rest.subtracting(part)
          parts.append((part, judge(entry.encryption, endpoint, part, minimum), entry.derivation))
        }
      }
    }
    for path in reach.paths where path.legs.count > 1 {
      for leg in path.legs.dropFirst() {
        guard let relay = leg.relay else { continue }
        let listener = network[relay.relay].listeners[relay.listener]
        let part = rest.intersection(path.arrives.may)
        if part.isEmpty { continue }
        let front = judge(listener.encryption, endpoint, part, minimum)
        let entry = listener.targets[relay.target]
        let back = judge(entry.encryption, endpoint, part, minimum)
        rest = rest.subtracting(part)
        if case .enough = front {
          parts.append((part, back, entry.derivation))
        } else {
          parts.append((part, front, listener.derivation))
        }
      }
    }
    for service in network[endpoint].services {
      let part = rest.intersection(service.traffic)
      if part.isEmpty { continue }
      rest = rest.subtracting(part)
      parts.append((part, judge(service.encryption, endpoint, part, minimum), service.derivation))
    }
    if !rest.isEmpty {
      parts.append(
        (rest, .notKnown("nothing says whether \(target.name.name) encrypts it"), network[endpoint].derivation))
    }
    return parts
  }

  private func interfaceRelay(_ source: SourceEnd) -> RelayID? {
    guard case .endpoint(let endpoint) = source.source else { return nil }
    return network.relays.indices.map { RelayID($0) }.first {
      network[$0].place == .interface && network[$0].interfaces.contains(endpoint)
    }
  }

  private func judge(_ encryption: Encryption, _ endpoint: EndpointID, _ traffic: TrafficSet, _ minimum: TLSVersion?)
    -> Protection
  {
    switch encryption {
    case .redirectOnly: return .enough
    case .plaintext: return .tooWeak("it is plaintext")
    case .mixed: return .tooWeak("plaintext is accepted beside TLS")
    case .required(let version):
      guard let minimum else { return .enough }
      guard let version else { return .notKnown("TLS is required, and its least version is not known") }
      return version >= minimum ? .enough : .tooWeak("\(version) is accepted, less than \(minimum)")
    case .unknown(let unknown): return .notKnown(network[unknown].reason)
    case .unstated: return .notKnown("nothing says whether it is encrypted")
    case .passthrough: return passedThrough(endpoint, traffic, minimum)
    }
  }

  /// A balancer that reads nothing is as good as the worst of its targets.
  private func passedThrough(_ endpoint: EndpointID, _ traffic: TrafficSet, _ minimum: TLSVersion?) -> Protection {
    var worst = Protection.enough
    for relay in network.relays where relay.interfaces.contains(endpoint) {
      for listener in relay.listeners where listener.traffic.overlaps(traffic) {
        for target in listener.targets {
          guard case .endpoint(let end) = target.destination else {
            return .notKnown("what the relay behind it does is not followed")
          }
          let port =
            target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) } ?? listener.traffic
          let service = network[end].services.first { $0.traffic.contains(port) }
          let next = service.map { $0.encryption == .passthrough ? .unstated : $0.encryption } ?? .unstated
          switch judge(next, end, port, minimum) {
          case .enough: break
          case .tooWeak(let why): return .tooWeak("it is passed on unread, and \(network[end].identity.name): \(why)")
          case .notKnown(let why): worst = .notKnown("it is passed on unread to \(network[end].identity.name): \(why)")
          }
        }
      }
    }
    return worst
  }
}
