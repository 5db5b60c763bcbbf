import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// Peers, selectors and ports of NetworkPolicy rules (the reference's items 9 to 19).
@Suite struct PeerTests {
  /// A policy on db in shop with one ingress rule.
  private func cluster(ingress rule: String, options: ClusterOptions = SelectionTests.options, more: String = "")
    -> Cluster
  {
    Cluster(
      SelectionTests.pods + """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: p, namespace: shop}
        spec: {podSelector: {matchLabels: {app: db}}, ingress: [\(rule)]}

        """ + more, options: options)
  }

  private func admitted(_ rule: String) -> [String] {
    let cluster = cluster(ingress: rule)
    return ["shop/web", "jobs/cron", "default/lone"].filter { cluster.must($0, "shop/db") != "none" }
  }

  @Test func `a pod selector alone means the policy's namespace`() {
    #expect(admitted("{from: [{podSelector: {}}]}") == ["shop/web"])
    #expect(admitted("{from: [{podSelector: {matchLabels: {app: cron}}}]}") == [])
  }

  @Test func `a namespace selector alone means all pods there, and the empty one every namespace`() {
    #expect(admitted("{from: [{namespaceSelector: {matchLabels: {team: red}}}]}") == ["shop/web"])
    #expect(admitted("{from: [{namespaceSelector: {}}]}") == ["shop/web", "jobs/cron", "default/lone"])
  }

  @Test func `two selectors in one item are and, in two items or`() {
    let both = "{from: [{namespaceSelector: {matchLabels: {team: red}}, podSelector: {matchLabels: {app: cron}}}]}"
    #expect(admitted(both) == [])
    let either =
      """
      {from: [{namespaceSelector: {matchLabels: {team: red}}},
              {namespaceSelector: {}, podSelector: {matchLabels: {app: cron}}}]}
      """
    #expect(admitted(either) == ["shop/web", "jobs/cron"])
  }

  @Test(arguments: [
    ("{key: tier, operator: In, values: [front, front]}", ["shop/web"]),
    ("{key: tier, operator: NotIn, values: [front]}", ["jobs/cron", "default/lone"]),
    ("{key: tier, operator: Exists}", ["shop/web"]),
    ("{key: tier, operator: DoesNotExist}", ["jobs/cron", "default/lone"]),
  ])
  func `expressions are as the API has them; NotIn holds where the key is absent`(
    expression: String, expected: [String]
  ) {
    #expect(
      admitted("{from: [{namespaceSelector: {}, podSelector: {matchExpressions: [\(expression)]}}]}") == expected)
  }

  @Test func `the template's labels are the pods', not the controller's`() {
    let cluster = cluster(
      ingress: "{from: [{podSelector: {matchLabels: {app: worker}}}]}",
      more: """
        ---
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: worker, namespace: shop, labels: {app: other}}
        spec: {replicas: 2, template: {metadata: {labels: {app: worker}}}}
        ---
        apiVersion: batch/v1
        kind: CronJob
        metadata: {name: nightly, namespace: shop, labels: {app: worker}}
        spec: {jobTemplate: {spec: {template: {metadata: {labels: {app: nightly}}}}}}
        """)
    #expect(cluster.must("shop/worker[Deployment]", "shop/db") == "All Connections")
    #expect(cluster.must("shop/nightly[CronJob]", "shop/db") == "none")
    #expect(cluster.names["shop/worker"].map { cluster.network[$0].standsForMany } == true)
  }

  @Test(arguments: [
    ("{port: 80}", "TCP 80"), ("{protocol: UDP}", "UDP 1-65535"),
    ("{port: 80, endPort: 90, protocol: SCTP}", "SCTP 80-90"), ("{port: 80, endPort: 80}", "TCP 80"),
  ])
  func `a protocol defaults to TCP, a port to all, and endPort is included`(port: String, expected: String) {
    #expect(cluster(ingress: "{ports: [\(port)]}").must("shop/web", "shop/db") == expected)
  }

  @Test func `a named port is the destination's, by name and protocol, sidecars and all containers included`() {
    let cluster = cluster(
      ingress: "{ports: [{port: web}, {port: web, protocol: UDP}, {port: none}]}",
      more: """
        ---
        apiVersion: v1
        kind: Pod
        metadata: {name: many, namespace: shop, labels: {app: db}}
        spec:
          initContainers:
          - {name: i, restartPolicy: Always, ports: [{name: web, containerPort: 7}]}
          - {name: j, ports: [{name: web, containerPort: 9}]}
          containers:
          - {name: a, ports: [{name: web, containerPort: 80}, {name: other, containerPort: 81}]}
          - {name: b, ports: [{name: web, containerPort: 53, protocol: UDP}]}
        """)
    #expect(cluster.must("shop/web", "shop/many") == "TCP 7,80,UDP 53")
    #expect(cluster.must("shop/web", "shop/db") == "none")
    #expect(cluster.must("shop/many", "shop/db") == "none")
  }

  @Test func `every port of TCP, UDP and SCTP is not everything`() {
    let cluster = cluster(ingress: "{ports: [{protocol: TCP}, {protocol: UDP}, {protocol: SCTP}]}")
    #expect(cluster.must("shop/web", "shop/db") == "All Connections")
    #expect(!cluster.connection("shop/web", "shop/db").arrives.may.overlaps(TrafficSet(protocol: .icmp)))
  }

  private static let numbered = """
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: in, namespace: shop}, status: {podIP: 10.1.0.5}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: hole, namespace: shop}, status: {podIP: 10.1.7.5}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: out, namespace: shop}, status: {podIPs: [{ip: 10.9.0.5}]}}
    """

  private func blocked(_ blocks: ClusterOptions.IPBlocks, _ cidr: String) -> [String: String] {
    let cluster = cluster(
      ingress: "{from: [{ipBlock: \(cidr)}]}", options: ClusterOptions(ipBlocks: blocks), more: Self.numbered)
    var result: [String: String] = [:]
    for name in ["in", "hole", "out", "web"] {
      let must = cluster.must("shop/\(name)", "shop/db") != "none"
      let may = cluster.may("shop/\(name)", "shop/db") != "none"
      result[name] = must ? "yes" : may ? "perhaps" : "no"
    }
    return result
  }

  @Test func `whether a block holds pods is a choice, and undecided by default`() {
    // Host bits are masked.
    let block = "{cidr: 10.1.9.9/16, except: [10.1.7.0/24]}"
    #expect(blocked(.pods, block) == ["in": "yes", "hole": "no", "out": "no", "web": "perhaps"])
    #expect(blocked(.external, block) == ["in": "no", "hole": "no", "out": "no", "web": "no"])
    #expect(blocked(.undecided, block) == ["in": "perhaps", "hole": "no", "out": "no", "web": "perhaps"])
  }

  @Test func `a whole family without exception holds every pod unless blocks are external`() {
    let block = "{cidr: 0.0.0.0/0}"
    #expect(Set(blocked(.undecided, block).values) == ["yes"])
    #expect(Set(blocked(.external, block).values) == ["no"])
  }
}
