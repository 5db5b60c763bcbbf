import NetworkModel
import PacketSpace

/// One cluster on its way into the model. The order matters: pods are grouped, policies make memberships over the groups, and endpoints
/// then carry both.
struct ClusterConversion {
  let objects: ClusterObjects
  let options: ClusterOptions
  let placement: ClusterPlacement?
  var result = KubernetesBuildResult()
  private(set) var sets: [PodSet] = []
  /// The group of each set of pods; none for those in their node's network.
  private(set) var groups: [Int?] = []
  var policies: PolicyConversion
  private var layers: PolicyLayers
  /// What comes through a port of the nodes bears this.
  var forwarded: MembershipID?
  /// The endpoint of each set of pods.
  private(set) var pool: [EndpointID] = []
  var flat: FlatSegment?
  var cloud: CloudPlacements?

  init(objects: ClusterObjects, options: ClusterOptions, placement: ClusterPlacement?) {
    self.objects = objects
    self.options = options
    self.placement = placement
    policies = PolicyConversion(
      options: options, memberships: PodMemberships(cluster: options.name, namespaces: objects.namespaces))
    layers = PolicyLayers(cluster: options.name)
    result.diagnostics = objects.diagnostics
    result.unreadKinds = objects.unreadKinds
  }

  mutating func run(_ network: inout Network) {
    sets = PodFolding.fold(objects.workloads)
    let sites = placement?.nodeGroups.reduce(0) { $0 + $1.sites.count * 2 } ?? 1
    if let excess = ClusterPairs(objects, sets, sites: sites, limits: options.limits).excess {
      result.diagnostics.append(excess)
      sets = []
      return
    }
    for set in sets {
      // A pod in its node's network bears no pod's membership.
      groups.append(
        set.template.isHostNetwork
          ? nil : policies.memberships.group(namespace: set.namespace, labels: set.template.labels))
    }
    noteGaps(&network)
    policies.services = servicesByAddress()
    convertPolicies(&network)
    warnAboutNames()
    warnAboutSplitOwners()
    result.allowAllRules = policies.allowAllRules
    if let placement {
      cloud = CloudPlacements(placement, cluster: options.name, into: &network)
    } else {
      flat = FlatSegment(objects: objects, sets: sets, options: options, into: &network)
    }
    for index in sets.indices { addEndpoint(index, &network) }
    addServices(&network)
    if let outside = flat?.finish(&network, options: options, result: &result) {
      addEntries(behind: outside, &network)
    } else {
      addCloudEntries(&network)
    }
    bindTargetGroups()
    bindSecurityGroups()
    addNamespaces(&network)
  }

  private mutating func convertPolicies(_ network: inout Network) {
    if options.enforced == .no {
      for policy in objects.policies { _ = policies.convert(policy, into: &network) }
      return
    }
    layers.open(for: objects.adminPolicies, &network)
    if let (filter, groups) = nodeExemption(&network) { layers.exempt(filter, groups: groups) }
    for policy in objects.policies {
      let filter = policies.convert(policy, into: &network)
      let selection = PodMemberships.Selection(
        namespaces: .one(policy.metadata.namespace), pods: policy.selector)
      let selected = policies.memberships.selected(by: selection)
      if policy.isRefused {
        layers.open(policy, selected: selected, &network)
      } else {
        layers.add(
          filter, selected: selected, actsIngress: policy.ingress != nil, actsEgress: policy.egress != nil)
      }
      result.policies.append(
        KubernetesBuildResult.Policy(
          filter: filter, namespace: policy.metadata.namespace, selectsAll: policy.selector.isEverything))
    }
  }

  private mutating func addEndpoint(_ index: Int, _ network: inout Network) {
    let set = sets[index]
    let hostKey = "\(options.name)/\(set.namespace)/\(set.kind)/\(set.name)"
    var exists = Truth.yes
    if set.count == .none {
      exists = .unknown(
        network.add(
          Unknown("\(set.kind) \(set.namespace)/\(set.name) asks for no replicas", derivation: set.derivation)))
    }
    var selected = PolicyLayers.Selecting()
    var carried: [LayerID] = []
    var memberships: [MembershipID: Truth] = [:]
    if let group = groups[index] {
      selected = layers.selecting(group)
      if options.enforced != .no, let layer = layers.layer(group, isLoose: hasOwnInterface(index), &network) {
        carried = [layer]
      }
      memberships = policies.memberships.membershipsOfGroup[group]
    }
    let endpoint = network.add(
      Endpoint(
        identity: identity(of: set), kind: "pod", host: hostKey, attributes: attributes(of: set), exists: exists,
        standsForMany: set.count == .many, namedPorts: set.template.ports, layers: carried,
        placements: placements(of: set, memberships, &network), derivation: set.derivation))
    pool.append(endpoint)
    result.pods.append(
      KubernetesBuildResult.Pod(
        endpoint: endpoint, namespace: set.namespace, isHostNetwork: set.template.isHostNetwork,
        ingress: selected.ingress, egress: selected.egress))
  }

  private func identity(of set: PodSet) -> Identity {
    let workload = "\(set.namespace)/\(set.name)"
    var identity = Identity(
      key: "\(options.name)/\(set.namespace)/\(set.kind)/\(set.name)", name: workload,
      aliases: [
        Identity.Alias(.objectName, "\(workload)[\(set.kind)]"), Identity.Alias(.objectName, workload),
      ])
    if let own = set.ownKey {
      identity.key = "\(options.name)/\(set.namespace)/Pod/\(own)"
      identity.name = "\(set.namespace)/\(own)"
    }
    for pod in set.podNames where set.kind != "Pod" || pod != set.name {
      identity.aliases.append(Identity.Alias(.objectName, "\(set.namespace)/\(pod)[Pod]"))
    }
    return identity
  }

  private func attributes(of set: PodSet) -> Attributes {
    var attributes = Attributes(labels: set.template.labels)
    attributes.values = [.kind: ["pod"], .ns: [set.namespace], .workload: [set.name], .cluster: [options.name]]
    attributes.values[.pod] = set.podNames.isEmpty ? [set.name] : set.podNames
    if let environment = options.environment { attributes.values[.env] = [environment] }
    return attributes
  }

  private mutating func placements(
    of set: PodSet, _ memberships: [MembershipID: Truth], _ network: inout Network
  ) -> [Placement] {
    if let cloud { return cloud.placements(of: set, memberships, &network) }
    return flat?.placements(of: set, memberships, &network) ?? []
  }

  private func addNamespaces(_ network: inout Network) {
    for name in objects.namespaces.keys.sorted() {
      guard let namespace = objects.namespaces[name] else { continue }
      var attributes = Attributes(labels: namespace.labels)
      attributes.values = [.kind: ["namespace"], .ns: [name], .cluster: [options.name]]
      if let environment = options.environment { attributes.values[.env] = [environment] }
      network.subjects.append(
        Subject(
          identity: Identity(
            key: "\(options.name)/Namespace/\(name)", name: name, aliases: [Identity.Alias(.objectName, name)]),
          kind: "namespace", attributes: attributes, derivation: namespace.derivation))
    }
  }

  /// What is read and not understood is said, and never passed over.
  private func noteGaps(_ network: inout Network) {
    for policy in objects.adminPolicies {
      network.gaps.append(
        Gap(
          .notModelled, subject: policy.metadata.title,
          message: "it is not modelled yet, so what it may allow or deny is undecided",
          derivation: Derivation(policy.metadata.nameRange)))
    }
    for entry in objects.entries {
      network.gaps.append(
        Gap(
          .notModelled, subject: entry.metadata.title,
          message: "it is not modelled yet, so the ways that it opens into the cluster are not seen",
          derivation: Derivation(entry.metadata.nameRange)))
    }
    for policy in objects.policies where policy.isRefused {
      network.gaps.append(
        Gap(
          .notUnderstood, subject: policy.metadata.title,
          message: "the API server would refuse it, so what it would allow is undecided",
          derivation: Derivation(policy.metadata.nameRange)))
    }
  }
}
