import NetworkModel
import PacketSpace

/// Services, and the pods that stand behind them.
extension ClusterConversion {
  /// The pods that a Service selects, each with the number of the port there; a name that a pod does not have gives none.
  func targets(of service: ServiceObject, port: ServiceObject.Port) -> [KubernetesBuildResult.TargetGroupBinding.Target]
  {
    guard let selector = service.selector, !selector.isEmpty else { return [] }
    var targets: [KubernetesBuildResult.TargetGroupBinding.Target] = []
    for (index, set) in sets.enumerated() where set.namespace == service.metadata.namespace {
      guard selector.allSatisfy({ set.template.labels[$0.key] == $0.value }) else { continue }
      switch port.target {
      case .number(let number):
        targets.append(KubernetesBuildResult.TargetGroupBinding.Target(endpoint: pool[index], port: number))
      case .name(let name):
        for named in set.template.ports where named.name == name && named.transport == port.transport {
          if let number = named.port {
            targets.append(KubernetesBuildResult.TargetGroupBinding.Target(endpoint: pool[index], port: number))
          }
        }
      }
    }
    return targets
  }

  /// Adds a relay at the source for each Service whose address is known or may be told.
  ///
  /// A cluster in a cloud has none: only its own nodes translate them, and its pods' own addresses say the same.
  mutating func addServices(_ network: inout Network) {
    guard placement == nil, options.external == .exposed else { return }
    for service in objects.services where service.type != "ExternalName" && !service.isHeadless {
      let addresses = self.addresses(of: service, &network)
      if addresses.isEmpty { continue }
      let listeners = service.ports.compactMap { port -> Relay.Listener? in
        let targets = targets(of: service, port: port)
        if targets.isEmpty { return nil }
        return Relay.Listener(
          transport: port.transport, ports: PortRange(port.port),
          targets: targets.map { Relay.Target(.endpoint($0.endpoint), port: $0.port, keepsClient: .yes) },
          label: port.name ?? "\(port.port)", derivation: Derivation(port.range))
      }
      if listeners.isEmpty { continue }
      add(service, addresses, listeners, &network)
    }
  }

  private mutating func add(
    _ service: ServiceObject, _ addresses: [HeldAddress], _ listeners: [Relay.Listener], _ network: inout Network
  ) {
    let metadata = service.metadata
    let name = "\(metadata.namespace)/\(metadata.name)"
    let identity = Identity(
      key: "\(options.name)/\(metadata.namespace)/Service/\(metadata.name)", name: name,
      aliases: [
        Identity.Alias(.objectName, "\(name)[Service]"), Identity.Alias(.objectName, name),
        Identity.Alias(.dnsName, "\(metadata.name).\(metadata.namespace).svc.cluster.local"),
      ])
    var attributes = Attributes(labels: metadata.labels)
    attributes.values = [.kind: ["service"], .ns: [metadata.namespace], .cluster: [options.name]]
    if let environment = options.environment { attributes.values[.env] = [environment] }
    guard let segment = flat?.segment else { return }
    let endpoint = network.add(
      Endpoint(
        identity: identity, kind: "service", attributes: attributes,
        accepts: listeners.reduce(TrafficSet.none) { $0.union($1.traffic) },
        placements: [Placement(segment: segment, addresses: addresses)], derivation: Derivation(metadata.nameRange)))
    _ = network.add(
      Relay(
        identity: identity, kind: "service", interfaces: [endpoint], listeners: listeners, place: .source,
        attributes: attributes, derivation: Derivation(metadata.nameRange)))
  }

  private mutating func addresses(of service: ServiceObject, _ network: inout Network) -> [HeldAddress] {
    if !service.clusterAddresses.isEmpty {
      for address in service.clusterAddresses { flat?.hold(address) }
      return service.clusterAddresses.map { HeldAddress($0) }
    }
    return [IPFamily.v4, .v6].compactMap { family in
      let space = AddressSet(options.serviceRanges).restricted(to: family)
      if space.isEmpty { return nil }
      let reason = network.add(
        Unknown("the cluster has yet to give \(service.metadata.title) an address", derivation: .none))
      return .unknown(network.add(UnknownAddress(within: space, unknown: reason)))
    }
  }

  /// Resolves TargetGroupBindings to pods and ports.
  mutating func bindTargetGroups() {
    for binding in objects.targetGroupBindings {
      guard let group = binding.targetGroup, let name = binding.serviceName else { continue }
      let service = objects.services.first {
        $0.metadata.name == name && $0.metadata.namespace == binding.metadata.namespace
      }
      let port = service?.ports.first { port in
        switch binding.servicePort {
        case .number(let number): port.port == number
        case .name(let name): port.name == name
        case nil: true
        }
      }
      let range = binding.targetGroupRange ?? binding.metadata.nameRange
      var targets: [KubernetesBuildResult.TargetGroupBinding.Target] = []
      if let service, let port { targets = self.targets(of: service, port: port) }
      result.targetGroupBindings.append(
        KubernetesBuildResult.TargetGroupBinding(
          targetGroup: group, isByName: binding.isByName, namespace: binding.metadata.namespace, service: name,
          targetType: binding.targetType, targets: targets, nodePort: port?.nodePort, derivation: Derivation(range)))
    }
  }

  /// Whether a SecurityGroupPolicy selects the pods, or may; those in their node's network never have groups of their own.
  private func selects(_ policy: SecurityGroupPolicyObject, _ set: PodSet) -> Bool {
    guard set.namespace == policy.metadata.namespace, !set.template.isHostNetwork else { return false }
    return policy.podSelector.map { $0.matches(set.template.labels) } ?? (policy.serviceAccountSelector != nil)
  }

  /// Whether the pods may stand on an interface of their own.
  func hasOwnInterface(_ index: Int) -> Bool {
    placement != nil && objects.securityGroupPolicies.contains { selects($0, sets[index]) }
  }

  /// The pods that SecurityGroupPolicies select.
  mutating func bindSecurityGroups() {
    for policy in objects.securityGroupPolicies {
      let chosen = sets.indices.filter { selects(policy, sets[$0]) }
      result.securityGroupPolicies.append(
        KubernetesBuildResult.SecurityGroupPolicy(
          groupIDs: policy.groupIDs, endpoints: chosen.map { pool[$0] },
          isUncertain: policy.serviceAccountSelector != nil, derivation: Derivation(policy.metadata.nameRange)))
    }
  }
}
