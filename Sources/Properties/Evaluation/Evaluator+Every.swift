import Language
import NetworkModel
import PacketSpace
import Reachability

extension Evaluator {
  /// `every … via`: proved when nothing *may* arrive once the waypoints that surely are there are taken out, violated when something
  /// *must* arrive although all that may be are.
  func every(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, via: Selector) throws(StatementError)
    -> FlowResult
  {
    var selecting = selecting
    selecting.isRule = true
    let waypoints = try selecting.waypoints(via)
    var notes = selecting.assumptions.map { "assumed: \($0.text)" }
    if waypoints.isEmpty { notes.append("nothing in the snapshot is `\(via)`") }
    let sure = around(waypoints.deleted(from: network, maybe: false), sources, targets, flow)
    if sure.violations.isEmpty {
      var result = sure
      result.notes += notes
      // What is cut here is cut by the waypoints too, which let nothing pass in that network only.
      result.blocked = BlockedPairs()
      return result
    }
    let possible = around(waypoints.deleted(from: network, maybe: true), sources, targets, flow)
    var result = possible.violations.contains(where: \.isSure) ? possible : sure
    if !possible.violations.contains(where: \.isSure) {
      for index in result.violations.indices { result.violations[index].isSure = false }
      notes.append("some of what `\(via)` means may not be there")
    }
    result.notes += notes
    return result
  }

  /// What arrives in a network without waypoints. Its ways are ways of the whole network, so witnesses are replayed there.
  private func around(_ network: Network, _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow)
    -> FlowResult
  {
    let without = elsewhere(network)
    var result = without.forbid(sources, targets, flow, sparesInternetTraffic: false)
    for index in result.violations.indices {
      result.violations[index].reason = "it meets nothing of what it has to"
      result.violations[index].around = without
    }
    return result
  }
}
