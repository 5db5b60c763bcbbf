package import NetworkModel
package import PacketSpace

/// Every answered connection, folded by host: what `connectivity` prints.
///
/// Hosts of the same classes are one kind, and each pair of kinds is asked once. Of most pairs nothing is kept but what answers there are:
/// rows are found again, one source at a time, when they are read, so a table of millions of rows takes little memory. A row of a host
/// with itself is left out; it is ordinary traffic between replicas.
package final class ConnectivityTable {
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
  package private(set) var ends: [Peer]
  /// What is answered between some ends, each once, and how many rows there are of it.
  package private(set) var answers: [Bounds<TrafficSet>] = []
  package private(set) var rowsOfAnswers: [Int] = []

  private let engine: Engine
  private let hosts: HostKinds
  private var numbers: [Bounds<TrafficSet>: Int] = [:]
  private let domains: Domains
  /// The domain whose rows were read last.
  private var current: (domain: Int, pairs: DomainPairs)?
  /// The rows of sources that stand in no domain.
  private var strangeRows: [Int: [KindAnswer]] = [:]
  /// By kind: what one host of it gets answered by another.
  private var among: [Int?] = []
  /// What the hosts of kinds get answered by parts outside, and those by hosts.
  private var outward: [[Entry]] = []
  private var inward: [[Entry]] = []

  struct KindAnswer {
    var kind: Int
    var answer: Int
  }

  /// By host, the positions of its rows in `outward`.
  private var outwardOfHost: [[Int]]

  /// Lists what connects the endpoints, and the parts of a zone beside them; other endpoints are left out.
  package convenience init(_ engine: Engine, endpoints: [EndpointID], external: ZoneID? = nil) {
    self.init(engine, endpoints: endpoints, outside: external.map { [Outside(zone: $0, endpoints: endpoints)] } ?? [])
  }

  /// Lists what connects the endpoints, and the parts of each zone beside those that are listed with it.
  package init(_ engine: Engine, endpoints: [EndpointID], outside: [Outside]) {
    self.engine = engine
    hosts = HostKinds(engine, endpoints)
    domains = Domains(hosts, engine)
    ends = hosts.keys.map { .host($0) }
    outwardOfHost = [[Int]](repeating: [], count: hosts.keys.count)
    tabulate()
    var places: [String: Int] = [:]
    for (number, key) in hosts.keys.enumerated() { places[key] = number }
    for part in outside { tabulate(part, places) }
  }

  /// What a source gets answered, destination by destination.
  package func entries(from source: Int) -> [Entry] {
    guard source < hosts.kinds.count else { return inward[source - hosts.kinds.count] }
    let kind = hosts.kinds[source]
    var row = [Int32](repeating: -1, count: hosts.members.count)
    for answer in self.row(of: kind) { row[answer.kind] = Int32(answer.answer) }
    row[kind] = among[kind].map { Int32($0) } ?? -1
    var found: [Entry] = []
    for (destination, kind) in hosts.kinds.enumerated() where destination != source && row[kind] >= 0 {
      found.append(Entry(destination: destination, answer: Int(row[kind])))
    }
    for number in outwardOfHost[source] { found += outward[number] }
    return found
  }

  private func row(of kind: Int) -> [KindAnswer] {
    guard let place = domains.places[kind] else { return strangeRows[kind] ?? [] }
    var pairs =
      if let current, current.domain == place.domain { current.pairs } else {
        DomainPairs(domains.members[place.domain], strangers: domains.strangers, hosts, Engine(engine.basis))
      }
    current = nil
    var found: [KindAnswer] = []
    pairs.row(from: place.position, numbered: { number(of: $0) }) { found.append(KindAnswer(kind: $0, answer: $1)) }
    current = (place.domain, pairs)
    return found
  }

  // MARK: Tabulating

  private func tabulate() {
    let sizes = hosts.sizes
    among = [Int?](repeating: nil, count: hosts.members.count)
    func count(_ source: Int, _ destination: Int, _ answer: Int) {
      rowsOfAnswers[answer] += sizes[source] * sizes[destination]
    }
    func countAmong(_ kind: Int, _ answered: Bounds<TrafficSet>) {
      guard let answer = number(of: answered) else { return }
      among[kind] = answer
      rowsOfAnswers[answer] += sizes[kind] * (sizes[kind] - 1)
    }
    func countStrange(_ source: Int, _ destination: Int, _ answer: Int) {
      count(source, destination, answer)
      strangeRows[source, default: []].append(KindAnswer(kind: destination, answer: answer))
    }
    for (domain, members) in domains.members.enumerated() {
      var pairs = DomainPairs(members, strangers: domains.strangers, hosts, Engine(engine.basis))
      for (position, source) in members.enumerated() {
        pairs.row(from: position, numbered: { number(of: $0) }) { count(source, $0, $1) }
        if let answered = pairs.answered(among: position) { countAmong(source, answered) }
      }
      for (position, source) in domains.strangers.enumerated() {
        pairs.row(fromStranger: position, numbered: { number(of: $0) }) { countStrange(source, $0, $1) }
      }
      current = (domain, pairs)
    }
    var strangers = DomainPairs([], strangers: domains.strangers, hosts, engine)
    for (place, source) in domains.strangers.enumerated() {
      strangers.rowAmongStrangers(from: place, numbered: { number(of: $0) }) { countStrange(source, $0, $1) }
      if hosts.members[source].count > 1 {
        var twins = PairsOfGroups(engine, [hosts.ends(of: source), hosts.ends(of: source, second: true)])
        countAmong(source, twins.answered(0, 1))
      }
    }
  }

  private func number(of answered: Bounds<TrafficSet>) -> Int? {
    if answered.may.isEmpty { return nil }
    if let known = numbers[answered] { return known }
    answers.append(answered)
    rowsOfAnswers.append(0)
    numbers[answered] = answers.count - 1
    return answers.count - 1
  }

  /// The parts of the outside that one kind of host is treated alike by are one end.
  private func tabulate(_ outside: Outside, _ places: [String: Int]) {
    let listed = HostKinds(engine, outside.endpoints)
    var hostsOfKinds = [[Int]](repeating: [], count: listed.members.count)
    for (number, key) in listed.keys.enumerated() {
      if let place = places[key] { hostsOfKinds[listed.kinds[number]].append(place) }
    }
    var regions = ZoneRegions(outside.zone, engine)
    var pairs = ZonePairs(outside.zone, regions.parts, listed, engine)
    var parts: [AddressSet: Int] = [:]
    var comes = [Int](repeating: -1, count: regions.parts.count)
    var goes = comes
    for kind in listed.members.indices {
      pairs.answers(of: kind, into: &comes, &goes) { number(of: $0) ?? -1 }
      func end(_ region: AddressSet) -> Int {
        if let known = parts[region] { return known }
        ends.append(.outside(outside.zone, region))
        inward.append([])
        parts[region] = ends.count - 1
        return ends.count - 1
      }
      for (region, answer) in regions.folded(comes) {
        rowsOfAnswers[answer] += hostsOfKinds[kind].count
        let end = end(region)
        inward[end - hosts.kinds.count] += hostsOfKinds[kind].map { Entry(destination: $0, answer: answer) }
      }
      var out: [Entry] = []
      for (region, answer) in regions.folded(goes) {
        rowsOfAnswers[answer] += hostsOfKinds[kind].count
        out.append(Entry(destination: end(region), answer: answer))
      }
      for host in hostsOfKinds[kind] { outwardOfHost[host].append(outward.count) }
      outward.append(out)
    }
    for end in parts.values { inward[end - hosts.kinds.count].sort { $0.destination < $1.destination } }
  }
}
