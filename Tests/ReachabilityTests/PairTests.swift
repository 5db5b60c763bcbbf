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
      let expansion = Expansion(network, classes: engine.compiled.classes)
      let headers = headers(engine, seed)
      for source in expansion.sources {
        for target in network.endpoints.indices.map({ EndpointID($0) }) where source != .endpoint(target) {
          let connection = engine.connection(source, .endpoint(target))
          for header in headers {
            asked += 1
            let plain = expansion.judge(source, .endpoint(target), header)
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
