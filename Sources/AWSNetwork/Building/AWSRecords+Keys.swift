import NetworkModel

/// Two things have two keys. Ends with one key are one host to a question, and a host is never asked against itself.
extension AWSRecords {
  mutating func tellApart() {
    tellStacksApart()
    var counts: [String: Int] = [:]
    eachHost { counts[$0.key, default: 0] += 1 }
    if counts.allSatisfy({ $0.value == 1 }) { return }
    eachHost { header in
      if counts[header.key, default: 0] > 1 { header.sharesName = true }
    }
  }

  /// A template deployed to several accounts or regions may have one stack name in all.
  private mutating func tellStacksApart() {
    var places: [String: Set<String>] = [:]
    eachHeader { header in
      if let stack = header.stack { places[stack, default: []].insert(Self.place(header)) }
    }
    if places.isEmpty { return }
    eachHeader { header in
      if let stack = header.stack, places[stack, default: []].count > 1 { header.stackPlace = Self.place(header) }
    }
  }

  private static func place(_ header: ResourceHeader) -> String {
    [header.account, header.region].compactMap { $0 }.joined(separator: "/")
  }

  /// What becomes a host of its own. An instance's interfaces are the instance's.
  private mutating func eachHost(_ body: (inout ResourceHeader) -> Void) {
    for index in interfaces.indices where interfaces[index].instance == nil { body(&interfaces[index].header) }
    for index in instances.indices { body(&instances[index].header) }
    for index in fleets.indices { body(&fleets[index].header) }
    for index in services.indices { body(&services[index].header) }
    for index in clusters.indices { body(&clusters[index].header) }
    for index in loadBalancers.indices { body(&loadBalancers[index].header) }
  }

  private mutating func eachHeader(_ body: (inout ResourceHeader) -> Void) {
    eachHost(body)
    for index in interfaces.indices where interfaces[index].instance != nil { body(&interfaces[index].header) }
    for index in vpcs.indices { body(&vpcs[index].header) }
    for index in subnets.indices { body(&subnets[index].header) }
    for index in internetGateways.indices { body(&internetGateways[index].header) }
    for index in natGateways.indices { body(&natGateways[index].header) }
    for index in peerings.indices { body(&peerings[index].header) }
    for index in routeTables.indices { body(&routeTables[index].header) }
    for index in networkACLs.indices { body(&networkACLs[index].header) }
    for index in securityGroups.indices { body(&securityGroups[index].header) }
    for index in prefixLists.indices { body(&prefixLists[index].header) }
    for index in subnetGroups.indices { body(&subnetGroups[index].header) }
    for index in parameterGroups.indices { body(&parameterGroups[index].header) }
    for index in listeners.indices { body(&listeners[index].header) }
    for index in listenerRules.indices { body(&listenerRules[index].header) }
    for index in targetGroups.indices { body(&targetGroups[index].header) }
    for index in webACLAssociations.indices { body(&webACLAssociations[index].header) }
    for index in addons.indices { body(&addons[index].header) }
    for index in parts.indices { body(&parts[index].header) }
  }
}
