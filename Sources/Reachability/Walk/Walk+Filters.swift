import NetworkModel
import PacketSpace

/// Filters on the way (the walk, section 2).
extension Walk {
  /// The filters of a segment's boundary or of an attachment: each must say allow. No membership is borne there.
  mutating func judge(
    _ state: inout WalkState, filters: [FilterID], _ direction: Direction, header: Header, segment: SegmentID?,
    attachment: AttachmentID?
  ) {
    for filter in filters {
      let compiledFilter = compiled.filters[filter.offset]
      let place = JudgedPlace(filter: filter, segment: segment, attachment: attachment)
      if compiledFilter.isStateful {
        if state.half == .answer, state.judged.contains(place) { continue }
        if state.half == .request { state.judged.insert(place) }
      }
      var source = header.source
      if attachment != nil, state.half == .request, let seen = state.routerSource { source = seen }
      let far = direction == .ingress ? source : header.destination
      let near = direction == .ingress ? header.destination : source
      let bounds = compiled.boundary(
        filter, direction, far: far, near: near, judged: state.half == .request ? .request : .answer, notes: &notes,
        cache: &cache)
      let mapping = state.mapping
      state.mapping = header.mapping
      if let segment {
        restrict(&state, to: bounds, .segment(segment), .boundary(direction, filter))
      } else if let attachment {
        restrict(&state, to: bounds, .attachment(attachment), .admission(direction, filter))
      }
      state.mapping = mapping
    }
  }

  /// The outward filters of the segment that a packet leaves, if they are due; they judge it as it came.
  mutating func judgeDue(_ state: inout WalkState, _ leaving: Leaving?, came: Header) {
    guard let leaving, leaving.due else { return }
    judge(
      &state, filters: network[leaving.segment].outFilters, .egress, header: came, segment: leaving.segment,
      attachment: nil)
  }

  /// The inward filters of a segment.
  mutating func judgeInward(_ state: inout WalkState, _ segment: SegmentID) {
    judge(
      &state, filters: network[segment].inFilters, .ingress, header: state.header, segment: segment, attachment: nil)
  }

  /// Layers at an endpoint; all must allow, each is judged by itself.
  mutating func judge(
    _ state: inout WalkState, layers: [LayerID], of endpoint: EndpointID, _ direction: Direction, far: FarEnd,
    named: EndpointID?, header: Header? = nil
  ) {
    for layer in layers {
      let judged: Judged = state.half == .request ? .request : .answer
      let bounds = compiled.layer(
        layer, direction, far: far, namedBy: named, judged: judged, notes: &notes, cache: &cache)
      let mapping = state.mapping
      if let header { state.mapping = header.mapping }
      if explains {
        let must = mappings.preimage(bounds.must, state.mapping)
        for atom in denied(state.domain.subtracting(must)) {
          let current = mappings.current(atom, state.mapping)
          let blame = compiled.blame(
            layer, direction, atom: current, far: far, named: named.map { network[$0] }, judged: judged)
          note(
            state, Blocker(state.half, .endpoint(endpoint), .layer(direction, layer, filters: blame)),
            blocked: state.domain)
        }
      }
      state.may.formIntersection(mappings.preimage(bounds.may, state.mapping))
      state.must.formIntersection(mappings.preimage(bounds.must, state.mapping))
      state.mapping = mapping
    }
  }

  /// One atom stands for all where all are denied alike: blockers are wanted for single packets.
  private func denied(_ mask: BitSet) -> [Int] {
    var found: [Int] = []
    mask.forEach { found.append($0) }
    return found
  }

  /// The layers of a router's own interface: they judge requests, and an answer whose request did not cross that router.
  mutating func judgePort(_ state: inout WalkState, _ attachment: AttachmentID, port: Int, _ direction: Direction) {
    guard case .ports(let ports) = network[attachment].farSide, let endpoint = ports[port].endpoint else { return }
    if state.half == .answer, state.crossings.contains(where: { $0.router == network[attachment].router }) { return }
    let placement = network[endpoint].placements.first
    let layers = (placement?.layers ?? []) + network[endpoint].layers
    if !layers.isEmpty { ends?.isParticular = true }
    let other = direction == .ingress ? state.source : state.destination
    // What a router's interface sends on bears nothing; what it takes in bears what the sender bears.
    let bearer = direction == .ingress ? state.bearer : nil
    judge(
      &state, layers: layers, of: endpoint, direction,
      far: FarEnd(addressClass: other.addressClass, number: other.address.number, bearer: bearer),
      named: direction == .ingress ? endpoint : nil)
  }
}
