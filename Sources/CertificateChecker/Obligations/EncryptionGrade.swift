import NetworkModel
import PacketSpace

/// How well one packet's connection is encrypted, by what listeners and relays declare (design section 4, `encrypted`).
enum EncryptionGrade: Int {
  case enough
  /// Not known, or not stated.
  case open
  /// Surely not, or not well enough.
  case lacking

  func worse(_ other: EncryptionGrade) -> EncryptionGrade { other.rawValue > rawValue ? other : self }
}

/// Grades connections hop by hop; the weakest hop decides.
struct EncryptionGrading {
  let network: Network
  /// The oldest version of TLS that is enough; any where `nil`.
  let minimum: TLSVersion?

  /// How deep what passes through is followed.
  private static let deepest = 4

  /// One connection from whoever opens it to where it arrives.
  func grade(from sender: Sender, at receiver: Receiver, _ header: TrafficPoint) -> EncryptionGrade {
    // What lies outside says nothing of its encryption.
    let bearers = bearers(receiver)
    if bearers.isEmpty { return .open }
    return bearers.map { opened(by: sender, at: $0, header) }.reduce(.enough) { $0.worse($1) }
  }

  /// A connection that a relay opens, by the target that says so.
  func grade(by target: Relay.Target, at receiver: Receiver, _ header: TrafficPoint) -> EncryptionGrade {
    if !defers(target.encryption) { return grade(target.encryption) }
    let bearers = bearers(receiver)
    if bearers.isEmpty { return .open }
    return bearers.map { served(at: $0, header, depth: 0) }.reduce(.enough) { $0.worse($1) }
  }

  private func bearers(_ receiver: Receiver) -> [EndpointID] {
    switch receiver {
    case .endpoint(let id): [id]
    case .address(let number):
      network.endpoints.indices.map { EndpointID($0) }.filter { network.holds($0, number) }
    case .zone: []
    }
  }

  /// A balancer says of what it opens to its own targets whether it encrypts it; where it does not, they do.
  private func opened(by sender: Sender, at end: EndpointID, _ header: TrafficPoint) -> EncryptionGrade {
    guard let from = sender.endpoint else { return served(at: end, header, depth: 0) }
    var said: [EncryptionGrade] = []
    for relay in network.relays where relay.place == .interface && relay.interfaces.contains(from) {
      for listener in relay.listeners where listener.present != .no {
        for target in listener.targets where target.destination == .endpoint(end) && target.present != .no {
          let ports = target.port.map { PortRange($0) } ?? listener.ports
          let isOfIt = TrafficSet(listener.transport, destination: PortSet(ports)).contains(header)
          if isOfIt, !defers(target.encryption) { said.append(softened(grade(target.encryption), target.present)) }
        }
      }
    }
    return said.isEmpty ? served(at: end, header, depth: 0) : said.reduce(.enough) { $0.worse($1) }
  }

  /// By the listeners of a relay whose interface it is, else by its own services.
  private func served(at end: EndpointID, _ header: TrafficPoint, depth: Int) -> EncryptionGrade {
    var result = EncryptionGrade.enough
    for relay in network.relays where relay.interfaces.contains(end) {
      for listener in relay.listeners where listener.present != .no && listener.traffic.contains(header) {
        let isFollowed = listener.encryption == .passthrough && depth < Self.deepest
        result = result.worse(isFollowed ? behind(listener, header, depth: depth) : grade(listener.encryption))
        if listener.present == .yes { return result }
      }
    }
    if let service = network[end].services.first(where: { $0.traffic.contains(header) }) {
      return result.worse(grade(service.encryption))
    }
    return result.worse(.open)
  }

  /// What passes through is judged where it ends: the worst of the targets.
  private func behind(_ listener: Relay.Listener, _ header: TrafficPoint, depth: Int) -> EncryptionGrade {
    var result = listener.targetsOpen == nil && !listener.targets.isEmpty ? EncryptionGrade.enough : .open
    for target in listener.targets where target.present != .no {
      if !defers(target.encryption) {
        result = result.worse(softened(grade(target.encryption), target.present))
        continue
      }
      let ends: [EndpointID] =
        switch target.destination {
        case .endpoint(let id): [id]
        case .relay(let inner): network[inner].interfaces
        }
      let passed = TrafficPoint.ports(
        listener.transport, from: header.sourcePort, to: target.port ?? header.destinationPort)
      for end in ends { result = result.worse(softened(served(at: end, passed, depth: depth + 1), target.present)) }
    }
    return result
  }

  private func defers(_ encryption: Encryption) -> Bool { encryption == .unstated || encryption == .passthrough }

  /// What may not be there is lacking for some value only.
  private func softened(_ grade: EncryptionGrade, _ present: Truth) -> EncryptionGrade {
    grade == .lacking && present != .yes ? .open : grade
  }

  func grade(_ encryption: Encryption) -> EncryptionGrade {
    switch encryption {
    case .required(let version):
      guard let minimum else { return .enough }
      return version.map { $0 >= minimum ? .enough : .lacking } ?? .open
    case .mixed, .plaintext: return .lacking
    case .redirectOnly: return .enough
    case .passthrough, .unknown, .unstated: return .open
    }
  }
}

extension Network {
  /// Whether an endpoint may have an address of its own.
  fileprivate func holds(_ endpoint: EndpointID, _ number: IPAddress) -> Bool {
    self[endpoint].placements.flatMap(\.addresses).contains { held in
      switch held {
      case .prefix(let prefix): prefix.contains(number)
      case .unknown(let id): self[id].within.contains(number)
      }
    }
  }
}
