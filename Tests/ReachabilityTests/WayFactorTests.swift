import NetworkModel
import PacketSpace
import TestSupport
import Testing

@testable import Reachability

/// Ways that pairs share against each pair walked by itself: the same bounds, whatever the network holds.
@Suite struct `Ways that pairs share` {
  @Test(arguments: [RandomNetwork.Shape.known, RandomNetwork.Shape()])
  func `let through what each pair's own walk does, also in a table`(shape: RandomNetwork.Shape) {
    var factored = 0
    for seed in Seeds.range(1...40) {
      let network = RandomNetwork(seed: seed, shape: shape).network
      let basis = EngineBasis(network)
      let (sharing, walking) = (Engine(basis), Engine(basis, walksEachPair: true))
      let ends = Self.ends(network)
      var table = PairTable(Engine(basis), ends)
      for (source, destination) in Self.pairs(ends) {
        let (from, to) = (ends[source].source, ends[destination].destination)
        if case (.zone, .zone) = (from, to) { continue }
        let (one, other) = (sharing.connection(from, to), walking.connection(from, to))
        #expect(
          one.arrives == other.arrives && one.answered == other.answered,
          "seed \(seed): \(from) -> \(to): \(one) and \(other)")
        let number = table.answer(source, destination)
        let answer = table.answers[Int(number)]
        #expect(
          answer.arrives == other.arrives && answer.answered == other.answered,
          "seed \(seed): \(from) -> \(to): tabulated \(answer) and \(other)")
      }
      factored += sharing.ways.answers
      #expect(walking.ways.answers == 0)
    }
    #expect(Seeds.areGiven || factored > 500, "most walks between plain ends share their way")
    print("shared ways: \(factored) walks answered from factors")
  }

  /// Every endpoint, and every zone as a whole.
  private static func ends(_ network: Network) -> [TableEnd] {
    network.endpoints.indices.map { .endpoint(EndpointID($0)) }
      + network.zones.indices.map { .zone(ZoneID($0), within: .everything) }
  }

  private static func pairs(_ ends: [TableEnd]) -> [(Int, Int)] {
    ends.indices.flatMap { source in ends.indices.map { (source, $0) } }
  }
}

extension TableEnd {
  fileprivate var source: Source {
    switch self {
    case .endpoint(let endpoint): .endpoint(endpoint)
    case .zone(let zone, let part): .zone(zone, within: part)
    }
  }

  fileprivate var destination: Destination {
    switch self {
    case .endpoint(let endpoint): .endpoint(endpoint)
    case .zone(let zone, let part): .zone(zone, within: part)
    }
  }
}
