import Language
import NetworkModel
import PacketSpace

/// Structural predicates: what objects have, not what flows.
extension Evaluator {
  /// One missing policy is one finding, at its namespace.
  func structural(_ property: Property, _ subjects: Selector, _ predicate: StructuralPredicate)
    throws(StatementError) -> PropertyVerdict
  {
    switch predicate {
    case .policyIngress, .policyEgress: return try policies(property, subjects, predicate)
    case .noAllowAll: return try noAllowAll(property, subjects)
    case .label(let key): return try labels(property, subjects, key)
    }
  }

  /// Everything that has to have what a predicate asks for.
  func structuralSubjects(_ subjects: Selector, _ predicate: StructuralPredicate) throws(StatementError)
    -> [EndpointID]
  {
    let members = try select(subjects, isRule: true).destinations.compactMap(\.endpoint)
    switch predicate {
    case .policyIngress, .policyEgress:
      let bindable = Set(facts.workloads.map(\.endpoint))
      return members.filter { bindable.contains($0) }
    case .noAllowAll, .label: return members
    }
  }

  /// Those that surely lack it.
  func structuralViolations(_ subjects: Selector, _ predicate: StructuralPredicate) throws(StatementError)
    -> [EndpointID]
  {
    let members = try structuralSubjects(subjects, predicate)
    switch predicate {
    case .policyIngress, .policyEgress:
      let bound = Set(
        facts.workloads.filter { predicate == .policyIngress ? $0.hasIngressPolicy : $0.hasEgressPolicy }
          .map(\.endpoint))
      return members.filter { !bound.contains($0) }
    case .noAllowAll:
      let open = Set(facts.allowAll.flatMap(\.endpoints))
      return members.filter { open.contains($0) }
    case .label(let key):
      return members.filter { id in
        let attributes = network[id].attributes
        return attributes.labels[key] == nil && attributes.tags[key] == nil && network[id].exists == .yes
          && attributes.labelsOpen == nil && attributes.tagsOpen == nil
      }
    }
  }

  private func empty(_ property: Property, subjects: Int) -> PropertyVerdict {
    PropertyVerdict(
      property: property, verdict: subjects == 0 ? .vacuous : .proved, findings: [], cut: [], sources: subjects,
      targets: subjects, unknowns: [], assumptions: [], notes: [])
  }

  private func finding(_ end: NamedEnd, _ message: String, _ place: Derivation) -> Finding {
    Finding(
      verdict: .violated, source: end, target: end, pair: nil, traffic: .none, isOneWay: false, witness: nil,
      message: message,
      place: place, unknowns: [], assumptions: [])
  }

  private func policies(_ property: Property, _ subjects: Selector, _ predicate: StructuralPredicate)
    throws(StatementError) -> PropertyVerdict
  {
    let isIngress = predicate == .policyIngress
    let members = Set(try select(subjects, isRule: true).destinations.compactMap(\.endpoint))
    let workloads = facts.workloads.filter { members.contains($0.endpoint) }
    let namespaces = facts.namespaces.filter { space in
      workloads.contains { $0.namespace == space.identity.name && isIn($0, space) }
    }
    var verdict = empty(property, subjects: workloads.count)
    for space in namespaces {
      let open = workloads.filter { workload in
        workload.namespace == space.identity.name && isIn(workload, space)
          && !(isIngress ? workload.hasIngressPolicy : workload.hasEgressPolicy)
      }
      if open.isEmpty { continue }
      let word = isIngress ? "ingress" : "egress"
      let names = open.prefix(3).map { explainer.name($0.endpoint) }.joined(separator: ", ")
      let whom = open.count > 3 ? "\(names) and \(open.count - 3) more" : names
      verdict.findings.append(
        finding(
          NamedEnd(key: space.identity.key, name: space.identity.name, kind: "namespace"),
          "no policy for \(word) selects \(whom) in the namespace \(space.identity.name)", space.derivation))
    }
    if !verdict.findings.isEmpty { verdict.verdict = .violated }
    return verdict
  }

  /// Whether a workload's cluster is the namespace's.
  private func isIn(_ workload: StructuralFacts.Workload, _ space: StructuralFacts.Namespace) -> Bool {
    space.attributes.values[.cluster]?.contains(workload.cluster) ?? true
  }

  private func noAllowAll(_ property: Property, _ subjects: Selector) throws(StatementError) -> PropertyVerdict {
    let members = Set(try select(subjects, isRule: true).destinations.compactMap(\.endpoint))
    var verdict = empty(property, subjects: members.count)
    for rule in facts.allowAll {
      let hit = rule.endpoints.filter { members.contains($0) }
      guard let first = hit.first else { continue }
      let filter = network[rule.filter]
      verdict.findings.append(
        finding(
          NamedEnd(key: network[first].host + "|" + filter.identity.key, name: explainer.name(first), kind: "pod"),
          "\(filter.kind) \(filter.identity.name) admits everyone on everything (\(rule.label)) to \(hit.map { explainer.name($0) }.joined(separator: ", "))",
          rule.derivation))
    }
    if !verdict.findings.isEmpty { verdict.verdict = .violated }
    return verdict
  }

  private func labels(_ property: Property, _ subjects: Selector, _ key: String) throws(StatementError)
    -> PropertyVerdict
  {
    let members = try select(subjects, isRule: true).destinations
    var verdict = empty(property, subjects: members.count)
    for member in members {
      guard let endpoint = member.endpoint else { continue }
      let thing = network[endpoint]
      if thing.attributes.labels[key] != nil || thing.attributes.tags[key] != nil { continue }
      var found = finding(explainer.end(endpoint), "\(thing.identity.name) has no label \(key)", thing.derivation)
      // Labels that are not seen may hold it, and what may not be there needs none.
      let open = thing.attributes.labelsOpen ?? thing.attributes.tagsOpen
      if open != nil || !member.truth.must {
        found.verdict = .undecided
        found.unknowns = [open, member.truth.named].compactMap { $0 }
        verdict.unknowns += found.unknowns.filter { !verdict.unknowns.contains($0) }
      }
      verdict.findings.append(found)
    }
    if !verdict.findings.isEmpty { verdict.verdict = .undecided }
    if verdict.findings.contains(where: { $0.verdict == .violated }) { verdict.verdict = .violated }
    return verdict
  }
}
