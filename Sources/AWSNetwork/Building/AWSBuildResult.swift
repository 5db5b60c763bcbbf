package import NetworkModel
package import PacketSpace

/// What AWS records became, for the join with Kubernetes.
package struct AWSBuildResult: Sendable {
  /// A node group's place in the network: what its pods' interfaces are under.
  package struct NodeGroup: Sendable {
    package var name: String
    package var endpoint: EndpointID
    package var labels: [String: String]
    package var taints: [FleetRecord.Taint]
  }

  package struct Cluster: Sendable {
    /// Every name by which it is asked for.
    package var names: [String]
    package var env: String?
    package var account: String?
    package var region: String?
    package var nodeGroups: [NodeGroup]
    /// The blocks of its VPC: pods reach them without leaving by their node.
    package var blocks: [IPPrefix]
  }

  /// A listener that forwards to a target group.
  package struct TargetGroup: Sendable {
    package var names: [String]
    package var listeners: [(relay: RelayID, listener: Int)]
    package var port: UInt16?
    package var encryption: Encryption
    /// Whether the client is kept, where the relay is one that can.
    package var keepsClient: Truth
  }

  package var clusters: [Cluster]
  package var targetGroups: [TargetGroup]

  /// Registers endpoints with a target group, as the load balancer controller does for a TargetGroupBinding.
  ///
  /// - Parameters:
  ///   - name: the target group's ARN, name or logical id.
  ///   - endpoints: what is registered, each with the port that it is reached on.
  ///   - network: where the relay's listeners are.
  ///   - derivation: where the binding stands.
  /// - Returns: whether there is such a target group.
  package func bind(
    _ name: String, to endpoints: [(endpoint: EndpointID, port: UInt16?)], in network: inout Network,
    derivation: Derivation
  ) -> Bool {
    guard let group = targetGroups.first(where: { $0.names.contains(name) }) else { return false }
    for (relay, listener) in group.listeners {
      for (endpoint, port) in endpoints {
        network.relays[relay.offset].listeners[listener].targets.append(
          Relay.Target(
            .endpoint(endpoint), port: port ?? group.port, keepsClient: group.keepsClient, encryption: group.encryption,
            derivation: derivation))
      }
    }
    return true
  }
}

extension AWSBuilder {
  func result() -> AWSBuildResult {
    var copy = self
    return copy.makeResult()
  }

  private mutating func makeResult() -> AWSBuildResult {
    var clusters: [AWSBuildResult.Cluster] = []
    for (number, cluster) in records.clusters.enumerated() {
      var groups: [AWSBuildResult.NodeGroup] = []
      for (fleet, endpoint) in fleetEndpoints.sorted(by: { $0.key < $1.key }) {
        let record = records.fleets[fleet]
        guard let reference = record.cluster.value, index.find(.cluster, reference, from: record.header) == number
        else { continue }
        groups.append(
          AWSBuildResult.NodeGroup(
            name: record.header.name, endpoint: endpoint, labels: record.labels, taints: record.taints))
      }
      let vpc = cluster.subnets.compactMap(\.value).compactMap { index.find(.subnet, $0, from: cluster.header) }
        .compactMap { subnetVPC[$0] }.first
      let blocks = vpc.flatMap { vpcs[$0] }.map { $0.blocks + $0.ipv6Blocks } ?? []
      clusters.append(
        AWSBuildResult.Cluster(
          names: names(cluster.header), env: cluster.header.env, account: cluster.header.account,
          region: cluster.header.region, nodeGroups: groups, blocks: blocks))
    }
    var groups: [AWSBuildResult.TargetGroup] = []
    for (number, group) in records.targetGroups.enumerated() {
      let listeners = listenersByTargetGroup[number] ?? []
      let isNetwork = listeners.contains { network[$0.0].kind == "nlb" }
      groups.append(
        AWSBuildResult.TargetGroup(
          names: names(group.header), listeners: listeners.map { ($0.0, $0.1) },
          port: group.port.value.flatMap { UInt16(exactly: $0) }, encryption: backEncryption(group),
          keepsClient: keepsClient(group, transport: .tcp, isNetwork: isNetwork)))
    }
    return AWSBuildResult(clusters: clusters, targetGroups: groups)
  }
}
