/// What a file seems to be, before it is parsed: by its name, and by words that no such file is without.
///
/// A guess in one direction only. A file that shows a kind must load, and says so if it does not; one that shows none is
/// counted and left alone, so that a repository's other YAML costs a scan and no parse.
enum InputKind: String, CaseIterable {
  /// A CloudFormation template.
  case template
  /// Kubernetes objects.
  case manifests
  /// The output of one describe call.
  case describe
}

extension InputKind {
  /// The kind that a file shows, if any.
  static func shown(by name: String, bytes: [UInt8]) -> InputKind? {
    let suffix = name.split(separator: ".").last.map { $0.lowercased() } ?? ""
    switch suffix {
    case "json" where DescribeName(fileName: name) != nil:
      return .describe
    case "json", "yaml", "yml", "template":
      if contains(bytes, "\"AWS::") || contains(bytes, " AWS::") || contains(bytes, "'AWS::") {
        if contains(bytes, "Resources") { return .template }
      }
      if contains(bytes, "apiVersion"), contains(bytes, "kind") { return .manifests }
      return nil
    default:
      return nil
    }
  }

  /// Whether a word stands anywhere in a file.
  private static func contains(_ bytes: [UInt8], _ word: StaticString) -> Bool {
    let word = Array(word.description.utf8)
    guard let first = word.first, bytes.count >= word.count else { return false }
    let rest = word[1...]
    var from = bytes.startIndex
    while let at = bytes[from...].firstIndex(of: first), at + word.count <= bytes.count {
      if bytes[(at + 1)..<(at + word.count)].elementsEqual(rest) { return true }
      from = at + 1
    }
    return false
  }
}

/// The name of a file that holds the output of one call: `[service.]call[.parameter…].json`.
///
/// Parameters in the name are data: the health of a target group's targets says the group nowhere else.
package struct DescribeName: Hashable, Sendable {
  /// `elbv2`; `nil` where the name begins with the call.
  package var service: String?
  /// `describe-target-health`, or one of Batfish's names in words, as `Vpcs`.
  package var call: String
  package var parameters: [String]

  /// Reads a file's name; `nil` where it is none of a call.
  package init?(fileName: String) {
    var parts = fileName.split(separator: ".").map(String.init)
    guard parts.count >= 2, parts.removeLast().lowercased() == "json" else { return nil }
    if let at = parts.prefix(2).firstIndex(where: Self.isCall) {
      service = at == 0 ? nil : parts[0]
      call = parts[at]
      parameters = Array(parts[(at + 1)...])
    } else if parts.count == 1, Self.isPlainName(parts[0]) {
      service = nil
      call = parts[0]
      parameters = []
    } else {
      return nil
    }
  }

  private static func isCall(_ part: String) -> Bool {
    ["describe-", "get-", "list-", "search-"].contains { part.hasPrefix($0) && part.count > $0.count }
  }

  /// Batfish names its files after the list inside: capitals, a plural.
  private static func isPlainName(_ part: String) -> Bool {
    plainNames.contains(part)
  }

  private static let plainNames: Set<String> = [
    "Addresses", "AvailabilityZones", "CustomerGateways", "DirectConnectGatewayAssociations", "DirectConnectGateways",
    "ElasticsearchDomains", "InternetGateways", "LoadBalancerAttributes", "LoadBalancerListeners",
    "LoadBalancerTargetHealth", "LoadBalancers", "NatGateways", "NetworkAcls", "NetworkInterfaces", "PrefixLists",
    "RdsInstances", "Reservations", "RouteTables", "SecurityGroups", "Subnets", "TargetGroups", "Tags",
    "TransitGatewayAttachments", "TransitGatewayPropagations", "TransitGatewayRouteTables",
    "TransitGatewayStaticRoutes", "TransitGatewayVpcAttachments", "TransitGateways", "VirtualInterfaces",
    "VpcEndpointServices", "VpcEndpoints", "VpcPeeringConnections", "Vpcs", "VpnConnections", "VpnGateways",
  ]
}
