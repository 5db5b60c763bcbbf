import Diagnostics
import Documents
import Kubernetes
import NetworkModel
import Testing

/// What the objects of a cluster may ask.
@Suite struct `Limits of a cluster` {
  private func load(_ text: String, _ limits: InputLimits = .standard) throws -> [Diagnostic] {
    var sources = SourceMap()
    let file = sources.add(path: "k8s.yaml", bytes: Array(text.utf8))
    let result = DocumentReader.read(sources[file])
    try #require(result.diagnostics.isEmpty)
    var network = Network()
    return KubernetesBuilder.build(result.documents, options: ClusterOptions(limits: limits), into: &network)
      .diagnostics
  }

  private func pods(_ count: Int) -> String {
    (0..<count).map {
      "{apiVersion: v1, kind: Pod, metadata: {name: p\($0), namespace: shop, labels: {i: \"\($0)\"}}}\n---\n"
    }.joined()
  }

  private func policies(_ count: Int, peer: String = "podSelector: {}") -> String {
    (0..<count).map {
      """
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: q\($0), namespace: shop},
       spec: {podSelector: {}, ingress: [{from: [{\(peer)}]}]}}
      ---

      """
    }.joined()
  }

  @Test func `pairs of selectors and pods`() throws {
    // Five pods, each at one place; two policies with a selector and a peer.
    let text = pods(5) + policies(2)
    #expect(try load(text, limits(\.clusterPairs, 25)).isEmpty)
    let beyond = try load(text, limits(\.clusterPairs, 24))
    #expect(beyond.map(\.code) == ["TP0606"])
    #expect(beyond.allSatisfy { $0.severity == .error && $0.primary != nil && $0.message.contains("24") })
  }

  @Test func `ports of Services, entries and names of ports count too`() throws {
    let service = """
      {apiVersion: v1, kind: Service, metadata: {name: s, namespace: shop},
       spec: {selector: {i: "1"}, ports: [{port: 1}, {port: 2}]}}
      """
    #expect(try load(pods(5) + service, limits(\.clusterPairs, 40)).isEmpty)
    #expect(try load(pods(5) + service, limits(\.clusterPairs, 39)).map(\.code) == ["TP0606"])
  }

  @Test func `a small file that asks for a hundred million pairs`() throws {
    let text = pods(5_000) + policies(5_000, peer: "namespaceSelector: {}")
    #expect(try load(text).map(\.code) == ["TP0606"])
  }

  @Test func `replicas by the thousand million are one endpoint`() throws {
    let text = """
      {apiVersion: apps/v1, kind: Deployment, metadata: {name: d, namespace: shop},
       spec: {replicas: 1000000000, template: {metadata: {labels: {a: b}}}}}
      """
    #expect(try load(text).isEmpty)
    #expect(try load(text.replacing("1000000000", with: "99999999999999999999")).map(\.code) == ["TP0601"])
    #expect(try load(text.replacing("1000000000", with: "-1")).isEmpty)
  }

  @Test func `ten thousand ports of a rule and as many holes of a block`() throws {
    let ports = (0..<10_000).map { "{port: \($0 * 2 + 1)}" }.joined(separator: ", ")
    let holes = (0..<10_000).map { "10.\($0 / 250).\($0 % 250).0/25" }.joined(separator: ", ")
    let text = """
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: q, namespace: shop},
       spec: {podSelector: {}, ingress: [{ports: [\(ports)], from: [{ipBlock: {cidr: 10.0.0.0/8, except: [\(holes)]}}]}]}}
      """
    let clock = ContinuousClock()
    let start = clock.now
    #expect(try load(text).isEmpty)
    #expect(clock.now - start < .seconds(20))
  }

  @Test(arguments: ["0", "-1", "65536", "99999999999999999999", "1e3", "0x50"])
  func `ports that are none`(port: String) throws {
    let said = try load(
      "{apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: q, namespace: shop},\n"
        + " spec: {podSelector: {}, ingress: [{ports: [{port: 80, endPort: \(port)}]}]}}\n")
    #expect(port == "0x50" ? said.isEmpty : said.map(\.code) == ["TP0601"])
  }
}
