import NetworkModel
import PacketSpace

/// Ways into a cluster from outside: ports of its nodes, load balancers, ports of hosts, and entries that are not modelled.
///
/// Nobody says in manifests whether the outside gets to a node or a balancer, so each entry may be there or not: what it opens is
/// undecided, never proved shut.
extension ClusterConversion {
  /// A way in, with the pods that it leads to.
  struct Entry {
    struct Port {
      var transport: IPProtocol
      var ports: PortRange
      /// Numbers of sets, and the port there; `nil` is any.
      var targets: [(set: Int, port: UInt16?)]
      var label: String
      var derivation: Derivation
    }

    var key: String
    var name: String
    var ports: [Port]
    /// Whether a client's address may be kept.
    var mayKeepClient: Bool
    /// Whether somebody in the cluster whom nobody names passes the traffic on.
    var isByAnyPod: Bool
    /// Whether a controller makes a load balancer for it.
    var hasBalancer = false
    /// Whether it is the node's own network.
    var isHostNetwork = false
    /// Where its clients may be.
    var clients = AddressSet.everything
    var derivation: Derivation
  }

  /// Ports that nodes offer to Services that name none (Service, "Type: NodePort", the default range).
  private static let nodePorts = PortRange(lower: 30000, upper: 32767)

  // MARK: What there is

  /// The pods that a Service selects, by number.
  private func selectedSets(_ service: ServiceObject) -> [Int] {
    guard let selector = service.selector, !selector.isEmpty else { return [] }
    return sets.indices.filter { index in
      sets[index].namespace == service.metadata.namespace
        && selector.allSatisfy { sets[index].template.labels[$0.key] == $0.value }
    }
  }

  /// Where each Service's own address may lie, and the groups of pods behind it.
  func servicesByAddress() -> [(space: AddressSet, groups: [Int])] {
    objects.services.compactMap { service in
      if service.isHeadless || service.type == "ExternalName" { return nil }
      let behind = selectedSets(service).compactMap { groups[$0] }
      if behind.isEmpty { return nil }
      var space = AddressSet(options.serviceRanges)
      if space.isEmpty { space = .privateSpace }
      if !service.clusterAddresses.isEmpty { space = AddressSet(service.clusterAddresses.map { IPPrefix(host: $0) }) }
      return (space, behind)
    }
  }

  /// All entries, in the order of the objects.
  func entries() -> [Entry] {
    objects.services.filter(\.isEntry).map { entry($0) } + sets.indices.compactMap { hostPorts($0) }
      + objects.entries.map { opaque($0) }
  }

  private func entry(_ service: ServiceObject) -> Entry {
    let metadata = service.metadata
    let chosen =
      service.selector == nil
      ? sets.indices.filter { sets[$0].namespace == metadata.namespace } : selectedSets(service)
    var ports: [Entry.Port] = []
    for port in service.ports {
      let targets = chosen.flatMap { set -> [(set: Int, port: UInt16?)] in
        // Without a selector somebody else says which pods, and at which port.
        if service.selector == nil { return [(set, nil)] }
        switch port.target {
        case .number(let number): return [(set, number)]
        case .name(let name):
          return sets[set].template.ports.filter { $0.name == name && $0.transport == port.transport }
            .map { (set, $0.port) }
        }
      }
      var ranges: [PortRange] = []
      if service.type == "LoadBalancer" || !service.externalAddresses.isEmpty { ranges.append(PortRange(port.port)) }
      if service.type != "ClusterIP" { ranges.append(port.nodePort.map { PortRange($0) } ?? Self.nodePorts) }
      for range in ranges {
        ports.append(
          Entry.Port(
            transport: port.transport, ports: range, targets: targets, label: port.name ?? "\(port.port)",
            derivation: Derivation(port.range)))
      }
    }
    return Entry(
      key: "\(options.name)/\(metadata.namespace)/Service/\(metadata.name)/entry",
      name: "entry of \(metadata.namespace)/\(metadata.name)", ports: ports,
      // A balancer with pods as its targets does as its attributes say, whatever the policy.
      mayKeepClient: service.externalTrafficPolicyIsLocal || placement != nil, isByAnyPod: false,
      hasBalancer: service.type == "LoadBalancer",
      clients: service.loadBalancerSourceRanges.isEmpty ? .everything : AddressSet(service.loadBalancerSourceRanges),
      derivation: Derivation(metadata.nameRange))
  }

  private func hostPorts(_ index: Int) -> Entry? {
    let set = sets[index]
    if set.template.isHostNetwork { return hostNetwork(index) }
    if set.template.hostPorts.isEmpty { return nil }
    return Entry(
      key: "\(options.name)/\(set.namespace)/\(set.kind)/\(set.ownKey ?? set.name)/host-ports",
      name: "host ports of \(set.namespace)/\(set.name)",
      ports: set.template.hostPorts.compactMap { port in
        guard let host = port.port else { return nil }
        return Entry.Port(
          transport: port.transport, ports: PortRange(host), targets: [(index, UInt16(port.name))], label: "\(host)",
          derivation: set.derivation)
      }, mayKeepClient: true, isByAnyPod: false, derivation: set.derivation)
  }

  /// Every port of a pod in its node's network is a port of the node.
  private func hostNetwork(_ index: Int) -> Entry {
    let set = sets[index]
    return Entry(
      key: "\(options.name)/\(set.namespace)/\(set.kind)/\(set.ownKey ?? set.name)/host-network",
      name: "node of \(set.namespace)/\(set.name)",
      ports: [.tcp, .udp, .sctp].map {
        Entry.Port(transport: $0, ports: .all, targets: [(index, nil)], label: "\($0)", derivation: set.derivation)
      }, mayKeepClient: true, isByAnyPod: false, isHostNetwork: true, derivation: set.derivation)
  }

  /// An entry that is not read may lead to any pod of its namespace, at any port.
  private func opaque(_ entry: ClusterObjects.Opaque) -> Entry {
    let metadata = entry.metadata
    let crosses = ["Gateway", "VirtualService"].contains(metadata.kind)
    let targets = sets.indices.filter { crosses || sets[$0].namespace == metadata.namespace }
    return Entry(
      key: "\(options.name)/\(metadata.namespace)/\(metadata.kind)/\(metadata.name)",
      name: "\(metadata.namespace)/\(metadata.name)[\(metadata.kind)]",
      ports: [.tcp, .udp].map {
        Entry.Port(
          transport: $0, ports: .all, targets: targets.map { ($0, nil) }, label: "\($0)",
          derivation: Derivation(metadata.nameRange))
      }, mayKeepClient: false, isByAnyPod: true, hasBalancer: true, derivation: Derivation(metadata.nameRange))
  }

  // MARK: What becomes of it

  /// What a node forwards bears the node's address, which on a pod's own node no policy holds back (layers, section 9).
  mutating func nodeExemption(_ network: inout Network) -> (FilterID, [Int])? {
    guard options.external == .exposed else { return nil }
    let behind = entries().filter { !$0.isByAnyPod }.flatMap { $0.ports.flatMap(\.targets) }
    let selected = Set(behind.compactMap { groups[$0.set] }).sorted()
    if selected.isEmpty { return nil }
    let unknown = network.add(
      Unknown(
        "whether traffic through a port of the nodes is forwarded by the pod's own node, which no policy holds back"))
    let bearing = network.add(
      Membership(
        identity: Identity(key: "\(options.name)/forwarded-by-nodes", name: "what nodes of \(options.name) forward")))
    forwarded = bearing
    let filter = network.add(
      Filter(
        identity: Identity(key: "\(options.name)/own-node", name: "the pod's own node"), kind: "own node",
        isStateful: true,
        ingress: RuleList([Rule(.allow, present: .unknown(unknown), peers: [Peer(membership: bearing)])])))
    return (filter, selected)
  }

  /// Adds every entry, as a relay that may be there and by which the outside may come in.
  mutating func addEntries(behind outside: AttachmentID, _ network: inout Network) {
    let entries = entries()
    for entry in entries where !entry.isByAnyPod { noteGap(entry, &network) }
    guard options.external == .exposed, let segment = flat?.segment else { return }
    for entry in entries where entry.ports.contains(where: { !$0.targets.isEmpty }) {
      add(entry, in: segment, outside, &network)
    }
  }

  func noteGap(_ entry: Entry, _ network: inout Network) {
    network.gaps.append(
      Gap(
        .notModelled, subject: entry.name, message: "who gets to it from outside the cluster is not known",
        derivation: entry.derivation))
  }

  private mutating func add(
    _ entry: Entry, in segment: SegmentID, _ outside: AttachmentID, _ network: inout Network
  ) {
    let unknown = network.add(
      Unknown("whether \(entry.name) is reached from outside is not said", derivation: entry.derivation))
    let address = HeldAddress.unknown(
      network.add(UnknownAddress(within: AddressSet.privateSpace.restricted(to: .v4), unknown: unknown)))
    let publicAddress = HeldAddress.unknown(
      network.add(UnknownAddress(within: AddressSet.internetSpace.restricted(to: .v4), unknown: unknown)))
    let placement = Placement(segment: segment, addresses: [address], memberships: borne(by: entry, unknown))
    _ = addRelay(entry, [placement], unknown, &network)
    network.attachments[outside.offset].translations?.append(
      Translation(
        .oneToOne(inside: address, outside: publicAddress), present: .unknown(unknown), derivation: entry.derivation))
  }

  /// What an entry's traffic bears to pods: that of a node, or perhaps that of any pod.
  func borne(by entry: Entry, _ unknown: UnknownID) -> [MembershipID: Truth] {
    var memberships: [MembershipID: Truth] = [:]
    if let forwarded { memberships[forwarded] = .yes }
    if entry.isByAnyPod {
      for membership in Set(policies.memberships.membershipsOfGroup.flatMap(\.keys)) {
        memberships[membership] = .unknown(unknown)
      }
    }
    return memberships
  }

  /// Adds the relay and its interface, which may be there.
  func addRelay(
    _ entry: Entry, _ placements: [Placement], _ unknown: UnknownID, _ network: inout Network
  ) -> EndpointID {
    var attributes = Attributes(values: [.kind: ["entry"], .cluster: [options.name]])
    if let environment = options.environment { attributes.values[.env] = [environment] }
    let identity = Identity(key: entry.key, name: entry.name)
    let listeners = entry.ports.filter { !$0.targets.isEmpty }.map { listener($0, entry, unknown) }
    let interface = network.add(
      Endpoint(
        identity: identity, kind: "entry", attributes: attributes, exists: .unknown(unknown),
        accepts: listeners.reduce(TrafficSet.none) { $0.union($1.traffic) }, placements: placements,
        derivation: entry.derivation))
    _ = network.add(
      Relay(
        identity: identity, kind: "entry", interfaces: [interface], listeners: listeners, attributes: attributes,
        derivation: entry.derivation))
    return interface
  }

  private func listener(_ port: Entry.Port, _ entry: Entry, _ unknown: UnknownID) -> Relay.Listener {
    Relay.Listener(
      transport: port.transport, ports: port.ports, present: .unknown(unknown),
      targets: port.targets.map {
        Relay.Target(
          .endpoint(pool[$0.set]), port: $0.port, keepsClient: entry.mayKeepClient ? .unknown(unknown) : .no,
          present: .unknown(unknown), derivation: entry.derivation)
      }, label: port.label, derivation: port.derivation)
  }
}
