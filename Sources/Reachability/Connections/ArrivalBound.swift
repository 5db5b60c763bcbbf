import NetworkModel
import PacketSpace

/// What the layers at a destination may let in from a source, whatever the way between them: an upper bound of what arrives.
///
/// Most pairs are kept apart by the destination's own layers, and of those no way need be walked. A packet arrives with an address of its
/// source or with one that something on the way gives it; in the second case it bears nothing, so that half is the same for every source.
struct ArrivalBound {
  /// What judges a packet where it arrives.
  private struct Doors {
    /// Layers met at every placement, and those of each.
    var always: [LayerID]
    var placed: [[LayerID]]
    var machines: Set<MachineID>
    var named: EndpointID
    /// What arrives with an address that was given on the way: from elsewhere, and from one of the destination's machines.
    var rewritten: BitSet
    var rewrittenNearby: BitSet
    /// What is listened on; `nil`: everything.
    var accepts: BitSet?
    var notes: Notes
  }

  /// What a packet may bear where it arrives.
  private struct Comers {
    var number: Int
    var ends: [FarEnd]
    var machines: Set<MachineID>
  }

  /// What a layer may let in from any of the ends that a packet of one source may bear, in one number.
  private struct Admission: Hashable {
    private let number: UInt64

    /// `nil` where the numbers are too large for it.
    init?(_ layer: LayerID, _ comers: Int, named: EndpointID) {
      guard layer.offset < 1 << 20, comers < 1 << 22, named.offset < 1 << 22 else { return nil }
      number = UInt64(layer.offset) << 44 | UInt64(comers) << 22 | UInt64(named.offset)
    }
  }

  private var doors: [Doors?] = []
  private var comers: [Comers] = []
  /// By class of endpoints: the position among those.
  private var doorsOfClass: [Int: Int] = [:]
  private var comersOfClass: [Int: Int] = [:]
  private var comersOfOthers: [Source: Int] = [:]
  /// The last of them, for one source is asked about with target after target, and a zone of many ranges takes long to hash.
  private var lastOther: (source: Source, number: Int)?
  private var admissions: [Admission: (mask: BitSet, notes: Notes)] = [:]
  /// What was found, by the numbers of both.
  private var known: [UInt64: (mask: BitSet, notes: Notes)] = [:]
  private var translated: Comers?

  /// The traffic that may arrive, as it arrives, with what was met; `nil`: anything. Where `isApart`, the two are taken to be on different
  /// machines.
  mutating func bound(
    _ source: Source, _ destination: Destination, isApart: Bool = false, _ engine: Engine
  ) -> (mask: BitSet, notes: Notes)? {
    guard case .endpoint(let to) = destination else { return nil }
    let door = door(of: to, engine)
    guard doors[door] != nil else { return nil }
    let comer = comer(from: source, engine)
    let key = UInt64(comer) << 33 | UInt64(door) << 1 | (isApart ? 1 : 0)
    if let found = known[key] { return found }
    guard let there = doors[door] else { return nil }
    let found = bound(comers[comer], there, isApart: isApart, engine)
    known[key] = found
    return found
  }

  private mutating func bound(
    _ comers: Comers, _ doors: Doors, isApart: Bool, _ engine: Engine
  ) -> (mask: BitSet, notes: Notes) {
    // On one machine no layer of an interface is met.
    let isNearby = !isApart && !comers.machines.isDisjoint(with: doors.machines)
    var notes = doors.notes
    var mask = BitSet(count: engine.compiled.atoms.count)
    let open = through(doors.always, engine.compiled.atoms.everything, comers, doors.named, engine, &notes)
    if !open.isEmpty {
      for layers in isNearby ? [[]] : doors.placed {
        mask.formUnion(through(layers, open, comers, doors.named, engine, &notes))
      }
    }
    mask.formUnion(isNearby ? doors.rewrittenNearby : doors.rewritten)
    if let accepts = doors.accepts { mask.formIntersection(accepts) }
    return (mask, notes)
  }

  private mutating func through(
    _ layers: [LayerID], _ mask: BitSet, _ comers: Comers, _ named: EndpointID, _ engine: Engine, _ notes: inout Notes
  ) -> BitSet {
    var open = mask
    for layer in layers {
      let isNamed = engine.compiled.layersWithNames.contains(layer)
      let key = Admission(layer, comers.number, named: isNamed ? named : EndpointID(0))
      if let key, let known = admissions[key] {
        open.formIntersection(known.mask)
        notes.merge(known.notes)
        continue
      }
      let admission = Self.admission(by: layer, from: comers.ends, named, engine)
      if let key { admissions[key] = admission }
      open.formIntersection(admission.mask)
      notes.merge(admission.notes)
    }
    return open
  }

  private static func admission(
    by layer: LayerID, from ends: [FarEnd], _ named: EndpointID, _ engine: Engine
  ) -> (mask: BitSet, notes: Notes) {
    var notes = Notes()
    var mask = BitSet(count: engine.compiled.atoms.count)
    for end in ends {
      mask.formUnion(
        engine.compiled.layer(
          layer, .ingress, far: end, namedBy: named, judged: .request, notes: &notes, cache: &engine.cache
        ).may)
    }
    return (mask, notes)
  }

  // MARK: The destination

  private mutating func door(of endpoint: EndpointID, _ engine: Engine) -> Int {
    let own = engine.classes.number(of: endpoint)
    if let known = doorsOfClass[own] { return known }
    doors.append(makeDoors(of: endpoint, engine))
    doorsOfClass[own] = doors.count - 1
    return doors.count - 1
  }

  private mutating func makeDoors(of endpoint: EndpointID, _ engine: Engine) -> Doors? {
    let network = engine.network
    // What a relay passes on bears the relay's memberships, and to reach a relay that passes on is to reach its target.
    if engine.relays(to: endpoint).contains(where: { network.relays[$0.relay.offset].place == .interface }) {
      return nil
    }
    for relay in engine.relaysByInterface[endpoint] ?? [] {
      if network.relays[relay.offset].listeners.contains(where: { $0.targets.contains { $0.keepsClient.may } }) {
        return nil
      }
    }
    let end = network.endpoints[endpoint.offset]
    let none = BitSet(count: engine.compiled.atoms.count)
    var doors = Doors(
      always: end.layers, placed: [], machines: Set(end.placements.compactMap(\.machine)), named: endpoint,
      rewritten: none, rewrittenNearby: none, notes: Notes())
    for placement in end.placements where !doors.placed.contains(placement.layers) {
      doors.placed.append(placement.layers)
    }
    doors.accepts = end.accepts.map { engine.compiled.atoms.mask($0) }
    let given = translated(engine)
    let open = through(doors.always, engine.compiled.atoms.everything, given, endpoint, engine, &doors.notes)
    doors.rewrittenNearby = open
    for layers in doors.placed {
      doors.rewritten.formUnion(through(layers, open, given, endpoint, engine, &doors.notes))
    }
    return doors
  }

  // MARK: The source

  private mutating func comer(from source: Source, _ engine: Engine) -> Int {
    if let lastOther, lastOther.source == source { return lastOther.number }
    let number = findComer(from: source, engine)
    switch source {
    case .endpoint, .addressOf: break
    case .host, .zone: lastOther = (source, number)
    }
    return number
  }

  private mutating func findComer(from source: Source, _ engine: Engine) -> Int {
    switch source {
    case .endpoint(let endpoint), .addressOf(let endpoint, _):
      let own = engine.classes.number(of: endpoint)
      if let known = comersOfClass[own] { return known }
      let found = makeComers(of: endpoint, engine)
      comers[found.number] = found
      comersOfClass[own] = found.number
      return found.number
    case .host(let number, _):
      if let known = comersOfOthers[source] { return known }
      let address = engine.compiled.way(PacketAddress(number))
      let found = numbered([FarEnd(addressClass: address.addressClass, number: number, bearer: nil)])
      comersOfOthers[source] = found.number
      return found.number
    case .zone(let zone, let within):
      if let known = comersOfOthers[source] { return known }
      let region = engine.network.zones[zone.offset].addresses.intersection(within)
      let classes = engine.compiled.classes
      let found = numbered(
        classes.classes(meeting: region).compactMap { index in
          classes.representative(index, within: region).map { FarEnd(addressClass: index, number: $0, bearer: nil) }
        })
      comersOfOthers[source] = found.number
      return found.number
    }
  }

  private mutating func numbered(_ ends: [FarEnd]) -> Comers {
    let found = Comers(number: comers.count, ends: ends, machines: [])
    comers.append(found)
    return found
  }

  /// Every address of an endpoint or of its fronts, with what it is a member of and without.
  private mutating func makeComers(of endpoint: EndpointID, _ engine: Engine) -> Comers {
    let compiled = engine.compiled
    var found = numbered([])
    // What tells ends apart, so that placements that are alike are asked about once.
    var seen: Set<[Int]> = []
    func add(_ bearer: Bearer) {
      let placement = compiled.network.endpoints[bearer.endpoint.offset].placements[bearer.placement]
      if let machine = placement.machine { found.machines.insert(machine) }
      let memberships = compiled.membershipNumbers[bearer.endpoint.offset][bearer.placement]
      for address in placement.addresses.flatMap({ compiled.parts(of: $0) }) {
        for (number, borne) in [(memberships, Bearer?.some(bearer)), (-1, nil)]
        where seen.insert([address.addressClass, number]).inserted {
          found.ends.append(
            FarEnd(addressClass: address.addressClass, number: address.address.number, bearer: borne))
        }
      }
    }
    for (number, placement) in compiled.network.endpoints[endpoint.offset].placements.enumerated() {
      add(Bearer(endpoint: endpoint, placement: number))
      if let front = placement.front { add(Bearer(endpoint: front.endpoint, placement: front.placement)) }
    }
    return found
  }

  /// Every address that something on the way may give a packet as its source.
  private mutating func translated(_ engine: Engine) -> Comers {
    if let translated { return translated }
    let compiled = engine.compiled
    var found: [Int: IPAddress] = [:]
    for attachment in compiled.network.attachments {
      for translation in attachment.translations ?? [] where translation.present != .no {
        let given: HeldAddress
        switch translation.kind {
        case .oneToOne(inside: _, outside: let outside): given = outside
        case .hide(_, behind: let behind): given = behind
        case .keep: continue
        }
        for address in compiled.cases(of: given) { found[address.addressClass] = address.address.number }
      }
    }
    let given = numbered(
      found.sorted { $0.key < $1.key }.map { FarEnd(addressClass: $0.key, number: $0.value, bearer: nil) })
    translated = given
    return given
  }
}
