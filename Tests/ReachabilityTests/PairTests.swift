import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport
import Testing

/// The engine's answer for a pair against walks of the reference interpreter, put together here by the walk, section 8: each address of each
/// placement, public ones and relays included. Between the two stand the classes, the bound by the ends, the folds and the caches.
@Suite struct `Pairs of engine and interpreter` {
  @Test func `never contradict each other where nothing is unknown`() {
    let result = Self.contradictions(Seeds.range(1...60), .known)
    #expect(result.found == [])
    #expect(Seeds.areGiven || result.arrived > 100, "the networks let something through")
    print("pairs, nothing unknown: \(result.asked) pairs and headers, \(result.differ) of one tighter than the other's")
  }

  @Test func `never contradict each other where something is unknown`() {
    let result = Self.contradictions(Seeds.range(1...60), RandomNetwork.Shape())
    #expect(result.found == [])
    print("pairs: \(result.asked) pairs and headers, \(result.differ) of one tighter than the other's")
  }

  /// Networks in which the two once differed.
  @Test(arguments: [
    // What comes back with another address from beyond a gateway meets the interface's layers, also on one machine.
    UInt64(2132)
  ])
  func `agree where they once differed`(seed: UInt64) {
    #expect(Self.contradictions(seed...seed, .known).found == [])
  }

  private static let mostHeaders = 8

  static func contradictions(_ seeds: ClosedRange<UInt64>, _ shape: RandomNetwork.Shape) -> (
    found: [String], differ: Int, asked: Int, arrived: Int
  ) {
    var (found, differ, asked, arrived) = ([String](), 0, 0, 0)
    for seed in seeds {
      let network = RandomNetwork(seed: seed, shape: shape).network
      let engine = Engine(network)
      let expansion = Expansion(network: network, engine: engine)
      let headers = headers(engine, seed)
      for source in expansion.sources {
        for target in network.endpoints.indices.map({ EndpointID($0) }) where source != .endpoint(target) {
          let connection = engine.connection(source, .endpoint(target))
          for header in headers {
            asked += 1
            let plain = expansion.judge(source, target, header)
            if plain.arrives.may { arrived += 1 }
            for (word, one, other) in [
              ("arrives", plain.arrives, connection.arrives), ("answered", plain.answered, connection.answered),
            ] {
              let (may, must) = (other.may.contains(header), other.must.contains(header))
              // What arrives as this header may have been sent with another, where a relay rewrites ports.
              let overclaims = must && !one.may && !expansion.isRewritten(on: target)
              if overclaims || (one.must && !may) {
                found.append(
                  "seed \(seed), \(source) -> \(network[target].identity.key) on \(header): \(word): "
                    + "interpreter \(one), engine may \(may) must \(must)")
              } else if may != one.may || must != one.must {
                differ += 1
              }
            }
          }
        }
      }
    }
    return (found, differ, asked, arrived)
  }

  /// A few headers that the network tells apart, from ports that no translation changes.
  private static func headers(_ engine: Engine, _ seed: UInt64) -> [TrafficPoint] {
    let atoms = engine.compiled.atoms
    let all = (0..<atoms.count).map { atoms.representative($0) }.filter {
      !$0.protocol.hasPorts || $0.sourcePort >= 1024
    }
    let stride = max(1, all.count / mostHeaders)
    let first = Int(seed) % stride
    return Swift.stride(from: first, to: all.count, by: stride).map { all[$0] }
  }
}

/// The walks that a question about a pair stands for (the walk, section 8), asked one by one.
private struct Expansion {
  /// What may be and what must be, of one header as it arrives.
  struct Judgement {
    var arrives = Certainty(may: false, must: false)
    var answered = Certainty(may: false, must: false)

    /// Either will do.
    mutating func formUnion(_ other: Judgement) {
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

  private struct Aim {
    var held: HeldAddress
    var target: EndpointID?
  }

  let network: Network
  let interpreter: Interpreter
  let engine: Engine

  init(network: Network, engine: Engine) {
    self.network = network
    self.engine = engine
    interpreter = Interpreter(network)
  }

  /// Every endpoint that opens connections of its own, and the internet.
  var sources: [Source] {
    let relays = Set(network.relays.flatMap(\.interfaces))
    let endpoints = network.endpoints.indices.map { EndpointID($0) }.filter { !relays.contains($0) }
    let zones = network.zones.indices.map { ZoneID($0) }.filter { network[$0].isInternet }
    return endpoints.map { .endpoint($0) } + zones.map { .zone($0, within: .everything) }
  }

  /// Whether a relay may pass something on to the endpoint, or stands there.
  func isRewritten(on endpoint: EndpointID) -> Bool {
    network.relays.contains { relay in
      relay.interfaces.contains(endpoint)
        || relay.listeners.flatMap(\.targets).contains { $0.destination == .endpoint(endpoint) }
    }
  }

  func judge(_ source: Source, _ target: EndpointID, _ header: TrafficPoint) -> Judgement {
    let placements = network[target].placements.indices
    switch source {
    case .endpoint(let from):
      return .choice(
        network[from].placements.indices.flatMap { own in
          placements.map { there in
            var result = Judgement()
            for aim in aims(at: target, there) {
              for held in network[from].placements[own].addresses {
                result.formUnion(
                  each(aim.held) { destination in
                    each(held) { address in
                      walk(.endpoint(from, placement: own), address, destination, target, there, aim.target, header)
                    }
                  })
              }
            }
            return result
          }
        })
    case .zone(let zone, _):
      return .choice(
        placements.map { there in
          var result = Judgement()
          for aim in aims(at: target, there) {
            result.formUnion(
              each(aim.held) { destination in
                var here = Judgement()
                for address in parts(of: network[zone].addresses) {
                  here.formUnion(
                    .choice(
                      owners(of: destination).map {
                        walk(.zone(zone, by: $0), address, destination, target, there, aim.target, header)
                      }))
                }
                return here
              })
          }
          return result
        })
    default: return Judgement()
    }
  }

  private func walk(
    _ origin: Origin, _ source: PacketAddress, _ destination: PacketAddress, _ asked: EndpointID, _ placement: Int,
    _ target: EndpointID?, _ header: TrafficPoint
  ) -> Judgement {
    guard source.family == destination.family else { return Judgement() }
    let outcome = interpreter.judge(
      WalkQuestion(
        origin: origin, packet: Packet(source: source, destination: destination, traffic: header),
        asked: .endpoint(asked), target: target, askedPlacement: placement))
    // What arrives otherwise than it was sent is another header's matter.
    if let arrived = outcome.arrivedPacket, arrived.traffic != header { return Judgement() }
    return Judgement(arrives: outcome.arrives, answered: outcome.answered)
  }

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
        $0.destination == .endpoint(endpoint) && $0.keepsClient != .no && $0.present != .no
      }
      guard keeps else { continue }
      for held in relay.interfaces.flatMap({ network[$0].placements }).flatMap(\.addresses) { add(held, endpoint) }
    }
    return aims
  }

  /// All addresses of a prefix are held; of what an unknown one may be, one is.
  private func each(_ held: HeldAddress, _ body: (PacketAddress) -> Judgement) -> Judgement {
    switch held {
    case .prefix(let prefix):
      var result = Judgement()
      for address in parts(of: AddressSet(prefix)) { result.formUnion(body(address)) }
      return result
    case .unknown(let id):
      return .choice(parts(of: network[id].within).map { body(PacketAddress($0.number, unknown: id)) })
    }
  }

  /// One address for each part of a set that rules can tell apart.
  private func parts(of set: AddressSet) -> [PacketAddress] {
    let classes = engine.compiled.classes
    return classes.classes(meeting: set).compactMap {
      classes.representative($0, within: set).map { PacketAddress($0) }
    }
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
