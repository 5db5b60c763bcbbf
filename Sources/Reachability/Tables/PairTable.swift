import NetworkModel
package import PacketSpace

/// What connects many ends with each other, each pair from three numbers: what goes out, the way, what comes in.
///
/// Pairs of equal numbers are combined once, so a pair costs a few look-ups. A pair that is not told by factors (a relay, a translation,
/// one machine) is asked of the engine as any other.
package struct PairTable {
  /// Everything between two ends.
  package struct Answer: Hashable, Sendable {
    package var arrives: Bounds<TrafficSet>
    package var answered: Bounds<TrafficSet>

    static let nothing = Answer(arrives: .nothing, answered: .nothing)
  }

  package let ends: [TableEnd]
  /// What was found between some ends, each once; the first is nothing at all.
  package private(set) var answers = [Answer.nothing]

  private let engine: Engine
  private var tabulated: [TabulatedEnd] = []
  private var numbers: [Answer: Int32] = [.nothing: 0]
  private var pool = MaskPool()
  private var kinds = Numbering<SpotKind>()
  /// One end of each kind: its addresses, and who bears what it bears.
  private var farEnds: [[FarEnd]] = []
  private var namedBy: [EndpointID?] = []
  private var doors = Numbering<Door>()
  private var doorNames: [EndpointID?] = []
  /// By door and kind, the number of what passes; -1: not asked yet.
  private var passing: [[Int32]] = []
  /// By door: its layers' factors, the addresses that its rules name, and what was found for entries of the factors.
  private var factors: [[Int]] = []
  private var blocks: [[Block]] = []
  private var evaluations: [[[Int]: Int32]] = []
  private var places = Numbering<SpotPlace>()
  /// By place and place: the number of the way; -1: not asked yet, -2: particular.
  private var wayNumbers: [[Int32]] = []
  private var ways: [Way] = []
  /// By way: the kind of the source that was given on the way; -1: its own.
  private var rewritten: [Int32] = []
  private var combined = TripleTable()

  package init(_ engine: Engine, _ ends: [TableEnd]) {
    self.engine = engine
    self.ends = ends
    tabulated.reserveCapacity(ends.count)
    for end in ends { tabulated.append(tabulate(end)) }
  }

  /// The number of the answer for a pair, by the positions of its ends.
  package mutating func answer(_ source: Int, _ destination: Int) -> Int32 {
    let (from, to) = (tabulated[source], tabulated[destination])
    guard from.isSimpleSource, to.isSimpleTarget, source != destination,
      from.machine == nil || from.machine != to.machine
    else { return asked(source, destination) }
    var result: Int32 = 0
    for there in to.spots {
      for here in from.spots where here.family == there.family {
        let found = answer(here, there, from, to, source, destination)
        if found < 0 { return asked(source, destination) }
        result = result == 0 ? found : united(result, found)
      }
    }
    return result
  }

  /// Asked of the engine, and its answer numbered.
  private mutating func asked(_ source: Int, _ destination: Int) -> Int32 {
    let connection: Connection
    switch (ends[source], ends[destination]) {
    case (.endpoint(let from), .endpoint(let to)): connection = engine.connection(.endpoint(from), .endpoint(to))
    case (.endpoint(let from), .zone(let zone, let part)):
      connection = engine.connection(.endpoint(from), .zone(zone, within: part))
    case (.zone(let zone, let part), .endpoint(let to)):
      connection = engine.connection(.zone(zone, within: part), .endpoint(to))
    case (.zone, .zone): return 0
    }
    return number(of: Answer(arrives: connection.arrives, answered: connection.answered))
  }

  private mutating func number(of answer: Answer) -> Int32 {
    if let known = numbers[answer] { return known }
    answers.append(answer)
    numbers[answer] = Int32(answers.count - 1)
    return Int32(answers.count - 1)
  }

  private mutating func united(_ one: Int32, _ other: Int32) -> Int32 {
    if one == other || other == 0 { return one }
    let (one, other) = (answers[Int(one)], answers[Int(other)])
    return number(of: Answer(arrives: one.arrives.union(other.arrives), answered: one.answered.union(other.answered)))
  }

  // MARK: Three factors

  private mutating func answer(
    _ here: Spot, _ there: Spot, _ from: TabulatedEnd, _ to: TabulatedEnd, _ source: Int, _ destination: Int
  ) -> Int32 {
    let number = way(here, there, from, to, source, destination)
    if number < 0 { return -1 }
    let way = Int(number)
    let knows = ways[way].knowsReceiver
    let out = passes(from.out, knows ? there.kind : there.bareKind)
    var comer = ways[way].arrival?.bears == true ? here.kind : here.bareKind
    if rewritten[way] >= 0 { comer = rewritten[way] }
    let into = passes(to.into, comer)
    guard let key = TripleTable.key(number, out, into) else { return -1 }
    if let known = combined.value(at: key) { return known }
    let found = combine(ways[way].outcome, pool.bounds[Int(out)], pool.bounds[Int(into)])
    combined.insert(found, at: key)
    return found
  }

  private mutating func combine(_ way: Outcome, _ out: Bounded?, _ into: Bounded?) -> Int32 {
    var outcome = way
    outcome.formIntersection(out, mapping: 0, engine)
    outcome.formIntersection(into, mapping: nil, engine)
    var answer = Answer.nothing
    for part in outcome.parts {
      answer.arrives = answer.arrives.union(engine.traffic(part.arrives, part.mapping))
      answer.answered = answer.answered.union(engine.traffic(part.answered, part.mapping))
    }
    return number(of: answer)
  }

  /// What a door lets pass of a kind of far end.
  private mutating func passes(_ door: Int32, _ kind: Int32) -> Int32 {
    if door < 0 { return MaskPool.everything }
    let (door, kind) = (Int(door), Int(kind))
    if kind >= passing[door].count {
      passing[door] += [Int32](repeating: -1, count: max(kinds.values.count, kind + 1) - passing[door].count)
    }
    if passing[door][kind] >= 0 { return passing[door][kind] }
    let found = evaluate(door, kind)
    passing[door][kind] = found
    return found
  }

  private mutating func evaluate(_ door: Int, _ kind: Int) -> Int32 {
    let opening = doors.values[door]
    let named = opening.direction == .ingress ? doorNames[door] : namedBy[kind]
    var entries: [Int] = []
    for far in toldApart(farEnds[kind], kinds.values[kind].memberships, by: door) {
      for factor in factors[door] {
        entries.append(
          engine.cache.entry(of: factor, far: far, namedBy: named, judged: .request, engine.compiled))
      }
    }
    if let known = evaluations[door][entries] { return known }
    let found = pool.number(of: combine(entries, factors[door], opening.accepts))
    evaluations[door][entries] = found
    return found
  }

  /// What all factors let pass, for one of the cases or for all.
  private func combine(_ entries: [Int], _ factors: [Int], _ accepts: TrafficSet?) -> Bounded? {
    let mask = accepts.map { engine.compiled.atoms.mask($0) }
    let accepted = mask.map { Bounded(may: $0, must: $0) }
    if factors.isEmpty { return accepted }
    var result: Bounded?
    for start in stride(from: 0, to: entries.count, by: factors.count) {
      var all = engine.cache.factors[factors[0]].entries[entries[start]].bounds
      for place in 1..<factors.count {
        all.formIntersection(engine.cache.factors[factors[place]].entries[entries[start + place]].bounds)
      }
      if let accepted { all.formIntersection(accepted) }
      result = result.map { Bounded.choice($0, all) } ?? all
    }
    return result
  }

  /// The cases of an address that the rules behind a door tell apart.
  private func toldApart(_ ends: [FarEnd], _ memberships: Int, by door: Int) -> [FarEnd] {
    if ends.count == 1 { return ends }
    let borne = memberships < 0 ? [:] : engine.compiled.membershipSets[memberships]
    let cuts = blocks[door].filter { $0.matters(to: memberships < 0 ? nil : borne) }
    if cuts.isEmpty { return [ends[0]] }
    var seen: Set<[Bool]> = []
    return ends.filter { end in seen.insert(cuts.map { $0.classes.contains(end.addressClass) }).inserted }
  }

  private mutating func way(
    _ here: Spot, _ there: Spot, _ from: TabulatedEnd, _ to: TabulatedEnd, _ source: Int, _ destination: Int
  ) -> Int32 {
    let known = wayNumbers[Int(here.place)][Int(there.place)]
    if known != -1 { return known }
    // Neighbours do not look at each other's numbers.
    let areNeighbours = from.segment != nil && from.segment == to.segment
    let pairs: [(WayAddress, WayAddress)]
    if areNeighbours {
      pairs = [(here.cases[0], there.cases[0])]
    } else {
      pairs = here.cases.flatMap { one in there.cases.map { (one, $0) } }
    }
    var found: Int32 = pairs.count > Self.mostCases ? -2 : -1
    for (one, other) in pairs where found != -2 {
      let number = walkedWay(one, other, ends[source], ends[destination])
      found = found == -1 || found == number ? number : -2
    }
    wayNumbers[Int(here.place)][Int(there.place)] = found
    return found
  }

  /// So many pairs of addresses that two ends may have are walked to see that all go the same way.
  private static let mostCases = 1 << 12

  private mutating func walkedWay(
    _ here: WayAddress, _ there: WayAddress, _ source: TableEnd, _ destination: TableEnd
  ) -> Int32 {
    let origin: Origin
    let asked: Asked
    var askedPlacement: Int?
    switch source {
    case .endpoint(let endpoint): origin = .endpoint(endpoint, placement: 0)
    case .zone(let zone, _):
      switch engine.entries(from: zone, to: there.address) {
      case let entries where entries.count == 1: origin = .zone(zone, by: entries[0])
      case let entries where entries.isEmpty: return add(nothing)
      default: return -2
      }
    }
    switch destination {
    case .endpoint(let endpoint):
      asked = .endpoint(endpoint)
      askedPlacement = 0
    case .zone(let zone, _): asked = .zone(zone)
    }
    let question = Walk.Question(
      origin: origin, source: here, destination: there, asked: asked, askedPlacement: askedPlacement,
      target: nil, traffic: engine.compiled.atoms.everything)
    guard let way = engine.ways.way(question, engine) else { return -2 }
    return add(way)
  }

  private var nothing: Way { Way(outcome: .nothing, knowsReceiver: false, arrival: nil, notes: Notes()) }

  private mutating func add(_ way: Way) -> Int32 {
    if let known = ways.firstIndex(where: { $0.isAlike(way) }) { return Int32(known) }
    ways.append(way)
    if let given = way.arrival?.source {
      rewritten.append(
        kind(
          SpotKind(classes: [given.addressClass], memberships: -1, names: -1),
          [FarEnd(addressClass: given.addressClass, number: given.address.number, bearer: nil)], named: nil))
    } else {
      rewritten.append(-1)
    }
    return Int32(ways.count - 1)
  }

  // MARK: Ends

  private mutating func tabulate(_ end: TableEnd) -> TabulatedEnd {
    switch end {
    case .endpoint(let endpoint): return tabulate(endpoint)
    case .zone(let zone, let part):
      var spots: [Spot] = []
      for address in engine.addresses(of: zone, part) {
        let number = address.address.number
        let kind = kind(
          SpotKind(classes: [address.addressClass], memberships: -1, names: -1),
          [FarEnd(addressClass: address.addressClass, number: number, bearer: nil)], named: nil)
        spots.append(
          Spot(
            family: address.address.family,
            place: place(
              SpotPlace(
                segment: nil, zone: zone, number: number, classes: [address.addressClass], isUnknown: false,
                hasMachine: false)),
            kind: kind, bareKind: kind, cases: [address]))
      }
      var isImplicit = false
      if case .implicit = engine.network.zones[zone.offset].kind { isImplicit = true }
      return TabulatedEnd(
        spots: spots, segment: nil, machine: nil, out: -1, into: -1, isSimpleSource: !isImplicit, isSimpleTarget: true)
    }
  }

  private mutating func tabulate(_ endpoint: EndpointID) -> TabulatedEnd {
    let (compiled, basis) = (engine.compiled, engine.basis)
    let end = compiled.network.endpoints[endpoint.offset]
    var result = TabulatedEnd(
      spots: [], segment: nil, machine: nil, out: -1, into: -1, isSimpleSource: false, isSimpleTarget: false)
    let bearer = Bearer(endpoint: endpoint, placement: 0)
    guard end.placements.count == 1, basis.plainEnds.isPlain(source: bearer) else { return result }
    let placement = end.placements[0]
    result.segment = placement.segment
    result.machine = placement.machine
    let names = basis.portNames[endpoint.offset]
    for held in placement.addresses {
      let cases = compiled.cases(of: held)
      guard let first = cases.first, cases.allSatisfy({ $0.address.family == first.address.family }) else {
        return result
      }
      if case .unknown(let id) = held, basis.spreadUnknowns.contains(id) { return result }
      let classes = cases.map(\.addressClass)
      func kind(_ memberships: Int, _ bearer: Bearer?, names: Int) -> Int32 {
        self.kind(
          SpotKind(classes: classes, memberships: memberships, names: names),
          cases.map { FarEnd(addressClass: $0.addressClass, number: $0.address.number, bearer: bearer) },
          named: names < 0 ? nil : endpoint)
      }
      result.spots.append(
        Spot(
          family: first.address.family,
          place: place(
            SpotPlace(
              segment: placement.segment, zone: nil, number: nil, classes: classes,
              isUnknown: first.address.unknown != nil, hasMachine: placement.machine != nil)),
          kind: kind(compiled.membershipNumbers[endpoint.offset][0], bearer, names: names),
          bareKind: kind(-1, nil, names: -1), cases: cases))
    }
    let layers = end.layers + placement.layers
    if !layers.isEmpty { result.out = door(Door(direction: .egress, layers: layers, accepts: nil, names: -1), nil) }
    if !layers.isEmpty || end.accepts != nil {
      result.into = door(Door(direction: .ingress, layers: layers, accepts: end.accepts, names: names), endpoint)
    }
    // What a relay opens goes to its targets only, and a relay's target is reached by the relay's addresses too.
    result.isSimpleSource = compiled.interfaceRelays[endpoint] == nil
    result.isSimpleTarget = basis.plainEnds.isPlain(target: bearer) && engine.relays(to: endpoint).isEmpty
    return result
  }

  private mutating func kind(_ kind: SpotKind, _ ends: @autoclosure () -> [FarEnd], named: EndpointID?) -> Int32 {
    let number = kinds.number(of: kind)
    if Int(number) == farEnds.count {
      farEnds.append(ends())
      namedBy.append(named)
    }
    return number
  }

  private mutating func door(_ door: Door, _ named: EndpointID?) -> Int32 {
    let number = doors.number(of: door)
    if Int(number) == passing.count {
      passing.append([])
      evaluations.append([:])
      doorNames.append(named)
      factors.append(door.layers.map { engine.cache.factor(of: $0, door.direction, engine.compiled) })
      blocks.append(Block.all(of: door, engine.compiled))
    }
    return number
  }

  private mutating func place(_ place: SpotPlace) -> Int32 {
    let number = places.number(of: place)
    if Int(number) == wayNumbers.count {
      for index in wayNumbers.indices { wayNumbers[index].append(-1) }
      wayNumbers.append([Int32](repeating: -1, count: places.values.count))
    }
    return number
  }
}
