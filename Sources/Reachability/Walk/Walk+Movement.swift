import NetworkModel
import PacketSpace

/// How a packet moves, request and answer alike (the walk, section 4).
extension Walk {
  /// SEND: within the segment nothing is met; else by the gateway.
  mutating func send(_ start: WalkState, _ segment: SegmentID, due: Bool = true) -> Outcome {
    guard goesOn(start) else { return dead(start) }
    var state = start
    state.zone = network[segment].availabilityZone
    let destination = state.destination.address
    // What is held here by something of unknown address is here whatever its number is.
    if compiled.segmentPrefixes[segment.offset].contains(destination.number)
      || compiled.holders[segment.offset].holds(unknown: destination)
    {
      return deliver(state, segment)
    }
    guard let gateway = network[segment].gateway else { return stop(state, .segment(segment), .noGateway) }
    return router(state, gateway, leaving: Leaving(segment: segment, due: due))
  }

  /// DELIVER: by the holder of the destination in the segment.
  mutating func deliver(_ state: WalkState, _ segment: SegmentID) -> Outcome {
    guard goesOn(state) else { return dead(state) }
    let holders = compiled.holders[segment.offset].holders(
      of: state.destination.address, preferring: spokenOf(state))
    if ends != nil { seeHolders(holders, state) }
    return deliver(state, segment, to: holders[...])
  }

  /// Where the layers of the ends are left open: an end's own address that another holds here, or nobody, is looked up by its number. What
  /// else is delivered bears an address that was given on the way, or one of a zone, and both are part of the way.
  private mutating func seeHolders(_ holders: [Holder], _ state: WalkState) {
    let (end, expected): (WayAddress, Holder)
    switch (state.half, question.origin, question.asked) {
    case (.request, _, .endpoint(let asked)) where ends?.isDestinationOwn == false:
      (end, expected) = (question.destination, .endpoint(asked, placement: question.askedPlacement ?? 0))
    case (.answer, .endpoint(let origin, let placement), _) where ends?.isSourceOwn == false:
      (end, expected) = (question.source, .endpoint(origin, placement: placement))
    default: return
    }
    if state.destination.address == end.address, holders != [expected] { ends?.isParticular = true }
  }

  /// Who is met where several share an address: the endpoint asked about or the relay's target, and on the way back the origin.
  private func spokenOf(_ state: WalkState) -> [EndpointID] {
    if state.half == .answer {
      guard case .endpoint(let origin, let placement) = question.origin else { return [] }
      return [state.sender(origin, placement, compiled, question).endpoint]
    }
    var result: [EndpointID] = []
    if case .endpoint(let asked) = question.asked { result.append(asked) }
    if let target = question.target { result.append(target) }
    return result
  }

  private mutating func deliver(_ start: WalkState, _ segment: SegmentID, to holders: ArraySlice<Holder>) -> Outcome {
    var state = start
    guard let holder = holders.first else {
      // A host is asked about at an address that nobody holds.
      if case .host(let asking) = question.origin, asking == segment, state.half == .answer,
        state.destination.address == question.source.address
      {
        return endAnswer(state, at: .host(segment))
      }
      return stop(state, .segment(segment), .noEndpoint)
    }
    switch holder {
    case .port(let attachment, let port):
      judgePort(&state, attachment, port: port, .ingress)
      return router(state, attachment, leaving: Leaving(segment: segment, due: false))
    case .endpoint(let endpoint, let placement):
      let placements = network[endpoint].placements.count
      if let chosen = chosenPlacement(of: endpoint, state) {
        guard chosen == placement else { return deliver(state, segment, to: holders.dropFirst()) }
      } else if placements > 1 {
        return choose(0..<placements) { walk, number in
          var placed = state
          walk.choose(number, of: endpoint, &placed)
          return walk.deliver(placed, segment, to: holders)
        }
      }
      if case .unknown(let unknown) = network[endpoint].exists, !isAskedAbout(endpoint) {
        notes.note(unknown)
        return choose([true, false]) { walk, exists in
          if exists { return walk.receive(state, Bearer(endpoint: endpoint, placement: placement), in: segment) }
          let others = holders.filter { !$0.is(endpoint) }
          return walk.deliver(state, segment, to: others[...])
        }
      }
      return receive(state, Bearer(endpoint: endpoint, placement: placement), in: segment)
    }
  }

  private mutating func receive(_ state: WalkState, _ receiver: Bearer, in segment: SegmentID) -> Outcome {
    if state.half == .answer { return endAnswer(state, at: .endpoint(receiver)) }
    return receive(state, receiver, segment)
  }

  /// The two that are asked about are judged as if they existed; a third party that may not exist may not take part either.
  func isAskedAbout(_ endpoint: EndpointID) -> Bool {
    isOrigin(endpoint) || question.asked == .endpoint(endpoint) || question.target == endpoint
  }

  /// ROUTER: in the order of the text, steps 1 to 7.
  mutating func router(_ start: WalkState, _ entered: AttachmentID, leaving: Leaving?) -> Outcome {
    guard goesOn(start) else { return dead(start) }
    var state = start
    let attachment = network[entered]
    let router = network[attachment.router]
    let came = state.header
    // 1. Loop, use, admission.
    let visit = Visit(attachment: entered, header: came)
    if state.visited.contains(visit) { return stop(state, .attachment(entered), .loop) }
    state.visited.append(visit)
    use(&state, entered)
    judge(&state, filters: attachment.inFilters, .ingress, header: came, segment: nil, attachment: entered)
    if let unknown = router.notUnderstood {
      notes.note(unknown)
      state.must = BitSet(count: atoms.count)
    }
    // 2. An answer is translated back by the router that translated the request.
    var undone = false
    if state.half == .answer {
      if let crossing = state.crossings.last(where: {
        $0.router == attachment.router && $0.left.answered == came
      }) {
        let back = crossing.came.answered
        state.source = back.source
        state.destination = back.destination
        state.mapping = back.mapping
        undone = true
      } else if router.isSymmetric, !state.crossings.contains(where: { $0.router == attachment.router }) {
        block(&state, .router(attachment.router), .noState)
      }
    }
    // 3. Translation inward.
    guard !undone, let translations = attachment.translations else {
      return route(state, entered, leaving: leaving, came: came, undone: undone)
    }
    return translateInward(state, entered, translations.inOrder[...], leaving: leaving, came: came)
  }

  /// An attachment that is not usable lets nothing pass.
  private mutating func use(_ state: inout WalkState, _ attachment: AttachmentID) {
    switch network[attachment].usable {
    case .yes: break
    case .no: block(&state, .attachment(attachment), .notUsable)
    case .unknown(let unknown):
      notes.note(unknown)
      state.must = BitSet(count: atoms.count)
    }
  }

  /// Tries both, where it is not known whether something is there.
  mutating func settle(_ truth: Truth, _ body: (inout Walk, Bool) -> Outcome) -> Outcome {
    switch truth {
    case .yes: return body(&self, true)
    case .no: return body(&self, false)
    case .unknown(let unknown):
      notes.note(unknown)
      return choose([true, false], body)
    }
  }

  /// What may not be there must not be relied on.
  mutating func uncertain(_ state: inout WalkState, _ truth: Truth) {
    guard let unknown = truth.unknown else { return }
    notes.note(unknown)
    state.must = BitSet(count: atoms.count)
  }

  /// 4. The entry of the table for the destination; what it may be is a choice.
  mutating func route(
    _ start: WalkState, _ entered: AttachmentID, leaving: Leaving?, came: Header, undone: Bool
  ) -> Outcome {
    let state = start
    guard let tableID = network[entered].table else {
      return follow(nil, state, entered, leaving: leaving, came: came, undone: undone)
    }
    let table = compiled.tables[tableID.offset]
    var (hops, unknowns) = table.nextHops(to: state.destination.address.number)
    for unknown in unknowns { notes.note(unknown) }
    var expanded: [RouteTable.NextHop?] = []
    for hop in hops {
      if case .unknown(let unknown)? = hop {
        notes.note(unknown)
        for any in anyNextHop(of: network[entered].router) where !expanded.contains(any) { expanded.append(any) }
      } else if !expanded.contains(hop) {
        expanded.append(hop)
      }
    }
    hops = expanded
    if let open = table.open {
      notes.note(open)
      for any in anyNextHop(of: network[entered].router) where !hops.contains(any) { hops.append(any) }
    }
    return choose(hops) { walk, hop in
      walk.follow(hop, state, entered, leaving: leaving, came: came, undone: undone)
    }
  }

  /// Every next hop that a route of this router could have: its own attachments, and interfaces of others in its segments.
  private func anyNextHop(of router: RouterID) -> [RouteTable.NextHop?] {
    var hops: [RouteTable.NextHop?] = [.drop, .local]
    var segments: Set<SegmentID> = []
    for attachment in network[router].attachments {
      if case .ports(let ports) = network[attachment].farSide {
        segments.formUnion(ports.map(\.segment))
      }
      hops.append(.link(attachment))
    }
    for (index, attachment) in network.attachments.enumerated() where attachment.router != router {
      guard case .ports(let ports) = attachment.farSide else { continue }
      if ports.contains(where: { segments.contains($0.segment) }) { hops.append(.port(AttachmentID(index))) }
    }
    return hops
  }

  private mutating func follow(
    _ hop: RouteTable.NextHop?, _ start: WalkState, _ entered: AttachmentID, leaving: Leaving?, came: Header,
    undone: Bool
  ) -> Outcome {
    var state = start
    let router = network[entered].router
    switch hop {
    case nil:
      judgeDue(&state, leaving, came: came)
      return stop(state, .attachment(entered), .noRoute)
    case .drop?, .unknown?:
      judgeDue(&state, leaving, came: came)
      return stop(state, .attachment(entered), .drop)
    case .local?:
      judgeDue(&state, leaving, came: came)
      guard let (attachment, segment) = compiled.attachedSegment(of: router, holding: state.destination.address.number)
      else { return stop(state, .router(router), .noSegment) }
      cross(&state, router, [entered, attachment], came: came)
      judgeInward(&state, segment)
      return deliver(state, segment)
    case .port(let far)?:
      return enter(state, port: far, from: entered, leaving: leaving, came: came)
    case .link(let left)?:
      judgeDue(&state, leaving, came: came)
      return leave(state, by: left, from: entered, came: came, undone: undone)
    }
  }

  /// 5. Next hop *port*: into another router by its interface in one of this router's segments.
  private mutating func enter(
    _ state: WalkState, port far: AttachmentID, from entered: AttachmentID, leaving: Leaving?, came: Header
  ) -> Outcome {
    guard case .ports(let ports) = network[far].farSide else {
      return stop(state, .attachment(far), .noPortInZone)
    }
    var numbers = Array(ports.indices)
    if network[far].isSameZoneOnly, let leaving {
      let zone = network[leaving.segment].availabilityZone
      numbers = numbers.filter { network[ports[$0].segment].availabilityZone == zone }
    }
    if numbers.isEmpty {
      var state = state
      judgeDue(&state, leaving, came: came)
      return stop(state, .attachment(far), .noPortInZone)
    }
    return choose(numbers) { walk, number in
      var state = state
      let router = walk.network[entered].router
      let segment = ports[number].segment
      let exempt = segment == leaving?.segment && !walk.network[far].meetsOwnBoundary
      if !exempt { walk.judgeDue(&state, leaving, came: came) }
      walk.cross(&state, router, [entered], came: came)
      if !exempt { walk.judgeInward(&state, segment) }
      walk.judgePort(&state, far, port: number, .ingress)
      return walk.router(state, far, leaving: Leaving(segment: segment, due: false))
    }
  }

  /// 6 and 7. Out by another attachment of the same router.
  private mutating func leave(
    _ start: WalkState, by left: AttachmentID, from entered: AttachmentID, came: Header, undone: Bool
  ) -> Outcome {
    var state = start
    use(&state, left)
    judge(
      &state, filters: network[left].outFilters, .egress, header: state.header, segment: nil, attachment: left)
    guard !undone, let translations = network[left].translations else {
      return depart(state, by: left, from: entered, came: came)
    }
    return translateOutward(state, by: left, from: entered, translations.inOrder[...], came: came)
  }

  /// 7. Where the attachment leads.
  mutating func depart(_ start: WalkState, by left: AttachmentID, from entered: AttachmentID, came: Header)
    -> Outcome
  {
    var state = start
    cross(&state, network[left].router, [entered, left], came: came)
    switch network[left].farSide {
    case .attachment(let next): return router(state, next, leaving: nil)
    case .zones(let zones): return zone(state, by: left, zones)
    case .ports(let ports): return out(state, by: left, ports)
    }
  }

  private mutating func out(_ state: WalkState, by left: AttachmentID, _ ports: [Attachment.Port]) -> Outcome {
    var numbers = Array(ports.indices)
    if network[left].isHashed {
      if let chosen = state.chosenPorts[left] { numbers = [chosen] }
    } else if let zone = state.zone {
      let near = numbers.filter { network[ports[$0].segment].availabilityZone == zone }
      if !near.isEmpty { numbers = near }
    }
    if numbers.isEmpty { return stop(state, .attachment(left), .noPortInZone) }
    return choose(numbers) { walk, number in
      var state = state
      if walk.network[left].isHashed { state.chosenPorts[left] = number }
      walk.judgePort(&state, left, port: number, .egress)
      return walk.send(state, ports[number].segment)
    }
  }

  /// *Cross*: a request records how it came and left, and loses what the attachments do not keep; an answer notes the router.
  private mutating func cross(
    _ state: inout WalkState, _ router: RouterID, _ attachments: [AttachmentID], came: Header
  ) {
    if state.half == .answer {
      if !state.crossedBack.contains(router) { state.crossedBack.append(router) }
      return
    }
    state.crossings.append(Crossing(router: router, came: came, left: state.header))
    state.lastLeft = state.header
    for attachment in attachments {
      if !network[attachment].keepsIngress { state.bearer = nil }
      if !network[attachment].keepsEgress { resolveEgress(&state, receiver: nil) }
    }
  }

  /// ZONE: to the owner of the address, or into a zone that holds it.
  private mutating func zone(_ start: WalkState, by left: AttachmentID, _ zones: [ZoneID]) -> Outcome {
    var state = start
    let destination = state.destination.address
    guard compiled.network.leadsToInternet(network[left]) else {
      let holding = zones.filter { compiled.zone($0, holds: destination) }
      if holding.isEmpty { return stop(state, .attachment(left), .noZone) }
      return choose(holding) { walk, zone in walk.end(state, in: zone, by: left) }
    }
    let owners = compiled.owners(of: destination)
    if !owners.isEmpty {
      resolveEgress(&state, receiver: nil)
      state.bearer = nil
      state.machine = nil
      let handed = state
      return choose(owners) { walk, owner in walk.router(handed, owner, leaving: nil) }
    }
    for zone in compiled.openZones where compiled.zone(zone, holds: destination) {
      return end(state, in: zone, by: left)
    }
    // What else lies behind the same attachment.
    for zone in zones where !network[zone].isInternet && compiled.zone(zone, holds: destination) {
      return end(state, in: zone, by: left)
    }
    if let internet = compiled.internet, compiled.zone(internet, holds: destination) {
      return end(state, in: internet, by: left)
    }
    return stop(state, .attachment(left), .noZone)
  }

  private mutating func end(_ start: WalkState, in zone: ZoneID, by left: AttachmentID) -> Outcome {
    var state = start
    if case .implicit(let unknown) = network[zone].kind {
      notes.note(unknown)
      state.must = BitSet(count: atoms.count)
    }
    if state.half == .answer { return endAnswer(state, at: .zone(zone)) }
    state.exit = left
    return endRequest(state, in: zone)
  }
}

extension WalkState {
  /// Narrows this way to some of the atoms.
  mutating func keep(only mask: BitSet) {
    domain.formIntersection(mask)
    may.formIntersection(mask)
    must.formIntersection(mask)
  }
}
