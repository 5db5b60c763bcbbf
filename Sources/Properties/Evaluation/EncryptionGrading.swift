import Language
import NetworkModel
import PacketSpace
import Reachability

/// Grades the legs of a path: the weakest decides.
struct EncryptionGrading {
  enum Grade {
    case enough
    /// Why, and where that is stated.
    case lacking(String, Derivation)
    /// Not known, or not stated.
    case open(UnknownID?, String, Derivation)

    /// Higher is worse.
    var rank: Int {
      switch self {
      case .enough: 0
      case .open: 1
      case .lacking: 2
      }
    }
  }

  /// Traffic that is graded alike.
  typealias Graded = (traffic: TrafficSet, grade: Grade)

  let network: Network
  let minimum: TLSVersion?

  /// What arrives, in parts that are graded alike.
  ///
  /// - Parameters:
  ///   - arriving: what may arrive at the end.
  ///   - source: whoever opens the last connection.
  ///   - end: where it ends.
  ///   - relays: the listeners and targets of the path before, in order.
  /// - Returns: the parts; together they are all that arrives.
  func grades(
    _ arriving: TrafficSet, from source: Source, to end: Destination, through relays: [RelayPath.RelayTarget]
  ) -> [Graded] {
    var earlier = Grade.enough
    for relay in relays {
      let listener = network[relay.relay].listeners[relay.listener]
      let name = "the listener \(label(listener)) of \(network[relay.relay].identity.name)"
      // A listener that passes through is as good as what stands behind it, which is the next leg.
      if listener.encryption != .passthrough {
        earlier = worse(earlier, grade(listener.encryption, name, listener.derivation))
      }
    }
    // What lies between two relays is what the first one opens.
    for relay in relays.dropLast() {
      let target = network[relay.relay].listeners[relay.listener].targets[relay.target]
      if !defersToTarget(target.encryption) {
        let name = "what \(network[relay.relay].identity.name) opens to its target"
        earlier = worse(earlier, grade(target.encryption, name, target.derivation))
      }
    }
    return lastLeg(arriving, from: source, to: end, relays.last).map { ($0.traffic, worse(earlier, $0.grade)) }
  }

  private func lastLeg(
    _ arriving: TrafficSet, from source: Source, to destination: Destination, _ relay: RelayPath.RelayTarget?
  ) -> [Graded] {
    let bearers = bearers(of: destination)
    if bearers.isEmpty { return [(arriving, .open(nil, "what lies outside says nothing of its encryption", .none))] }
    if let relay {
      let target = network[relay.relay].listeners[relay.listener].targets[relay.target]
      if !defersToTarget(target.encryption) {
        let name = "what \(network[relay.relay].identity.name) opens to its target"
        return [(arriving, grade(target.encryption, name, target.derivation))]
      }
      return bearers.flatMap { grades(at: $0, arriving, depth: 0) }
    }
    return bearers.flatMap { end in opened(by: source, to: end, arriving) }
  }

  private func bearers(of destination: Destination) -> [EndpointID] {
    switch destination {
    case .endpoint(let id): [id]
    case .address(let address):
      network.endpoints.indices.map { EndpointID($0) }.filter {
        network.holds($0, within: AddressSet(address)).may
      }
    case .zone: []
    }
  }

  /// A balancer says of what it opens to its own targets whether it encrypts it.
  private func opened(by source: Source, to end: EndpointID, _ arriving: TrafficSet) -> [Graded] {
    var rest = arriving
    var parts: [Graded] = []
    if case .endpoint(let from) = source {
      for relay in network.relays where relay.place == .interface && relay.interfaces.contains(from) {
        for listener in relay.listeners where listener.present.may {
          for target in listener.targets where target.destination == .endpoint(end) && target.present.may {
            let ports = target.port.map { PortSet(PortRange($0)) } ?? PortSet(listener.ports)
            let here = arriving.intersection(TrafficSet(listener.transport, destination: ports))
            if here.isEmpty || defersToTarget(target.encryption) { continue }
            let name = "what \(relay.identity.name) opens to its target"
            parts.append((here, softened(grade(target.encryption, name, target.derivation), target.present)))
            rest = rest.subtracting(here)
          }
        }
      }
    }
    if rest.isEmpty { return parts }
    return parts + grades(at: end, rest, depth: 0)
  }

  private func defersToTarget(_ encryption: Encryption) -> Bool {
    encryption == .unstated || encryption == .passthrough
  }

  /// By the listeners of a balancer, else by the services of an endpoint; of these the line to change is the one that admits.
  private func grades(at end: EndpointID, _ arriving: TrafficSet, depth: Int) -> [Graded] {
    let relays = network.relays.filter { $0.interfaces.contains(end) }
    var rest = arriving
    var parts: [Graded] = []
    for relay in relays {
      for listener in relay.listeners where listener.present.may {
        let here = rest.intersection(listener.traffic)
        if here.isEmpty { continue }
        let name = "the listener \(label(listener)) of \(relay.identity.name)"
        if listener.encryption == .passthrough, depth < 4 {
          parts.append((here, placed(behind(listener, name, depth: depth), at: listener.derivation)))
        } else {
          parts.append((here, grade(listener.encryption, name, listener.derivation)))
        }
        if listener.present.must { rest = rest.subtracting(listener.traffic) }
      }
    }
    for service in network[end].services {
      let here = rest.intersection(service.traffic)
      if here.isEmpty { continue }
      parts.append((here, grade(service.encryption, network[end].identity.name, .none)))
      rest = rest.subtracting(service.traffic)
    }
    if !rest.isEmpty { parts.append((rest, grade(.unstated, network[end].identity.name, .none))) }
    return parts
  }

  /// What passes through is judged where it ends: the worst of the targets.
  private func behind(_ listener: Relay.Listener, _ name: String, depth: Int) -> Grade {
    var result =
      listener.targetsOpen.map { Grade.open($0, "the targets behind \(name) are not all known", listener.derivation) }
      ?? .enough
    if listener.targets.isEmpty, listener.targetsOpen == nil {
      return .open(nil, "\(name) passes through to nothing known", listener.derivation)
    }
    for target in listener.targets where target.present.may {
      if !defersToTarget(target.encryption) {
        result = worse(
          result, softened(grade(target.encryption, "the target behind \(name)", target.derivation), target.present))
        continue
      }
      var ends: [EndpointID] = []
      switch target.destination {
      case .endpoint(let id): ends = [id]
      case .relay(let id): ends = network[id].interfaces
      }
      let ports = target.port.map { PortSet(PortRange($0)) } ?? PortSet(listener.ports)
      for end in ends {
        for part in grades(at: end, TrafficSet(listener.transport, destination: ports), depth: depth + 1) {
          result = worse(result, softened(part.grade, target.present))
        }
      }
    }
    return result
  }

  /// The listener is the line to change; what stands behind it comes after.
  private func placed(_ grade: Grade, at place: Derivation) -> Grade {
    switch grade {
    case .enough: .enough
    case .lacking(let remark, let behind): .lacking(remark, place.followed(by: behind))
    case .open(let unknown, let remark, let behind): .open(unknown, remark, place.followed(by: behind))
    }
  }

  /// What may not be there is lacking for some value only.
  private func softened(_ grade: Grade, _ present: Truth) -> Grade {
    guard !present.must, case .lacking(let remark, let place) = grade else { return grade }
    return .open(present.named, remark, place)
  }

  private func worse(_ one: Grade, _ other: Grade) -> Grade { other.rank > one.rank ? other : one }

  private func label(_ listener: Relay.Listener) -> String {
    listener.label.isEmpty ? "\(listener.transport)/\(listener.ports)" : listener.label
  }

  private func grade(_ encryption: Encryption, _ name: String, _ place: Derivation) -> Grade {
    switch encryption {
    case .required(let version):
      guard let minimum else { return .enough }
      guard let version else { return .open(nil, "the lowest version of TLS that \(name) takes is not known", place) }
      return version >= minimum ? .enough : .lacking("\(name) takes \(version), \(minimum) is asked for", place)
    case .mixed: return .lacking("\(name) takes plaintext too", place)
    case .plaintext: return .lacking("\(name) is plaintext", place)
    case .redirectOnly: return .enough
    case .passthrough: return .open(nil, "\(name) passes through to what is not followed", place)
    case .unknown(let id): return .open(id, network[id].reason, place)
    case .unstated: return .open(nil, "nothing states the encryption of \(name)", .none)
    }
  }
}
