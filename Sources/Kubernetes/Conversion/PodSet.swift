import NetworkModel
import PacketSpace

/// Pods that are alike: what becomes one endpoint.
struct PodSet {
  var namespace: String
  /// The controller, or the pod itself.
  var kind: String
  var name: String
  /// Set where other pods of the same controller differ: then a pod's own name is its key.
  var ownKey: String?
  var podNames: [String] = []
  var template: PodTemplate
  var count: Workload.Count
  /// The addresses of each pod whose status says them.
  var addresses: [[IPAddress]] = []
  var hostAddresses: [[IPAddress]] = []
  var derivation: Derivation
}
