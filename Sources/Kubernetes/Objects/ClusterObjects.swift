import Diagnostics
import Documents
import NetworkModel

/// All objects of a cluster, read and sorted by kind, in the order in which they stand.
struct ClusterObjects {
  /// An object whose kind acts on the network and is not understood.
  struct Opaque {
    var metadata: Metadata
  }

  var namespaces: [String: NamespaceObject] = [:]
  var workloads: [Workload] = []
  var nodes: [NodeObject] = []
  var services: [ServiceObject] = []
  var policies: [NetworkPolicyObject] = []
  var securityGroupPolicies: [SecurityGroupPolicyObject] = []
  var targetGroupBindings: [TargetGroupBindingObject] = []
  /// Policies that may allow or deny anything to what they select.
  var adminPolicies: [Opaque] = []
  /// Entries and routes that are not modelled yet.
  var entries: [Opaque] = []
  /// How many objects there are of each kind that is not read.
  var unreadKinds: [String: Int] = [:]
  var diagnostics: [Diagnostic] = []
}

/// Reads documents into objects: lists are opened, broken objects are reported, and the rest loads.
struct ObjectLoader {
  private static let adminPolicies = [
    "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy", "CiliumNetworkPolicy",
    "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy", "AuthorizationPolicy", "MultiNetworkPolicy",
    "ApplicationNetworkPolicy", "PeerAuthentication",
  ]
  private static let entries = [
    "Ingress", "Route", "Gateway", "HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute", "VirtualService",
    "IngressRoute", "IngressRouteTCP", "IngressRouteUDP", "HTTPProxy", "TransportServer", "VirtualServer",
  ]
  private static let clusterScoped = [
    "Namespace", "Node", "AdminNetworkPolicy", "BaselineAdminNetworkPolicy", "ClusterNetworkPolicy",
    "CiliumClusterwideNetworkPolicy", "GlobalNetworkPolicy",
  ]

  private let reader = ObjectReader()
  private var objects = ClusterObjects()
  private var seen: [String: SourceRange] = [:]

  static func load(_ documents: [Document]) -> ClusterObjects {
    var loader = ObjectLoader()
    for document in documents { loader.open(Field(node: document.root, path: ""), impliedKind: nil, depth: 0) }
    loader.objects.diagnostics = loader.reader.diagnostics + loader.objects.diagnostics
    return loader.objects
  }

  /// An object, or a list of them: `List`, `PodList` and their like, whose items may leave out their kind.
  private mutating func open(_ object: Field, impliedKind: String?, depth: Int) {
    if object.node.isNull { return }
    reader.begin("object")
    guard object.node.kind == .mapping else {
      reader.error(object, "a Kubernetes object is a mapping")
      return
    }
    guard let kindField = object["kind"] else {
      if let impliedKind { read(object, kind: impliedKind) } else { reader.error(object, "`kind` is missing") }
      return
    }
    guard let kind = reader.string(kindField) else { return }
    guard kind.hasSuffix("List"), object["items"] != nil, depth < 8 else {
      read(object, kind: kind)
      return
    }
    let implied = kind == "List" ? nil : String(kind.dropLast(4))
    for item in reader.items(object["items"]) {
      open(Field(node: item.node, path: ""), impliedKind: implied, depth: depth + 1)
    }
  }

  private mutating func read(_ object: Field, kind: String) {
    let isRead =
      ["Namespace", "Pod", "Node", "Service", "NetworkPolicy", "SecurityGroupPolicy", "TargetGroupBinding"]
      .contains(kind) || Workload.controllers.contains(kind) || Self.adminPolicies.contains(kind)
      || Self.entries.contains(kind)
    guard isRead, isOwnGroup(object, kind) else {
      objects.unreadKinds[kind, default: 0] += 1
      return
    }
    guard let metadata = reader.metadata(object, kind: kind, isNamespaced: !Self.clusterScoped.contains(kind)) else {
      return
    }
    // A generated name is another for each.
    if object.at("metadata", "name") != nil { noteDuplicate(metadata) }
    if !metadata.namespace.isEmpty, objects.namespaces[metadata.namespace] == nil {
      objects.namespaces[metadata.namespace] = NamespaceObject(name: metadata.namespace, isSeen: false)
    }
    switch kind {
    case "Namespace":
      objects.namespaces[metadata.name] = NamespaceObject(
        name: metadata.name, labels: metadata.labels, derivation: Derivation(metadata.nameRange))
    case "Pod": if let pod = reader.pod(object, metadata) { objects.workloads.append(pod) }
    case "Node": objects.nodes.append(reader.node(object, metadata))
    case "Service": objects.services.append(reader.service(object, metadata))
    case "NetworkPolicy": objects.policies.append(reader.networkPolicy(object, metadata))
    case "SecurityGroupPolicy": objects.securityGroupPolicies.append(reader.securityGroupPolicy(object, metadata))
    case "TargetGroupBinding": objects.targetGroupBindings.append(reader.targetGroupBinding(object, metadata))
    case _ where Self.adminPolicies.contains(kind):
      objects.adminPolicies.append(ClusterObjects.Opaque(metadata: metadata))
    case _ where Self.entries.contains(kind): objects.entries.append(ClusterObjects.Opaque(metadata: metadata))
    default: objects.workloads.append(reader.controller(object, metadata))
    }
  }

  /// Some kinds have namesakes in other API groups: a Calico NetworkPolicy, a Knative Service.
  private mutating func isOwnGroup(_ object: Field, _ kind: String) -> Bool {
    guard let version = object["apiVersion"]?.node.text else { return true }
    let group = version.contains("/") ? String(version.prefix { $0 != "/" }) : ""
    switch kind {
    case "Namespace", "Pod", "Node", "Service", "ReplicationController": return group.isEmpty
    case "NetworkPolicy":
      if group == "networking.k8s.io" || group == "extensions" { return true }
      // Another engine's policy may deny what this one admits.
      if let metadata = reader.metadata(object, kind: kind, isNamespaced: true) {
        objects.adminPolicies.append(ClusterObjects.Opaque(metadata: metadata))
      }
      return false
    default: return true
    }
  }

  private mutating func noteDuplicate(_ metadata: Metadata) {
    if let first = seen[metadata.title] {
      objects.diagnostics.append(
        Diagnostic(
          code: "TP0603", severity: .error, message: "\(metadata.title): metadata.name: stands twice",
          primary: Diagnostic.Label(range: metadata.nameRange, text: "here again"),
          secondary: [Diagnostic.Label(range: first, text: "first here")],
          notes: ["both were read"], help: "one of them replaces the other when applied; remove it"))
    } else {
      seen[metadata.title] = metadata.nameRange
    }
  }
}
