import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// What is said about policies that are legal and likely not meant, and what is not said of others.
@Suite struct RemarkTests {
  private static let pods = """
    {kind: Pod, apiVersion: v1, metadata: {name: web, labels: {app: web}},
     spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: db, labels: {app: db}},
     spec: {containers: [{name: c, ports: [{name: sql, containerPort: 5432}]}]}}
    ---

    """

  /// The messages about named ports that match nothing, for a policy on all pods.
  private func remarks(_ spec: String) -> [String] {
    let policy =
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}, \(spec)}}"
    return Cluster(Self.pods + policy, options: SelectionTests.options).messages.filter {
      $0.contains("matches nothing: no pod")
    }
  }

  @Test func `a name is looked up on the pods that an egress rule leads to, not on others`() {
    #expect(remarks("egress: [{to: [{podSelector: {matchLabels: {app: web}}}], ports: [{port: sql}]}]").count == 1)
    #expect(remarks("egress: [{to: [{podSelector: {matchLabels: {app: db}}}], ports: [{port: sql}]}]").isEmpty)
    #expect(remarks("egress: [{ports: [{port: sql}]}]").isEmpty)
  }

  @Test func `a rule to pods and to blocks leads to pods`() {
    let both = "[{podSelector: {matchLabels: {app: web}}}, {ipBlock: {cidr: 192.0.2.0/24}}]"
    #expect(remarks("egress: [{to: \(both), ports: [{port: sql}]}]").count == 1)
  }

  @Test func `a rule from blocks alone leads to the pods that the policy selects`() {
    #expect(remarks("ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: nowhere}]}]").count == 1)
    #expect(remarks("ingress: [{from: [{ipBlock: {cidr: 192.0.2.0/24}}], ports: [{port: sql}]}]").isEmpty)
  }

  @Test func `only a policy that the API server would refuse is a gap`() {
    let policy = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}}}"
    let cluster = Cluster(Self.pods + policy, options: SelectionTests.options)
    #expect(!cluster.network.gaps.contains { $0.subject.contains("NetworkPolicy") })
  }

  @Test func `that the network enforces policies is an assumption unless it is said, and may be unknown`() {
    let policy = "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}}}"
    func found(_ enforced: ClusterOptions.Enforcement) -> (codes: [String], may: String, must: String) {
      let cluster = Cluster(Self.pods + policy, options: ClusterOptions(enforced: enforced))
      let codes = cluster.connection("default/web", "default/db").assumptions.map { cluster.network[$0].code }
      return (codes, cluster.may("default/web", "default/db"), cluster.must("default/web", "default/db"))
    }
    #expect(found(.assumed) == (["policies-enforced"], "none", "none"))
    #expect(found(.yes) == ([], "none", "none"))
    #expect(found(.unknown).may == "All Connections" && found(.unknown).must == "none")
    #expect(found(.no).must == "All Connections")
  }

  @Test(arguments: [
    ("app", true), ("example.com/app", true), ("a/b/c", false), ("\"\"", false), ("/app", false),
    ("example.com/", false),
    ("-app", false), ("a b", false),
  ])
  func `a label's key is a name, with a domain before it or none`(key: String, isKey: Bool) {
    let cluster = Cluster("{kind: Pod, apiVersion: v1, metadata: {name: p, labels: {\(key): x}}}")
    #expect(cluster.messages.contains { $0.contains("is no label key") } == !isKey, "\(cluster.messages)")
  }

  @Test func `what is wrong with one policy refuses that one only`() {
    let wrong =
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: wrong}, spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 70000}]}]}}"
    let right =
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: right}, spec: {podSelector: {matchLabels: {app: db}}, ingress: []}}"
    let cluster = Cluster(Self.pods + wrong + "\n---\n" + right, options: SelectionTests.options)
    #expect(cluster.may("default/web", "default/db") == "none")
    #expect(cluster.may("default/db", "default/web") != "none")
    #expect(cluster.network.gaps.filter { $0.subject.contains("NetworkPolicy") }.map(\.subject).count == 1)
  }

  @Test func `a headless Service says so where others have an address`() {
    let service =
      "{kind: Service, apiVersion: v1, metadata: {name: s}, spec: {clusterIP: None, selector: {app: web}, ports: [{port: 80}]}}"
    let cluster = Cluster(Self.pods + service)
    #expect(cluster.messages == [])
    #expect(cluster.network.relays.isEmpty)
  }
}
