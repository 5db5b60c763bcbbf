import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

extension Evaluator {
  /// The answer to a question: *reachable* if some pair and some packet is answered for sure.
  package func answer(_ query: Query) throws(StatementError) -> QueryAnswer {
    let flow = AskedFlow(
      source: query.source, arrow: query.arrow, destination: query.destination, on: try query.on?.set(parameters),
      entering: try query.entering?.set(parameters))
    if flow.arrow == .pivots {
      throw StatementError(
        "paths through pivots are not evaluated yet", query.source.span, suggestion: "use `->` or `~>`")
    }
    let from = try select(query.source, isRule: false)
    let to = try select(query.destination, isRule: false)
    var answer = QueryAnswer(
      query: query, result: .unreachable, arrives: false, traffic: .none, sourcePorts: nil, pairs: [], witness: nil,
      blockers: [], unknowns: [], assumptions: [], isVacuous: from.isEmpty || to.isEmpty,
      notes: from.notes + to.notes + (from.assumptions + to.assumptions).map { "assumed: \($0.text)" })
    let sources = self.sources(from)
    let targets = self.targets(to)
    answer.isVacuous = answer.isVacuous || sources.isEmpty || targets.isEmpty
    var must = TrafficSet.none
    var may = TrafficSet.none
    var mayArrive = TrafficSet.none
    var best: Violation?
    for source in sources {
      for target in targets {
        if case .zone = source.source, case .zone = target.destination { continue }
        if case .endpoint(let one) = source.source, case .endpoint(let other) = target.destination,
          network[one].host == network[other].host, one != other
        {
          continue
        }
        let reach = self.reach(source.source, target.destination, flow)
        for assumption in reach.assumptions where !answer.assumptions.contains(assumption) {
          answer.assumptions.append(assumption)
        }
        if reach.arrives.may.isEmpty { continue }
        let isMeant = source.value == .yes && target.value == .yes
        mayArrive.formUnion(reach.arrives.may)
        may.formUnion(reach.answered.may)
        if isMeant {
          must.formUnion(reach.answered.must)
          if !reach.arrives.must.isEmpty { answer.arrives = true }
        }
        for unknown in reach.unknowns where !answer.unknowns.contains(unknown) { answer.unknowns.append(unknown) }
        answer.pairs.append(
          QueryAnswer.Pair(
            source: source.name, destination: target.name, traffic: reach.arrives, answered: reach.answered))
        let isSure = isMeant && !reach.answered.must.isEmpty
        if best == nil || (isSure && best?.isSure == false) {
          let shown =
            isSure ? reach.answered.must : !reach.answered.may.isEmpty ? reach.answered.may : reach.arrives.may
          best = Violation(
            source: source, target: target, traffic: shown, isSure: isSure, isOneWay: reach.answered.may.isEmpty,
            reach: reach)
        }
      }
    }
    if !must.isEmpty {
      answer.result = .reachable
      answer.unknowns = []
    } else if !may.isEmpty {
      answer.result = .undecided
    }
    let shown = !must.isEmpty ? must : !may.isEmpty ? may : mayArrive
    answer.traffic = shown.forgettingSourcePorts
    let ports = shown.sourcePorts(of: .tcp)
    if !ports.isEmpty, !ports.isEverything { answer.sourcePorts = ports }
    if let best { answer.witness = witness(best) }
    if answer.result != .reachable || query.form == .whyNot {
      answer.blockers = blockers(sources, targets, flow)
    }
    return answer
  }

  /// Everything that blocks, of the nearest pairs: each walk's blockers, the one that was stopped last first.
  private func blockers(_ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow) -> [ExplainedBlocker] {
    var found: [ExplainedBlocker] = []
    var asked = 0
    for source in sources {
      for target in targets {
        for question in attempts(source, target, flow) {
          asked += 1
          if asked > 64 { return found }
          for blocker in interpreter.judge(question).blockers {
            let explained = explainer.explain(blocker)
            if !found.contains(explained) { found.append(explained) }
          }
        }
      }
    }
    return found
  }

  /// Single packets that stand for what was asked.
  private func attempts(_ source: SourceEnd, _ target: TargetEnd, _ flow: AskedFlow) -> [WalkQuestion] {
    let wanted = flow.entering ?? flow.on ?? .tcp(443)
    guard let point = wanted.sample else { return [] }
    return engine.attempts(source.source, target.destination).prefix(4).map { attempt in
      WalkQuestion(
        origin: attempt.origin,
        packet: Packet(source: attempt.source, destination: attempt.destination, traffic: point), asked: attempt.asked,
        target: attempt.target, askedPlacement: attempt.askedPlacement)
    }
  }
}
