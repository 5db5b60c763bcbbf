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
  /// By kind: whether its address is of one class, which, and the number of its memberships.
  private var isPlain: [Bool] = []
  private var classOfKind: [Int32] = []
  private var setOfKind: [Int32] = []
  /// Scratch while a door is filled: by set of memberships (-1 first), its kind; all 0 between.
  private var kindOfSet: [Int32]
  private var doors = Numbering<Door>()
  private var doorNames: [EndpointID?] = []
  /// By door and kind, the number of what passes; -1: not asked yet.
  private var passing: [[Int32]] = []
  /// By door: whether all kinds were asked about together.
  private var isFilled: [Bool] = []
  /// By door: its layers' factors, the addresses that its rules name, and what was found for entries of the factors.
  private var factors: [[Int]] = []
  /// `nil`: not asked yet.
  private var blocks: [[Block]?] = []
  /// The doors that let packets in.
  private var inwardDoors: [Int] = []
  private var evaluations: [[[Int]: Int32]] = []
  private var places = Numbering<SpotPlace>()
  /// By place and place: the number of the way; -1: not asked yet, -2: particular.
  private var wayNumbers: [[Int32]] = []
  private var ways: [Way] = []
  private var traits = Numbering<Way.Traits>()
  /// By way: the kind of the source that was given on the way; -1: its own.
  private var rewritten: [Int32] = []
  private var combined = TripleTable()
  /// The addresses of every end as a destination, one end's after the other's; none of an end that is not told by factors.
  private var columns: [Column] = []
  private var columnsOfEnd: [Range<Int>] = []
  /// How many kinds doors are filled for at once; where ends are asked about those of one zone only, the zone's.
  private var kindsAtOnce = Int.max
  /// By way: what its ends see of each other.
  private var sights: [Sight] = []

  private struct Sight {
    var knowsReceiver: Bool
    var bears: Bool
    /// Whether the source arrives with its own address.
    var isOwn: Bool
    /// Whether nothing arrives at all.
    var isShut: Bool
  }

  /// One address of an end as a destination.
  private struct Column {
    var place: Int32
    var kind: Int32
    var bareKind: Int32
    var into: Int32
    /// The routing component beyond which nobody reaches it; -1: anybody may.
    var component: Int32
    var family: IPFamily
  }

  /// - Parameters:
  ///   - engine: what is asked where factors do not tell.
  ///   - ends: who is asked about.
  ///   - facing: how many of them, from the first on, all others are asked about with, where those are not asked about each other.
  package init(_ engine: Engine, _ ends: [TableEnd], facing: Int? = nil) {
    self.engine = engine
    self.ends = ends
    kindOfSet = [Int32](repeating: 0, count: engine.compiled.membershipSets.count + 1)
    kindOfSet[0] = -1
    tabulated.reserveCapacity(ends.count)
    for end in ends {
      let found = tabulate(end)
      let start = columns.count
      if found.isSimpleTarget {
        for spot in found.spots + found.aims {
          columns.append(
            Column(
              place: spot.place, kind: spot.kind, bareKind: spot.bareKind, into: found.into,
              component: spot.component.map { Int32($0) } ?? -1, family: spot.family))
        }
      }
      columnsOfEnd.append(start..<columns.count)
      tabulated.append(found)
      if tabulated.count == facing { kindsAtOnce = kinds.values.count }
    }
  }

  /// The number of the answer for a pair, by the positions of its ends.
  package mutating func answer(_ source: Int, _ destination: Int) -> Int32 {
    let (from, to) = (tabulated[source], tabulated[destination])
    guard from.isSimpleSource, to.isSimpleTarget, source != destination,
      from.machine == nil || from.machine != to.machine
    else { return asked(source, destination) }
    var result: Int32 = 0
    for there in to.aims.isEmpty ? to.spots : to.spots + to.aims {
      if let beyond = from.component, let own = there.component, beyond != own { continue }
      for here in from.spots where here.family == there.family {
        let found = answer(here, there, from, to, source, destination)
        if found < 0 { return asked(source, destination) }
        result = result == 0 ? found : united(result, found)
      }
    }
    return result
  }

  /// The answers from a source to each of some other destinations that answer at all.
  package mutating func row(from source: Int, to destinations: Range<Int>, _ body: (Int, Int32) -> Void) {
    let from = tabulated[source]
    guard from.isSimpleSource, from.machine == nil, from.spots.count == 1, !destinations.isEmpty else {
      for destination in destinations where destination != source {
        let number = answer(source, destination)
        if number != 0 { body(destination, number) }
      }
      return
    }
    let spot = from.spots[0]
    if from.out >= 0, !isFilled[Int(from.out)] { fill(Int(from.out)) }
    let out = from.out < 0 ? [] : passing[Int(from.out)]
    let first = columnsOfEnd[destinations.lowerBound].lowerBound
    let last = columnsOfEnd[destinations.upperBound - 1].upperBound
    let hasDoors = columns[first..<last].contains { $0.into >= 0 }
    let into = hasDoors ? column(of: Int(spot.kind)) : []
    let bareInto = !hasDoors || spot.bareKind == spot.kind ? into : column(of: Int(spot.bareKind))
    let (ways, columns, columnsOfEnd, sights) = (wayNumbers[Int(spot.place)], columns, columnsOfEnd, sights)
    let component = from.component.map { Int32($0) } ?? -1
    var (lastKey, lastAnswer): (UInt64?, Int32) = (nil, 0)
    for destination in destinations where destination != source {
      var number: Int32 = columnsOfEnd[destination].isEmpty ? -1 : 0
      for place in columnsOfEnd[destination] where number >= 0 {
        let to = columns[place]
        if to.family != spot.family || (component >= 0 && to.component >= 0 && to.component != component) { continue }
        let way = ways[Int(to.place)]
        guard way >= 0, sights[Int(way)].isOwn else {
          number = -1
          continue
        }
        let sight = sights[Int(way)]
        if sight.isShut { continue }
        let outward =
          from.out < 0 ? MaskPool.everything : Self.value(out, at: sight.knowsReceiver ? to.kind : to.bareKind)
        let inward = to.into < 0 ? MaskPool.everything : (sight.bears ? into : bareInto)[Int(to.into)]
        guard outward >= 0, inward >= 0, let key = TripleTable.key(way, outward, inward) else {
          number = -1
          continue
        }
        if key != lastKey {
          guard let known = combined.value(at: key) else {
            number = -1
            continue
          }
          (lastKey, lastAnswer) = (key, known)
        }
        number = number == 0 ? lastAnswer : united(number, lastAnswer)
      }
      if number < 0 { number = answer(source, destination) }
      if number != 0 { body(destination, number) }
    }
  }

  private static func value(_ row: [Int32], at kind: Int32) -> Int32 { kind < row.count ? row[Int(kind)] : -1 }

  /// What every door that lets packets in makes of a kind; -1 where it was not found together with others.
  private mutating func column(of kind: Int) -> [Int32] {
    var column = [Int32](repeating: -1, count: passing.count)
    for door in inwardDoors {
      if !isFilled[door] { fill(door) }
      if kind < passing[door].count { column[door] = passing[door][kind] }
    }
    return column
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
    if sights[way].isShut { return 0 }
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
    if kind < passing[door].count, passing[door][kind] >= 0 { return passing[door][kind] }
    let found = evaluate(door, kind)
    // What was given on the way is a kind that comes late.
    if kind >= passing[door].count {
      passing[door] += [Int32](repeating: -1, count: kind + 1 - passing[door].count)
    }
    passing[door][kind] = found
    return found
  }

  /// What a door lets pass of every kind so far: most of them look alike to its rules, and are told by two small tables.
  private mutating func fill(_ door: Int) {
    var row = [Int32](repeating: -1, count: min(kinds.values.count, kindsAtOnce))
    let factor = factors[door].first ?? 0
    isFilled[door] = true
    guard factors[door].count == 1, !engine.cache.factors[factor].usesNames else { return }
    let engine = engine
    let touched = engine.cache.kindsOfMemberships(factor, engine.compiled)
    for (set, kind) in touched { kindOfSet[Int(set) + 1] = kind }
    let kindsOfClasses = engine.cache.factors[factor].kindsOfClasses
    let width = Int(touched.reduce(0) { max($0, $1.kind) }) + 2
    var alike: [Int32] = []
    for kind in row.indices where isPlain[kind] {
      let place =
        Int(kindsOfClasses[Int(classOfKind[kind])]) * width + Int(kindOfSet[Int(setOfKind[kind]) + 1])
        + 1
      if place >= alike.count { alike += [Int32](repeating: -1, count: place + 1 - alike.count) }
      if alike[place] < 0 { alike[place] = evaluate(door, kind) }
      row[kind] = alike[place]
    }
    for (set, _) in touched { kindOfSet[Int(set) + 1] = 0 }
    for (kind, known) in passing[door].enumerated() where known >= 0 {
      if kind < row.count {
        row[kind] = known
      } else {
        row += [Int32](repeating: -1, count: kind - row.count) + [known]
      }
    }
    passing[door] = row
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
  private mutating func toldApart(_ ends: [FarEnd], _ memberships: Int, by door: Int) -> [FarEnd] {
    if ends.count == 1 { return ends }
    let borne = memberships < 0 ? nil : engine.compiled.membershipSets[memberships]
    if blocks[door] == nil { blocks[door] = Block.all(of: doors.values[door], engine.compiled) }
    let cuts = (blocks[door] ?? []).filter { $0.matters(to: borne) }
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
      let number = walkedWay(one, other, ends[source], ends[destination], isOnly: pairs.count == 1)
      found = found == -1 || found == number ? number : -2
    }
    wayNumbers[Int(here.place)][Int(there.place)] = found
    return found
  }

  /// So many pairs of addresses that two ends may have are walked to see that all go the same way.
  private static let mostCases = 1 << 12

  private mutating func walkedWay(
    _ here: WayAddress, _ there: WayAddress, _ source: TableEnd, _ destination: TableEnd, isOnly: Bool
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
    // Between known addresses a way is asked for once. Those that an unknown one may have, other ends may have too.
    let found = isOnly ? WayFactors.way(question, engine) : engine.ways.way(question, engine)
    return found.map { add($0) } ?? -2
  }

  private var nothing: Way { Way(outcome: .nothing, knowsReceiver: false, arrival: nil, notes: Notes()) }

  private mutating func add(_ way: Way) -> Int32 {
    let number = traits.number(of: Way.Traits(way))
    if Int(number) < ways.count { return number }
    ways.append(way)
    sights.append(
      Sight(
        knowsReceiver: way.knowsReceiver, bears: way.arrival?.bears == true, isOwn: way.arrival?.source == nil,
        isShut: way.outcome.parts.isEmpty))
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
                place: engine.basis.place(of: address, in: zone, by: nil), classes: [], hasMachine: false)),
            kind: kind, bareKind: kind, cases: [address], component: nil))
      }
      var isImplicit = false
      if case .implicit = engine.network.zones[zone.offset].kind { isImplicit = true }
      return TabulatedEnd(spots: spots, isSimpleSource: !isImplicit, isSimpleTarget: true)
    }
  }

  private mutating func tabulate(_ endpoint: EndpointID) -> TabulatedEnd {
    let (compiled, basis) = (engine.compiled, engine.basis)
    let end = compiled.network.endpoints[endpoint.offset]
    let result = TabulatedEnd(spots: [], isSimpleSource: false, isSimpleTarget: false)
    let bearer = Bearer(endpoint: endpoint, placement: 0)
    guard end.placements.count == 1, basis.plainEnds.isPlain(source: bearer) else { return result }
    let placement = end.placements[0]
    result.segment = placement.segment
    result.machine = placement.machine
    result.component = basis.components.number(of: placement.segment)
    let names = basis.portNames[endpoint.offset]
    let isOwn = basis.plainEnds.isOwn(endpoint)
    func spot(_ held: HeldAddress, within component: Int?, _ table: inout PairTable) -> Spot? {
      let cases = compiled.cases(of: held)
      guard let first = cases.first, cases.allSatisfy({ $0.address.family == first.address.family }) else { return nil }
      let classes = cases.map(\.addressClass)
      func kind(_ memberships: Int, _ bearer: Bearer?, names: Int, _ table: inout PairTable) -> Int32 {
        table.kind(
          SpotKind(classes: classes, memberships: memberships, names: names),
          cases.map { FarEnd(addressClass: $0.addressClass, number: $0.address.number, bearer: bearer) },
          named: names < 0 ? nil : endpoint)
      }
      let isUnknown = first.address.unknown != nil
      let place: Way.Place =
        isOwn
        ? .own(bearer, first.address, wayClass: compiled.wayClasses[first.addressClass])
        : .segment(
          placement.segment, wayClass: compiled.wayClasses[first.addressClass], isUnknown: isUnknown,
          isHeldAcross: false)
      return Spot(
        family: first.address.family,
        place: table.place(
          SpotPlace(place: place, classes: isUnknown ? classes : [], hasMachine: placement.machine != nil)),
        kind: kind(compiled.membershipNumbers[endpoint.offset][0], bearer, names: names, &table),
        bareKind: kind(-1, nil, names: -1, &table), cases: cases, component: component)
    }
    for held in placement.addresses {
      if case .unknown(let id) = held, basis.spreadUnknowns.contains(id) { return result }
      guard let own = spot(held, within: result.component, &self) else { return result }
      result.spots.append(own)
      for outside in engine.outside(of: held, in: placement.segment) {
        // Who has an unknown address beyond the gateway is told case by case.
        guard case .prefix = outside, let aim = spot(outside, within: nil, &self) else { return result }
        result.aims.append(aim)
      }
    }
    let layers = end.layers + placement.layers
    if !layers.isEmpty { result.out = door(Door(direction: .egress, layers: layers, accepts: nil, names: -1), nil) }
    if !layers.isEmpty || end.accepts != nil {
      result.into = door(Door(direction: .ingress, layers: layers, accepts: end.accepts, names: names), endpoint)
    }
    result.isSimpleSource = basis.isSimple(source: endpoint)
    result.isSimpleTarget = basis.isSimple(target: endpoint)
    return result
  }

  private mutating func kind(_ kind: SpotKind, _ ends: @autoclosure () -> [FarEnd], named: EndpointID?) -> Int32 {
    let number = kinds.number(of: kind)
    if Int(number) == farEnds.count {
      farEnds.append(ends())
      namedBy.append(named)
      isPlain.append(kind.classes.count == 1)
      classOfKind.append(Int32(kind.classes[0]))
      setOfKind.append(Int32(kind.memberships))
    }
    return number
  }

  private mutating func door(_ door: Door, _ named: EndpointID?) -> Int32 {
    let number = doors.number(of: door)
    if Int(number) == passing.count {
      passing.append([])
      isFilled.append(false)
      evaluations.append([:])
      doorNames.append(named)
      factors.append(door.layers.map { engine.cache.factor(of: $0, door.direction, engine.compiled) })
      blocks.append(nil)
      if door.direction == .ingress { inwardDoors.append(Int(number)) }
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
