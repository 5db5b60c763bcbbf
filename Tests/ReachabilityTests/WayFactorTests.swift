import NetworkModel
import PacketSpace
import TestSupport
import Testing

@testable import Reachability

/// Ways that pairs share against each pair walked by itself: the same bounds, whatever the network holds.
@Suite struct `Ways that pairs share` {
  @Test(arguments: [RandomNetwork.Shape.known, RandomNetwork.Shape()])
  func `let through what each pair's own walk does`(shape: RandomNetwork.Shape) {
    var factored = 0
    for seed in Seeds.range(1...40) {
      let network = RandomNetwork(seed: seed, shape: shape).network
      let basis = EngineBasis(network)
      let (sharing, walking) = (Engine(basis), Engine(basis, walksEachPair: true))
      for (source, destination) in Self.pairs(network) {
        let (one, other) = (
          sharing.connection(source, destination), walking.connection(source, destination)
        )
        #expect(
          one.arrives == other.arrives && one.answered == other.answered,
          "seed \(seed): \(source) -> \(destination): \(one) and \(other)")
      }
      factored += sharing.ways.answers
      #expect(walking.ways.answers == 0)
    }
    #expect(Seeds.areGiven || factored > 500, "most walks between plain ends share their way")
    print("shared ways: \(factored) walks answered from factors")
  }

  /// Every pair of endpoints, and every endpoint with every zone.
  private static func pairs(_ network: Network) -> [(Source, Destination)] {
    let ends = network.endpoints.indices.map { EndpointID($0) }
    let zones = network.zones.indices.map { ZoneID($0) }
    return ends.flatMap { from in ends.map { (Source.endpoint(from), Destination.endpoint($0)) } }
      + zones.flatMap { zone in
        ends.flatMap {
          [
            (Source.zone(zone, within: .everything), Destination.endpoint($0)),
            (Source.endpoint($0), Destination.zone(zone, within: .everything)),
          ]
        }
      }
  }
}
