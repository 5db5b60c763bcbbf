import Diagnostics
import Reachability
import Kubernetes
import NetworkModel
import PacketSpace
import TestSupport
import Testing

/// What traffic a rule speaks of (items 13 to 17 of the reference).
@Suite struct PortTests {
  static let pods = """
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: client, labels: {app: client}},
     spec: {containers: [{name: c, ports: [{name: http, containerPort: 9999}]}]}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: one, labels: {app: server}},
     spec: {containers: [{name: a, ports: [{name: http, containerPort: 8080}, {name: dns, containerPort: 53}]},
                         {name: b, ports: [{name: dns, containerPort: 5353, protocol: UDP}]}]}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: two, labels: {app: server}},
     spec: {containers: [{name: a, ports: [{name: http, containerPort: 80}]}],
            initContainers: [{name: mesh, restartPolicy: Always, ports: [{name: stats, containerPort: 15090}]},
                             {name: once, ports: [{name: setup, containerPort: 1234}]}]}}
    ---

    """

  private func cluster(_ ports: String) -> Cluster {
    Cluster(
      Self.pods + """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
         spec: {podSelector: {matchLabels: {app: server}}, ingress: [{ports: \(ports)}]}}
        """, options: SelectionTests.options)
  }

  @Test(arguments: [
    ("[{port: 80}]", "TCP 80"),
    ("[{protocol: UDP}]", "UDP 1-65535"),
    ("[{port: 53, protocol: UDP}, {port: 7, protocol: SCTP}]", "SCTP 7,UDP 53"),
    ("[{port: 8000, endPort: 8010}]", "TCP 8000-8010"),
    ("[{port: 1, endPort: 65535}]", "TCP 1-65535"),
    ("[{port: 5, endPort: 5}]", "TCP 5"),
  ])
  func `the protocol is TCP where it is not said, a protocol alone is all its ports, and ranges hold both ends`(
    ports: String, expected: String
  ) throws {
    let listing = cluster(ports).must("default/client", "default/two").replacing("UDP 1-65535", with: "UDP")
    #expect(listing.replacing("TCP 1-65535", with: "TCP") == expected.replacing(" 1-65535", with: ""))
  }

  @Test func `a name is each destination's own number`() {
    let cluster = cluster("[{port: http}]")
    #expect(cluster.must("default/client", "default/one") == "TCP 8080")
    #expect(cluster.must("default/client", "default/two") == "TCP 80")
  }

  @Test func `a name is looked up on the destination also in an egress rule`() {
    let cluster = Cluster(
      Self.pods + """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
         spec: {podSelector: {matchLabels: {app: client}}, policyTypes: [Egress], egress: [{ports: [{port: http}]}]}}
        """, options: SelectionTests.options)
    #expect(cluster.must("default/client", "default/one") == "TCP 8080")
    #expect(cluster.must("default/client", "default/two") == "TCP 80")
  }

  @Test func `restartable init containers have named ports, others have not`() {
    #expect(cluster("[{port: stats}]").must("default/client", "default/two") == "TCP 15090")
    #expect(cluster("[{port: setup}]").must("default/client", "default/two") == "none")
  }

  @Test func `a name that nobody has matches nothing, and is said`() {
    let cluster = cluster("[{port: abc}]")
    #expect(cluster.must("default/client", "default/one") == "none")
    #expect(cluster.may("default/client", "default/one") == "none")
    #expect(cluster.messages.contains { $0.contains("NetworkPolicy default/p: spec.ingress[0].ports[0].port: ") })
    #expect(self.cluster("[{port: http}]").messages.isEmpty)
  }

  @Test func `a name in an egress rule to a block matches nothing there, and is said`() {
    let cluster = Cluster(
      Self.pods + """
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
         spec: {podSelector: {}, egress: [{to: [{podSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}],
                                           ports: [{port: http}]}]}}
        """, options: SelectionTests.options)
    #expect(
      cluster.messages.contains { $0.contains("spec.egress[0].ports[0].port") && $0.contains("outside the cluster") })
    #expect(cluster.must("default/client", "default/one") == "none")
  }

}
