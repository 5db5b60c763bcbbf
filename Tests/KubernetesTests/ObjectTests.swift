import Kubernetes
import NetworkModel
import PacketSpace
import Testing

/// How objects are read: lists, owners, nodes, and what the API server refuses (the reference's items 20 to 26 and 38).
@Suite struct ObjectTests {
  private static let options = SelectionTests.options

  private func names(_ text: String) -> [String] {
    let cluster = Cluster(text, options: Self.options)
    return cluster.result.pods.map { cluster.network[$0.endpoint].identity.aliases[0].text }
  }

  @Test func `bare pods of one controller are one, those of a node stay apart`() {
    let pods = ["a", "b"].map { name in
      """
      {kind: Pod, apiVersion: v1, metadata: {name: \(name), ownerReferences: [{kind: OWNER, name: o, controller: true}]}}
      """
    }.joined(separator: "\n---\n")
    #expect(names(pods.replacing("OWNER", with: "ReplicaSet")) == ["default/o[ReplicaSet]"])
    #expect(names(pods.replacing("OWNER", with: "Node")) == ["default/a[Pod]", "default/b[Pod]"])
  }

  @Test func `a deployment with its replica set and pods is one endpoint`() {
    let text = """
      {kind: Deployment, apiVersion: apps/v1, metadata: {name: d}, spec: {template: {metadata: {labels: {a: b}}}}}
      ---
      kind: ReplicaSet
      apiVersion: apps/v1
      metadata: {name: d-1, ownerReferences: [{kind: Deployment, name: d, controller: true}]}
      spec: {template: {metadata: {labels: {a: b, pod-template-hash: x}}}}
      ---
      kind: Pod
      apiVersion: v1
      metadata: {name: d-1-z, labels: {a: b, pod-template-hash: x},
        ownerReferences: [{kind: ReplicaSet, name: d-1, controller: true}]}
      status: {podIP: 10.0.0.7}
      """
    let cluster = Cluster(text)
    #expect(cluster.result.pods.count == 1)
    let endpoint = cluster.network[cluster.result.pods[0].endpoint]
    #expect(endpoint.identity.key == "cluster/default/Deployment/d")
    #expect(endpoint.attributes.values[.pod] == ["d-1-z"] && endpoint.attributes.values[.workload] == ["d"])
    #expect(endpoint.placements[0].addresses == IPAddress("10.0.0.7").map { [HeldAddress($0)] })
  }

  @Test func `no replicas may still become some`() {
    let cluster = Cluster(
      "{kind: StatefulSet, apiVersion: apps/v1, metadata: {name: s}, spec: {replicas: 0, template: {metadata: {}}}}")
    let endpoint = cluster.network[cluster.result.pods[0].endpoint]
    #expect(endpoint.exists.may && !endpoint.exists.must)
  }

  @Test func `pods that have ended are no endpoints`() {
    #expect(
      names(
        """
        {kind: Pod, apiVersion: v1, metadata: {name: a}, status: {phase: Succeeded}}
        ---
        {kind: Pod, apiVersion: v1, metadata: {name: b}, status: {phase: Failed}}
        ---
        {kind: Pod, apiVersion: v1, metadata: {name: c}, status: {phase: Running}}
        """) == ["default/c[Pod]"])
  }

  @Test func `a pod in its node's network meets no policy and is no pod to a peer`() {
    let cluster = Cluster(
      SelectionTests.pods + """
        {kind: Pod, apiVersion: v1, metadata: {name: agent, namespace: shop, labels: {app: web}}, spec: {hostNetwork: true}}
        ---
        kind: NetworkPolicy
        apiVersion: networking.k8s.io/v1
        metadata: {name: p, namespace: shop}
        spec: {podSelector: {}, ingress: [{from: [{podSelector: {matchLabels: {app: web}}}]}]}
        """, options: Self.options)
    #expect(cluster.must("jobs/cron", "shop/agent") == "All Connections")
    #expect(cluster.may("shop/agent", "shop/db") == "none")
    #expect(cluster.must("shop/web", "shop/db") == "All Connections")
  }

  @Test func `two pods that say the same address are told apart`() {
    let cluster = Cluster(
      SelectionTests.pods + """
        {kind: Pod, apiVersion: v1, metadata: {name: one}, status: {podIP: 10.0.0.1}}
        ---
        {kind: Pod, apiVersion: v1, metadata: {name: two}, status: {podIP: 10.0.0.1}}
        """)
    #expect(cluster.must("shop/web", "default/one") == "All Connections")
    #expect(cluster.must("shop/web", "default/two") == "All Connections")
  }

  @Test func `lists are opened, items without kind and JSON included`() {
    let list = """
      {"kind": "List", "apiVersion": "v1", "items": [
        {"kind": "PodList", "apiVersion": "v1", "items": [{"metadata": {"name": "a"}}]},
        {"kind": "Pod", "apiVersion": "v1", "metadata": {"name": "b"}}, {"kind": "Secret", "metadata": {"name": "c"}}]}
      """
    let cluster = Cluster(files: [("list.json", Array(list.utf8))], options: Self.options)
    #expect(cluster.result.pods.count == 2 && cluster.messages == [])
    #expect(cluster.result.unreadKinds == ["Secret": 1])
  }

  @Test func `a word that YAML takes for a boolean is no namespace and no label`() {
    let cluster = Cluster("{kind: Pod, apiVersion: v1, metadata: {name: a, namespace: y, labels: {b: on}}}")
    #expect(cluster.messages.count == 2)
    #expect(cluster.messages.allSatisfy { $0.contains("is a bool, where a string is wanted") })
  }

  @Test func `one name twice is an error, in two namespaces it is not`() {
    let pods = "{kind: Pod, apiVersion: v1, metadata: {name: a}}\n---\n{kind: Pod, apiVersion: v1, metadata: {name: a"
    #expect(Cluster(pods + "}}").messages == ["Pod default/a: metadata.name: stands twice"])
    #expect(Cluster(pods + ", namespace: b}}").messages == [])
  }

  @Test(arguments: [
    ("{ipBlock: {cidr: 10.0.0.0/8}, podSelector: {}}", "ingress[0].from[0]"), ("{}", "ingress[0].from[0]"),
    ("{ipBlock: {cidr: 10.0.0.0/8, except: [11.0.0.0/16]}}", "from[0].ipBlock.except[0]"),
    ("{ipBlock: {cidr: 10.0.0.0}}", "from[0].ipBlock.cidr"),
    ("{podSelector: {matchExpressions: [{key: a, operator: In}]}}", "matchExpressions[0]"),
    ("{podSelector: {matchExpressions: [{key: a, operator: Exists, values: [b]}]}}", "matchExpressions[0].values"),
    ("{podSelector: {matchLabels: {a: -b}}}", "matchLabels.a"), ("{podSelectr: {}}", "from[0].podSelectr"),
  ])
  func `a peer that the API server refuses is an error at its field, and what it selects is undecided`(
    peer: String, path: String
  ) {
    let cluster = Cluster(
      SelectionTests.pods + """
        kind: NetworkPolicy
        apiVersion: networking.k8s.io/v1
        metadata: {name: p, namespace: shop}
        spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [\(peer)]}]}
        """, options: Self.options)
    #expect(cluster.messages.contains { $0.hasPrefix("NetworkPolicy shop/p: spec.") && $0.contains(path) })
    #expect(cluster.must("shop/web", "shop/db") == "none" && cluster.may("shop/web", "shop/db") != "none")
    #expect(cluster.must("shop/db", "shop/web") != "none" || cluster.may("shop/db", "shop/web") != "none")
  }

  @Test(arguments: [
    ("{port: 80, endPort: 79}", "endPort"), ("{port: a, endPort: 79}", "endPort"), ("{endPort: 79}", "endPort"),
    ("{port: 0}", "port"), ("{port: 65536}", "port"), ("{port: 1, protocol: ICMP}", "protocol"),
  ])
  func `a port that the API server refuses is an error at its field`(port: String, field: String) {
    let cluster = Cluster(
      """
      kind: NetworkPolicy
      apiVersion: networking.k8s.io/v1
      metadata: {name: p}
      spec: {podSelector: {}, ingress: [{ports: [\(port)]}]}
      """)
    #expect(
      cluster.messages.contains { $0.hasPrefix("NetworkPolicy default/p: spec.ingress[0].ports[0].\(field): ") })
  }

  @Test func `policies that are not modelled make every pod undecided, and are gaps`() {
    let cluster = Cluster(
      SelectionTests.pods
        + "{kind: AdminNetworkPolicy, apiVersion: policy.networking.k8s.io/v1alpha1, metadata: {name: x}, spec: {}}",
      options: Self.options)
    #expect(cluster.must("shop/web", "shop/db") == "none" && cluster.may("shop/web", "shop/db") == "All Connections")
    #expect(cluster.network.gaps.map(\.subject) == ["AdminNetworkPolicy x"])
  }
}
