import Diagnostics
import Documents

/// A SecurityGroupPolicy of vpcresources.k8s.aws: gives the pods that it selects security groups of their own.
struct SecurityGroupPolicyObject {
  var metadata: Metadata
  /// `nil`: pods are chosen by service account only, or not at all.
  var podSelector: LabelSelector?
  var serviceAccountSelector: LabelSelector?
  var groupIDs: [String]
  var groupRanges: [SourceRange]
}

/// A TargetGroupBinding of elbv2.k8s.aws: the pods behind a Service become targets of a load balancer.
struct TargetGroupBindingObject {
  var metadata: Metadata
  var targetGroup: String?
  var targetGroupRange: SourceRange?
  var isByName: Bool
  var serviceName: String?
  var servicePort: ServiceObject.TargetPort?
  /// `instance` sends to node ports, `ip` to pods.
  var targetType: String?
}

extension ObjectReader {
  func securityGroupPolicy(_ object: Field, _ metadata: Metadata) -> SecurityGroupPolicyObject {
    let spec = object["spec"]
    let groups = items(spec?.at("securityGroups", "groupIds"))
    return SecurityGroupPolicyObject(
      metadata: metadata, podSelector: spec?["podSelector"].map { selector($0) },
      serviceAccountSelector: spec?["serviceAccountSelector"].map { selector($0) },
      groupIDs: groups.compactMap { string($0) }, groupRanges: groups.map(\.node.range))
  }

  func targetGroupBinding(_ object: Field, _ metadata: Metadata) -> TargetGroupBindingObject {
    let spec = object["spec"]
    let field = spec?["targetGroupARN"] ?? spec?["targetGroupName"]
    var servicePort: ServiceObject.TargetPort?
    if let port = spec?.at("serviceRef", "port") {
      servicePort = port.node.string.map { .name($0) } ?? self.port(port).map { .number($0) }
    }
    return TargetGroupBindingObject(
      metadata: metadata, targetGroup: string(field), targetGroupRange: field?.node.range,
      isByName: spec?["targetGroupARN"] == nil, serviceName: string(spec?.at("serviceRef", "name")),
      servicePort: servicePort, targetType: string(spec?["targetType"]))
  }
}
