import AWSNetwork
import NetworkModel
import PacketSpace

/// Load balancers, databases, fleets and clusters.
extension Estate {
  mutating func balancer(
    _ id: String, _ type: String, in subnets: String..., groups: [String] = [], facing: Bool = true,
    crossZone: Attribute<Bool> = .absent, ipv6: Bool = false
  ) {
    records.loadBalancers.append(
      LoadBalancerRecord(
        header: header(id), type: Self.known(type), isInternetFacing: Self.known(facing),
        subnets: subnets.map { Self.reference($0) }, groups: groups.map { Self.reference($0) },
        hasGroups: !groups.isEmpty, crossZone: crossZone, hasIPv6: ipv6))
  }

  mutating func listener(
    _ id: String, of balancer: String, _ port: Int?, _ word: String, to groups: String..., policy: String? = nil,
    action: ListenerRecord.Action? = nil
  ) {
    records.listeners.append(
      ListenerRecord(
        header: header(id), loadBalancer: Self.reference(balancer),
        port: port.map { Self.known($0) } ?? .unknown(Missing("the port is not known")), protocol: Self.known(word),
        policy: policy.map { Self.known($0) } ?? .absent,
        actions: [action ?? .forward(groups.map { Self.reference($0) })]))
  }

  mutating func targetGroup(
    _ id: String, in vpc: String, _ type: String, _ word: String, _ port: Int, keepsClient: Attribute<Bool> = .absent,
    crossZone: Attribute<Bool> = .absent, _ targets: String...
  ) {
    records.targetGroups.append(
      TargetGroupRecord(
        header: header(id), vpc: Self.reference(vpc), targetType: Self.known(type), protocol: Self.known(word),
        port: Self.known(port), keepsClient: keepsClient, crossZone: crossZone,
        targets: targets.map { text in
          TargetGroupRecord.Registration(
            target: Self.known(IPAddress(text).map { .address($0) } ?? .resource(Reference(text))), port: .absent,
            derivation: .none)
        }))
  }

  mutating func database(
    _ id: String, in subnets: String..., groups: [String] = [], port: Int? = 5432,
    isPublic: Attribute<Bool> = known(false),
    engine: String = "postgres", version: String? = "15.4", kind: String = "rds"
  ) {
    records.subnetGroups.append(
      SubnetGroupRecord(header: header("group-" + id), subnets: subnets.map { Self.reference($0) }))
    records.services.append(
      ManagedServiceRecord(
        header: header(id), kind: kind, subnetGroup: Self.reference("group-" + id),
        groups: groups.map { Self.reference($0) }, port: port.map { Self.known($0) } ?? .absent, isPublic: isPublic,
        engine: Self.known(engine), engineVersion: version.map { Self.known($0) } ?? .absent))
  }

  mutating func fleet(
    _ id: String, in subnets: String..., groups: [String] = [], kind: String = "instance", cluster: String? = nil,
    least: Int = 2, most: Int = 6, targetGroups: [String] = []
  ) {
    records.fleets.append(
      FleetRecord(
        header: header(id), kind: kind, subnets: subnets.map { Self.reference($0) },
        groups: groups.map { Self.reference($0) }, most: Self.known(most), least: Self.known(least),
        targetGroups: targetGroups.map { Self.reference($0) },
        cluster: cluster.map { Self.reference($0) } ?? .absent))
  }
}

extension Built {
  func encryption(_ relay: String, _ port: UInt16) -> Encryption? {
    self.relay(relay)?.listeners.first { $0.ports.contains(port) }?.encryption
  }
}
