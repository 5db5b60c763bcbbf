import Language
import NetworkModel
import PacketSpace
import Reachability

extension Evaluator {
  /// `encrypted`: proved when every arrival that may be is encrypted for sure, on every leg of every way; violated when something must
  /// arrive over a leg that surely is not, or not well enough.
  func encrypted(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, minimum: TLSVersion?) -> FlowResult
  {
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    result.notes.append("tcp and udp are judged, by what listeners declare; ICMP and other protocols are left out")
    let judged = TrafficSet(.tcp).union(TrafficSet(.udp))
    let grading = EncryptionGrading(network: network, minimum: minimum)
    for source in sources {
      let open = openListeners(behind: source, flow.arrow)
      for target in targets where isAsked(source, target) {
        // Nothing is known of how a relay encrypts what it opens to a target that nobody saw.
        if let unseen = unseen(source, target, open, on: (flow.on ?? .any).intersection(judged)) {
          result.violations.append(unseen)
        }
        let reach = self.reach(source.source, target.destination, flow)
        result.note(reach)
        var ways: [(arrives: Bounds<TrafficSet>, way: Reach, legs: [RelayPath.Leg])] = []
        if reach.paths.isEmpty { ways = [(reach.arrives, reach, [])] }
        for path in reach.paths {
          var way = reach
          way.paths = [path]
          ways.append((path.arrives, way, path.legs))
        }
        for (arrives, way, legs) in ways {
          let arrives = arrives.intersection(judged)
          if arrives.may.isEmpty { continue }
          let parts = grading.grades(
            arrives.may, from: legs.last?.source ?? source.source, to: legs.last?.destination ?? target.destination,
            through: legs.compactMap(\.relay))
          for (part, grade) in parts {
            add(grade, arrives.intersection(part), way, source, target, to: &result)
          }
        }
      }
    }
    return result
  }

  private func add(
    _ grade: EncryptionGrading.Grade, _ arrives: Bounds<TrafficSet>, _ way: Reach, _ source: SourceEnd,
    _ target: TargetEnd, to result: inout FlowResult
  ) {
    if arrives.may.isEmpty { return }
    var isSure = false
    var reach = way
    let reason: String
    let place: Derivation
    switch grade {
    case .enough: return
    case .lacking(let why, let stated):
      isSure = source.value == .yes && target.value == .yes && !arrives.must.isEmpty
      (reason, place) = (why, stated)
    case .open(let unknown, let why, let stated):
      reach.unknowns = [unknown].compactMap { $0 }
      (reason, place) = (why, stated)
    }
    for unknown in [source.value.named, target.value.named].compactMap({ $0 }) where !reach.unknowns.contains(unknown) {
      reach.unknowns.append(unknown)
    }
    result.violations.append(
      Violation(
        source: source, target: target, traffic: (isSure ? arrives.must : arrives.may).forgettingSourcePorts,
        isSure: isSure, isOneWay: false, reach: reach, reason: reason, place: place))
  }
}
