import NetworkModel
import PacketSpace

/// Turns NetworkPolicies into filters: every peer is addresses, a membership, or both.
struct PolicyConversion {
  let options: ClusterOptions
  var memberships: PodMemberships
  /// Where each Service's own address may lie, and the groups of pods behind it.
  var services: [(space: AddressSet, groups: [Int])] = []
  private var behindServices: [[Int]: MembershipID] = [:]
  private(set) var allowAllRules: [KubernetesBuildResult.AllowAllRule] = []
  private var undecidedBlocks: UnknownID?
  private var enforcement: (truth: Truth, assumptions: [AssumptionID])?

  init(options: ClusterOptions, memberships: PodMemberships) {
    self.options = options
    self.memberships = memberships
  }

  mutating func convert(_ policy: NetworkPolicyObject, into network: inout Network) -> FilterID {
    let metadata = policy.metadata
    let (present, assumptions) = enforcement(&network)
    var filter = Filter(
      identity: Identity(
        key: "\(options.name)/\(metadata.namespace)/NetworkPolicy/\(metadata.name)",
        name: "\(metadata.namespace)/\(metadata.name)",
        aliases: [
          Identity.Alias(.objectName, "\(metadata.namespace)/\(metadata.name)[NetworkPolicy]"),
          Identity.Alias(.objectName, "\(metadata.namespace)/\(metadata.name)"),
        ]), kind: "NetworkPolicy", isStateful: true, present: present, assumptions: assumptions,
      derivation: Derivation(metadata.nameRange))
    filter.ingress = list(policy, .ingress, &network)
    filter.egress = list(policy, .egress, &network)
    let id = network.add(filter)
    noteAllowAll(filter, id)
    return id
  }

  private mutating func enforcement(_ network: inout Network) -> (Truth, [AssumptionID]) {
    if let enforcement { return enforcement }
    var result: (truth: Truth, assumptions: [AssumptionID]) = (.yes, [])
    switch options.enforced {
    case .yes, .no: break
    case .assumed:
      result.assumptions = [
        network.assume(
          Assumption(
            code: "policies-enforced", text: "the network of the cluster \(options.name) enforces NetworkPolicies"))
      ]
    case .unknown:
      result.truth = .unknown(
        network.add(Unknown("whether the network of the cluster \(options.name) enforces NetworkPolicies")))
    }
    enforcement = result
    return result
  }

  private mutating func list(_ policy: NetworkPolicyObject, _ direction: Direction, _ network: inout Network)
    -> RuleList?
  {
    guard let rules = policy.rules(direction) else { return nil }
    var list = RuleList()
    for (number, rule) in rules.enumerated() {
      var peers: [Peer]?
      if let given = rule.peers {
        var all: [Peer] = []
        let covered = Self.blocks(given.map(\.subject))
        for peer in given { all += self.peers(peer.subject, covered, policy.metadata.namespace, direction, &network) }
        peers = all
      }
      list.rules.append(
        Rule(
          .allow, peers: peers, traffic: rule.traffic, label: "\(direction.rawValue)[\(number)]",
          derivation: Derivation(rule.range)))
    }
    return list
  }

  /// What the blocks of a rule hold together: a block may be written as its halves.
  private static func blocks(_ subjects: [NetworkPolicyObject.PeerSubject]) -> AddressSet {
    subjects.reduce(into: AddressSet.none) { set, subject in
      if case .block(let prefix, let except) = subject {
        set.formUnion(AddressSet(prefix).subtracting(AddressSet(except)))
      }
    }
  }

  private mutating func peers(
    _ subject: NetworkPolicyObject.PeerSubject, _ covered: AddressSet, _ namespace: String, _ direction: Direction,
    _ network: inout Network
  ) -> [Peer] {
    switch subject {
    case .pods(let namespaces, let pods):
      let selection = PodMemberships.Selection(
        namespaces: namespaces.map { .matching($0) } ?? .one(namespace), pods: pods ?? .everything)
      return [Peer(membership: memberships.membership(selection, in: &network))]
    case .block(let prefix, let except):
      let addresses = AddressSet(prefix).subtracting(AddressSet(except))
      let isWhole = covered.contains(prefix.family == .v4 ? .allIPv4 : .allIPv6)
      if isWhole, options.ipBlocks != .external { return [Peer(addresses: addresses)] }
      let pods = memberships.everyPod(in: &network)
      let outside = Peer(addresses: addresses, membership: pods, isComplement: true)
      if options.ipBlocks == .external { return [outside] }
      var peers = [Peer(addresses: addresses)]
      if options.ipBlocks == .undecided {
        peers = [outside, Peer(addresses: addresses, membership: pods, present: .unknown(undecidedBlocks(&network)))]
      }
      if direction == .egress, let behind = podsBehindServices(in: addresses, &network) {
        peers.append(Peer(membership: behind, present: .unknown(undecidedBlocks(&network))))
      }
      return peers
    }
  }

  /// Pods behind Services whose own address may lie in a block. Which address a block is compared with, the Service's or the pod's, Kubernetes
  /// leaves to the network (NetworkPolicy, "Behavior of to and from selectors": "may be rewritten").
  private mutating func podsBehindServices(in addresses: AddressSet, _ network: inout Network) -> MembershipID? {
    let groups = Set(services.filter { $0.space.overlaps(addresses) }.flatMap(\.groups)).sorted()
    if groups.isEmpty { return nil }
    if let known = behindServices[groups] { return known }
    let id = memberships.membership(
      of: groups, key: "behind-services/\(behindServices.count)", name: "pods behind Services of a block", in: &network)
    behindServices[groups] = id
    return id
  }

  private mutating func undecidedBlocks(_ network: inout Network) -> UnknownID {
    if let undecidedBlocks { return undecidedBlocks }
    let id = network.add(
      Unknown(
        "whether ipBlock holds pods and Services of the cluster \(options.name) is left open; say it with ip-blocks"))
    undecidedBlocks = id
    return id
  }

  private mutating func noteAllowAll(_ filter: Filter, _ id: FilterID) {
    for direction in [Direction.ingress, .egress] {
      for rule in filter.rules(direction)?.rules ?? [] where rule.traffic.set.isAny {
        guard admitsEveryone(rule), let range = rule.derivation.primary else { continue }
        allowAllRules.append(
          KubernetesBuildResult.AllowAllRule(filter: id, direction: direction, label: rule.label, range: range))
      }
    }
  }

  /// No peers named, or every address of both families or of IPv4.
  private func admitsEveryone(_ rule: Rule) -> Bool {
    guard let peers = rule.peers else { return true }
    let addresses = peers.filter { $0.membership == nil || $0.isComplement }.compactMap(\.addresses)
    return addresses.reduce(AddressSet.none) { $0.union($1) }.contains(.allIPv4)
  }
}
