package import NetworkModel
package import PacketSpace

/// Every answered connection, folded by host: what `connectivity` prints.
///
/// Hosts of the same classes are one kind, and each pair of kinds is asked once: the table grows with kinds, its rows are read off one
/// source at a time. A row of a host with itself is left out; it is ordinary traffic between replicas.
package struct ConnectivityTable: Sendable {
  /// Who stands at an end of a row.
  package enum Peer: Hashable, Sendable {
    /// A host, by its canonical key.
    case host(String)
    /// Addresses of a zone.
    case outside(ZoneID, AddressSet)
  }

  /// What one source gets answered by a destination; both are numbers of `ends` and `answers`.
  package struct Entry: Sendable {
    package var destination: Int
    package var answer: Int
  }

  /// A zone outside, and the endpoints that are listed with its parts.
  package struct Outside: Sendable {
    package var zone: ZoneID
    package var endpoints: [EndpointID]

    package init(zone: ZoneID, endpoints: [EndpointID]) {
      self.zone = zone
      self.endpoints = endpoints
    }
  }

  /// The hosts in the network's order, then the parts outside.
  package private(set) var ends: [Peer] = []
  /// What is answered between some ends, each once.
  package private(set) var answers: [Bounds<TrafficSet>] = []

  /// The kind of each host.
  private var kinds: [Int] = []
  /// By kind of source, the kinds of destinations that answer, with what.
  private var between: [[KindAnswer]] = []
  /// By kind: what one host of it gets answered by another; -1: nothing.
  private var among: [Int32] = []
  /// What hosts get answered by parts outside, and those by hosts.
  private var outward: [[Entry]] = []
  private var inward: [[Entry]] = []
  private var numbers: [Bounds<TrafficSet>: Int32] = [:]

  private struct KindAnswer {
    var kind: Int32
    var answer: Int32
  }

  /// Lists what connects the endpoints, and the parts of a zone beside them; other endpoints are left out.
  package init(_ engine: Engine, endpoints: [EndpointID], external: ZoneID? = nil) {
    self.init(engine, endpoints: endpoints, outside: external.map { [Outside(zone: $0, endpoints: endpoints)] } ?? [])
  }

  /// Lists what connects the endpoints, and the parts of each zone beside those that are listed with it.
  package init(_ engine: Engine, endpoints: [EndpointID], outside: [Outside]) {
    let hosts = HostKinds(engine, endpoints)
    ends = hosts.keys.map { .host($0) }
    kinds = hosts.kinds
    outward = [[Entry]](repeating: [], count: hosts.keys.count)
    tabulate(engine, hosts)
    var places: [String: Int] = [:]
    for (number, key) in hosts.keys.enumerated() { places[key] = number }
    for part in outside { tabulate(engine, part, places) }
    numbers = [:]
  }

  /// What a source gets answered, destination by destination.
  package func entries(from source: Int) -> [Entry] {
    guard source < kinds.count else { return inward[source - kinds.count] }
    var row = [Int32](repeating: -1, count: among.count)
    for answer in between[kinds[source]] { row[Int(answer.kind)] = answer.answer }
    row[kinds[source]] = among[kinds[source]]
    var found: [Entry] = []
    for (destination, kind) in kinds.enumerated() where destination != source && row[kind] >= 0 {
      found.append(Entry(destination: destination, answer: Int(row[kind])))
    }
    return found + outward[source]
  }

  /// How many rows there are of each answer.
  package var rowsOfAnswers: [Int] {
    var counts = [Int](repeating: 0, count: answers.count)
    var sizes = [Int](repeating: 0, count: among.count)
    for kind in kinds { sizes[kind] += 1 }
    for (source, row) in between.enumerated() {
      for answer in row { counts[Int(answer.answer)] += sizes[source] * sizes[Int(answer.kind)] }
      if among[source] >= 0 { counts[Int(among[source])] += sizes[source] * (sizes[source] - 1) }
    }
    for entry in (inward + outward).joined() { counts[entry.answer] += 1 }
    return counts
  }

  // MARK: Tabulating

  private mutating func tabulate(_ engine: Engine, _ hosts: HostKinds) {
    let kinds = hosts.members.map { Self.ends(of: $0[0]) }
    var pairs = PairsOfGroups(engine, kinds)
    for source in kinds.indices {
      var row: [KindAnswer] = []
      for destination in kinds.indices where source != destination {
        let answer = number(of: pairs.answered(source, destination))
        if answer >= 0 { row.append(KindAnswer(kind: Int32(destination), answer: answer)) }
      }
      between.append(row)
      among.append(-1)
    }
    let twins = hosts.members.indices.filter { hosts.members[$0].count > 1 }
    var ofTwins = PairsOfGroups(engine, twins.flatMap { hosts.members[$0].map { Self.ends(of: $0) } })
    for (place, kind) in twins.enumerated() { among[kind] = number(of: ofTwins.answered(place * 2, place * 2 + 1)) }
  }

  private static func ends(of host: HostKinds.Host) -> [TableEnd] { host.endpoints.map { .endpoint($0) } }

  private mutating func number(of answered: Bounds<TrafficSet>) -> Int32 {
    if answered.may.isEmpty { return -1 }
    if let known = numbers[answered] { return known }
    answers.append(answered)
    numbers[answered] = Int32(answers.count - 1)
    return Int32(answers.count - 1)
  }

  /// The parts of the outside that one kind of host is treated alike by are one end.
  private mutating func tabulate(_ engine: Engine, _ outside: Outside, _ places: [String: Int]) {
    let hosts = HostKinds(engine, outside.endpoints)
    var hostsOfKinds = [[Int]](repeating: [], count: hosts.members.count)
    for (number, key) in hosts.keys.enumerated() {
      if let place = places[key] { hostsOfKinds[hosts.kinds[number]].append(place) }
    }
    let addresses = engine.network[outside.zone].addresses
    let regions = engine.compiled.classes.classes(meeting: addresses).map {
      engine.compiled.classes.region($0).intersection(addresses)
    }
    var pairs = PairsOfGroups(
      engine, regions.map { [.zone(outside.zone, within: $0)] } + hosts.members.map { Self.ends(of: $0[0]) })
    var parts: [AddressSet: Int] = [:]
    for kind in hosts.members.indices {
      var (comes, goes) = (Parts(), Parts())
      for (place, region) in regions.enumerated() {
        comes.add(region, number(of: pairs.answered(place, regions.count + kind)))
        goes.add(region, number(of: pairs.answered(regions.count + kind, place)))
      }
      for (isInward, list) in [(true, comes), (false, goes)] {
        for (region, answer) in list.parts where answer >= 0 {
          let end = parts[region] ?? addEnd(.outside(outside.zone, region))
          parts[region] = end
          for host in hostsOfKinds[kind] {
            if isInward {
              inward[end - kinds.count].append(Entry(destination: host, answer: Int(answer)))
            } else {
              outward[host].append(Entry(destination: end, answer: Int(answer)))
            }
          }
        }
      }
    }
    for end in parts.values { inward[end - kinds.count].sort { $0.destination < $1.destination } }
  }

  private mutating func addEnd(_ peer: Peer) -> Int {
    ends.append(peer)
    inward.append([])
    return ends.count - 1
  }

  /// Regions with the same answer, put together.
  private struct Parts {
    var parts: [(region: AddressSet, answer: Int32)] = []

    mutating func add(_ region: AddressSet, _ answer: Int32) {
      if let index = parts.firstIndex(where: { $0.answer == answer }) {
        parts[index].region.formUnion(region)
      } else {
        parts.append((region, answer))
      }
    }
  }
}
