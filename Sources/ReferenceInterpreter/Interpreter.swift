package import NetworkModel
import PacketSpace

/// Judges one packet at a time by the text of the walk and of the layers: no atoms, no classes, no caches.
///
/// It is the oracle of the tests, and every witness is replayed through it before it is reported.
package struct Interpreter: Sendable {
  package let network: Network
  /// How many completions of one question are tried before it is given up as undecided.
  package var limit: Int
  private let index: NetworkIndex

  package init(_ network: Network, limit: Int = 4096) {
    self.network = network
    self.limit = limit
    index = NetworkIndex(network)
  }

  /// Walks one packet from one origin, with every choice and every unknown tried (the walk, sections 1 to 7 and 9).
  package func judge(_ question: WalkQuestion) -> WalkOutcome {
    var results: [CompletedWalk] = []
    var script: ChoiceScript? = ChoiceScript()
    while let current = script, results.count < limit {
      var walk = Walk(network, index, question, script: current)
      let result = walk.run()
      results.append(result)
      script = result.script.next()
    }
    return WalkOutcome(joining: results, truncated: script != nil)
  }
}

/// What came out of one completion.
struct CompletedWalk {
  var script: ChoiceScript
  var arrives: Certainty
  var answered: Certainty
  var blockers: [Walk.Found]
  var hops: [Hop]
  var ending: WalkOutcome.Ending
  var arrivedPacket: Packet?
  var unknowns: Set<UnknownID>
  var assumptions: Set<AssumptionID>
}

extension WalkOutcome {
  /// Joins the completions of one question (the walk, section 9: *may* some value, *must* every value).
  init(joining results: [CompletedWalk], truncated: Bool) {
    var arrives = ChoiceScript.fold(results.map { ($0.script.decisions, $0.arrives) }[...])
    var answered = ChoiceScript.fold(results.map { ($0.script.decisions, $0.answered) }[...])
    if truncated {
      arrives = Certainty(may: true, must: false)
      answered = Certainty(may: true, must: false)
    }
    var blockers: [Blocker] = []
    var sureIn: [Blocker: Int] = [:]
    for result in results {
      for found in result.blockers {
        if sureIn[found.blocker] == nil { blockers.append(found.blocker) }
        sureIn[found.blocker, default: 0] += found.isSure ? 1 : 0
      }
    }
    let shown = results.first(where: \.answered.may) ?? results.first(where: \.arrives.may)
    let undecided = arrives.isUndecided || answered.isUndecided
    let deciding = undecided ? results.reduce(into: Set()) { $0.formUnion($1.unknowns) } : []

    self.arrives = arrives
    self.answered = answered
    self.blockers = blockers
    self.possibleBlockers = Set(blockers.filter { sureIn[$0, default: 0] < results.count })
    self.hops = shown?.hops ?? []
    self.ending = (shown ?? results[0]).ending
    self.arrivedPacket = shown?.arrivedPacket
    self.arrivals = Set(results.filter(\.arrives.may).compactMap { $0.arrivedPacket?.traffic })
    self.deciding = deciding.sorted()
    self.assumptions = results.reduce(into: Set()) { $0.formUnion($1.assumptions) }.sorted()
    self.truncated = truncated
  }
}
