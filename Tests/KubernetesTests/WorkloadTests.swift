import Diagnostics
import Reachability
import Kubernetes
import NetworkModel
import PacketSpace
import TestSupport
import Testing

/// Pods, nodes and what folds into one peer (items 22 to 26 of the reference).
@Suite struct WorkloadTests {
  private func cluster(_ manifests: String, _ options: ClusterOptions = SelectionTests.options) -> Cluster {
    Cluster(manifests, options: options)
  }

  private func keys(_ cluster: Cluster) -> [String] {
    cluster.result.pods.map { cluster.network[$0.endpoint].identity.key }
  }

  @Test func `replicas of one workload are asked against each other like any two pods`() throws {
    let cluster = cluster(
      """
      {kind: Deployment, apiVersion: apps/v1, metadata: {name: d}, spec: {replicas: 3, template: {metadata: {labels: {app: d}}}}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p}, spec: {podSelector: {}}}
      """)
    let endpoint = try #require(cluster.names["default/d[Deployment]"])
    #expect(cluster.network[endpoint].standsForMany)
    #expect(cluster.may("default/d[Deployment]", "default/d[Deployment]") == "none")
  }

  @Test(arguments: [
    ("apps/v1", "Deployment", "{replicas: 2, template: T}", true),
    ("apps/v1", "ReplicaSet", "{replicas: 1, template: T}", false),
    ("apps/v1", "StatefulSet", "{replicas: 2, template: T}", true),
    ("apps/v1", "DaemonSet", "{template: T}", true),
    ("batch/v1", "Job", "{parallelism: 4, template: T}", true),
    ("batch/v1", "CronJob", "{jobTemplate: {spec: {template: T}}}", false),
    ("v1", "ReplicationController", "{template: T}", false),
  ])
  func `every kind of workload has its template and its number`(
    version: String, kind: String, spec: String, isMany: Bool
  ) throws {
    let template = """
      {metadata: {labels: {app: x}}, spec: {containers: [{name: c, ports: [{name: http, containerPort: 80}]}]}}
      """
    let cluster = cluster(
      """
      {kind: \(kind), apiVersion: \(version), metadata: {name: w, namespace: shop}, spec: \(spec.replacing("T}", with: template + "}"))}
      """)
    let endpoint = cluster.network[try #require(cluster.names["shop/w[\(kind)]"])]
    #expect(endpoint.identity.key == "cluster/shop/\(kind)/w")
    #expect(endpoint.attributes.labels == ["app": "x"])
    #expect(endpoint.namedPorts.map(\.name) == ["http"])
    #expect(endpoint.standsForMany == isMany)
    #expect(cluster.messages.isEmpty)
  }

  @Test func `bare pods of one owner are one peer, named after it`() {
    let cluster = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: w-1, labels: {app: w}, ownerReferences: [{kind: ReplicaSet, name: w}]}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: w-2, labels: {app: w}, ownerReferences: [{kind: ReplicaSet, name: w}]}}
      """)
    #expect(keys(cluster) == ["cluster/default/ReplicaSet/w"])
    #expect(cluster.names["default/w[ReplicaSet]"] != nil && cluster.names["default/w-2[Pod]"] != nil)
  }

  @Test func `pods of one owner that a selector tells apart are several peers, which is said`() {
    let cluster = cluster(
      """
      {kind: Pod, apiVersion: v1, metadata: {name: w-1, labels: {app: w, step: one}, ownerReferences: [{kind: ReplicaSet, name: w}]}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: w-2, labels: {app: w, step: two}, ownerReferences: [{kind: ReplicaSet, name: w}]}}
      ---
      {kind: Pod, apiVersion: v1, metadata: {name: other}}
      ---
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: p},
       spec: {podSelector: {matchLabels: {step: one}}}}
      """)
    #expect(cluster.may("default/other", "default/w-1[Pod]") == "none")
    #expect(cluster.must("default/other", "default/w-2[Pod]") == "All Connections")
    let said = cluster.messages.filter { $0.contains("`step`") && $0.contains("default/w[ReplicaSet]") }
    #expect(said.count == 1 && said.first?.hasPrefix("NetworkPolicy default/p: spec.podSelector: ") == true)
    #expect(said.first?.contains(" more") == false, "there is one owner")
  }

  @Test func `equal names in two clusters are two things`() {
    let manifest = "{kind: Pod, apiVersion: v1, metadata: {name: web, namespace: shop}}"
    #expect(keys(cluster(manifest, ClusterOptions(name: "east"))) == ["east/shop/Pod/web"])
    #expect(keys(cluster(manifest, ClusterOptions(name: "west"))) == ["west/shop/Pod/web"])
  }
}
