import Diagnostics
import Reachability
import Kubernetes
import NetworkModel
import PacketSpace
import TestSupport
import Testing

/// What an ipBlock holds (items 18 to 21 and 24a of the reference).
@Suite struct BlockTests {
  private static func manifests(_ rule: String) -> String {
    """
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: in, labels: {app: in}}, status: {podIP: 10.1.0.5}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: out, labels: {app: out}}, status: {podIP: 10.2.0.5}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: hole, labels: {app: hole}}, status: {podIP: 10.1.3.5}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: new, labels: {app: new}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: db, labels: {app: db}}, status: {podIP: 10.3.0.5}}
    ---
    {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
     spec: {podSelector: {matchLabels: {app: db}}, ingress: [{from: [\(rule)]}]}}
    """
  }

  private static let block = "{ipBlock: {cidr: 10.1.9.9/16, except: [10.1.3.0/24]}}"

  private func cluster(
    _ ipBlocks: ClusterOptions.IPBlocks, _ rule: String = block, podRanges: [IPPrefix] = []
  ) -> Cluster {
    Cluster(Self.manifests(rule), options: ClusterOptions(ipBlocks: ipBlocks, podRanges: podRanges))
  }

  @Test func `read as pods, a block holds the pods whose address lies in it and in no exception`() {
    let cluster = cluster(.pods)
    #expect(cluster.must("default/in", "default/db") == "All Connections")
    #expect(cluster.may("default/out", "default/db") == "none")
    #expect(cluster.may("default/hole", "default/db") == "none")
  }

  @Test func `read as external, a block holds no pod`() {
    #expect(cluster(.external).may("default/in", "default/db") == "none")
    #expect(cluster(.external, "{ipBlock: {cidr: 0.0.0.0/0}}").may("default/in", "default/db") == "none")
  }

  @Test func `a pod without an address lies somewhere in private space`() {
    let some = cluster(.pods)
    #expect(some.must("default/new", "default/db") == "none")
    #expect(some.may("default/new", "default/db") == "All Connections")
    let public1 = cluster(.pods, "{ipBlock: {cidr: 203.0.113.0/24}}")
    #expect(public1.may("default/new", "default/db") == "none")
  }

  @Test func `a cluster that says where its pods lie settles it`() throws {
    let range = try #require(IPPrefix("10.2.0.0/16"))
    #expect(cluster(.pods, podRanges: [range]).may("default/new", "default/db") == "none")
    let all = cluster(.pods, "{ipBlock: {cidr: 10.2.0.0/16}}", podRanges: [range])
    #expect(all.must("default/new", "default/db") == "All Connections")
  }

  @Test func `a block of IPv6 holds no IPv4 address`() {
    #expect(cluster(.pods, "{ipBlock: {cidr: '2001:db8::/32'}}").may("default/in", "default/db") == "none")
    #expect(cluster(.pods, "{ipBlock: {cidr: '::/0'}}").may("default/in", "default/db") == "none")
  }

  @Test(arguments: [("10.96.0.10", true), ("10.99.0.10", false)])
  func `a block that may hold a Service's own address leaves its pods undecided`(address: String, isInside: Bool) {
    let cluster = Cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: web, labels: {app: web}}, status: {podIP: 10.1.0.5}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: db, labels: {app: db}}, status: {podIP: 10.3.0.5}}
      ---
      {kind: Service, apiVersion: v1, metadata: {name: db}, spec: {selector: {app: db}, clusterIP: \(address), ports: [{port: 5432}]}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
       spec: {podSelector: {matchLabels: {app: web}}, policyTypes: [Egress],
              egress: [{to: [{ipBlock: {cidr: 10.96.0.0/16}}]}]}}
      """, options: ClusterOptions(ipBlocks: .pods))
    #expect(cluster.must("default/web", "default/db") == "none")
    #expect((cluster.may("default/web", "default/db") != "none") == isInside)
  }
}
