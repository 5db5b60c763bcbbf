import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// Which pods a Service, a controller and a group policy mean.
@Suite struct ServiceSelectionTests {
  private static let pods = """
    {kind: Pod, apiVersion: v1, metadata: {name: both, labels: {app: web, tier: front}}}
    ---
    {kind: Pod, apiVersion: v1, metadata: {name: one, labels: {app: web, tier: back}}}
    ---

    """

  private func targets(_ selector: String) -> [String] {
    let service =
      "{kind: Service, apiVersion: v1, metadata: {name: s}, spec: {selector: \(selector), clusterIP: 10.96.0.9, ports: [{port: 80}]}}"
    let network = Cluster(Self.pods + service).network
    return network.relays.flatMap(\.listeners).flatMap(\.targets).map { target in
      guard case .endpoint(let endpoint) = target.destination else { return "a relay" }
      return network[endpoint].identity.name
    }
  }

  @Test func `a Service selects pods that have all its labels, and none where it has none`() {
    #expect(targets("{app: web, tier: front}") == ["default/both"])
    #expect(targets("{app: web}") == ["default/both", "default/one"])
    #expect(targets("{}") == [])
  }

  @Test func `a Service without an address has one of its range`() {
    let service =
      "{kind: Service, apiVersion: v1, metadata: {name: s}, spec: {selector: {app: web}, ports: [{port: 80}]}}"
    let range = [IPPrefix("10.96.0.0/12")].compactMap { $0 }
    let network = Cluster(Self.pods + service, options: ClusterOptions(serviceRanges: range)).network
    let interfaces = network.relays.flatMap(\.interfaces).flatMap { network[$0].placements }.flatMap(\.addresses)
    guard case .unknown(let address)? = interfaces.first, interfaces.count == 1 else {
      return #expect(Bool(false), "the Service has one unknown address: \(interfaces)")
    }
    #expect(network[address].within == AddressSet(range))
    #expect(Cluster(Self.pods + service).network.relays.isEmpty)
  }

  @Test func `a pod that lacks a label of its owner's template is not what the template makes`() {
    let text = """
      kind: ReplicaSet
      apiVersion: apps/v1
      metadata: {name: r}
      spec: {template: {metadata: {labels: {app: web, tier: front}}}}
      ---
      kind: Pod
      apiVersion: v1
      metadata: {name: odd, labels: {app: web, tier: back}, ownerReferences: [{kind: ReplicaSet, name: r, controller: true}]}
      """
    #expect(Cluster(text).result.pods.count == 2)
    #expect(Cluster(text.replacing("back", with: "front")).result.pods.count == 1)
  }

  @Test func `the owner that controls a pod is its owner, wherever it is listed`() {
    let text = """
      kind: Pod
      apiVersion: v1
      metadata: {name: a, ownerReferences: [{kind: Note, name: note}, {kind: ReplicaSet, name: r, controller: true}]}
      """
    let cluster = Cluster(text)
    #expect(
      cluster.result.pods.map { cluster.network[$0.endpoint].identity.aliases[0].text } == ["default/r[ReplicaSet]"])
  }

  @Test func `an object that has items and is no list is itself`() {
    let cluster = Cluster(
      "{kind: Widget, apiVersion: v1, metadata: {name: w}, items: [{kind: Pod, metadata: {name: p}}]}")
    #expect(cluster.result.pods.isEmpty)
  }

  @Test func `an item that is no mapping is an error, and the others load`() {
    let cluster = Cluster(
      "{kind: List, apiVersion: v1, items: [text, {kind: Pod, apiVersion: v1, metadata: {name: p}}]}")
    #expect(cluster.result.pods.count == 1)
    #expect(cluster.messages.contains { $0.contains("a Kubernetes object is a mapping") })
  }

  @Test func `one pod with an IPv6 address shows that the cluster has both families`() {
    let text = """
      {kind: Pod, apiVersion: v1, metadata: {name: four}, status: {podIP: 10.0.0.7}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: six}, status: {podIP: "fd00::7"}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: new}}
      """
    let cluster = Cluster(text)
    #expect(cluster.may("default/six", "default/new") == "All Connections")
    #expect(cluster.may("default/four", "default/new") == "All Connections")
    #expect(cluster.may("default/four", "default/six") == "none")
  }

  @Test func `of a node's addresses the internal ones are its own`() {
    let text = """
      kind: Node
      apiVersion: v1
      metadata: {name: node-1}
      status: {addresses: [{type: ExternalIP, address: 203.0.113.9}, {type: InternalIP, address: 10.0.0.9}]}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: agent}, spec: {hostNetwork: true, nodeName: node-1}}
      """
    let network = Cluster(text).network
    let held = network.endpoints.flatMap(\.placements).flatMap(\.addresses).map { held in
      switch held {
      case .prefix(let prefix): AddressSet(prefix)
      case .unknown(let id): network[id].within
      }
    }
    func holds(_ text: String) -> Bool { IPAddress(text).map { held.contains(AddressSet($0)) } ?? false }
    #expect(holds("10.0.0.9"))
    #expect(!holds("203.0.113.9"))
  }

  @Test func `an Ingress may come from any pod that the policy admits`() {
    let text = """
      {kind: Ingress, apiVersion: networking.k8s.io/v1, metadata: {name: i}, spec: {rules: []}}
      ---
      {kind: NetworkPolicy, apiVersion: networking.k8s.io/v1, metadata: {name: p},
       spec: {podSelector: {matchLabels: {tier: front}}, ingress: [{from: [{podSelector: {matchLabels: {tier: back}}}]}]}}
      """
    let cluster = Cluster(Self.pods + text)
    guard let zone = cluster.network.zones.firstIndex(where: \.isInternet), let pod = cluster.names["default/both"]
    else {
      return #expect(Bool(false), "there are an internet and a pod")
    }
    let paths = cluster.engine.paths(
      from: .zone(ZoneID(zone), within: cluster.network.zones[zone].addresses), to: .endpoint(pod))
    #expect(paths.contains { !$0.arrives.may.isEmpty })
    #expect(paths.allSatisfy { $0.arrives.must.isEmpty })
  }

  @Test func `another engine's NetworkPolicy may deny what Kubernetes' own admit`() {
    let calico = "{kind: NetworkPolicy, apiVersion: crd.projectcalico.org/v1, metadata: {name: p}, spec: {}}"
    let cluster = Cluster(Self.pods + calico)
    #expect(cluster.may("default/one", "default/both") == "All Connections")
    #expect(cluster.must("default/one", "default/both") == "none")
    #expect(cluster.network.gaps.contains { $0.subject.contains("default/p") })
  }
}
