package import NetworkModel
package import PacketSpace
package import Reachability
package import ReferenceInterpreter

/// The walks that a question about a pair stands for (the walk, section 8), each judged by the reference interpreter: each address of each
/// placement, public ones and relays included. What the engine answers all at once is held against it.
package struct Expansion {
  /// What may be and what must be, of one header as it arrives.
  package struct Judgement {
    package var arrives = Certainty(may: false, must: false)
    package var answered = Certainty(may: false, must: false)

    package init(
      arrives: Certainty = Certainty(may: false, must: false), answered: Certainty = Certainty(may: false, must: false)
    ) {
      self.arrives = arrives
      self.answered = answered
    }

    /// Either will do.
    package mutating func formUnion(_ other: Judgement) {
      arrives = Certainty(may: arrives.may || other.arrives.may, must: arrives.must || other.arrives.must)
      answered = Certainty(may: answered.may || other.answered.may, must: answered.must || other.answered.must)
    }

    /// One of these holds, and nobody knows which.
    static func choice(_ cases: [Judgement]) -> Judgement {
      guard !cases.isEmpty else { return Judgement() }
      func fold(_ path: KeyPath<Judgement, Certainty>) -> Certainty {
        Certainty(
          may: cases.contains { $0[keyPath: path].may }, must: cases.allSatisfy { $0[keyPath: path].must })
      }
      return Judgement(arrives: fold(\.arrives), answered: fold(\.answered))
    }
  }

  /// An address of the destination, by which a packet is sent to it.
  private struct Aim {
    var held: HeldAddress
    /// The endpoint that a relay on the way shall choose.
    var target: EndpointID?
  }

  /// Where walks start: any of the addresses, and the origins of which one is right.
  private struct Start {
    var held: [HeldAddress]
    var origins: (PacketAddress) -> [Origin]
  }

  /// What walks end at, in one of its placements.
  private struct Goal {
    var asked: Asked
    var placement: Int?
    var aims: [Aim]
  }

  package let network: Network
  private let interpreter: Interpreter
  private let classes: AddressClasses

  /// - Parameters:
  ///   - network: what is walked through.
  ///   - classes: which addresses its rules tell apart; one of each is asked about.
  package init(_ network: Network, classes: AddressClasses) {
    self.network = network
    self.classes = classes
    interpreter = Interpreter(network)
  }

  /// Every endpoint that opens connections of its own, and the internet.
  package var sources: [Source] {
    let relays = Set(network.relays.flatMap(\.interfaces))
    let endpoints = network.endpoints.indices.map { EndpointID($0) }.filter { !relays.contains($0) }
    let zones = network.zones.indices.map { ZoneID($0) }.filter { network[$0].isInternet }
    return endpoints.map { .endpoint($0) } + zones.map { .zone($0, within: .everything) }
  }

  /// Whether a relay may pass something on to the endpoint, or stands there.
  package func isRewritten(on endpoint: EndpointID) -> Bool {
    network.relays.contains { relay in
      relay.interfaces.contains(endpoint)
        || relay.listeners.flatMap(\.targets).contains { $0.destination == .endpoint(endpoint) }
    }
  }

  /// - Parameters:
  ///   - source: who sends.
  ///   - destination: what is asked about.
  ///   - sent: the packet as it leaves the source.
  ///   - isAsked: whether a packet that arrives so is one that is asked about; without it, one that arrives as it was sent.
  /// - Returns: what comes of all walks together.
  package func judge(
    _ source: Source, _ destination: Destination, _ sent: TrafficPoint,
    arriving isAsked: ((TrafficPoint) -> Bool)? = nil
  ) -> Judgement {
    let isAsked = isAsked ?? { $0 == sent }
    func walk(_ origin: Origin, _ from: PacketAddress, _ to: PacketAddress, _ goal: Goal, _ aim: Aim) -> Judgement {
      guard from.family == to.family else { return Judgement() }
      let outcome = interpreter.judge(
        WalkQuestion(
          origin: origin, packet: Packet(source: from, destination: to, traffic: sent), asked: goal.asked,
          target: aim.target, askedPlacement: goal.placement))
      if let arrived = outcome.arrivedPacket, !isAsked(arrived.traffic) { return Judgement() }
      return Judgement(arrives: outcome.arrives, answered: outcome.answered)
    }
    // Placements are cases of which one holds; of addresses any will do.
    let starts = starts(of: source)
    return .choice(
      goals(of: destination).flatMap { goal in
        starts.map { start in
          union(goal.aims) { aim in
            each(aim.held) { to in
              union(start.held) { held in
                each(held) { from in .choice(start.origins(to).map { walk($0, from, to, goal, aim) }) }
              }
            }
          }
        }
      })
  }

  // MARK: Ends

  private func starts(of source: Source) -> [Start] {
    func placed(_ endpoint: EndpointID, _ held: (Placement) -> [HeldAddress]) -> [Start] {
      network[endpoint].placements.enumerated().map { number, placement in
        Start(held: held(placement)) { _ in [.endpoint(endpoint, placement: number)] }
      }
    }
    switch source {
    case .endpoint(let from): return placed(from) { $0.addresses }
    case .addressOf(let from, let address): return placed(from) { _ in [HeldAddress(address)] }
    case .host(let address, let segment): return [Start(held: [HeldAddress(address)]) { _ in [.host(segment)] }]
    case .zone(let zone, let region):
      let addresses = parts(of: network[zone].addresses.intersection(region)).map { HeldAddress($0.number) }
      return [Start(held: addresses) { ways(from: zone, to: $0).map { .zone(zone, by: $0) } }]
    }
  }

  private func goals(of destination: Destination) -> [Goal] {
    switch destination {
    case .endpoint(let target):
      network[target].placements.indices.map {
        Goal(asked: .endpoint(target), placement: $0, aims: aims(at: target, $0))
      }
    case .address(let address): [Goal(asked: .anybody, aims: [Aim(held: HeldAddress(address))])]
    case .zone(let zone, let region):
      [
        Goal(
          asked: .zone(zone),
          aims: parts(of: network[zone].addresses.intersection(region)).map { Aim(held: HeldAddress($0.number)) })
      ]
    }
  }

  private func union<Element>(_ elements: [Element], _ body: (Element) -> Judgement) -> Judgement {
    var result = Judgement()
    for element in elements { result.formUnion(body(element)) }
    return result
  }

  // MARK: Addresses

  /// Its own addresses, the public ones translated to them, and those of relays that keep the client and have it as target.
  private func aims(at endpoint: EndpointID, _ placement: Int) -> [Aim] {
    var aims: [Aim] = []
    func add(_ held: HeldAddress, _ target: EndpointID?) {
      aims.append(Aim(held: held, target: target))
      for translation in network.attachments.flatMap({ $0.translations ?? [] }) where translation.present != .no {
        if case .oneToOne(inside: held, let outside) = translation.kind {
          aims.append(Aim(held: outside, target: target))
        }
      }
    }
    for held in network[endpoint].placements[placement].addresses { add(held, nil) }
    for relay in network.relays {
      let keeps = relay.listeners.flatMap(\.targets).contains {
        leads($0, to: endpoint) && $0.keepsClient != .no && $0.present != .no
      }
      guard keeps else { continue }
      for held in relay.interfaces.flatMap({ network[$0].placements }).flatMap(\.addresses) { add(held, endpoint) }
    }
    return aims
  }

  private func leads(_ target: Relay.Target, to endpoint: EndpointID) -> Bool {
    switch target.destination {
    case .endpoint(let id): id == endpoint
    case .relay(let relay): network[relay].interfaces.contains(endpoint)
    }
  }

  /// All addresses of a prefix are held; of what an unknown one may be, one is.
  private func each(_ held: HeldAddress, _ body: (PacketAddress) -> Judgement) -> Judgement {
    switch held {
    case .prefix(let prefix): union(parts(of: AddressSet(prefix)), body)
    case .unknown(let id):
      .choice(parts(of: network[id].within).map { body(PacketAddress($0.number, unknown: id)) })
    }
  }

  /// One address for each part of a set that rules can tell apart.
  private func parts(of set: AddressSet) -> [PacketAddress] {
    classes.classes(meeting: set).compactMap {
      classes.representative($0, within: set).map { PacketAddress($0) }
    }
  }

  /// By which attachments a zone's packet comes in: those behind which it lies, or as the internet's do, those that own its destination.
  private func ways(from zone: ZoneID, to address: PacketAddress) -> [AttachmentID] {
    network[zone].behind.isEmpty ? owners(of: address) : network[zone].behind
  }

  private func owners(of address: PacketAddress) -> [AttachmentID] {
    network.attachments.indices.map { AttachmentID($0) }.filter { attachment in
      network.leadsToInternet(network[attachment])
        && (network[attachment].translations ?? []).contains { translation in
          guard translation.present != .no else { return false }
          switch translation.kind {
          case .oneToOne(_, outside: .prefix(let prefix)):
            return address.unknown == nil && prefix.contains(address.number)
          case .oneToOne(_, outside: .unknown(let id)): return address.unknown == id
          case .keep(let prefix): return prefix.contains(address.number)
          case .hide: return false
          }
        }
    }
  }
}
