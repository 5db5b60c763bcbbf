import AWSNetwork
import Documents
import NetworkModel
import PacketSpace

/// VPCs, subnets, gateways, peerings and tables.
extension DescribeReader {
  mutating func vpc(_ node: Node) {
    guard let id = node["VpcId"]?.text else { return unnamed("VPC", node) }
    var blocks: [Attribute<IPPrefix>] = []
    for association in node["CidrBlockAssociationSet"].map({ Array($0.elements) }) ?? [] {
      guard (association["CidrBlockState"]?["State"]?.text ?? "associated") == "associated" else { continue }
      blocks.append(prefix(association["CidrBlock"]))
    }
    if blocks.isEmpty { blocks.append(prefix(node["CidrBlock"])) }
    var ipv6: [Attribute<IPPrefix>] = []
    for association in node["Ipv6CidrBlockAssociationSet"].map({ Array($0.elements) }) ?? [] {
      guard (association["Ipv6CidrBlockState"]?["State"]?.text ?? "associated") == "associated" else { continue }
      ipv6.append(prefix(association["Ipv6CidrBlock"]))
    }
    records.vpcs.append(VPCRecord(header: header(node, id: id, owner: "OwnerId"), blocks: blocks, ipv6Blocks: ipv6))
  }

  mutating func unnamed(_ word: String, _ node: Node) {
    records.gaps.append(
      Gap(
        .notUnderstood, subject: word, message: "a \(word) without an id was left out",
        derivation: Derivation(node.range)))
  }

  mutating func subnet(_ node: Node) {
    guard let id = node["SubnetId"]?.text else { return unnamed("subnet", node) }
    var ipv6: Attribute<IPPrefix> = .absent
    for association in node["Ipv6CidrBlockAssociationSet"].map({ Array($0.elements) }) ?? []
    where (association["Ipv6CidrBlockState"]?["State"]?.text ?? "associated") == "associated" {
      ipv6 = prefix(association["Ipv6CidrBlock"])
    }
    records.subnets.append(
      SubnetRecord(
        header: header(node, id: id, arn: "SubnetArn", owner: "OwnerId"), vpc: reference(node["VpcId"]),
        block: prefix(node["CidrBlock"]), ipv6Block: ipv6,
        zone: text(node["AvailabilityZoneId"] ?? node["AvailabilityZone"]), zoneName: node["AvailabilityZone"]?.text,
        mapsPublicAddress: bool(node["MapPublicIpOnLaunch"]), assignsIPv6: bool(node["AssignIpv6AddressOnCreation"])))
  }

  mutating func gateway(_ node: Node, isEgressOnly: Bool) {
    guard let id = node[isEgressOnly ? "EgressOnlyInternetGatewayId" : "InternetGatewayId"]?.text else {
      return unnamed("internet gateway", node)
    }
    var vpcs: [Attribute<Reference>] = []
    for attachment in node["Attachments"].map({ Array($0.elements) }) ?? []
    where ["available", "attached"].contains(attachment["State"]?.text ?? "available") {
      vpcs.append(reference(attachment["VpcId"]))
    }
    records.internetGateways.append(
      InternetGatewayRecord(header: header(node, id: id, owner: "OwnerId"), vpcs: vpcs, isEgressOnly: isEgressOnly))
  }

  mutating func nat(_ node: Node) {
    guard let id = node["NatGatewayId"]?.text else { return unnamed("NAT gateway", node) }
    let state = node["State"]?.text ?? "available"
    if state == "deleted" { return }
    let addresses = node["NatGatewayAddresses"]
    let first = addresses?.elements.first
    records.natGateways.append(
      NATGatewayRecord(
        header: header(node, id: id), subnet: reference(node["SubnetId"]), privateAddress: address(first?["PrivateIp"]),
        publicAddress: address(first?["PublicIp"]), isPrivate: node["ConnectivityType"]?.text == "private",
        isAvailable: .known(state == "available", Derivation(node.range))))
  }

  mutating func peering(_ node: Node) {
    guard let id = node["VpcPeeringConnectionId"]?.text else { return unnamed("VPC peering", node) }
    let status = node["Status"]?["Code"]?.text ?? "active"
    if ["deleted", "rejected", "failed", "expired"].contains(status) { return }
    func side(_ key: String) -> PeeringRecord.Side {
      let info = node[key]
      var blocks: [IPPrefix] = []
      for list in ["CidrBlockSet", "Ipv6CidrBlockSet"] {
        for block in info?[list].map({ Array($0.elements) }) ?? [] {
          if let prefix = (block["CidrBlock"] ?? block["Ipv6CidrBlock"])?.text.flatMap({ IPPrefix($0) }) {
            blocks.append(prefix)
          }
        }
      }
      if blocks.isEmpty, let prefix = info?["CidrBlock"]?.text.flatMap({ IPPrefix($0) }) { blocks.append(prefix) }
      return PeeringRecord.Side(
        vpc: reference(info?["VpcId"]), account: info?["OwnerId"]?.text, region: info?["Region"]?.text ?? region,
        blocks: blocks)
    }
    records.peerings.append(
      PeeringRecord(
        header: header(node, id: id), requester: side("RequesterVpcInfo"), accepter: side("AccepterVpcInfo"),
        isActive: .known(status == "active", Derivation(node.range))))
  }

  mutating func routeTable(_ node: Node) {
    guard let id = node["RouteTableId"]?.text else { return unnamed("route table", node) }
    var table = RouteTableRecord(header: header(node, id: id, owner: "OwnerId"), vpc: reference(node["VpcId"]))
    for association in node["Associations"].map({ Array($0.elements) }) ?? [] {
      let state = association["AssociationState"]?["State"]?.text ?? "associated"
      guard state == "associated" else { continue }
      if association["Main"]?.bool == true { table.isMain = true }
      if association["SubnetId"] != nil { table.subnets.append(reference(association["SubnetId"])) }
      // What it routes by a gateway that is not modelled is the builder's gap.
      if let gateway = association["GatewayId"]?.text { table.gateways.append(Reference(gateway)) }
    }
    for route in node["Routes"].map({ Array($0.elements) }) ?? [] { table.routes.append(self.route(route)) }
    if node["PropagatingVgws"]?.count ?? 0 > 0 {
      table.open = Missing(
        "routes propagated to \(id) by a virtual private gateway may be missing",
        derivation: Derivation(node["PropagatingVgws"]?.range ?? node.range))
      table.propagating = references(node["PropagatingVgws"], key: "GatewayId").compactMap(\.value)
    }
    records.routeTables.append(table)
  }

  /// Endpoints of firewalls are routed to by blocks, those of services by prefix lists.
  private static func target(_ text: String, _ key: String, _ route: Node) -> RouteRecord.Target {
    if text == "local" { return .local }
    if ["TransitGatewayId", "CoreNetworkArn", "LocalGatewayId"].contains(key) { return .hub(Reference(text)) }
    if text.hasPrefix("vpce-"), route["DestinationPrefixListId"] == nil { return .inspection(Reference(text)) }
    return .resource(Reference(text))
  }

  /// The VPC's side of a transit gateway.
  mutating func hubAttachment(_ node: Node) {
    guard let id = node["TransitGatewayAttachmentId"]?.text else { return unnamed("transit gateway attachment", node) }
    guard let vpc = node["VpcId"] ?? (node["ResourceType"]?.text == "vpc" ? node["ResourceId"] : nil),
      !["deleted", "deleting", "failed", "rejected", "rejecting"].contains(node["State"]?.text ?? "available")
    else { return }
    records.gatewayAttachments.append(
      GatewayAttachmentRecord(
        header: header(node, id: id), gateway: reference(node["TransitGatewayId"]), vpc: reference(vpc), isHub: true,
        subnets: references(node["SubnetIds"])))
  }

  mutating func vpnGateway(_ node: Node) {
    guard let id = node["VpnGatewayId"]?.text else { return unnamed("virtual private gateway", node) }
    for attachment in node["VpcAttachments"].map({ Array($0.elements) }) ?? []
    where (attachment["State"]?.text ?? "attached") == "attached" {
      records.gatewayAttachments.append(
        GatewayAttachmentRecord(
          header: header(node, id: id), gateway: .known(Reference(id), Derivation(node.range)),
          vpc: reference(attachment["VpcId"]), isHub: false))
    }
  }

  private func route(_ node: Node) -> RouteRecord {
    let targets = [
      "GatewayId", "NatGatewayId", "EgressOnlyInternetGatewayId", "VpcPeeringConnectionId", "TransitGatewayId",
      "NetworkInterfaceId", "InstanceId", "LocalGatewayId", "CarrierGatewayId", "CoreNetworkArn", "VpcEndpointId",
    ]
    var target: Attribute<RouteRecord.Target> = .absent
    for key in targets {
      guard let text = node[key]?.text, !text.isEmpty else { continue }
      target = .known(Self.target(text, key, node), Derivation(node.range))
      // An interface says more than the instance that it is on.
      if key == "NetworkInterfaceId" { break }
    }
    if node["State"]?.text == "blackhole" { target = .known(.blackhole, Derivation(node.range)) }
    return RouteRecord(
      destination: prefix(node["DestinationCidrBlock"] ?? node["DestinationIpv6CidrBlock"]),
      prefixList: node["DestinationPrefixListId"]?.text.map { Reference($0) }, target: target,
      isPropagated: node["Origin"]?.text == "EnableVgwRoutePropagation", derivation: Derivation(node.range))
  }

  mutating func networkACL(_ node: Node) {
    guard let id = node["NetworkAclId"]?.text else { return unnamed("network ACL", node) }
    var acl = NetworkACLRecord(
      header: header(node, id: id, owner: "OwnerId"), vpc: reference(node["VpcId"]),
      isDefault: node["IsDefault"]?.bool == true)
    for association in node["Associations"].map({ Array($0.elements) }) ?? [] {
      acl.subnets.append(reference(association["SubnetId"]))
    }
    for entry in node["Entries"].map({ Array($0.elements) }) ?? [] {
      acl.entries.append(
        NetworkACLRecord.Entry(
          number: integer(entry["RuleNumber"]), isEgress: bool(entry["Egress"]),
          allows: text(entry["RuleAction"]).map { $0 == "allow" },
          block: prefix(entry["CidrBlock"] ?? entry["Ipv6CidrBlock"]),
          traffic: AWSTraffic.acl(
            protocol: text(entry["Protocol"]), from: integer(entry["PortRange"]?["From"]),
            to: integer(entry["PortRange"]?["To"]), type: integer(entry["IcmpTypeCode"]?["Type"]),
            code: integer(entry["IcmpTypeCode"]?["Code"])), derivation: Derivation(entry.range)))
    }
    records.networkACLs.append(acl)
  }

  mutating func securityGroup(_ node: Node) {
    guard let id = node["GroupId"]?.text else { return unnamed("security group", node) }
    var header = header(node, id: id, owner: "OwnerId")
    if let name = node["GroupName"]?.text, name != "default" { header.aliases.append(Identity.Alias(.name, name)) }
    var group = SecurityGroupRecord(header: header, vpc: reference(node["VpcId"]))
    for permission in node["IpPermissions"].map({ Array($0.elements) }) ?? [] { group.ingress += rules(permission) }
    for permission in node["IpPermissionsEgress"].map({ Array($0.elements) }) ?? [] {
      group.egress += rules(permission)
    }
    records.securityGroups.append(group)
  }

  private func rules(_ node: Node) -> [SecurityGroupRule] {
    let traffic = AWSTraffic.group(
      protocol: text(node["IpProtocol"]), from: integer(node["FromPort"]), to: integer(node["ToPort"]))
    var rules: [SecurityGroupRule] = []
    func add(_ list: String, _ peer: (Node) -> SecurityGroupRule.Peer) {
      for element in node[list].map({ Array($0.elements) }) ?? [] {
        rules.append(SecurityGroupRule(peer: peer(element), traffic: traffic, derivation: Derivation(element.range)))
      }
    }
    add("IpRanges") { .block(prefix($0["CidrIp"])) }
    add("Ipv6Ranges") { .block(prefix($0["CidrIpv6"])) }
    add("UserIdGroupPairs") { .group(reference($0["GroupId"])) }
    add("PrefixListIds") { .prefixList(reference($0["PrefixListId"])) }
    return rules
  }

  mutating func prefixList(_ node: Node, _ output: DescribeOutput) {
    guard let id = node["PrefixListId"]?.text else { return unnamed("prefix list", node) }
    let name = node["PrefixListName"]?.text ?? ""
    let isManaged = name.hasPrefix("com.amazonaws.") || node["OwnerId"]?.text == "AWS"
    let entries = node["Cidrs"].map { $0.elements.compactMap { $0.text.flatMap { IPPrefix($0) } } }
    if let known = records.prefixLists.firstIndex(where: { $0.header.id == id }) {
      if let entries { records.prefixLists[known].entries = entries }
      return
    }
    records.prefixLists.append(
      PrefixListRecord(
        header: header(node, id: id, arn: "PrefixListArn", name: "PrefixListName"), entries: entries,
        isAWSManaged: isManaged))
  }

  /// What other files say of things already read: entries of prefix lists, health of targets, attributes.
  mutating func finish(_ outputs: [DescribeOutput]) {
    for output in outputs {
      let root = output.document.root
      if let entries = root["Entries"], let id = output.parameters.first(where: { $0.hasPrefix("pl-") }) {
        let prefixes = entries.elements.compactMap { $0["Cidr"]?.text.flatMap { IPPrefix($0) } }
        for index in records.prefixLists.indices where records.prefixLists[index].header.id == id {
          records.prefixLists[index].entries = prefixes
        }
      }
      finishBalancers(output)
    }
    nameElasticAddresses(outputs)
  }

  /// Elastic IPs name interfaces; the association itself stands with the interface already.
  private mutating func nameElasticAddresses(_ outputs: [DescribeOutput]) {
    for output in outputs {
      for node in output.document.root["Addresses"].map({ Array($0.elements) }) ?? [] {
        guard let interface = node["NetworkInterfaceId"]?.text, let privateAddress = node["PrivateIpAddress"]?.text
        else { continue }
        for index in records.interfaces.indices where records.interfaces[index].header.id == interface {
          for number in records.interfaces[index].addresses.indices
          where records.interfaces[index].addresses[number].privateAddress.value?.description == privateAddress
            && records.interfaces[index].addresses[number].publicAddress.isAbsent
          {
            records.interfaces[index].addresses[number].publicAddress = address(node["PublicIp"])
          }
        }
      }
    }
  }
}
