import Language
import NetworkModel
import PacketSpace
import Reachability

extension Evaluator {
  /// `require`: each source to each destination, all of the traffic, over the whole range of the client's source ports.
  ///
  /// Proved when each pair of members that may be meant is answered by what *must* pass; violated when a pair of sure members is not
  /// answered even by what *may* pass. Where no traffic is said, all that the target listens on is meant.
  func require(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow) -> FlowResult {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    var asked = 0
    for source in sources {
      for target in targets where isAsked(source, target) && !areSurelyTogether(source, target) {
        asked += 1
        let needed = needed(flow, target)
        var reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        let covered = covered(reach, from: source, asIs: Clients.namesSourcePorts(needed))
        if covered.must.contains(needed) { continue }
        let missing = needed.subtracting(covered.may)
        let isSure = source.value == .yes && target.value == .yes && !missing.isEmpty
        for unknown in [source.value.named, target.value.named].compactMap({ $0 })
        where !reach.unknowns.contains(unknown) {
          reach.unknowns.append(unknown)
        }
        result.violations.append(
          Violation(
            source: source, target: target,
            traffic: (isSure ? missing : needed.subtracting(covered.must)).forgettingSourcePorts, isSure: isSure,
            isOneWay: false, reach: reach))
      }
    }
    if asked == 0 { result.notes.append("no pair of these is asked about: both lie outside, or they are one host") }
    result.asked = asked
    return result
  }

  private func needed(_ flow: AskedFlow, _ target: TargetEnd) -> TrafficSet {
    if let on = flow.on { return on }
    return target.endpoint.flatMap { network[$0].accepts } ?? .any
  }

  /// The destinations of traffic that are answered from all source ports of the client's kind; with `asIs` what is answered as it stands.
  private func covered(_ reach: Reach, from source: SourceEnd, asIs: Bool) -> Bounds<TrafficSet> {
    if asIs { return reach.answered }
    func whole(_ set: TrafficSet, _ client: Source) -> TrafficSet {
      Clients.whole(set, from: clients.ports(of: client)).forgettingSourcePorts
    }
    if reach.paths.isEmpty {
      return Bounds(may: whole(reach.answered.may, source.source), must: whole(reach.answered.must, source.source))
    }
    var result = Bounds<TrafficSet>.nothing
    for path in reach.paths {
      // On a path it is a relay that asks the target; its own client has to be heard from each port too.
      let last = path.legs.last?.source ?? source.source
      let isEntered = path.legs.count == 1 || !whole(path.entering.must, source.source).isEmpty
      if isEntered { result.must.formUnion(whole(path.answered.must, last)) }
    }
    if reach.paths.count == 1, let path = reach.paths.first {
      result.may = whole(path.answered.may, path.legs.last?.source ?? source.source)
    } else {
      // Several ways may answer some ports each, so what any of them may answer counts.
      result.may = reach.answered.may.forgettingSourcePorts
    }
    return result
  }
}
