import NetworkModel

/// A shared VPC, its subnets and groups, and both ends of a peering come in the dumps of several accounts: one thing each.
extension AWSRecords {
  /// Keeps the first record of every id that AWS gave.
  ///
  /// Ids of the network's own parts are unique everywhere; names that people choose are so within an account and region, and
  /// templates name what they declare by stack.
  mutating func mergeTwins() {
    vpcs = Self.unique(vpcs, \.header)
    subnets = Self.unique(subnets, \.header)
    internetGateways = Self.unique(internetGateways, \.header)
    natGateways = Self.unique(natGateways, \.header)
    peerings = Self.unique(peerings, \.header)
    routeTables = Self.unique(routeTables, \.header)
    networkACLs = Self.unique(networkACLs, \.header)
    securityGroups = Self.unique(securityGroups, \.header)
    prefixLists = Self.unique(prefixLists, \.header)
    interfaces = Self.unique(interfaces, \.header)
    instances = Self.unique(instances, \.header)
    loadBalancers = Self.unique(loadBalancers, \.header)
    listeners = Self.unique(listeners, \.header)
    targetGroups = Self.unique(targetGroups, \.header)
  }

  private static func unique<Record>(_ records: [Record], _ header: KeyPath<Record, ResourceHeader>) -> [Record] {
    var seen: Set<String> = []
    let hasTwins = records.contains { record in
      record[keyPath: header].stack == nil && !seen.insert(record[keyPath: header].id).inserted
    }
    // Mostly there are none, and a copy of all records is spared.
    if !hasTwins { return records }
    seen = []
    return records.filter { record in
      let header = record[keyPath: header]
      return header.stack != nil || seen.insert(header.id).inserted
    }
  }
}
