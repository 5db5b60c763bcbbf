import Documents
import Diagnostics
import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// Where the pods of a cluster in a cloud stand.
@Suite struct CloudPlacementTests {
  private static let prefixes = ["10.0.1.0/24", "10.0.2.0/24"].compactMap { IPPrefix($0) }

  /// Two node groups in a subnet each; the interfaces of both let nothing in.
  private func cluster(_ text: String, besides: [AddressSet] = []) -> (network: Network, result: KubernetesBuildResult)
  {
    var network = Network()
    let closed = network.add(Layer(identity: Identity(key: "closed"), default: .deny))
    let open = network.add(Layer(identity: Identity(key: "open"), default: .allow))
    let segments = Self.prefixes.map { prefix in
      network.add(Segment(identity: Identity(key: "\(prefix)"), prefixes: [prefix]))
    }
    let site = { (index: Int, layer: LayerID) in
      ClusterPlacement.Site(
        segment: segments[index], layers: [layer], addressSpaces: [AddressSet(Self.prefixes[index])] + besides)
    }
    let taint = Taint(key: "gpu", value: "yes", effect: "NoSchedule")
    let placement = ClusterPlacement(nodeGroups: [
      ClusterPlacement.NodeGroup(name: "plain", labels: ["pool": "plain"], sites: [site(0, closed)]),
      ClusterPlacement.NodeGroup(name: "gpu", labels: ["pool": "gpu"], taints: [taint], sites: [site(1, open)]),
    ])
    var sources = SourceMap()
    let file = sources.add(path: "pods.yaml", bytes: Array(text.utf8))
    let result = KubernetesBuilder.build(
      DocumentReader.read(sources[file]).documents, options: ClusterOptions(), placement: placement, into: &network)
    network.seal()
    return (network, result)
  }

  private func pod(_ name: String, _ spec: String = "{}") -> String {
    "{kind: Pod, apiVersion: v1, metadata: {name: \(name)}, spec: \(spec)}\n---\n"
  }

  private func segments(_ spec: String) -> Set<String> {
    let (network, result) = cluster(pod("a", spec))
    return Set(network[result.pods[0].endpoint].placements.map { network[$0.segment].identity.key })
  }

  @Test func `a taint keeps away pods that do not tolerate it, and selectors choose among the rest`() {
    #expect(segments("{}") == ["10.0.1.0/24"])
    #expect(segments("{tolerations: [{operator: Exists}]}") == ["10.0.1.0/24", "10.0.2.0/24"])
    #expect(segments("{tolerations: [{key: gpu, value: \"no\"}]}") == ["10.0.1.0/24"])
    #expect(segments("{tolerations: [{key: gpu, value: \"yes\"}], nodeSelector: {pool: gpu}}") == ["10.0.2.0/24"])
    let term = "{matchExpressions: [{key: pool, operator: NotIn, values: [plain]}]}"
    let affinity =
      "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [\(term)]}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(affinity)}}") == ["10.0.2.0/24"])
  }

  @Test func `where no group fits a pod may be on any`() {
    #expect(segments("{nodeSelector: {disk: ssd}}") == ["10.0.1.0/24", "10.0.2.0/24"])
  }

  @Test func `two pods may be on one machine, where the groups of the interface are not met`() {
    let (network, result) = cluster(pod("a") + pod("b"))
    let found = Engine(network).connection(.endpoint(result.pods[0].endpoint), .endpoint(result.pods[1].endpoint))
    #expect(found.arrives.may.isAny && found.arrives.must.isEmpty)
  }

  @Test func `labels that the kubelet or the cloud gives rule no group out, but the node group's name does`() {
    let both: Set<String> = ["10.0.1.0/24", "10.0.2.0/24"]
    #expect(segments("{tolerations: [{operator: Exists}], nodeSelector: {kubernetes.io/os: linux}}") == both)
    #expect(
      segments("{tolerations: [{operator: Exists}], nodeSelector: {pool: gpu, kubernetes.io/arch: arm64}}")
        == ["10.0.2.0/24"])
    #expect(
      segments("{tolerations: [{operator: Exists}], nodeSelector: {eks.amazonaws.com/nodegroup: gpu}}")
        == ["10.0.2.0/24"])
    let term = "{matchExpressions: [{key: topology.kubernetes.io/zone, operator: In, values: [us-east-1a]}]}"
    let affinity =
      "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [\(term)]}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(affinity)}}") == both)
  }

  @Test func `whether policies bind a pod with an interface of its own is not known`() throws {
    let (network, result) = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: own, labels: {app: own}}, spec: {tolerations: [{operator: Exists}]}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: plain}}
      ---
      {kind: NetworkPolicy, apiVersion: networking.k8s.io/v1, metadata: {name: p}, spec: {podSelector: {}}}
      ---
      {kind: SecurityGroupPolicy, apiVersion: vpcresources.k8s.aws/v1beta1, metadata: {name: s},
       spec: {podSelector: {matchLabels: {app: own}}, securityGroups: {groupIds: [sg-1]}}}
      """)
    let selects = result.pods.map { pod in
      network[pod.endpoint].layers.flatMap { network[$0].ingress.flatMap(\.entries).map(\.selects.rank) }
    }
    #expect(selects == [[1], [2]])
    #expect(result.securityGroupPolicies.map(\.endpoints) == [[result.pods[0].endpoint]])
  }

  @Test(arguments: [
    // The plain group's labels are `pool: plain` and its own name; the other one's `pool: gpu`.
    ("{key: pool, operator: In, values: [plain, gpu]}", ["10.0.1.0/24", "10.0.2.0/24"]),
    ("{key: disk, operator: NotIn, values: [ssd]}", ["10.0.1.0/24", "10.0.2.0/24"]),
    ("{key: pool, operator: NotIn, values: [gpu]}", ["10.0.1.0/24"]),
    ("{key: pool, operator: Exists}", ["10.0.1.0/24", "10.0.2.0/24"]),
    ("{key: topology.kubernetes.io/zone, operator: In, values: [b]}", ["10.0.1.0/24", "10.0.2.0/24"]),
  ])
  func `a node group is ruled out by what its labels contradict`(term: String, expected: [String]) {
    let affinity =
      "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [\(term)]}]}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(affinity)}}") == Set(expected))
  }

  /// Of two groups the one that a term admits is left; a term that neither fits leaves both.
  @Test(arguments: [("In, values: [gpu]", "10.0.2.0/24"), ("In, values: [plain]", "10.0.1.0/24")])
  func `one group is left where the other's label says no`(term: String, expected: String) {
    let terms = "[{matchExpressions: [{key: pool, operator: \(term)}, {key: pool, operator: Exists}]}]"
    let affinity = "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: \(terms)}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(affinity)}}") == [expected])
  }

  @Test func `a label that a group lacks and that nobody else gives rules it out`() {
    let terms =
      "[{matchExpressions: [{key: disk, operator: In, values: [ssd]}]}, {matchExpressions: [{key: pool, operator: In, values: [gpu]}]}]"
    let affinity = "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: \(terms)}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(affinity)}}") == ["10.0.2.0/24"])
    let absent =
      "nodeAffinity: {requiredDuringSchedulingIgnoredDuringExecution: {nodeSelectorTerms: [{matchExpressions: [{key: disk, operator: Exists}]}, {matchExpressions: [{key: pool, operator: In, values: [plain]}]}]}}"
    #expect(segments("{tolerations: [{operator: Exists}], affinity: {\(absent)}}") == ["10.0.1.0/24"])
  }

  @Test func `a pod that runs has its own address, in whichever of the subnet's blocks it lies`() throws {
    let more = AddressSet([IPPrefix("100.64.1.0/24")].compactMap { $0 })
    let (network, result) = cluster(
      "{kind: Pod, apiVersion: v1, metadata: {name: a}, status: {podIP: 100.64.1.7}}", besides: [more])
    let within = network[result.pods[0].endpoint].placements.flatMap(\.addresses).map { held in
      if case .unknown(let id) = held { network[id].within } else { AddressSet.none }
    }
    #expect(Set(within) == Set([IPAddress("100.64.1.7")].compactMap { $0 }.map { AddressSet($0) }))
  }

  @Test func `a pod in its node's network has the node's groups, whatever a group policy selects`() throws {
    let (_, result) = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: agent, labels: {app: own}}, spec: {hostNetwork: true}}
      ---
      {kind: SecurityGroupPolicy, apiVersion: vpcresources.k8s.aws/v1beta1, metadata: {name: s},
       spec: {podSelector: {matchLabels: {app: own}}, securityGroups: {groupIds: [sg-1]}}}
      """)
    #expect(result.securityGroupPolicies.map(\.endpoints) == [[]])
  }
}
