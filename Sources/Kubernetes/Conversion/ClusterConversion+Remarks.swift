import Diagnostics
import NetworkModel
import PacketSpace

/// Remarks on policies that are legal and likely not meant: they need all pods at hand.
extension ClusterConversion {
  private struct Port: Hashable {
    var name: String
    var transport: IPProtocol
  }

  /// A name is looked up on the destination, with its protocol; one that nobody has matches nothing.
  mutating func warnAboutNames() {
    var ports: [Int: Set<Port>] = [:]
    for (index, set) in sets.enumerated() {
      guard let group = groups[index] else { continue }
      for port in set.template.ports {
        ports[group, default: []].insert(Port(name: port.name, transport: port.transport))
      }
    }
    let everyone = Set(ports.values.joined())
    for policy in objects.policies {
      for direction in Direction.allCases {
        for rule in policy.rules(direction) ?? [] where !rule.namedPorts.isEmpty {
          let known: Set<Port>
          if direction == .egress, rule.peers == nil {
            known = everyone
          } else {
            known = Set(destinations(of: rule, policy, direction).compactMap { ports[$0] }.joined())
          }
          warn(rule, policy, direction, known)
        }
      }
    }
  }

  private func destinations(
    of rule: NetworkPolicyObject.PolicyRule, _ policy: NetworkPolicyObject, _ direction: Direction
  ) -> [Int] {
    let namespace = policy.metadata.namespace
    if direction == .ingress {
      return policies.memberships.selected(
        by: PodMemberships.Selection(namespaces: .one(namespace), pods: policy.selector))
    }
    return (rule.peers ?? []).flatMap { peer in
      selection(peer.subject, namespace).map { policies.memberships.selected(by: $0) } ?? []
    }
  }

  private func selection(
    _ subject: NetworkPolicyObject.PeerSubject, _ namespace: String
  ) -> PodMemberships.Selection? {
    guard case .pods(let namespaces, let pods) = subject else { return nil }
    return PodMemberships.Selection(
      namespaces: namespaces.map { .matching($0) } ?? .one(namespace), pods: pods ?? .everything)
  }

  private mutating func warn(
    _ rule: NetworkPolicyObject.PolicyRule, _ policy: NetworkPolicyObject, _ direction: Direction, _ known: Set<Port>
  ) {
    // A rule to blocks alone leads to no pod, and is said where it is read.
    let leadsToPods = rule.peers?.contains { if case .pods = $0.subject { true } else { false } } ?? true
    if direction == .egress, !leadsToPods { return }
    for use in rule.namedPorts where !known.contains(Port(name: use.name, transport: use.transport)) {
      let problem = "the named port `\(use.name)` over \(use.transport) matches nothing: no pod it leads to has it"
      result.diagnostics.append(
        Diagnostic(
          code: "TP0604", severity: .warning, message: "\(policy.metadata.title): \(use.path): \(problem)",
          primary: Diagnostic.Label(range: use.range, text: problem)))
    }
  }

  // MARK: Owners whose pods differ

  /// A selector that tells the pods of one owner apart makes them several peers, which is said.
  mutating func warnAboutSplitOwners() {
    var owners: [String: [Int]] = [:]
    for (index, set) in sets.enumerated() where groups[index] != nil {
      owners["\(set.namespace)/\(set.name)[\(set.kind)]", default: []].append(index)
    }
    for (owner, indices) in owners.sorted(by: { $0.key < $1.key }) where indices.count > 1 {
      for policy in objects.policies { warn(policy, owner, indices) }
    }
  }

  private mutating func warn(_ policy: NetworkPolicyObject, _ owner: String, _ indices: [Int]) {
    let namespace = policy.metadata.namespace
    let own = PodMemberships.Selection(namespaces: .one(namespace), pods: policy.selector)
    warn(policy, "spec.podSelector", policy.metadata.nameRange, own, owner, indices)
    for direction in Direction.allCases {
      let side = direction == .ingress ? "from" : "to"
      for (number, rule) in (policy.rules(direction) ?? []).enumerated() {
        for (position, peer) in (rule.peers ?? []).enumerated() {
          guard let selection = selection(peer.subject, namespace) else { continue }
          let path = "spec.\(direction.rawValue)[\(number)].\(side)[\(position)].podSelector"
          warn(policy, path, peer.range, selection, owner, indices)
        }
      }
    }
  }

  private mutating func warn(
    _ policy: NetworkPolicyObject, _ path: String, _ range: SourceRange, _ selection: PodMemberships.Selection,
    _ owner: String, _ indices: [Int]
  ) {
    if case .one(let name) = selection.namespaces, name != sets[indices[0]].namespace { return }
    let labels = indices.map { sets[$0].template.labels }
    guard let first = labels.first else { return }
    let isSelected = selection.pods.matches(first)
    if labels.allSatisfy({ selection.pods.matches($0) == isSelected }) { return }
    let keys = selection.pods.requirements.filter { requirement in
      labels.contains { requirement.holds($0) != requirement.holds(first) }
    }.map(\.key)
    let problem = "the label \(keys.map { "`\($0)`" }.joined(separator: ", ")) tells apart pods of \(owner)"
    result.diagnostics.append(
      Diagnostic(
        code: "TP0605", severity: .warning, message: "\(policy.metadata.title): \(path): \(problem)",
        primary: Diagnostic.Label(range: range, text: "selects some of them only"),
        secondary: sets[indices[0]].derivation.primary.map {
          [Diagnostic.Label(range: $0, text: "one of the pods")]
        } ?? [], notes: ["the pods are taken one by one"]))
  }
}
