import Diagnostics
import Documents
import PacketSpace

/// A Service: one name and address for the pods that its selector selects.
struct ServiceObject {
  /// The port on the pods: a number, or a name that each pod resolves.
  enum TargetPort: Hashable {
    case number(UInt16)
    case name(String)
  }

  struct Port {
    var name: String?
    var transport: IPProtocol
    var port: UInt16
    var target: TargetPort
    var nodePort: UInt16?
    var range: SourceRange
  }

  var metadata: Metadata
  var type: String
  /// `nil` where it has none: its endpoints are somebody else's work.
  var selector: [String: String]?
  var ports: [Port]
  /// Known addresses; empty for a headless Service and for one that the cluster has yet to number.
  var clusterAddresses: [IPAddress]
  var isHeadless: Bool
  /// Local: the client's address is kept from outside.
  var externalTrafficPolicyIsLocal: Bool
  var loadBalancerSourceRanges: [IPPrefix]
  /// Addresses of the outside that lead to it, whatever its type.
  var externalAddresses: [IPAddress]

  /// Whether it is reached from outside the cluster.
  var isEntry: Bool { type == "NodePort" || type == "LoadBalancer" || !externalAddresses.isEmpty }
}

extension ObjectReader {
  func service(_ object: Field, _ metadata: Metadata) -> ServiceObject {
    let spec = object["spec"]
    let type = string(spec?["type"]) ?? "ClusterIP"
    var ports: [ServiceObject.Port] = []
    for item in items(spec?["ports"]) {
      guard let number = port(item["port"]) else { continue }
      var target = ServiceObject.TargetPort.number(number)
      if let field = item["targetPort"] {
        if let name = field.node.string {
          target = .name(name)
        } else if let number = port(field) {
          target = .number(number)
        }
      }
      ports.append(
        ServiceObject.Port(
          name: string(item["name"]), transport: transport(item["protocol"]) ?? .tcp, port: number, target: target,
          nodePort: port(item["nodePort"]), range: item.node.range))
    }
    let listed = items(spec?["clusterIPs"]).compactMap { address($0) }
    let single = address(spec?["clusterIP"])
    return ServiceObject(
      metadata: metadata, type: type, selector: spec?["selector"].map { stringMap($0) }, ports: ports,
      clusterAddresses: listed.isEmpty ? single.map { [$0] } ?? [] : listed,
      isHeadless: spec?["clusterIP"]?.node.text == "None",
      externalTrafficPolicyIsLocal: string(spec?["externalTrafficPolicy"]) == "Local",
      loadBalancerSourceRanges: items(spec?["loadBalancerSourceRanges"]).compactMap { prefix($0) },
      externalAddresses: items(spec?["externalIPs"]).compactMap { address($0) })
  }
}
