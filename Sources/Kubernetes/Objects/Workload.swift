import Documents
import PacketSpace

/// A pod, or a controller that makes pods from a template.
struct Workload {
  /// How many pods there are.
  enum Count: Hashable {
    case none
    case one
    case many
  }

  var metadata: Metadata
  var template: PodTemplate
  var count: Count
  /// A bare pod's addresses, where its status says them.
  var addresses: [IPAddress] = []
  var hostAddresses: [IPAddress] = []

  static let controllers = [
    "Deployment", "ReplicaSet", "StatefulSet", "DaemonSet", "Job", "CronJob", "ReplicationController",
  ]
}

extension ObjectReader {
  /// A controller of pods; the template's labels are the pods', not the controller's own.
  func controller(_ object: Field, _ metadata: Metadata) -> Workload {
    var spec = object["spec"]
    if metadata.kind == "CronJob" { spec = object.at("spec", "jobTemplate", "spec") }
    let template = podTemplate(spec?["template"])
    let count: Workload.Count
    switch metadata.kind {
    case "DaemonSet": count = .many
    case "Job", "CronJob": count = Self.count(integer(spec?["parallelism"]))
    default: count = Self.count(integer(spec?["replicas"]))
    }
    return Workload(metadata: metadata, template: template, count: count)
  }

  private static func count(_ replicas: Int?) -> Workload.Count {
    switch replicas ?? 1 {
    case ...0: .none
    case 1: .one
    default: .many
    }
  }

  /// A bare pod; `nil` once it has ended, for then it is no endpoint.
  func pod(_ object: Field, _ metadata: Metadata) -> Workload? {
    let status = object["status"]
    if let phase = string(status?["phase"]), phase == "Succeeded" || phase == "Failed" { return nil }
    var template = podSpec(object["spec"])
    template.labels = metadata.labels
    var pod = Workload(metadata: metadata, template: template, count: .one)
    let listed = items(status?["podIPs"]).compactMap { address($0["ip"]) }
    let single = address(status?["podIP"])
    pod.addresses = single.map { [$0] + listed.filter { $0 != single } } ?? listed
    let hosts = items(status?["hostIPs"]).compactMap { address($0["ip"]) }
    pod.hostAddresses = hosts.isEmpty ? address(status?["hostIP"]).map { [$0] } ?? [] : hosts
    return pod
  }
}
