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
    let split = owners.filter { $0.value.count > 1 }.sorted { $0.key < $1.key }
    if split.isEmpty { return }
    for policy in objects.policies { warn(policy, split.map { (name: $0.key, sets: $0.value) }) }
  }

  private mutating func warn(_ policy: NetworkPolicyObject, _ owners: [(name: String, sets: [Int])]) {
    let namespace = policy.metadata.namespace
    let own = PodMemberships.Selection(namespaces: .one(namespace), pods: policy.selector)
    warn(policy, "spec.podSelector", policy.metadata.nameRange, own, owners)
    for direction in Direction.allCases {
      let side = direction == .ingress ? "from" : "to"
      for (number, rule) in (policy.rules(direction) ?? []).enumerated() {
        for (position, peer) in (rule.peers ?? []).enumerated() {
          guard let selection = selection(peer.subject, namespace) else { continue }
          let path = "spec.\(direction.rawValue)[\(number)].\(side)[\(position)].podSelector"
          warn(policy, path, peer.range, selection, owners)
        }
      }
    }
  }

  /// One remark a selector, however many owners it splits.
  private mutating func warn(
    _ policy: NetworkPolicyObject, _ path: String, _ range: SourceRange, _ selection: PodMemberships.Selection,
    _ owners: [(name: String, sets: [Int])]
  ) {
    let split = owners.filter { splits(selection, $0.sets) }
    guard let (owner, indices) = split.first else { return }
    let labels = indices.map { sets[$0].template.labels }
    let keys = selection.pods.requirements.filter { requirement in
      labels.contains { requirement.holds($0) != requirement.holds(labels[0]) }
    }.map(\.key)
    let others = split.count > 1 ? " and of \(split.count - 1) more" : ""
    let problem = "the label \(keys.map { "`\($0)`" }.joined(separator: ", ")) tells apart pods of \(owner)\(others)"
    result.diagnostics.append(
      Diagnostic(
        code: "TP0605", severity: .warning, message: "\(policy.metadata.title): \(path): \(problem)",
        primary: Diagnostic.Label(range: range, text: "selects some of them only"),
        secondary: sets[indices[0]].derivation.primary.map {
          [Diagnostic.Label(range: $0, text: "one of the pods")]
        } ?? [], notes: ["the pods are taken one by one"]))
  }

  /// Whether a selector takes some of these sets of pods and not others.
  private func splits(_ selection: PodMemberships.Selection, _ indices: [Int]) -> Bool {
    if case .one(let name) = selection.namespaces, name != sets[indices[0]].namespace { return false }
    let isFirst = selection.pods.matches(sets[indices[0]].template.labels)
    return indices.contains { selection.pods.matches(sets[$0].template.labels) != isFirst }
  }
}
