import NetworkModel

/// The policy layer of each group of pods: default allow, and in each direction what lies before, at and behind NetworkPolicies.
///
/// Pods that the same policies select share one layer.
struct PolicyLayers {
  /// The policies that select a group, per direction.
  struct Selecting: Hashable {
    var ingress: [FilterID] = []
    var egress: [FilterID] = []
    /// Set when a policy that is not understood selects them.
    var open: UnknownID?
    /// What lets in whatever the pod's own node forwards, for pods behind a port of the nodes.
    var node: FilterID?
  }

  private struct Key: Hashable {
    var selecting: Selecting
    var isLoose: Bool
  }

  private let cluster: String
  private var groups: [Int: Selecting] = [:]
  private var known: [Key: LayerID] = [:]
  private var looseness: UnknownID?
  /// Set when admin policies may act, on any pod and in either direction.
  private var admin: UnknownID?

  init(cluster: String) { self.cluster = cluster }

  mutating func add(_ filter: FilterID, selected: [Int], actsIngress: Bool, actsEgress: Bool) {
    for group in selected {
      if actsIngress { groups[group, default: Selecting()].ingress.append(filter) }
      if actsEgress { groups[group, default: Selecting()].egress.append(filter) }
    }
  }

  /// A policy that the API server refuses: perhaps it is mended otherwise than one thinks.
  mutating func open(_ policy: NetworkPolicyObject, selected: [Int], _ network: inout Network) {
    let unknown = network.add(
      Unknown(
        "what \(policy.metadata.title) would allow, which the API server refuses as it stands",
        derivation: Derivation(policy.metadata.nameRange)))
    for group in selected { groups[group, default: Selecting()].open = unknown }
  }

  /// Policies that stand above and below NetworkPolicies and are not modelled.
  mutating func open(for policies: [ClusterObjects.Opaque], _ network: inout Network) {
    guard let first = policies.first else { return }
    let others = policies.count > 1 ? " and \(policies.count - 1) more" : ""
    admin = network.add(
      Unknown(
        "what \(first.metadata.title)\(others) allows or denies is not modelled",
        derivation: Derivation(policies.map { Derivation.Step(.stated, $0.metadata.nameRange) })))
  }

  /// Pods that are reached by a port of the nodes: on their own node no policy holds that back.
  mutating func exempt(_ filter: FilterID, groups selected: [Int]) {
    for group in selected { groups[group, default: Selecting()].node = filter }
  }

  func selecting(_ group: Int) -> Selecting { groups[group] ?? Selecting() }

  /// The layer of a group; none where nothing selects it.
  ///
  /// A loose one is that of pods of which it is not known that policies bind them: those with an interface of their own need the CNI's
  /// standard mode (EKS User Guide, "Security groups for pods").
  mutating func layer(_ group: Int, isLoose: Bool, _ network: inout Network) -> LayerID? {
    let selecting = selecting(group)
    if selecting == Selecting(), admin == nil { return nil }
    let key = Key(selecting: selecting, isLoose: isLoose)
    if let id = known[key] { return id }
    var selects = Truth.yes
    if isLoose { selects = .unknown(loose(&network)) }
    let id = network.add(
      Layer(
        identity: Identity(key: "\(cluster)/policies/\(known.count)", name: "network policies"), default: .allow,
        ingress: node(selecting.node) + tiers(selecting.ingress, selects, selecting.open),
        egress: tiers(selecting.egress, selects, selecting.open)))
    known[key] = id
    return id
  }

  private mutating func loose(_ network: inout Network) -> UnknownID {
    if let looseness { return looseness }
    let id = network.add(
      Unknown("whether policies bind pods of \(cluster) with an interface of their own: the CNI's mode is not known"))
    looseness = id
    return id
  }

  private func node(_ filter: FilterID?) -> [Tier] {
    filter.map { [Tier(.first, entries: [Tier.Entry($0)])] } ?? []
  }

  private func tiers(_ filters: [FilterID], _ selects: Truth, _ open: UnknownID?) -> [Tier] {
    var tiers: [Tier] = []
    if let admin { tiers.append(Tier(.first, open: admin)) }
    if !filters.isEmpty || open != nil {
      tiers.append(Tier(.union, isolates: true, open: open, entries: filters.map { Tier.Entry($0, selects: selects) }))
    }
    // Below NetworkPolicies an admin policy acts only where none of them selects the pod; the tier above covers that already.
    return tiers
  }
}
