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

  /// Calls that do not begin with `describe-` are listed: many a file that is no call's begins with `get-`.
  private static func isCall(_ part: String) -> Bool {
    (part.hasPrefix("describe-") && part.count > "describe-".count) || otherCalls.contains(part)
  }

  private static let otherCalls: Set<String> = [
    "get-managed-prefix-list-entries", "get-transit-gateway-route-table-associations",
    "get-transit-gateway-route-table-propagations", "get-web-acl-for-resource", "list-resources-for-web-acl",
    "list-web-acls", "search-transit-gateway-routes",
  ]

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
