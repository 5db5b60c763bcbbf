import NetworkModel
import PacketSpace

/// The parts of a zone that rules tell apart, and those together again that come to the same.
struct ZoneRegions {
  let parts: [AddressSet]
  private var known: [[Int]: [(AddressSet, Int)]] = [:]

  init(_ zone: ZoneID, _ engine: Engine) {
    let addresses = engine.network.zones[zone.offset].addresses
    parts = engine.compiled.classes.classes(meeting: addresses).map {
      engine.compiled.classes.region($0).intersection(addresses)
    }
  }

  /// For each answer that some part has (-1: none), the parts that have it.
  mutating func folded(_ answers: [Int]) -> [(AddressSet, Int)] {
    if let found = known[answers] { return found }
    var order: [Int] = []
    var members: [Int: [Int]] = [:]
    for (place, answer) in answers.enumerated() where answer >= 0 {
      if members[answer] == nil { order.append(answer) }
      members[answer, default: []].append(place)
    }
    let found = order.map { answer in
      var region = AddressSet.none
      for place in members[answer] ?? [] { region.formUnion(parts[place]) }
      return (region, answer)
    }
    known[answers] = found
    return found
  }
}
