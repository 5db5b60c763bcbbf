import AWSNetwork
import Documents
import NetworkModel
import PacketSpace

/// Interfaces, instances, databases, caches and clusters.
extension DescribeReader {
  mutating func interface(_ node: Node) {
    guard let id = node["NetworkInterfaceId"]?.text else { return unnamed("network interface", node) }
    var addresses: [InterfaceRecord.Address] = []
    for entry in node["PrivateIpAddresses"].map({ Array($0.elements) }) ?? [] {
      addresses.append(
        InterfaceRecord.Address(
          privateAddress: address(entry["PrivateIpAddress"]), publicAddress: address(entry["Association"]?["PublicIp"]))
      )
    }
    if addresses.isEmpty, node["PrivateIpAddress"] != nil {
      addresses.append(
        InterfaceRecord.Address(
          privateAddress: address(node["PrivateIpAddress"]), publicAddress: address(node["Association"]?["PublicIp"])))
    }
    var prefixes: [IPPrefix] = []
    for (list, key) in [("Ipv4Prefixes", "Ipv4Prefix"), ("Ipv6Prefixes", "Ipv6Prefix")] {
      for entry in node[list].map({ Array($0.elements) }) ?? [] {
        if let prefix = entry[key]?.text.flatMap({ IPPrefix($0) }) { prefixes.append(prefix) }
      }
    }
    records.interfaces.append(
      InterfaceRecord(
        header: header(node, id: id, owner: "OwnerId"), subnet: reference(node["SubnetId"]), addresses: addresses,
        ipv6Addresses: node["Ipv6Addresses"].map { $0.elements.map { address($0["Ipv6Address"]) } } ?? [],
        prefixes: prefixes, groups: references(node["Groups"], key: "GroupId"),
        sourceDestinationCheck: bool(node["SourceDestCheck"]),
        instance: node["Attachment"]?["InstanceId"]?.text.map { Reference($0) },
        deviceIndex: integer(node["Attachment"]?["DeviceIndex"]).value ?? 0,
        description: node["Description"]?.text ?? "", interfaceType: node["InterfaceType"]?.text ?? "interface"))
  }

  mutating func instance(_ node: Node) {
    guard let id = node["InstanceId"]?.text else { return unnamed("instance", node) }
    if node["State"]?["Name"]?.text == "terminated" { return }
    records.instances.append(InstanceRecord(header: header(node, id: id, dns: "PublicDnsName")))
    for interface in node["NetworkInterfaces"].map({ Array($0.elements) }) ?? [] {
      guard let interfaceID = interface["NetworkInterfaceId"]?.text else { continue }
      embedded.append((interfaceID, id, interface))
    }
  }

  /// Interfaces that only their instances show are read from there.
  mutating func finishInterfaces() {
    var numbers: [String: Int] = [:]
    for number in records.interfaces.indices.reversed() { numbers[records.interfaces[number].header.id] = number }
    for (id, instance, node) in embedded {
      if let known = numbers[id] {
        records.interfaces[known].instance = Reference(instance)
      } else {
        self.interface(node)
        if let last = records.interfaces.indices.last, records.interfaces[last].header.id == id {
          records.interfaces[last].instance = Reference(instance)
          numbers[id] = last
        }
      }
    }
  }

  mutating func database(_ node: Node) {
    guard let id = node["DBInstanceIdentifier"]?.text else { return unnamed("database", node) }
    var groups: [Attribute<Reference>] = []
    for group in node["VpcSecurityGroups"].map({ Array($0.elements) }) ?? []
    where ["active", "adding"].contains(group["Status"]?.text ?? "active") {
      groups.append(reference(group["VpcSecurityGroupId"]))
    }
    if let group = node["DBSubnetGroup"], group["DBSubnetGroupName"] != nil, group["Subnets"] != nil {
      subnetGroup(group, name: "DBSubnetGroupName", arn: "DBSubnetGroupArn")
    }
    var header = header(node, id: id, arn: "DBInstanceArn")
    header.aliases.append(Identity.Alias(.name, id))
    if let dns = node["Endpoint"]?["Address"]?.text { header.aliases.append(Identity.Alias(.dnsName, dns)) }
    records.services.append(
      ManagedServiceRecord(
        header: header, kind: "rds", subnetGroup: reference(node["DBSubnetGroup"]?["DBSubnetGroupName"]),
        zone: text(node["AvailabilityZone"]), isMultiZone: node["MultiAZ"]?.bool == true, groups: groups,
        port: integer(node["Endpoint"]?["Port"] ?? node["DbInstancePort"]),
        isPublic: bool(node["PubliclyAccessible"]), engine: text(node["Engine"]),
        engineVersion: text(node["EngineVersion"]),
        parameterGroups: references(node["DBParameterGroups"], key: "DBParameterGroupName")))
  }

  mutating func subnetGroup(_ node: Node, name: String, arn: String) {
    guard let id = node[name]?.text else { return unnamed("subnet group", node) }
    if records.subnetGroups.contains(where: { $0.header.id == id }) { return }
    records.subnetGroups.append(
      SubnetGroupRecord(
        header: header(node, id: id, arn: arn), subnets: references(node["Subnets"], key: "SubnetIdentifier")))
  }

  mutating func parameterGroup(_ node: Node) {
    guard let id = node["DBParameterGroupName"]?.text else { return unnamed("parameter group", node) }
    records.parameterGroups.append(
      ParameterGroupRecord(
        header: header(node, id: id, arn: "DBParameterGroupArn"), family: text(node["DBParameterGroupFamily"]),
        parameters: [:],
        open: id.hasPrefix("default.")
          ? nil : Missing("the parameters of \(id) were not collected", derivation: Derivation(node.range))))
  }

  mutating func cacheCluster(_ node: Node) {
    guard let id = node["CacheClusterId"]?.text else { return unnamed("cache cluster", node) }
    var header = header(node, id: id, arn: "ARN")
    header.aliases.append(Identity.Alias(.name, id))
    records.services.append(
      ManagedServiceRecord(
        header: header, kind: "elasticache", subnetGroup: reference(node["CacheSubnetGroupName"]),
        zone: text(node["PreferredAvailabilityZone"]),
        isMultiZone: node["PreferredAvailabilityZone"]?.text == "Multiple",
        groups: references(node["SecurityGroups"], key: "SecurityGroupId"),
        port: integer(
          node["ConfigurationEndpoint"]?["Port"] ?? node["CacheNodes"]?.elements.first?["Endpoint"]?["Port"]),
        isPublic: .known(false, .none), engine: text(node["Engine"]), engineVersion: text(node["EngineVersion"]),
        transitEncryption: bool(node["TransitEncryptionEnabled"]),
        transitEncryptionMode: text(node["TransitEncryptionMode"])))
  }

  mutating func cluster(_ node: Node) {
    guard let name = node["name"]?.text else { return unnamed("EKS cluster", node) }
    let config = node["resourcesVpcConfig"]
    var header = header(node, id: name, arn: "arn")
    header.aliases.append(Identity.Alias(.name, name))
    records.clusters.append(
      EKSClusterRecord(
        header: header, subnets: references(config?["subnetIds"]), groups: references(config?["securityGroupIds"]),
        clusterGroup: reference(config?["clusterSecurityGroupId"]), isPublic: bool(config?["endpointPublicAccess"]),
        isPrivate: bool(config?["endpointPrivateAccess"]),
        publicBlocks: config?["publicAccessCidrs"].map { $0.elements.map { prefix($0) } } ?? []))
  }

  mutating func addon(_ node: Node) {
    guard let name = node["addonName"]?.text else { return unnamed("add-on", node) }
    records.addons.append(
      AddonRecord(
        header: header(node, id: name, arn: "addonArn"), cluster: reference(node["clusterName"]),
        name: text(node["addonName"]), configuration: text(node["configurationValues"])))
  }

  mutating func nodeGroup(_ node: Node) {
    guard let name = node["nodegroupName"]?.text else { return unnamed("node group", node) }
    var header = header(node, id: name, arn: "nodegroupArn")
    header.aliases.append(Identity.Alias(.name, name))
    var labels: [String: String] = [:]
    for pair in node["labels"].map({ Array($0.pairs) }) ?? [] { labels[pair.key.text ?? ""] = pair.value.text ?? "" }
    let taints = node["taints"].map {
      $0.elements.map {
        Taint(
          key: $0["key"]?.text ?? "", value: $0["value"]?.text ?? "", effect: $0["effect"]?.text ?? "")
      }
    }
    records.fleets.append(
      FleetRecord(
        header: header, kind: "node", subnets: references(node["subnets"]),
        groups: node["launchTemplate"].map {
          [.unknown(Missing("the launch template of \(name) was not collected", derivation: Derivation($0.range)))]
        } ?? [],
        most: integer(node["scalingConfig"]?["maxSize"]), least: integer(node["scalingConfig"]?["minSize"]),
        cluster: reference(node["clusterName"]), labels: labels, taints: taints ?? []))
  }
}
