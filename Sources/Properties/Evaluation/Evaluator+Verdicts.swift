import Diagnostics
package import Language
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
    let (chosen, aimed, sources, targets) = try ends(demand)
    var verdict: PropertyVerdict
    switch demand.demand {
    case .forbid, .only: verdict = self.verdict(property, forbid(sources, targets, flow))
    case .require: verdict = self.verdict(property, require(sources, targets, flow))
    case .encrypted(let minimum):
      let result = encrypted(sources, targets, flow, minimum: try version(minimum, demand))
      verdict = self.verdict(property, result)
    case .every(let via):
      verdict = self.verdict(property, try every(sources, targets, flow, via: via))
    }
    if verdict.verdict == .proved, flow.arrow == .path, flow.entering == nil, [.forbid, .only].contains(demand.demand),
      // Between endpoints a part of the traffic was left out.
      sources.allSatisfy({ $0.endpoint == nil })
    {
      confirm(&verdict, sources, targets, on: flow.on)
    }
    verdict.notes += (chosen.notes + aimed.notes).filter { !verdict.notes.contains($0) }
    for assumption in chosen.assumptions + aimed.assumptions
    where !verdict.notes.contains("assumed: \(assumption.text)") {
      verdict.notes.append("assumed: \(assumption.text)")
    }
    return verdict
  }

  /// Who is asked about: for `only` everyone but the source.
  func ends(_ demand: FlowProperty) throws(StatementError) -> (
    chosen: Selection, aimed: Selection, sources: [SourceEnd], targets: [TargetEnd]
  ) {
    var chosen = try select(demand.source, isRule: true)
    let aimed = try select(demand.destination, isRule: true)
    // Who may not be is said of nobody where the one who may matches nothing.
    let isVacuous = chosen.sources.isEmpty
    if demand.demand == .only {
      chosen = try select(.not(demand.source, demand.source.span), isRule: true)
    }
    return (chosen, aimed, isVacuous ? [] : sources(chosen), targets(aimed, demand.arrow))
  }

  func version(_ minimum: FlowProperty.Minimum?, _ demand: FlowProperty) throws(StatementError) -> TLSVersion? {
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
    // Paths count: a balancer of one side that has targets on the other is no isolation.
    let flow = AskedFlow(source: first, arrow: .path, destination: second, on: on, entering: nil)
    var result = forbid(sources(one), targets(other, .path), flow)
    let back = forbid(sources(other), targets(one, .path), flow)
    result.violations += back.violations
    result.blocked.add(back.blocked)
    for assumption in back.assumptions where !result.assumptions.contains(assumption) {
      result.assumptions.append(assumption)
    }
    for note in back.notes where !result.notes.contains(note) { result.notes.append(note) }
    return verdict(property, result)
  }

  // MARK: Putting together

  func verdict(_ property: Property, _ result: FlowResult) -> PropertyVerdict {
    var verdict = PropertyVerdict(
      property: property, verdict: .proved, findings: [], cut: [], sources: result.sources, targets: result.targets,
      unknowns: [], assumptions: result.assumptions, notes: result.notes)
    if result.sources == 0 || result.targets == 0 || result.asked == 0 {
      verdict.verdict = .vacuous
      return verdict
    }
    var known: [String: Int] = [:]
    for violation in result.violations {
      let key = "\(violation.source.name.key)|\(violation.target.name.key)|\(violation.reason ?? "")"
      let found = finding(violation, property)
      if let index = known[key] {
        merge(found, into: &verdict.findings[index])
        continue
      }
      known[key] = verdict.findings.count
      verdict.findings.append(found)
    }
    if verdict.findings.contains(where: { $0.verdict == .violated }) {
      verdict.verdict = .violated
    } else if !verdict.findings.isEmpty {
      verdict.verdict = .undecided
    }
    if verdict.findings.isEmpty, !result.blocked.isEmpty {
      let (members, note) = cut(result.blocked)
      verdict.cut = members
      if let note { verdict.notes.append(note) }
    }
    for finding in verdict.findings where finding.verdict == .undecided {
      for unknown in finding.unknowns where !verdict.unknowns.contains(unknown) { verdict.unknowns.append(unknown) }
    }
    return verdict
  }

  /// Several interfaces of one host are one finding: the surest of them is shown.
  private func merge(_ other: Finding, into finding: inout Finding) {
    let traffic = finding.traffic.union(other.traffic)
    if other.verdict == .violated, finding.verdict != .violated { finding = other }
    finding.isOneWay = finding.isOneWay && (other.isOneWay || other.verdict != finding.verdict)
    finding.traffic = traffic
  }

  private func finding(_ violation: Violation, _ property: Property) -> Finding {
    var isRequire = false
    if case .flow(let demand) = property, demand.demand == .require { isRequire = true }
    let witness = isRequire ? nil : (violation.around ?? self).witness(violation)
    let traffic = TrafficWording.describe(violation.traffic)
    var message =
      isRequire
      ? "\(violation.source.name.name) does not get an answer from \(violation.target.name.name) on \(traffic)"
      : "\(violation.source.name.name) reaches \(violation.target.name.name) on \(traffic)"
    if let reason = violation.reason { message += ": \(reason)" }
    var verdict = violation.isSure ? Verdict.violated : .undecided
    // What the interpreter does not confirm is not claimed.
    if violation.isSure, !isRequire, witness?.legs.allSatisfy(\.isSure) != true { verdict = .undecided }
    return Finding(
      verdict: verdict, source: violation.source.name, target: violation.target.name,
      pair: (violation.source.source, violation.target.destination), traffic: violation.traffic,
      isOneWay: violation.isOneWay, witness: witness, message: message,
      place: violation.place.steps.isEmpty ? decidingPlace(witness, violation) : violation.place,
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

  /// Where a value is set says more than where it is used, if it is the very file's own parameter: a template of many stacks is not to
  /// be changed for one of them. A value that came from another stack is changed where it is used.
  private func preferSet(_ derivation: Derivation) -> Derivation {
    guard let number = derivation.steps.firstIndex(where: { $0.role == .set }), number > 0 else { return derivation }
    let before = derivation.steps[number - 1]
    guard number == 1 || (before.role == .defined && before.range.file == derivation.steps[0].range.file) else {
      return derivation
    }
    return Derivation([derivation.steps[number]]).followed(by: derivation)
  }
}
