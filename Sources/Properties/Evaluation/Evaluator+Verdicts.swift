import NetworkModel
import PacketSpace
import Reachability

extension Evaluator {
  /// A property with its verdict and evidence.
  package func verdict(_ property: Property) throws(StatementError) -> PropertyVerdict {
    switch property {
    case .flow(let demand): return try verdict(property, demand)
    case .isolated(let first, let second, let on):
      return try isolated(property, first, second, on: try on?.set(parameters))
    case .same(let first, let second):
      throw StatementError(
        "`same` is not evaluated yet", first.span.joined(to: second.span), suggestion: "leave it out")
    case .all(let subjects, let predicate): return try structural(property, subjects, predicate)
    }
  }

  func flow(_ property: FlowProperty) throws(StatementError) -> AskedFlow {
    AskedFlow(
      source: property.source, arrow: property.arrow, destination: property.destination,
      on: try property.on?.set(parameters), entering: try property.entering?.set(parameters))
  }

  private func verdict(_ property: Property, _ demand: FlowProperty) throws(StatementError) -> PropertyVerdict {
    let flow = try flow(demand)
    if flow.arrow == .pivots {
      throw StatementError(
        "paths through pivots are not evaluated yet", demand.source.span, suggestion: "use `->` or `~>`")
    }
    let chosen = try select(
      demand.demand == .only ? .not(demand.source, demand.source.span) : demand.source, isRule: true)
    let aimed = try select(demand.destination, isRule: true)
    let (sources, targets) = (self.sources(chosen), self.targets(aimed))
    var verdict: PropertyVerdict
    switch demand.demand {
    case .forbid, .only: verdict = self.verdict(property, forbid(sources, targets, flow))
    case .require: verdict = self.verdict(property, require(sources, targets, flow), word: "is not answered")
    case .encrypted(let minimum):
      let (result, reasons, places) = encrypted(sources, targets, flow, minimum: try version(minimum, demand))
      verdict = self.verdict(property, result, reasons: reasons, places: places)
    case .every(let via):
      verdict = self.verdict(
        property, try every(sources, targets, flow, via: via), word: "goes round the waypoint")
    }
    verdict.notes += (chosen.notes + aimed.notes).filter { !verdict.notes.contains($0) }
    for assumption in chosen.assumptions + aimed.assumptions
    where !verdict.notes.contains("assumed: \(assumption.text)") {
      verdict.notes.append("assumed: \(assumption.text)")
    }
    return verdict
  }

  private func version(_ minimum: FlowProperty.Minimum?, _ demand: FlowProperty) throws(StatementError) -> TLSVersion? {
    switch minimum {
    case nil: return nil
    case .version(let version)?: return version
    case .parameter(let name)?:
      guard let text = parameters[name] else {
        throw StatementError(
          "the parameter `{\(name)}` is not given", demand.destination.span,
          suggestion: "give it under `parameters` in the project file")
      }
      guard let version = TLSVersion(text) else {
        throw StatementError("the parameter `{\(name)}` is no version of TLS: `\(text)`", demand.destination.span)
      }
      return version
    }
  }

  /// Both ways, less what all of the internet may send to either.
  private func isolated(_ property: Property, _ first: Selector, _ second: Selector, on: TrafficSet?)
    throws(StatementError) -> PropertyVerdict
  {
    let (one, other) = (try select(first, isRule: true), try select(second, isRule: true))
    let flow = AskedFlow(source: first, arrow: .connection, destination: second, on: on, entering: nil)
    var result = forbid(sources(one), targets(other), flow)
    let back = forbid(sources(other), targets(one), flow)
    result.violations += back.violations
    for assumption in back.assumptions where !result.assumptions.contains(assumption) {
      result.assumptions.append(assumption)
    }
    for note in back.notes where !result.notes.contains(note) { result.notes.append(note) }
    return verdict(property, result)
  }

  /// `every … via`: nothing arrives once the waypoints are taken away.
  private func every(
    _ sources: [SourceEnd], _ targets: [TargetEnd], _ flow: AskedFlow, via: Selector
  ) throws(StatementError) -> FlowResult {
    let without = Engine(try networkWithout(via))
    var result = FlowResult()
    result.sources = sources.count
    result.targets = targets.count
    for source in sources {
      for target in targets {
        let reach = self.reach(source.source, target.destination, flow, with: without)
        result.note(reach)
        if reach.arrives.may.isEmpty { continue }
        result.violations.append(
          Violation(
            source: source, target: target, traffic: reach.arrives.may.forgettingSourcePorts,
            isSure: source.value == .yes && target.value == .yes && !reach.arrives.must.isEmpty, isOneWay: false,
            reach: reach))
      }
    }
    return result
  }

  /// The network in which the waypoints let nothing pass: filters of a kind deny, endpoints accept nothing.
  private func networkWithout(_ via: Selector) throws(StatementError) -> Network {
    var copy = network
    if case .keyed(.kind, let pattern, _) = via {
      var found = false
      for index in copy.filters.indices where pattern.matches(copy.filters[index].kind, ignoringCase: true) {
        copy.filters[index].ingress = RuleList([Rule(.deny)])
        copy.filters[index].egress = RuleList([Rule(.deny)])
        found = true
      }
      for index in copy.routers.indices where pattern.matches(copy.routers[index].kind, ignoringCase: true) {
        for attachment in copy.routers[index].attachments { copy.attachments[attachment.offset].usable = .no }
        found = true
      }
      if found { return copy }
    }
    for member in try select(via, isRule: true).destinations where member.truth == .yes {
      if let endpoint = member.endpoint { copy.endpoints[endpoint.offset].accepts = TrafficSet.none }
    }
    return copy
  }

  // MARK: Putting together

  func verdict(
    _ property: Property, _ result: FlowResult, word: String = "arrives", reasons: [String] = [],
    places: [Derivation] = []
  ) -> PropertyVerdict {
    var verdict = PropertyVerdict(
      property: property, verdict: .proved, findings: [], cut: [], sources: result.sources, targets: result.targets,
      unknowns: [], assumptions: result.assumptions, notes: result.notes)
    if result.sources == 0 || result.targets == 0 {
      verdict.verdict = .vacuous
      return verdict
    }
    var known: [String: Int] = [:]
    for (number, violation) in result.violations.enumerated() {
      let reason = reasons.isEmpty ? word : reasons[number]
      let key = "\(violation.source.name.key)|\(violation.target.name.key)|\(reasons.isEmpty ? "" : reason)"
      if let index = known[key] {
        merge(violation, into: &verdict.findings[index])
        continue
      }
      known[key] = verdict.findings.count
      verdict.findings.append(
        finding(
          violation, property, reason: reasons.isEmpty ? nil : reason, place: places.isEmpty ? nil : places[number]))
    }
    if verdict.findings.contains(where: { $0.verdict == .violated }) {
      verdict.verdict = .violated
    } else if !verdict.findings.isEmpty {
      verdict.verdict = .undecided
    }
    for finding in verdict.findings where finding.verdict == .undecided {
      for unknown in finding.unknowns where !verdict.unknowns.contains(unknown) { verdict.unknowns.append(unknown) }
    }
    return verdict
  }

  /// Several interfaces of one host are one finding.
  private func merge(_ violation: Violation, into finding: inout Finding) {
    finding.traffic = finding.traffic.union(violation.traffic)
    if violation.isSure, finding.verdict == .undecided {
      finding.verdict = .violated
    }
    finding.isOneWay = finding.isOneWay && violation.isOneWay
  }

  private func finding(_ violation: Violation, _ property: Property, reason: String?, place: Derivation?) -> Finding {
    var isRequire = false
    if case .flow(let demand) = property, demand.demand == .require { isRequire = true }
    let witness = isRequire ? nil : witness(violation)
    let traffic = TrafficWording.describe(violation.traffic)
    var message =
      isRequire
      ? "\(violation.source.name.name) does not get an answer from \(violation.target.name.name) on \(traffic)"
      : "\(violation.source.name.name) reaches \(violation.target.name.name) on \(traffic)"
    if let reason { message += ": \(reason)" }
    var verdict = violation.isSure ? Verdict.violated : .undecided
    // What the interpreter does not confirm is not claimed.
    if violation.isSure, !isRequire, witness?.legs.allSatisfy(\.isSure) != true { verdict = .undecided }
    return Finding(
      verdict: verdict, source: violation.source.name, target: violation.target.name, traffic: violation.traffic,
      isOneWay: violation.isOneWay, witness: witness, message: message,
      place: place.flatMap { $0.steps.isEmpty ? nil : $0 } ?? decidingPlace(witness, violation),
      unknowns: violation.isSure ? [] : violation.reach.unknowns, assumptions: violation.reach.assumptions)
  }

  /// The line to change: what sends a relay's second leg there, else the last rule that admits it, else the route.
  private func decidingPlace(_ witness: Witness?, _ violation: Violation) -> Derivation {
    if let relay = witness?.legs.last?.relay, !relay.derivation.steps.isEmpty { return preferSet(relay.derivation) }
    let hops = witness?.legs.last?.hops.filter { $0.half == .request } ?? []
    let admitting = hops.last {
      $0.detail.contains("admits it") && !$0.derivation.steps.isEmpty && !$0.detail.hasPrefix("network ACL")
        && !$0.detail.hasPrefix("waf")
    }
    if let admitting { return preferSet(admitting.derivation) }
    if let any = hops.last(where: { !$0.derivation.steps.isEmpty }) { return preferSet(any.derivation) }
    if case .endpoint(let endpoint) = violation.target.destination { return network[endpoint].derivation }
    if case .endpoint(let endpoint) = violation.source.source { return network[endpoint].derivation }
    return .none
  }

  /// Where a value is set says more than where it is used.
  private func preferSet(_ derivation: Derivation) -> Derivation {
    guard let set = derivation.steps.first(where: { $0.role == .set }) else { return derivation }
    return Derivation([set]).followed(by: derivation)
  }
}
