import AWSNetwork
import NetworkModel
import PacketSpace

/// Interfaces, instances and fleets.
extension CloudFormationReader {
  private func address(_ value: TemplateValue) -> Attribute<IPAddress> {
    value.text.map(otherwise: "an address was expected") { IPAddress($0) }
  }

  mutating func interface(_ resource: StackResource) {
    var header = resource.header()
    header.tagsMissing = nil
    var addresses: [InterfaceRecord.Address] = []
    for entry in resource["PrivateIpAddresses"].elements {
      addresses.append(InterfaceRecord.Address(privateAddress: address(entry["PrivateIpAddress"])))
    }
    if addresses.isEmpty {
      addresses.append(InterfaceRecord.Address(privateAddress: address(resource["PrivateIpAddress"])))
      for _ in 0..<min(max(resource["SecondaryPrivateIpAddressCount"].integer.value ?? 0, 0), 64) {
        addresses.append(InterfaceRecord.Address(privateAddress: .absent))
      }
    }
    records.interfaces.append(
      InterfaceRecord(
        header: header, subnet: resource["SubnetId"].reference, addresses: addresses,
        ipv6Addresses: ipv6(
          resource["Ipv6Addresses"], count: resource["Ipv6AddressCount"], resource["SubnetId"].reference),
        groups: resource.references("GroupSet"), sourceDestinationCheck: resource["SourceDestCheck"].bool))
  }

  /// IPv6 addresses that are given, counted, or assigned by the subnet.
  private func ipv6(_ list: TemplateValue, count: TemplateValue, _ subnet: Attribute<Reference>) -> [Attribute<
    IPAddress
  >] {
    let given = list.elements.map { address($0["Ipv6Address"]) }
    if !given.isEmpty { return given }
    if let number = count.integer.value, number > 0 { return [.absent] }
    let assigns = self.subnet(subnet)?.assignsIPv6
    if assigns?.value == true { return [.absent] }
    return []
  }

  mutating func instance(_ resource: StackResource) {
    let header = resource.header()
    records.instances.append(InstanceRecord(header: header))
    let launch = resource["LaunchTemplate"].isNothing ? nil : launchData(resource["LaunchTemplate"])
    let interfaces = resource["NetworkInterfaces"].elements
    if interfaces.isEmpty {
      var groups = resource.references("SecurityGroupIds")
      if groups.isEmpty { groups = resource.references("SecurityGroups") }
      if groups.isEmpty { groups = launch?.groups ?? defaultGroups(resource["SubnetId"].reference) }
      append(
        resource, subnet: resource["SubnetId"], groups: groups, address: resource["PrivateIpAddress"],
        associate: launch?.assignsPublicAddress ?? .absent, ipv6: resource["Ipv6Addresses"],
        count: resource["Ipv6AddressCount"],
        check: resource["SourceDestCheck"].bool)
      return
    }
    for (number, interface) in interfaces.enumerated() {
      if case .known(let reference, _) = interface["NetworkInterfaceId"].reference {
        attachments[reference.text] = resource.reference
        continue
      }
      append(
        resource, number: number, subnet: interface["SubnetId"],
        groups: interface["GroupSet"].elements.map(\.reference),
        address: interface["PrivateIpAddress"], associate: interface["AssociatePublicIpAddress"].bool,
        ipv6: interface["Ipv6Addresses"], count: interface["Ipv6AddressCount"], check: resource["SourceDestCheck"].bool)
    }
  }

  /// The record of a subnet that was read; all are, before what stands in them.
  private func subnet(_ reference: Attribute<Reference>) -> SubnetRecord? {
    reference.value.flatMap { subnetNumbers[$0.text] }.map { records.subnets[$0] }
  }

  /// An instance without groups is in its VPC's default one.
  private func defaultGroups(_ subnet: Attribute<Reference>) -> [Attribute<Reference>] {
    guard let record = self.subnet(subnet), let vpc = record.vpc.value
    else { return [] }
    return [.known(Reference(vpc.text + "#DefaultSecurityGroup"), .none)]
  }

  private mutating func append(
    _ resource: StackResource, number: Int = 0, subnet: TemplateValue, groups: [Attribute<Reference>],
    address own: TemplateValue, associate: Attribute<Bool>, ipv6 list: TemplateValue, count: TemplateValue,
    check: Attribute<Bool>
  ) {
    var header = resource.header()
    header.id += number == 0 ? "#interface" : "#interface\(number)"
    header.logicalID = header.logicalID.map { number == 0 ? $0 : "\($0)#\(number)" }
    records.interfaces.append(
      InterfaceRecord(
        header: header, subnet: subnet.reference, addresses: [InterfaceRecord.Address(privateAddress: address(own))],
        ipv6Addresses: ipv6(list, count: count, subnet.reference), groups: groups, sourceDestinationCheck: check,
        instance: resource.reference))
    launchedPublic[records.interfaces.count - 1] = associate
  }

  /// Attachments and addresses of what was read later than them.
  mutating func settleAttachments() {
    var numbers: [String: Int] = [:]
    for number in records.interfaces.indices.reversed() { numbers[records.interfaces[number].header.id] = number }
    for (interface, instance) in attachments {
      if let number = numbers[interface] { records.interfaces[number].instance = instance }
    }
    var ofInstances: [Reference: Int] = [:]
    for number in records.interfaces.indices.reversed() {
      if let instance = records.interfaces[number].instance { ofInstances[instance] = number }
    }
    for (target, privateAddress, own, header) in publicAddresses {
      guard let number = [numbers[target.text], ofInstances[target]].compactMap(\.self).min() else { continue }
      let position =
        privateAddress.flatMap { wanted in
          records.interfaces[number].addresses.firstIndex { $0.privateAddress.value == wanted }
        } ?? 0
      guard records.interfaces[number].addresses.indices.contains(position) else { continue }
      records.interfaces[number].addresses[position].publicAddress =
        own.value == nil
        ? .unknown(
          Missing("the address of \(header.name) is known only after deployment", derivation: header.derivation))
        : own
      records.interfaces[number].addresses[position].isPublic = header.exists
    }
  }

  /// An Elastic IP that is brought or transferred names its address; any other is known only after deployment.
  mutating func elasticAddress(_ resource: StackResource) {
    let own = address(resource["Address"])
    elasticAddresses[resource.reference.text] = own
    if case .known(let instance, _) = resource["InstanceId"].reference {
      publicAddresses.append((instance, nil, own, resource.header()))
    }
  }

  mutating func addressAssociation(_ resource: StackResource) {
    let target = resource["NetworkInterfaceId"].isNothing ? resource["InstanceId"] : resource["NetworkInterfaceId"]
    guard case .known(let reference, _) = target.reference else { return }
    let allocation = resource["AllocationId"].isNothing ? resource["EIP"] : resource["AllocationId"]
    let own = allocation.reference.value.flatMap { elasticAddresses[$0.text] } ?? .absent
    publicAddresses.append((reference, address(resource["PrivateIpAddress"]).value, own, resource.header()))
  }

  // MARK: Fleets

  mutating func launchTemplate(_ resource: StackResource) {
    let data = resource["LaunchTemplateData"]
    var groups = data["SecurityGroupIds"].elements.map(\.reference)
    var associate: Attribute<Bool> = .absent
    if let first = data["NetworkInterfaces"].elements.first {
      if groups.isEmpty { groups = first["Groups"].elements.map(\.reference) }
      associate = first["AssociatePublicIpAddress"].bool
    }
    var tags: [String: String] = [:]
    for specification in data["TagSpecifications"].elements {
      for tag in specification["Tags"].elements {
        if let key = tag["Key"].text.value { tags[key] = tag["Value"].text.value ?? "" }
      }
    }
    let launch = LaunchData(groups: groups, assignsPublicAddress: associate, tags: tags)
    launchTemplates[resource.reference.text] = launch
    if let name = resource["LaunchTemplateName"].text.value { launchTemplates[name] = launch }
  }

  func launchData(_ value: TemplateValue) -> LaunchData? {
    for key in ["LaunchTemplateId", "Id", "LaunchTemplateName", "Name"] {
      if let reference = value[key].reference.value, let data = launchTemplates[reference.text] { return data }
    }
    return nil
  }

  mutating func autoScalingGroup(_ resource: StackResource) {
    var launch = launchData(resource["LaunchTemplate"])
    if launch == nil {
      launch = launchData(resource["MixedInstancesPolicy"]["LaunchTemplate"]["LaunchTemplateSpecification"])
    }
    if launch == nil, let reference = resource["LaunchConfigurationName"].reference.value {
      launch = launchTemplates[reference.text]
    }
    var groups = launch?.groups ?? []
    if launch == nil {
      groups = [
        .unknown(Missing("what \(resource.logicalID) launches is not in the snapshot", derivation: resource.derivation))
      ]
    }
    records.fleets.append(
      FleetRecord(
        header: resource.header(named: "AutoScalingGroupName"), kind: "instance",
        subnets: resource.references("VPCZoneIdentifier"), groups: groups,
        assignsPublicAddress: launch?.assignsPublicAddress ?? .absent, most: resource["MaxSize"].integer,
        least: resource["MinSize"].integer, targetGroups: resource.references("TargetGroupARNs")))
  }

  mutating func cluster(_ resource: StackResource) {
    let config = resource["ResourcesVpcConfig"]
    records.clusters.append(
      EKSClusterRecord(
        header: resource.header(named: "Name"), subnets: config["SubnetIds"].elements.map(\.reference),
        groups: config["SecurityGroupIds"].elements.map(\.reference), isPublic: config["EndpointPublicAccess"].bool,
        isPrivate: config["EndpointPrivateAccess"].bool,
        publicBlocks: config["PublicAccessCidrs"].elements.map { prefix($0) }))
  }

  mutating func nodeGroup(_ resource: StackResource) {
    var labels: [String: String] = [:]
    if case .map(let pairs, _) = resource["Labels"] {
      for (key, value) in pairs { labels[key] = value.text.value ?? "" }
    }
    let taints = resource["Taints"].elements.map {
      Taint(
        key: $0["Key"].text.value ?? "", value: $0["Value"].text.value ?? "", effect: $0["Effect"].text.value ?? "")
    }
    var groups: [Attribute<Reference>] = []
    if !resource["LaunchTemplate"].isNothing {
      groups =
        launchData(resource["LaunchTemplate"])?.groups ?? [
          .unknown(
            Missing(
              "the launch template of \(resource.logicalID) is not in the snapshot", derivation: resource.derivation))
        ]
    }
    records.fleets.append(
      FleetRecord(
        header: resource.header(named: "NodegroupName"), kind: "node", subnets: resource.references("Subnets"),
        groups: groups, most: resource["ScalingConfig"]["MaxSize"].integer,
        least: resource["ScalingConfig"]["MinSize"].integer, cluster: resource["ClusterName"].reference, labels: labels,
        taints: taints))
  }
}
