import NetworkModel
import PacketSpace

/// The public endpoint of an EKS control plane: outside every VPC, open to the blocks that the cluster names, to everyone unless it names any
/// (EKS User Guide, "Cluster API server endpoint").
extension AWSBuilder {
  mutating func buildPublicEndpoint(of cluster: EKSClusterRecord) {
    let exists = truth(cluster.header.exists).and(truth(cluster.isPublic))
    guard exists != .no else { return }
    let header = cluster.header
    let router = network.add(
      Router(
        identity: part(header, "#public-endpoint-router"), kind: "eks-endpoint", derivation: header.derivation))
    // Nobody sees this address: it stands for the one that AWS keeps behind the public one.
    let inside = HeldAddress(IPAddress(v4: 0x6440_0001))
    let segment = network.add(
      Segment(
        identity: part(header, "#public-endpoint-segment"),
        prefixes: [IPPrefix(IPAddress(v4: 0x6440_0000), length: 24)],
        derivation: header.derivation))
    let inner = network.add(
      Attachment(
        identity: part(header, "#public-endpoint-inside"), router: router,
        farSide: .ports([Attachment.Port(segment: segment)]), derivation: header.derivation))
    let outside = UnknownAddress(
      within: AddressSet.internetSpace.restricted(to: .v4),
      unknown: unknown("the public address of \(header.name) is not known", header.derivation))
    let outer = network.add(
      Attachment(
        identity: part(header, "#public-endpoint-outside"), router: router, farSide: .zones([internet]),
        translations: [
          Translation(
            .oneToOne(inside: inside, outside: .unknown(network.add(outside))), derivation: header.derivation)
        ], derivation: header.derivation))
    network.segments[segment.offset].gateway = inner
    network.attachments[inner.offset].table = network.add(
      RouteTable(
        identity: part(header, "#public-endpoint-outward"), routes: [RouteTable.Route(.anyIPv4, next: .link(outer))]))
    network.attachments[outer.offset].table = network.add(
      RouteTable(
        identity: part(header, "#public-endpoint-inward"), routes: [RouteTable.Route(.anyIPv4, next: .local)]))
    addPublicEndpoint(cluster, in: segment, at: inside, exists: exists)
  }

  private mutating func addPublicEndpoint(
    _ cluster: EKSClusterRecord, in segment: SegmentID, at inside: HeldAddress, exists: Truth
  ) {
    let header = cluster.header
    var attributes = attributes(header, kind: "eks")
    attributes.insert(header.name, for: .cluster)
    let endpoint = network.add(
      Endpoint(
        identity: part(header, "#public-endpoint"), kind: "eks", host: header.key, attributes: attributes,
        exists: exists, accepts: .tcp(443),
        services: [
          Service(traffic: .tcp(443), encryption: .required(minimum: .tls12), derivation: header.derivation)
        ],
        placements: [
          Placement(
            segment: segment, addresses: [inside], layers: [publicAccess(cluster)], derivation: header.derivation)
        ], derivation: header.derivation))
    hosts.insert(endpoint, header)
  }

  /// Who may come, and nothing goes out by it.
  private mutating func publicAccess(_ cluster: EKSClusterRecord) -> LayerID {
    var rules: [Rule] = []
    for (number, block) in cluster.publicBlocks.enumerated() {
      let label = "publicAccessCidrs \(number + 1)"
      switch block {
      case .known(let prefix, let derivation):
        rules.append(Rule(.allow, peers: peers(in: prefix), label: label, derivation: derivation))
      case .unknown(let missing):
        rules.append(
          Rule(.allow, present: .unknown(unknown(missing)), label: label, derivation: missing.derivation))
      case .absent: break
      }
    }
    if cluster.publicBlocks.isEmpty {
      rules = [Rule(.allow, label: "everyone by default", derivation: cluster.header.derivation)]
    }
    let identity = part(cluster.header, "#public-access")
    let filter = network.add(
      Filter(
        identity: identity, kind: "public access list", isStateful: true, ingress: RuleList(rules),
        egress: RuleList(), derivation: cluster.header.derivation))
    let tier = Tier(.union, entries: [Tier.Entry(filter)])
    return network.add(Layer(identity: identity, default: .deny, ingress: [tier], egress: [tier]))
  }

  private func part(_ header: ResourceHeader, _ word: String) -> Identity {
    Identity(key: header.key + word, name: header.name + " public endpoint")
  }
}
