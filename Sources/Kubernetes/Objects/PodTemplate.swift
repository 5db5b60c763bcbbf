import Documents
import NetworkModel
import PacketSpace

/// What a pod is made from, as far as the network sees it.
struct PodTemplate {
  struct Toleration: Hashable {
    /// `nil`: every key.
    var key: String?
    /// `nil`: every value.
    var value: String?
    /// `nil`: every effect.
    var effect: String?
  }

  var labels: [String: String] = [:]
  var isHostNetwork = false
  var ports: [NamedPort] = []
  var hostPorts: [NamedPort] = []
  var nodeName: String?
  var nodeSelector: [String: String] = [:]
  /// Required node affinity: one of the terms must hold; `nil` where there is none.
  var nodeTerms: [NodeTerm]?
  var tolerations: [Toleration] = []
  var serviceAccount: String?
}

extension ObjectReader {
  /// A template with `metadata` and `spec`.
  func podTemplate(_ field: Field?) -> PodTemplate {
    guard let field else { return PodTemplate() }
    var template = podSpec(field["spec"])
    if let labels = field.at("metadata", "labels") {
      checkLabels(labels)
      template.labels = stringMap(labels)
    }
    return template
  }

  func podSpec(_ field: Field?) -> PodTemplate {
    var template = PodTemplate()
    guard let field, mapping(field) else { return template }
    template.isHostNetwork = bool(field["hostNetwork"]) ?? false
    template.nodeName = string(field["nodeName"])
    template.serviceAccount = string(field["serviceAccountName"])
    template.nodeSelector = stringMap(field["nodeSelector"])
    let required = field.at("affinity", "nodeAffinity", "requiredDuringSchedulingIgnoredDuringExecution")
    if let required { template.nodeTerms = items(required["nodeSelectorTerms"]).map { nodeTerm($0) } }
    for item in items(field["tolerations"]) {
      let exists = string(item["operator"]) == "Exists"
      template.tolerations.append(
        PodTemplate.Toleration(
          key: string(item["key"]), value: exists ? nil : string(item["value"]) ?? "", effect: string(item["effect"])))
    }
    for container in items(field["containers"]) { readPorts(container, into: &template) }
    for container in items(field["initContainers"])
    where string(container["restartPolicy"]) == "Always" {
      // A sidecar: it runs as long as the pod does (kubernetes#125285).
      readPorts(container, into: &template)
    }
    return template
  }

  private func readPorts(_ container: Field, into template: inout PodTemplate) {
    for port in items(container["ports"]) {
      guard let number = self.port(port["containerPort"]) else { continue }
      let transport = transport(port["protocol"]) ?? .tcp
      if let name = string(port["name"]) {
        let named = NamedPort(name: name, transport: transport, port: number)
        if !template.ports.contains(named) { template.ports.append(named) }
      }
      if let host = self.port(port["hostPort"]) {
        template.hostPorts.append(NamedPort(name: "\(number)", transport: transport, port: host))
      }
    }
  }

  /// A port number, 1–65535.
  func port(_ field: Field?) -> UInt16? {
    guard let field, let number = integer(field) else { return nil }
    if (1...65535).contains(number) { return UInt16(number) }
    error(field, "\(number) is no port", help: "a port is a number from 1 to 65535")
    return nil
  }

  /// TCP, UDP or SCTP.
  func transport(_ field: Field?) -> IPProtocol? {
    guard let field, let word = string(field) else { return nil }
    switch word {
    case "TCP": return .tcp
    case "UDP": return .udp
    case "SCTP": return .sctp
    default:
      error(field, "`\(word)` is no protocol of a port", help: "TCP, UDP or SCTP")
      return nil
    }
  }
}
