import NetworkModel
import PacketSpace

// What filters, admissions and layers say (the walk, section 2).
extension Walk {
  /// The boundary filters of a segment; none of them sees memberships (2.3).
  mutating func judgeBoundary(_ segment: SegmentID, _ filters: [FilterID], _ direction: Direction, _ packet: Packet) {
    for filter in filters { judge(filter, .segment(segment), Sight(direction, packet)) { .boundary($0, $1) } }
  }

  /// What an attachment admits (2.3).
  ///
  /// Behind a relay its filters see the relay's address as source (6.3).
  mutating func judgeAdmission(_ attachment: AttachmentID, _ direction: Direction, _ packet: Packet) {
    var seen = packet
    if half == .request, let sourceShown { seen.source = sourceShown }
    let filters = direction == .ingress ? network[attachment].inFilters : network[attachment].outFilters
    for filter in filters { judge(filter, .attachment(attachment), Sight(direction, seen)) { .admission($0, $1) } }
  }

  /// A boundary or admission filter must say allow; deny, pass and nothing block.
  ///
  /// A stateful one that judged the request at the same place is not asked about the answer (2.3). One that is not
  /// there is not asked at all.
  private mutating func judge(
    _ filter: FilterID, _ place: Place, _ sight: Sight, reason: (Direction, FilterID) -> BlockReason
  ) {
    if network[filter].present == .no { return }
    assumptions.formUnion(network[filter].assumptions)
    if network[filter].isStateful {
      let entry = Judged(place: place, filter: filter)
      if half == .answer, judged.contains(entry) { return }
      if half == .request { judged.insert(entry) }
    }
    completion.unknownsMet = []
    let list = network[filter].rules(sight.direction) ?? RuleList()
    let outcomes = completion.firstMatch(filter, list, sight)
    if let cause = outcomes.causes(of: .allow).first, case .rule(_, let index) = cause {
      pass(place, .rule(sight.direction, filter, index: index))
    }
    if outcomes.isExactly(.allow) { return }
    let isThere = completion.read(network[filter].present)
    let isSure = !outcomes.contains(.allow) && isThere == .yes
    if !isSure { unknowns.formUnion(completion.unknownsMet) }
    block(place, reason(sight.direction, filter), isSure: isSure)
  }

  /// Every layer is judged, each by itself; deny blocks (2.4, layers section 5).
  mutating func judgeLayers(_ layers: [LayerID], of endpoint: EndpointID, _ sight: Sight) {
    for layer in layers {
      assumptions.formUnion(network[layer].assumptions)
      completion.unknownsMet = []
      let outcomes = completion.outcomes(of: layer, sight)
      noteAssumptions(outcomes)
      if let cause = outcomes.causes(of: .allow).first {
        if case .rule(let filter, let index) = cause {
          pass(.endpoint(endpoint), .rule(sight.direction, filter, index: index))
        } else {
          pass(.endpoint(endpoint), .layerDefault(sight.direction, layer))
        }
      }
      let denials = outcomes.causes(of: .deny)
      if denials.isEmpty { continue }
      let isSure = outcomes.isExactly(.deny)
      if !isSure { unknowns.formUnion(completion.unknownsMet) }
      for denial in denials {
        block(.endpoint(endpoint), .layer(sight.direction, layer, filters: denial.filters), isSure: isSure)
      }
    }
  }

  private mutating func noteAssumptions(_ outcomes: Outcomes) {
    for (_, cause) in outcomes.found {
      for filter in cause.filters { assumptions.formUnion(network[filter].assumptions) }
    }
  }
}

extension Outcomes.Cause {
  /// The filters that said it.
  var filters: [FilterID] {
    switch self {
    case .rule(let filter, _): [filter]
    case .filters(let filters): filters
    case .unwritten: []
    }
  }
}
