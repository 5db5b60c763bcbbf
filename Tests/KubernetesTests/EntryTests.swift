import Diagnostics
import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport
import Testing

/// Services, and what the outside may come in by (items 21 and 37 of the reference).
@Suite struct EntryTests {
  private static let pod = """
    {kind: Pod, apiVersion: v1, metadata: {name: web, labels: {app: web}},
     spec: {containers: [{name: c, ports: [{name: http, containerPort: 8080}]}]}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: db, labels: {app: db}}}
    ---

    """

  private func cluster(_ manifests: String) -> Cluster { Cluster(Self.pod + manifests) }

  /// Whether something of the internet may, and surely does, get to a pod, by whatever way.
  private func entered(_ cluster: Cluster, _ pod: String) throws -> (may: Bool, must: Bool) {
    let zone = try #require(cluster.network.zones.firstIndex { $0.isInternet })
    let endpoint = try #require(cluster.names[pod])
    let paths = cluster.engine.paths(
      from: .zone(ZoneID(zone), within: cluster.network.zones[zone].addresses), to: .endpoint(endpoint))
    return (paths.contains { !$0.arrives.may.isEmpty }, paths.contains { !$0.arrives.must.isEmpty })
  }

  private func service(_ spec: String) -> String {
    "{kind: Service, apiVersion: v1, metadata: {name: s}, spec: \(spec)}"
  }

  @Test func `a Service is translated at the source, to the target's own port`() throws {
    let cluster = cluster(
      service("{selector: {app: web}, clusterIP: 10.96.0.9, ports: [{port: 80, targetPort: http}]}") + """

        ---
        {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
         spec: {podSelector: {matchLabels: {app: web}}, ingress: [{ports: [{port: 8080}]}]}}
        """)
    let db = try #require(cluster.names["default/db"])
    let address = try #require(IPAddress("10.96.0.9"))
    let connection = cluster.engine.connection(.endpoint(db), .address(address))
    // By address the traffic is written as it is sent.
    #expect(connection.answered.must.portListing == "TCP 80")
    let flow = try #require(cluster.engine.flows(.endpoint(db), .address(address)).first)
    let outcome = Interpreter(cluster.network).judge(
      WalkQuestion(
        origin: flow.origin,
        packet: Packet(
          source: flow.source, destination: PacketAddress(address), traffic: .ports(.tcp, from: 40000, to: 80))))
    #expect(outcome.arrives.must)
    #expect(outcome.arrivedPacket?.traffic.destinationPort == 8080)
  }

  @Test func `without an entry the internet gets to no pod, whatever the policies say`() throws {
    let cluster = cluster(service("{selector: {app: web}, ports: [{port: 80}]}"))
    #expect(try entered(cluster, "default/web") == (false, false))
  }

  @Test(arguments: [
    "{type: LoadBalancer, selector: {app: web}, ports: [{port: 80, targetPort: http}]}",
    "{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http}]}",
    "{type: NodePort, selector: {app: web}, ports: [{port: 80, targetPort: http, nodePort: 30080}]}",
    "{externalIPs: [203.0.113.9], selector: {app: web}, ports: [{port: 80}]}",
    "{type: LoadBalancer, externalTrafficPolicy: Local, selector: {app: web}, ports: [{port: 80}]}",
  ])
  func `an entry leaves its pods undecided, and no others`(spec: String) throws {
    let cluster = cluster(service(spec))
    #expect(try entered(cluster, "default/web") == (true, false))
    #expect(try entered(cluster, "default/db") == (false, false))
    #expect(cluster.network.gaps.contains { $0.subject.contains("default/s") })
  }

  @Test func `a host port is an entry`() throws {
    let cluster = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: edge},
       spec: {containers: [{name: c, ports: [{containerPort: 8080, hostPort: 443}]}]}}
      """)
    #expect(try entered(cluster, "default/edge") == (true, false))
    #expect(try entered(cluster, "default/db") == (false, false))
  }

  @Test func `an Ingress may lead to any pod of its namespace`() throws {
    let cluster = cluster(
      """
      {kind: Ingress, apiVersion: networking.k8s.io/v1, metadata: {name: i}, spec: {rules: []}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: far, namespace: other}}
      """)
    #expect(try entered(cluster, "default/web") == (true, false))
    #expect(try entered(cluster, "other/far") == (false, false))
  }

  @Test func `a pod's own node lets in what it forwards, whatever the policy`() throws {
    let closed = """

      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}}}
      """
    let cluster = cluster(
      service("{type: LoadBalancer, selector: {app: web}, ports: [{port: 80}]}") + closed)
    #expect(try entered(cluster, "default/web") == (true, false))
    // The exemption is for what nodes forward only.
    #expect(cluster.may("default/db", "default/web") == "none")
  }

  @Test func `policies hold back an Ingress that they surely do not admit`() throws {
    let cluster = cluster(
      """
      {kind: Ingress, apiVersion: networking.k8s.io/v1, metadata: {name: i}, spec: {rules: []}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}}}
      """)
    #expect(try entered(cluster, "default/web") == (false, false))
  }

  @Test func `a pod in its node's network is as open as the node`() throws {
    let cluster = cluster("{kind: Pod, apiVersion: v1, metadata: {name: agent}, spec: {hostNetwork: true}}")
    #expect(try entered(cluster, "default/agent") == (true, false))
    #expect(try entered(cluster, "default/web") == (false, false))
  }

  @Test func `an entry without a selector may lead to any pod of its namespace`() throws {
    let cluster = cluster(service("{type: LoadBalancer, ports: [{port: 80}]}"))
    #expect(try entered(cluster, "default/db") == (true, false))
  }

  @Test func `a public address of a pod may be reached without any entry`() throws {
    let cluster = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: six}, status: {podIP: '2001:db8::5'}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: four}, status: {podIP: 203.0.113.9}}
      """)
    #expect(try entered(cluster, "default/six") == (true, false))
    #expect(try entered(cluster, "default/four") == (true, false))
    #expect(try entered(cluster, "default/web") == (false, false))
  }

  @Test(arguments: ["default/web", "default/six"])
  func `pods reach the internet in each family that they have`(pod: String) throws {
    let cluster = cluster("{kind: Pod, apiVersion: v1, metadata: {name: six}, status: {podIP: 'fd00::5'}}")
    let zone = try #require(cluster.network.zones.firstIndex { $0.isInternet })
    let endpoint = try #require(cluster.names[pod])
    let internet = cluster.network.zones[zone].addresses
    let family: IPFamily = pod.hasSuffix("six") ? .v6 : .v4
    let connection = cluster.engine.connection(
      .endpoint(endpoint), .zone(ZoneID(zone), within: internet.restricted(to: family)))
    #expect(connection.answered.may.contains(.ports(.tcp, from: 40000, to: 443)))
  }
}
