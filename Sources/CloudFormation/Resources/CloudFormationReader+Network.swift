import AWSNetwork
import Documents
import NetworkModel
import PacketSpace

/// VPCs, subnets, gateways, tables, ACLs and groups.
extension CloudFormationReader {
  func prefix(_ value: TemplateValue) -> Attribute<IPPrefix> {
    value.text.map(otherwise: "a CIDR block was expected") { IPPrefix($0) }
  }

  /// A block that is no block is said where it stands.
  func checkedPrefix(_ resource: StackResource, _ property: String) -> Attribute<IPPrefix> {
    let value = prefix(resource[property])
    if case .unknown = value, let text = resource[property].text.value,
      let range = resource[property].derivation.primary
    {
      resource.stack.complain(
        "TP0310", "`\(text)` is not a CIDR block", range, "expected an address and a length, as 10.0.0.0/16")
    }
    return value
  }

  mutating func vpc(_ resource: StackResource) {
    let ipv6Blocks = resource.stack.ipv6Blocks(of: resource.logicalID)
    let name = "\(resource.stack.input.name)/\(resource.logicalID)"
    let assumption = Assumption(
      code: "amazon-provided-ipv6", text: "the IPv6 block that Amazon gives to \(name) is none that a rule names")
    records.vpcs.append(
      VPCRecord(
        header: resource.header(), blocks: [checkedPrefix(resource, "CidrBlock")],
        ipv6Blocks: ipv6Blocks.map { prefix($0) }, ipv6Assumptions: ipv6Blocks.isEmpty ? [] : [assumption]))
  }

  mutating func vpcBlock(_ resource: StackResource) {
    // IPv6 blocks are read with their VPC.
    guard !resource["CidrBlock"].isNothing else { return }
    part(resource, owner: "VpcId", .vpcBlock(prefix(resource["CidrBlock"])))
  }

  mutating func subnet(_ resource: StackResource) {
    let zone = resource["AvailabilityZone"].text
    if subnetNumbers[resource.reference.text] == nil {
      subnetNumbers[resource.reference.text] = records.subnets.count
    }
    records.subnets.append(
      SubnetRecord(
        header: resource.header(), vpc: resource["VpcId"].reference, block: checkedPrefix(resource, "CidrBlock"),
        ipv6Block: resource["Ipv6CidrBlock"].isNothing ? .absent : prefix(resource["Ipv6CidrBlock"]), zone: zone,
        zoneName: zone.value, mapsPublicAddress: resource["MapPublicIpOnLaunch"].bool,
        assignsIPv6: resource["AssignIpv6AddressOnCreation"].bool))
  }

  mutating func gatewayAttachment(_ resource: StackResource) {
    if !resource["InternetGatewayId"].isNothing {
      part(resource, owner: "InternetGatewayId", .gatewayVPC(resource["VpcId"].reference))
    } else {
      records.gatewayAttachments.append(
        GatewayAttachmentRecord(
          header: resource.header(), gateway: resource["VpnGatewayId"].reference, vpc: resource["VpcId"].reference,
          isHub: false))
    }
  }

  mutating func nat(_ resource: StackResource) {
    let isPrivate = resource["ConnectivityType"].text.value == "private"
    records.natGateways.append(
      NATGatewayRecord(
        header: resource.header(), subnet: resource["SubnetId"].reference,
        privateAddress: resource["PrivateIpAddress"].text.map { IPAddress($0) },
        publicAddress: resource["AllocationId"].reference.value.flatMap { elasticAddresses[$0.text] } ?? .absent,
        isPrivate: isPrivate))
  }

  mutating func peering(_ resource: StackResource) {
    let account = resource["PeerOwnerId"].text.value ?? resource.stack.input.account
    let region = resource["PeerRegion"].text.value ?? resource.stack.input.region
    records.peerings.append(
      PeeringRecord(
        header: resource.header(),
        requester: PeeringRecord.Side(
          vpc: resource["VpcId"].reference, account: resource.stack.input.account, region: resource.stack.input.region),
        accepter: PeeringRecord.Side(vpc: resource["PeerVpcId"].reference, account: account, region: region),
        isActive: .known(true, resource.derivation)))
  }

  mutating func route(_ resource: StackResource) {
    var target: Attribute<RouteRecord.Target> = .absent
    for property in [
      "GatewayId", "NatGatewayId", "EgressOnlyInternetGatewayId", "VpcPeeringConnectionId", "TransitGatewayId",
      "NetworkInterfaceId", "InstanceId", "VpcEndpointId", "CarrierGatewayId", "LocalGatewayId", "CoreNetworkArn",
    ] where !resource[property].isNothing {
      target = resource[property].reference.map { reference in
        switch property {
        case "TransitGatewayId", "CoreNetworkArn", "LocalGatewayId": .hub(reference)
        case "VpcEndpointId": .inspection(reference)
        default: .resource(reference)
        }
      }
    }
    let block = resource["DestinationCidrBlock"].isNothing ? "DestinationIpv6CidrBlock" : "DestinationCidrBlock"
    var list: Reference?
    if let reference = resource["DestinationPrefixListId"].reference.value { list = reference }
    let derivation = resource.derivation
    let destination: Attribute<IPPrefix> = resource[block].isNothing ? .absent : checkedPrefix(resource, block)
    part(
      resource, owner: "RouteTableId",
      .route(RouteRecord(destination: destination, prefixList: list, target: target, derivation: derivation)))
  }

  mutating func propagation(_ resource: StackResource) {
    for table in resource["RouteTableIds"].elements {
      records.parts.append(
        PartRecord(
          header: resource.header(), owner: table.reference, part: .propagation(resource["VpnGatewayId"].reference)))
    }
  }

  /// The VPC's side of a transit gateway.
  mutating func hubAttachment(_ resource: StackResource) {
    records.gatewayAttachments.append(
      GatewayAttachmentRecord(
        header: resource.header(), gateway: resource["TransitGatewayId"].reference, vpc: resource["VpcId"].reference,
        isHub: true, subnets: resource.references("SubnetIds")))
  }

  mutating func aclEntry(_ resource: StackResource) {
    let block = resource["CidrBlock"].isNothing ? resource["Ipv6CidrBlock"] : resource["CidrBlock"]
    let egress: Attribute<Bool> = resource["Egress"].isNothing ? .known(false, .none) : resource["Egress"].bool
    part(
      resource, owner: "NetworkAclId",
      .aclEntry(
        NetworkACLRecord.Entry(
          number: resource["RuleNumber"].integer, isEgress: egress,
          allows: resource["RuleAction"].text.map { $0.lowercased() == "allow" }, block: prefix(block),
          traffic: AWSTraffic.acl(
            protocol: resource["Protocol"].text, from: resource["PortRange"]["From"].integer,
            to: resource["PortRange"]["To"].integer, type: resource["Icmp"]["Type"].integer,
            code: resource["Icmp"]["Code"].integer), derivation: resource.derivation)))
  }

  mutating func securityGroup(_ resource: StackResource) {
    var group = SecurityGroupRecord(header: resource.header(named: "GroupName"), vpc: resource["VpcId"].reference)
    let ingress = resource["SecurityGroupIngress"]
    if case .unknown(let missing) = ingress { group.openIngress = missing }
    group.ingress = ingress.elements.compactMap { rule($0, egress: false) }
    if resource["SecurityGroupEgress"].isNothing {
      // A template that says nothing keeps AWS's rule that lets all out.
      group.egress = [IPPrefix.anyIPv4, .anyIPv6].map {
        SecurityGroupRule(
          peer: .block(.known($0, resource.derivation)), traffic: .known(.any, resource.derivation),
          derivation: resource.derivation)
      }
    } else {
      if case .unknown(let missing) = resource["SecurityGroupEgress"] { group.openEgress = missing }
      group.egress = resource["SecurityGroupEgress"].elements.compactMap { rule($0, egress: true) }
    }
    records.securityGroups.append(group)
  }

  mutating func groupRule(_ resource: StackResource, isEgress: Bool) {
    var pairs: [(key: String, value: TemplateValue)] = []
    for pair in resource.node["Properties"].map({ Array($0.pairs) }) ?? [] {
      if let name = pair.key.text { pairs.append((name, resource.stack.evaluate(pair.value))) }
    }
    guard var rule = rule(.map(pairs, resource.derivation), egress: isEgress) else { return }
    rule.derivation = rule.derivation.followed(by: resource.derivation)
    // The group may be named by id, or in old templates by name.
    let owner = resource["GroupId"].isNothing ? resource["GroupName"].reference : resource["GroupId"].reference
    records.parts.append(
      PartRecord(header: resource.header(), owner: owner, part: .groupRule(rule, isEgress: isEgress)))
  }

  private func rule(_ value: TemplateValue, egress: Bool) -> SecurityGroupRule? {
    if case .unknown(let missing) = value {
      return SecurityGroupRule(
        peer: .block(.unknown(missing)), traffic: .unknown(missing), derivation: missing.derivation)
    }
    let peer: SecurityGroupRule.Peer
    let place: TemplateValue
    let group = egress ? "DestinationSecurityGroupId" : "SourceSecurityGroupId"
    let list = egress ? "DestinationPrefixListId" : "SourcePrefixListId"
    if !value["CidrIp"].isNothing {
      place = value["CidrIp"]
      peer = .block(prefix(place))
    } else if !value["CidrIpv6"].isNothing {
      place = value["CidrIpv6"]
      peer = .block(prefix(place))
    } else if !value[group].isNothing {
      place = value[group]
      peer = .group(place.reference)
    } else if !value["SourceSecurityGroupName"].isNothing {
      place = value["SourceSecurityGroupName"]
      peer = .group(place.reference)
    } else if !value[list].isNothing {
      place = value[list]
      peer = .prefixList(place.reference)
    } else {
      return nil
    }
    return SecurityGroupRule(
      peer: peer,
      traffic: AWSTraffic.group(
        protocol: value["IpProtocol"].text, from: value["FromPort"].integer, to: value["ToPort"].integer),
      derivation: place.derivation.followed(by: value.derivation))
  }

  mutating func prefixList(_ resource: StackResource) {
    let entries = resource["Entries"].elements.map { prefix($0["Cidr"]) }
    let known = entries.compactMap(\.value)
    records.prefixLists.append(
      PrefixListRecord(
        header: resource.header(named: "PrefixListName"), entries: known.count == entries.count ? known : nil,
        isAWSManaged: false))
  }
}
