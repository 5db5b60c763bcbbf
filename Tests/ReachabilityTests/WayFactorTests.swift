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
      // A table that has found nothing yet, and the same when all is known.
      var fresh = PairTable(Engine(basis), ends)
      for source in Array(ends.indices) + Array(ends.indices) {
        var row = [Int32](repeating: 0, count: ends.count)
        fresh.row(from: source, to: ends.indices) { row[$0] = $1 }
        for destination in ends.indices where destination != source {
          #expect(
            fresh.answers[Int(row[destination])] == table.answers[Int(table.answer(source, destination))],
            "seed \(seed): \(source) -> \(destination) in a row")
        }
      }
      factored += sharing.ways.answers
      #expect(walking.ways.answers == 0)
    }
    #expect(Seeds.areGiven || factored > 500, "most walks between plain ends share their way")
    print("shared ways: \(factored) walks answered from factors")
  }

  @Test(arguments: [RandomNetwork.Shape.known, RandomNetwork.Shape()])
  func `are listed host by host as each pair's own walk has it`(shape: RandomNetwork.Shape) {
    for seed in Seeds.range(1...30) {
      let network = RandomNetwork(seed: seed, shape: shape).network
      let basis = EngineBasis(network)
      let walking = Engine(basis, walksEachPair: true)
      let all = network.endpoints.indices.map { EndpointID($0) }
      let table = ConnectivityTable(
        Engine(basis), endpoints: all,
        outside: network.zones.indices.map { ConnectivityTable.Outside(zone: ZoneID($0), endpoints: all) })
      let hosts = Dictionary(grouping: all) { network[$0].host }
      var rows = [Int](repeating: 0, count: table.answers.count)
      for (source, from) in table.ends.enumerated() {
        var listed: [ConnectivityTable.Peer: Bounds<TrafficSet>] = [:]
        for entry in table.entries(from: source) {
          listed[table.ends[entry.destination]] = table.answers[entry.answer]
          rows[entry.answer] += 1
        }
        guard case .host(let key) = from else { continue }
        for case .host(let other) in table.ends where other != key {
          var answered = Bounds<TrafficSet>.nothing
          for one in hosts[key] ?? [] {
            for another in hosts[other] ?? [] {
              answered = answered.union(walking.connection(.endpoint(one), .endpoint(another)).answered)
            }
          }
          #expect(listed[.host(other)] ?? .nothing == answered, "seed \(seed): \(key) -> \(other)")
        }
        for index in network.zones.indices {
          var answered = Bounds<TrafficSet>.nothing
          for one in hosts[key] ?? [] {
            answered = answered.union(
              walking.connection(.endpoint(one), .zone(ZoneID(index), within: .everything)).answered)
          }
          var found = Bounds<TrafficSet>.nothing
          for case (.outside(ZoneID(index), _), let bounds) in listed { found = found.union(bounds) }
          #expect(found == answered, "seed \(seed): \(key) -> zone \(index)")
        }
      }
      #expect(rows == table.rowsOfAnswers, "seed \(seed)")
    }
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
