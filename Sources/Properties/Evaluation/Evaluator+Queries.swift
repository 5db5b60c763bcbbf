package import Language
import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

extension Evaluator {
  /// The answer to a question: *reachable* if some pair and some packet is answered for sure.
  package func answer(_ query: Query) throws(StatementError) -> QueryAnswer {
    let flow = AskedFlow(
      source: query.source, arrow: query.arrow, destination: query.destination, on: try query.on?.set(parameters),
      entering: try query.entering?.set(parameters), isOfProperty: false)
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
    let targets = self.targets(to, flow.arrow)
    let saysPorts = Clients.namesSourcePorts(flow.on ?? .any) || Clients.namesSourcePorts(flow.entering ?? .any)
    answer.isVacuous = answer.isVacuous || sources.isEmpty || targets.isEmpty
    var must = TrafficSet.none
    var may = TrafficSet.none
    var mayArrive = TrafficSet.none
    var best: Violation?
    for source in sources {
      for target in targets {
        guard isAsked(source, target) else { continue }
        var reach = self.reach(source.source, target.destination, flow)
        if !saysPorts { reach.answered = answeredToClients(reach, source) }
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
    if answer.pairs.count == 1, let only = best { answer.sourcePorts = sourcePorts(shown, only) }
    if let best { answer.witness = witness(best) }
    if answer.result != .reachable || query.form == .whyNot {
      answer.blockers = blockers(sources, targets, flow)
    }
    return answer
  }

  /// What is answered to clients that use the source ports of their kind; on a path the target's client is a relay.
  private func answeredToClients(_ reach: Reach, _ source: SourceEnd) -> Bounds<TrafficSet> {
    if reach.paths.isEmpty {
      return reach.answered.intersection(Clients.traffic(from: clients.ports(of: source.source)))
    }
    return reach.paths.reduce(.nothing) { result, path in
      let client = path.legs.last?.source ?? source.source
      return result.union(path.answered.intersection(Clients.traffic(from: clients.ports(of: client))))
    }
  }

  /// The client's ports that work, where not all of its kind do.
  private func sourcePorts(_ set: TrafficSet, _ pair: Violation) -> PortSet? {
    let client = pair.reach.paths.first?.legs.last?.source ?? pair.source.source
    let asked = Clients.traffic(from: clients.ports(of: client)).intersection(set.forgettingSourcePorts)
    if asked.subtracting(set).isEmpty { return nil }
    return [IPProtocol.tcp, .udp, .sctp].reduce(PortSet.none) { $0.union(set.sourcePorts(of: $1)) }
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
    guard let point = Self.familiar(flow.entering ?? heard(flow.on ?? .any, target)) else { return [] }
    return engine.attempts(source.source, target.destination).prefix(4).map { attempt in
      WalkQuestion(
        origin: attempt.origin,
        packet: Packet(source: attempt.source, destination: attempt.destination, traffic: point), asked: attempt.asked,
        target: attempt.target, askedPlacement: attempt.askedPlacement)
    }
  }
}
