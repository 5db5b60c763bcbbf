import NetworkModel
import PacketSpace

/// One walk from one origin to one destination address, for all traffic at once.
///
/// The meaning is the text "How one packet is judged": movement, filters, relays and answers are its sections 2 to 7, in its words. A choice
/// of an unknown explores every value and keeps what passes for some and for all.
struct Walk {
  /// What a walk is asked.
  struct Question {
    var origin: Origin
    var source: WayAddress
    var destination: WayAddress
    var asked: Asked
    /// The placement in which the endpoint asked about is taken to be.
    var askedPlacement: Int?
    /// The endpoint that a relay on the way shall choose; `nil`: any, each tried.
    var target: EndpointID?
    /// The traffic that is sent.
    var traffic: BitSet
  }

  let compiled: CompiledNetwork
  /// Kept beside, for to ask the compiled one for it copies it at every step.
  let network: Network
  let question: Question
  /// Goes on after blockers, and lists them.
  let explains: Bool
  var mappings = Mappings()
  var cache = EvaluationCache()
  var notes = Notes()
  var blockers: [Blocker] = []
  /// Set when the number of alternatives passed the bound: nothing is proved or refuted then.
  var truncated = false
  /// Set where the layers of the ends are left open, to find the way alone: what was looked at of the ends.
  var ends: EndsSeen?
  private var steps = 0

  /// More steps than any real path takes; past it the answer is undecided rather than late.
  private static let mostSteps = 200_000

  init(_ compiled: CompiledNetwork, _ question: Question, explains: Bool = false) {
    self.compiled = compiled
    network = compiled.network
    self.question = question
    self.explains = explains
  }

  var atoms: TrafficAtoms { compiled.atoms }

  /// Walks the request and, where it ends, the answer.
  mutating func run() -> Outcome {
    var state = WalkState(
      source: question.source, destination: question.destination, domain: question.traffic, may: question.traffic,
      must: question.traffic)
    switch question.origin {
    case .endpoint(let endpoint, let placement):
      state.chosenPlacements[endpoint] = placement
      choosePlacementAsked(&state)
      return startFromEndpoint(state, Bearer(endpoint: endpoint, placement: placement))
    case .host(let segment):
      choosePlacementAsked(&state)
      return sourceRelays(state) { walk, state in walk.send(state, segment) }
    case .zone(let zone, let attachment):
      choosePlacementAsked(&state)
      guard let attachment else {
        note(state, Blocker(.request, .zone(zone), .nobodyOwns), blocked: state.domain)
        return .nothing
      }
      return router(state, attachment, leaving: nil)
    }
  }

  private func choosePlacementAsked(_ state: inout WalkState) {
    guard case .endpoint(let asked) = question.asked, let placement = question.askedPlacement else { return }
    if mayMeetSecond(of: asked) {
      state.secondPlacement = placement
    } else if !isOrigin(asked) {
      state.chosenPlacements[asked] = placement
    }
  }

  func isOrigin(_ endpoint: EndpointID) -> Bool {
    if case .endpoint(endpoint, _) = question.origin { true } else { false }
  }

  /// Whether the request meets, instead of the origin, a second one like it, which may stand elsewhere; the answer is for the first.
  func mayMeetSecond(of endpoint: EndpointID) -> Bool { isOrigin(endpoint) && network[endpoint].standsForMany }

  /// The placement in which this way takes an endpoint to be, where it took one.
  func chosenPlacement(of endpoint: EndpointID, _ state: WalkState) -> Int? {
    state.half == .request && mayMeetSecond(of: endpoint)
      ? state.secondPlacement : state.chosenPlacements[endpoint]
  }

  /// Takes an endpoint to be in one of its placements.
  func choose(_ placement: Int, of endpoint: EndpointID, _ state: inout WalkState) {
    if state.half == .request, mayMeetSecond(of: endpoint) {
      state.secondPlacement = placement
    } else {
      state.chosenPlacements[endpoint] = placement
    }
  }

  /// The origin's packet: a relay at the source translates it, a front replaces its source, then it is sent.
  private mutating func startFromEndpoint(_ start: WalkState, _ origin: Bearer) -> Outcome {
    var state = start
    let placement = network[origin.endpoint].placements[origin.placement]
    state.machine = placement.machine
    state.egressPending = true
    if compiled.holds(origin, state.source.address) { state.bearer = origin }
    if placement.front != nil { ends?.isParticular = true }
    return sourceRelays(state) { walk, state in
      var state = state
      var segment = placement.segment
      if let front = walk.compiled.front(of: origin, towards: state.destination.address.number) {
        let frontPlacement = walk.network[front.endpoint].placements[front.placement]
        segment = frontPlacement.segment
        state.bearer = front
        state.chosenPlacements[front.endpoint] = front.placement
        state.machine = frontPlacement.machine
        return walk.eachAddress(of: frontPlacement.addresses, family: state.destination.address.family) {
          walk, address in
          var fronted = state
          fronted.leave(as: address)
          return walk.send(fronted, segment)
        }
      }
      return walk.send(state, segment)
    }
  }

  // MARK: Forks

  /// Tries every alternative of an unknown.
  mutating func choose<Values: Collection>(
    _ values: Values, _ body: (inout Walk, Values.Element) -> Outcome
  ) -> Outcome {
    if values.count == 1, let only = values.first { return body(&self, only) }
    var alternatives: [Outcome] = []
    for value in values { alternatives.append(body(&self, value)) }
    return Outcome.choice(alternatives)
  }

  /// Every address that a held address may be: the classes in which an unknown one may lie, and one address of a known one.
  mutating func eachAddress(
    of held: [HeldAddress], family: IPFamily, _ body: (inout Walk, WayAddress) -> Outcome
  ) -> Outcome {
    var result = Outcome.nothing
    for address in held {
      let cases = compiled.cases(of: address).filter { $0.address.family == family }
      if cases.isEmpty { continue }
      result.formUnion(choose(cases, body))
      break
    }
    return result
  }

  /// Whether the walk may go on: within the bound of steps, and with something still on it unless all blockers are wanted.
  mutating func goesOn(_ state: WalkState) -> Bool {
    steps += 1
    if steps > Self.mostSteps {
      truncated = true
      return false
    }
    return explains ? !state.domain.isEmpty : !state.may.isEmpty
  }

  // MARK: Blocking

  /// Notes a blocker for the atoms that it blocks, where blockers are wanted.
  mutating func note(_ state: WalkState, _ blocker: @autoclosure () -> Blocker, blocked: BitSet) {
    guard explains, blocked.intersects(state.domain) else { return }
    let found = blocker()
    if !blockers.contains(found) { blockers.append(found) }
  }

  /// `block`: nothing passes here; the walk goes on.
  mutating func block(_ state: inout WalkState, _ place: Place, _ reason: BlockReason) {
    note(state, Blocker(state.half, place, reason), blocked: state.domain)
    state.may = BitSet(count: atoms.count)
    state.must = state.may
  }

  /// Lets on what the bounds let on, and lists the rest as blocked.
  mutating func restrict(
    _ state: inout WalkState, to bounds: Bounded, _ place: Place, _ reason: @autoclosure () -> BlockReason
  ) {
    let may = mappings.preimage(bounds.may, state.mapping)
    let must = bounds.must == bounds.may ? may : mappings.preimage(bounds.must, state.mapping)
    if explains {
      let blocked = state.domain.subtracting(must)
      if !blocked.isEmpty { note(state, Blocker(state.half, place, reason()), blocked: blocked) }
    }
    state.may.formIntersection(may)
    state.must.formIntersection(must)
  }
}
