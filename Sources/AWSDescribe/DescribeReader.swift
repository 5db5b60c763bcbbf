package import AWSNetwork
package import Documents
import NetworkModel
import PacketSpace

/// The output of one call, with the parameters that its file's name gives.
package struct DescribeOutput: Sendable {
  package var parameters: [String]
  package var document: Document

  package init(parameters: [String] = [], document: Document) {
    self.parameters = parameters
    self.document = document
  }
}

/// Fills AWS records from the outputs of `aws … describe-*` calls of one account and region.
///
/// What a file holds is told by the list inside it, so the vendor's file names and other tools' names read alike. An object that cannot
/// be read becomes a gap with its place; the rest loads.
package struct DescribeReader {
  var records = AWSRecords()
  /// Interfaces as their instances show them.
  var embedded: [(interface: String, instance: String, node: Node)] = []
  /// Target groups of which it was collected what is registered in them.
  var registered: Set<Int> = []
  let account: String?
  let region: String?
  let env: String?

  private init(account: String?, region: String?, env: String?) {
    self.account = account
    self.region = region
    self.env = env
  }

  package static func read(_ outputs: [DescribeOutput], account: String?, region: String?, env: String?) -> AWSRecords {
    var reader = DescribeReader(account: account, region: region, env: env)
    for output in outputs {
      for pair in output.document.root.pairs { reader.read(pair.key.text ?? "", pair.value, output) }
    }
    reader.finishInterfaces()
    reader.finish(outputs)
    reader.finishTargetGroups()
    return reader.records
  }

  private mutating func read(_ list: String, _ value: Node, _ output: DescribeOutput) {
    switch list {
    case "Vpcs": each(value, list) { $0.vpc($1) }
    case "Subnets": each(value, list) { $0.subnet($1) }
    case "InternetGateways":
      records.collected.insert("\(account ?? "")/\(region ?? "")/internet-gateways")
      each(value, list) { $0.gateway($1, isEgressOnly: false) }
    case "EgressOnlyInternetGateways": each(value, list) { $0.gateway($1, isEgressOnly: true) }
    case "NatGateways": each(value, list) { $0.nat($1) }
    case "VpcPeeringConnections": each(value, list) { $0.peering($1) }
    case "RouteTables": each(value, list) { $0.routeTable($1) }
    case "NetworkAcls":
      records.collected.insert("\(account ?? "")/\(region ?? "")/network-acls")
      each(value, list) { $0.networkACL($1) }
    case "SecurityGroups": each(value, list) { $0.securityGroup($1) }
    case "PrefixLists", "ManagedPrefixLists": each(value, list) { $0.prefixList($1, output) }
    case "NetworkInterfaces": each(value, list) { $0.interface($1) }
    case "Reservations":
      each(value, list) { reader, node in
        for instance in (node["Instances"] ?? node).elements { reader.instance(instance) }
      }
    case "LoadBalancers": each(value, list) { $0.loadBalancer($1) }
    case "LoadBalancerDescriptions":
      each(value, list) { $0.notModelled("classic load balancer", $1, "LoadBalancerName") }
    case "Listeners": each(value, list) { $0.listener($1) }
    case "LoadBalancerListeners":
      each(value, list) { reader, node in
        for listener in (node["Listeners"] ?? node).elements { reader.listener(listener) }
      }
    case "Rules": each(value, list) { $0.listenerRule($1) }
    case "TargetGroups": each(value, list) { $0.targetGroup($1) }
    case "DBInstances": each(value, list) { $0.database($1) }
    case "DBSubnetGroups":
      each(value, list) { $0.subnetGroup($1, name: "DBSubnetGroupName", arn: "DBSubnetGroupArn") }
    case "DBParameterGroups": each(value, list) { $0.parameterGroup($1) }
    case "CacheSubnetGroups": each(value, list) { $0.subnetGroup($1, name: "CacheSubnetGroupName", arn: "ARN") }
    case "CacheClusters": each(value, list) { $0.cacheCluster($1) }
    case "cluster": cluster(value)
    case "nodegroup": nodeGroup(value)
    case "addon": addon(value)
    case "TransitGatewayVpcAttachments", "TransitGatewayAttachments": each(value, list) { $0.hubAttachment($1) }
    case "VpnGateways": each(value, list) { $0.vpnGateway($1) }
    case "TransitGateways", "VpnConnections", "CustomerGateways",
      "DirectConnectGateways", "CarrierGateways", "VpcEndpointServices", "ServiceDetails":
      records.counts[list, default: 0] += value.count
    case "VpcBlockPublicAccessOptions":
      if (value["InternetGatewayBlockMode"]?.text ?? "off") != "off" {
        records.publicAccessBlocks.append(header(value, id: "VPC Block Public Access"))
      }
    case "DomainStatus":
      if value.kind == .mapping { notModelled("OpenSearch domain", value, "DomainName") }
    default: break
    }
  }

  private mutating func each(_ list: Node, _ name: String, _ body: (inout DescribeReader, Node) -> Void) {
    records.counts[name, default: 0] += list.count
    for element in list.elements {
      if element.kind == .mapping {
        body(&self, element)
      } else {
        records.gaps.append(
          Gap(
            .notUnderstood, subject: name, message: "an element of \(name) is not an object",
            derivation: Derivation(element.range)))
      }
    }
  }

  mutating func notModelled(_ word: String, _ node: Node, _ name: String) {
    records.gaps.append(
      Gap(
        .notModelled, subject: node[name]?.text ?? word, message: "a \(word) is not modelled yet",
        derivation: Derivation(node.range)))
  }
}

/// Reading of single values.
extension DescribeReader {
  func header(
    _ node: Node, id: String, arn: String? = nil, name: String? = nil, dns: String? = nil, owner: String? = nil
  ) -> ResourceHeader {
    var aliases: [Identity.Alias] = []
    if let arn, let text = node[arn]?.text { aliases.append(Identity.Alias(.arn, text)) }
    if let name, let text = node[name]?.text { aliases.append(Identity.Alias(.name, text)) }
    if let dns, let text = node[dns]?.text, !text.isEmpty { aliases.append(Identity.Alias(.dnsName, text)) }
    var tags: [String: String] = [:]
    if let list = node["Tags"] ?? node["TagSet"] ?? node["TagList"] {
      for tag in list.elements {
        if let key = tag["Key"]?.text { tags[key] = tag["Value"]?.text ?? "" }
      }
    }
    if let map = node["tags"] {
      for pair in map.pairs { tags[pair.key.text ?? ""] = pair.value.text ?? "" }
    }
    return ResourceHeader(
      id: id, account: owner.flatMap { node[$0]?.text } ?? account, region: region, env: env, aliases: aliases,
      tags: tags,
      derivation: Derivation(node.range))
  }

  func text(_ node: Node?) -> Attribute<String> {
    guard let node, let text = node.text, !node.isNull, !text.isEmpty else { return .absent }
    return .known(text, Derivation(node.range))
  }

  func reference(_ node: Node?) -> Attribute<Reference> { text(node).map { Reference($0) } }

  func bool(_ node: Node?) -> Attribute<Bool> {
    guard let node, let value = node.bool else { return .absent }
    return .known(value, Derivation(node.range))
  }

  func integer(_ node: Node?) -> Attribute<Int> {
    guard let node, let value = node.integer ?? node.text.flatMap({ Int($0) }) else { return .absent }
    return .known(value, Derivation(node.range))
  }

  func address(_ node: Node?) -> Attribute<IPAddress> {
    text(node).map(otherwise: "`\(node?.text ?? "")` is not an address") { IPAddress($0) }
  }

  func prefix(_ node: Node?) -> Attribute<IPPrefix> {
    text(node).map(otherwise: "`\(node?.text ?? "")` is not a CIDR block") { IPPrefix($0) }
  }

  func references(_ list: Node?, key: String? = nil) -> [Attribute<Reference>] {
    (list?.elements).map { elements in elements.map { reference(key == nil ? $0 : $0[key ?? ""]) } } ?? []
  }
}
