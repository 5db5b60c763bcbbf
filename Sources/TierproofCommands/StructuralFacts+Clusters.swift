import Kubernetes
import NetworkModel
import Properties

extension StructuralFacts {
  /// What became of the clusters' objects, in the words of structural predicates.
  ///
  /// Pods on their node's network are left out: no policy can select them (Kubernetes, NetworkPolicy and hostNetwork).
  init(_ clusters: [KubernetesBuildResult], in network: Network) {
    self.init()
    for cluster in clusters {
      for pod in cluster.pods where !pod.isHostNetwork {
        workloads.append(
          Workload(
            endpoint: pod.endpoint, namespace: pod.namespace, cluster: Self.cluster(of: pod, in: network),
            hasIngressPolicy: !pod.ingress.isEmpty, hasEgressPolicy: !pod.egress.isEmpty))
      }
      for rule in cluster.allowAllRules {
        let selected = cluster.pods.filter {
          (rule.direction == .ingress ? $0.ingress : $0.egress).contains(rule.filter)
        }
        allowAll.append(
          AllowAll(
            filter: rule.filter, direction: rule.direction, label: rule.label, derivation: Derivation(rule.range),
            endpoints: selected.map(\.endpoint)))
      }
    }
    for subject in network.subjects where subject.kind == "namespace" {
      namespaces.append(
        Namespace(
          identity: subject.identity, attributes: subject.attributes, derivation: subject.derivation))
    }
  }

  private static func cluster(of pod: KubernetesBuildResult.Pod, in network: Network) -> String {
    network[pod.endpoint].attributes.values[.cluster]?.first ?? ""
  }
}
