import Language
import NetworkModel
import PacketSpace
import Reachability

/// Properties about flows.
extension Evaluator {
  /// A pair that violates, or may.
  struct Violation {
    var source: SourceEnd
    var target: TargetEnd
    var traffic: TrafficSet
    var isSure: Bool
    var isOneWay: Bool
    var reach: Reach
    /// What is wrong, where the way alone does not say it, and where that is stated.
    var reason: String?
    var place = Derivation.none
    /// Where its ways are found, if that is not the whole network: the one without the waypoints.
    var around: Evaluator?
  }

  /// What is asked of the pairs of a flow.
  struct FlowResult {
    var violations: [Violation] = []
    /// What a proof is cut by is asked of these.
    var blocked = BlockedPairs()
    var sources = 0
    var targets = 0
    /// How many pairs were asked about, where none makes a property vacuous.
    var asked: Int?
    var assumptions: [AssumptionID] = []
    var notes: [String] = []

    mutating func note(_ text: String) {
      if !notes.contains(text) { notes.append(text) }
    }

    mutating func note(_ reach: Reach) {
      for assumption in reach.assumptions where !assumptions.contains(assumption) { assumptions.append(assumption) }
    }
  }

  /// `forbid`: proved if nothing *may* arrive, violated if something *must* arrive over *must* sources and targets.
  func forbid(
    _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, sparesInternetTraffic: Bool = true
  ) -> FlowResult {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    var flow = flow
    flow.sparesInternetTraffic = sparesInternetTraffic
    for source in sources {
      let open = openListeners(behind: source, flow.arrow)
      for target in targets {
        guard isAsked(source, target) else { continue }
        let reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        for end in reach.spared { result.note(leftOut(at: end)) }
        var arrives = reach.arrives
        if arrives.may.isEmpty, let unseen = unseen(source, target, open, on: flow.on) {
          result.violations.append(unseen)
          continue
        }
        if arrives.may.isEmpty, reach.spared.isEmpty {
          result.blocked.add(
            kind(source, target), BlockedPair(source: source, target: target, wanted: flow.on ?? .any))
          continue
        }
        if sparesInternetTraffic { arrives = leavingOutPublic(arrives, reach, source, target, &result) }
        if arrives.may.isEmpty {
          if let unseen = unseen(source, target, open, on: flow.on) { result.violations.append(unseen) }
          continue
        }
        let isSure = source.value == .yes && target.value == .yes && !arrives.must.isEmpty
        let traffic = isSure ? arrives.must : arrives.may
        // Only TCP needs an answer to be of use.
        let isOneWay =
          TrafficSet(.tcp).contains(traffic)
          && !reach.answered.may.forgettingSourcePorts.overlaps(traffic.forgettingSourcePorts)
        var violation = Violation(
          source: source, target: target, traffic: traffic.forgettingSourcePorts, isSure: isSure, isOneWay: isOneWay,
          reach: reach)
        for truth in [source.value, target.value] {
          if let unknown = truth.named, !violation.reach.unknowns.contains(unknown) {
            violation.reach.unknowns.append(unknown)
          }
        }
        result.violations.append(violation)
      }
    }
    return result
  }

  private func leftOut(at end: EndpointID) -> String {
    let traffic = sentByAllOfTheInternet(to: end).forgettingSourcePorts
    return
      "\(traffic) to \(explainer.name(end)) is left out between endpoints: all of the internet may send it there too"
  }

  /// Between endpoints what all of the internet may send there too is no matter; on a path that is said of where it enters.
  private func leavingOutPublic(
    _ arrives: Bounds<TrafficSet>, _ reach: Reach, _ source: SourceEnd, _ target: TargetEnd, _ result: inout FlowResult
  ) -> Bounds<TrafficSet> {
    guard source.endpoint != nil, let end = target.endpoint else { return arrives }
    var notes: [String] = []
    func less(_ bounds: Bounds<TrafficSet>, at entry: EndpointID) -> Bounds<TrafficSet> {
      let spared = sentByAllOfTheInternet(to: entry)
      guard bounds.may.overlaps(spared) else { return bounds }
      notes.append(leftOut(at: entry))
      return Bounds(may: bounds.may.subtracting(spared), must: bounds.must.subtracting(spared))
    }
    var rest = Bounds<TrafficSet>.nothing
    if reach.paths.isEmpty { rest = less(arrives, at: end) }
    for path in reach.paths {
      guard path.legs.count > 1 else {
        rest = rest.union(less(path.arrives, at: end))
        continue
      }
      guard case .endpoint(let entry)? = path.legs.first?.destination else {
        rest = rest.union(path.arrives)
        continue
      }
      // What is left of what enters there goes on as all of it does.
      let entering = path.legs[0].traffic
      let left = less(Bounds(may: entering, must: entering), at: entry)
      if !left.may.isEmpty { rest = rest.union(path.arrives) }
    }
    for note in notes { result.note(note) }
    rest.must.formIntersection(arrives.must)
    return rest
  }
}
