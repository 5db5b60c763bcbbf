import NetworkModel
import PacketSpace

/// Answers walks between plain ends from three factors: what goes out, the way, what comes in.
struct WayFactors {
  /// A found way; `nil` where it is particular to its ends.
  private var ways: [Way.Key: Way?] = [:]
  /// How many walks were answered so.
  private(set) var answers = 0

  /// The outcome of a walk, if its ends are plain and the way between their places is not particular to them.
  mutating func outcome(_ question: Walk.Question, _ notes: inout Notes, _ engine: Engine) -> Outcome? {
    guard let way = way(question, engine) else { return nil }
    answers += 1
    notes.merge(way.notes)
    var outcome = way.outcome
    if outcome.parts.isEmpty { return outcome }
    let isNearby = question.isOnOneMachine(engine.network)
    outcome.formIntersection(goingOut(question, way, isNearby: isNearby, &notes, engine), mapping: 0, engine)
    outcome.formIntersection(comingIn(question, way, isNearby: isNearby, &notes, engine), mapping: nil, engine)
    return outcome
  }

  /// The way of a walk, if its ends are plain and the way between their places is not particular to them.
  mutating func way(_ question: Walk.Question, _ engine: Engine) -> Way? {
    guard question.target == nil, let key = Self.key(question, engine.basis) else { return nil }
    if let known = ways[key] { return known }
    let found = Self.walk(question, engine)
    ways[key] = .some(found)
    return found
  }

  /// The same, and not kept: for who keeps ways by the places of their ends.
  static func way(_ question: Walk.Question, _ engine: Engine) -> Way? {
    guard question.target == nil, key(question, engine.basis) != nil else { return nil }
    return walk(question, engine)
  }

  // MARK: The layers of the ends

  /// What the source's layers let out, as sent.
  private func goingOut(
    _ question: Walk.Question, _ way: Way, isNearby: Bool, _ notes: inout Notes, _ engine: Engine
  ) -> Bounded? {
    guard case .endpoint(let origin, let placement) = question.origin else { return nil }
    var receiver: Bearer?
    if way.knowsReceiver, case .endpoint(let asked) = question.asked, let placement = question.askedPlacement {
      receiver = Bearer(endpoint: asked, placement: placement)
    }
    let far = FarEnd(
      addressClass: question.destination.addressClass, number: question.destination.address.number, bearer: receiver)
    let from = engine.network.endpoints[origin.offset]
    // On one machine no layer of an interface is met.
    let isExempt = isNearby && receiver != nil
    return through(
      from.layers, isExempt ? [] : from.placements[placement].layers, .egress, far, named: receiver?.endpoint, &notes,
      engine)
  }

  /// What the destination's layers let in, and what it listens on, as it arrives.
  private func comingIn(
    _ question: Walk.Question, _ way: Way, isNearby: Bool, _ notes: inout Notes, _ engine: Engine
  ) -> Bounded? {
    guard case .endpoint(let asked) = question.asked, let placement = question.askedPlacement else { return nil }
    var bearer: Bearer?
    if way.arrival?.bears == true, case .endpoint(let origin, let placement) = question.origin {
      bearer = Bearer(endpoint: origin, placement: placement)
    }
    let source = way.arrival?.source ?? question.source
    let far = FarEnd(addressClass: source.addressClass, number: source.address.number, bearer: bearer)
    let to = engine.network.endpoints[asked.offset]
    notes.note(to.assumptions)
    var result = through(
      to.layers, isNearby && way.arrival?.keepsMachine == true ? [] : to.placements[placement].layers, .ingress, far,
      named: asked,
      &notes, engine)
    if let accepts = to.accepts {
      let mask = engine.compiled.atoms.mask(accepts)
      let bounds = Bounded(may: mask, must: mask)
      result?.formIntersection(bounds)
      result = result ?? bounds
    }
    return result
  }

  /// `nil`: no layer, everything passes.
  private func through(
    _ own: [LayerID], _ interface: [LayerID], _ direction: Direction, _ far: FarEnd, named: EndpointID?,
    _ notes: inout Notes, _ engine: Engine
  ) -> Bounded? {
    var result: Bounded?
    for layers in [own, interface] {
      for layer in layers {
        let bounds = engine.compiled.layer(
          layer, direction, far: far, namedBy: named, judged: .request, notes: &notes, cache: &engine.cache)
        if result == nil { result = bounds } else { result?.formIntersection(bounds) }
      }
    }
    return result
  }

  // MARK: The way

  private static func key(_ question: Walk.Question, _ basis: EngineBasis) -> Way.Key? {
    let network = basis.compiled.network
    var (here, there): (SegmentID?, SegmentID?)
    var hasMachine = false
    switch question.origin {
    case .endpoint(let origin, let placement):
      guard basis.plainEnds.isPlain(source: Bearer(endpoint: origin, placement: placement)) else { return nil }
      if case .endpoint(origin) = question.asked { return nil }
      let place = network.endpoints[origin.offset].placements[placement]
      here = place.segment
      hasMachine = place.machine != nil
    case .zone: break
    case .host: return nil
    }
    switch question.asked {
    case .endpoint(let asked):
      guard let placement = question.askedPlacement,
        basis.plainEnds.isPlain(target: Bearer(endpoint: asked, placement: placement))
      else { return nil }
      there = network.endpoints[asked.offset].placements[placement].segment
    case .zone: break
    case .anybody: return nil
    }
    func place(_ address: WayAddress, of end: Bearer, in segment: SegmentID, across other: SegmentID?)
      -> Way.Place
    {
      let wayClass = basis.compiled.wayClasses[address.addressClass]
      if basis.plainEnds.isOwn(end.endpoint) { return .own(end, address.address, wayClass: wayClass) }
      return .segment(
        segment, wayClass: wayClass, isUnknown: address.address.unknown != nil,
        isHeldAcross: other.map { basis.compiled.holders[$0.offset].holds(unknown: address.address) } ?? false)
    }
    let source: Way.Place
    switch (question.origin, here) {
    case (.endpoint(let origin, let placement), let here?):
      source = place(question.source, of: Bearer(endpoint: origin, placement: placement), in: here, across: there)
    case (.zone(let zone, let entry), _): source = basis.place(of: question.source, in: zone, by: entry)
    default: return nil
    }
    let destination: Way.Place
    switch (question.asked, there) {
    case (.endpoint(let asked), let there?):
      let end = Bearer(endpoint: asked, placement: question.askedPlacement ?? 0)
      destination = place(question.destination, of: end, in: there, across: here)
    case (.zone(let zone), _): destination = basis.place(of: question.destination, in: zone, by: nil)
    default: return nil
    }
    return Way.Key(
      source: source, destination: destination, family: question.source.address.family, hasMachine: hasMachine)
  }

  /// Walks once with the layers of both ends open.
  private static func walk(_ question: Walk.Question, _ engine: Engine) -> Way? {
    var walk = Walk(engine.compiled, question)
    walk.ends = EndsSeen()
    if case .endpoint(let origin, _) = question.origin {
      walk.ends?.isSourceOwn = engine.basis.plainEnds.isOwn(origin)
    }
    if case .endpoint(let asked) = question.asked {
      walk.ends?.isDestinationOwn = engine.basis.plainEnds.isOwn(asked)
    }
    swap(&walk.mappings, &engine.mappings)
    swap(&walk.cache, &engine.cache)
    let outcome = walk.run()
    swap(&walk.mappings, &engine.mappings)
    swap(&walk.cache, &engine.cache)
    guard !walk.truncated, let seen = walk.ends, !seen.isParticular else { return nil }
    return Way(
      outcome: outcome, knowsReceiver: seen.knowsReceiver ?? false, arrival: seen.arrival, notes: walk.notes)
  }
}

extension Walk.Question {
  /// Whether both ends are on one machine.
  fileprivate func isOnOneMachine(_ network: Network) -> Bool {
    guard case .endpoint(let from, let placement) = origin, case .endpoint(let to) = asked, let askedPlacement,
      let machine = network.endpoints[from.offset].placements[placement].machine
    else { return false }
    return network.endpoints[to.offset].placements[askedPlacement].machine == machine
  }
}

extension Outcome {
  /// Lets on what the bounds let on of every part, read as it was sent (0) or, without a mapping, as each part arrives.
  mutating func formIntersection(_ bounds: Bounded?, mapping: Int?, _ engine: Engine) {
    guard let bounds else { return }
    for index in parts.indices {
      let mapping = mapping ?? parts[index].mapping
      let sent = Bounded(
        may: engine.mappings.preimage(bounds.may, mapping), must: engine.mappings.preimage(bounds.must, mapping))
      parts[index].arrives.formIntersection(sent)
      parts[index].answered.formIntersection(sent)
    }
  }
}
