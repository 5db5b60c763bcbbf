import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// Which pods a policy selects, and in which directions it acts (NetworkPolicy v1; the reference's items 1 to 8).
@Suite struct SelectionTests {
  static let options = ClusterOptions(ipBlocks: .external, external: .policy)

  /// Pods web and db in shop, cron in jobs, and one in default.
  static let pods = """
    ---
    {kind: Namespace, apiVersion: v1, metadata: {name: shop, labels: {team: red}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: web, namespace: shop, labels: {app: web, tier: front}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: db, namespace: shop, labels: {app: db}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: cron, namespace: jobs, labels: {app: cron}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: lone, labels: {app: lone}}}
    ---

    """

  private func cluster(_ spec: String, namespace: String? = "shop") -> Cluster {
    let place = namespace.map { ", namespace: \($0)" } ?? ""
    return Cluster(
      Self.pods + """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p\(place)}
        spec: \(spec)
        """, options: Self.options)
  }

  @Test func `an object without a namespace lives in default`() {
    let cluster = cluster("{podSelector: {}}", namespace: nil)
    #expect(cluster.must("shop/web", "default/lone") == "none")
    #expect(cluster.must("shop/web", "shop/db") == "All Connections")
  }

  @Test func `every namespace has its name as a label, also one without an object`() {
    let cluster = cluster(
      """
      {podSelector: {matchLabels: {app: db}}, ingress: [{from: [
        {namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: jobs}}}]}]}
      """)
    #expect(cluster.must("jobs/cron", "shop/db") == "All Connections")
    #expect(cluster.must("default/lone", "shop/db") == "none")
  }

  @Test(arguments: ["{}", "{podSelector: null}", "{podSelector: {}}"])
  func `an empty pod selector selects every pod of the policy's namespace and no other`(spec: String) {
    let cluster = cluster(spec)
    #expect(cluster.must("jobs/cron", "shop/web") == "none" && cluster.must("jobs/cron", "shop/db") == "none")
    #expect(cluster.must("shop/web", "jobs/cron") == "All Connections")
  }

  @Test func `without policyTypes egress is meant only when it has a rule`() {
    #expect(cluster("{podSelector: {}, egress: []}").must("shop/web", "jobs/cron") == "All Connections")
    let some = cluster("{podSelector: {}, egress: [{ports: [{port: 53, protocol: UDP}]}]}")
    #expect(some.must("shop/web", "jobs/cron") == "UDP 53")
    #expect(some.must("jobs/cron", "shop/web") == "none")
  }

  @Test func `policyTypes that are given win`() {
    let cluster = cluster("{podSelector: {}, policyTypes: [Egress], ingress: [{ports: [{port: 1}]}]}")
    #expect(cluster.must("jobs/cron", "shop/web") == "All Connections")
    #expect(cluster.must("shop/web", "jobs/cron") == "none")
    #expect(cluster.messages.contains { $0.contains("NetworkPolicy shop/p: spec.ingress") })
  }

  @Test(arguments: ["{}", "{from: []}", "{from: [], ports: []}"])
  func `a rule that names no peers and ports admits everyone on everything`(rule: String) {
    let cluster = cluster("{podSelector: {}, ingress: [\(rule)]}")
    #expect(cluster.connection("jobs/cron", "shop/web").answered.must.isAny)
    #expect(cluster.result.allowAllRules.map(\.label) == ["ingress[0]"])
  }

  @Test func `policies add up, and a connection needs both ends`() {
    let cluster = Cluster(
      Self.pods + """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: a, namespace: shop},
         spec: {podSelector: {matchLabels: {app: db}}, ingress: [{ports: [{port: 80}, {port: 443}]}]}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: b, namespace: shop},
         spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{ports: [{port: 22}]}]}}
        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: c, namespace: jobs},
         spec: {podSelector: {}, policyTypes: [Egress], egress: [{ports: [{port: 22}, {port: 80}]}]}}
        """, options: Self.options)
    #expect(cluster.must("default/lone", "shop/db") == "TCP 22,80,443")
    #expect(cluster.must("jobs/cron", "shop/db") == "TCP 22,80")
    #expect(cluster.must("jobs/cron", "shop/web") == "TCP 22")
  }

  @Test func `the outside is never selected`() throws {
    let cluster = cluster("{podSelector: {}, policyTypes: [Ingress, Egress], ingress: [{}], egress: [{}]}")
    let external = try #require(cluster.result.external)
    let web = try #require(cluster.names["shop/web"])
    let zone = cluster.network[external].addresses
    #expect(cluster.engine.connection(.endpoint(web), .zone(external, within: zone)).answered.must.isAny)
    #expect(cluster.engine.connection(.zone(external, within: zone), .endpoint(web)).answered.must.isAny)
  }

  @Test func `structural facts name the policies that select a pod, and every namespace`() {
    let cluster = cluster("{podSelector: {matchLabels: {app: db}}, policyTypes: [Ingress, Egress]}")
    let selected = cluster.result.pods.filter { !$0.ingress.isEmpty && !$0.egress.isEmpty }
    #expect(selected.map { cluster.network[$0.endpoint].identity.key } == ["cluster/shop/Pod/db"])
    #expect(cluster.network.subjects.map(\.identity.name) == ["default", "jobs", "shop"])
    #expect(cluster.network.subjects.last?.attributes.labels["team"] == "red")
  }
}
