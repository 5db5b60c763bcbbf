import NetworkModel

/// Folds bare pods and controllers by the workload at the top of their chain of owners.
struct PodFolding {
  private struct Root: Hashable {
    var namespace: String
    var kind: String
    var name: String

    init(namespace: String, kind: String, name: String) {
      self.namespace = namespace
      self.kind = kind
      self.name = name
    }

    init(_ metadata: Metadata) {
      self.init(namespace: metadata.namespace, kind: metadata.kind, name: metadata.name)
    }
  }

  /// What pods must share to be one endpoint.
  private struct Likeness: Hashable {
    var labels: [String: String]
    var ports: [NamedPort]
    var isHostNetwork: Bool

    init(_ template: PodTemplate) {
      labels = template.labels
      ports = template.ports
      isHostNetwork = template.isHostNetwork
    }
  }

  private var controllers: [Root: Workload] = [:]
  private var order: [Root] = []
  private var pods: [Root: [Workload]] = [:]

  static func fold(_ workloads: [Workload]) -> [PodSet] {
    let folding = PodFolding(workloads)
    return folding.order.flatMap { folding.sets(of: $0) }
  }

  private init(_ workloads: [Workload]) {
    for workload in workloads where workload.metadata.kind != "Pod" {
      controllers[Root(workload.metadata)] = workload
    }
    var listed: Set<Root> = []
    for workload in workloads {
      let root: Root
      if workload.metadata.kind == "Pod" {
        root = controller(of: workload)
        pods[root, default: []].append(workload)
      } else {
        root = topmost(Root(workload.metadata))
      }
      if listed.insert(root).inserted { order.append(root) }
    }
  }

  /// The workload at the top of the chain of owners, as far as it is loaded.
  private func topmost(_ start: Root) -> Root {
    var root = start
    for _ in 0..<4 {
      guard let owner = controllers[root]?.metadata.owner else { return root }
      let above = Root(namespace: root.namespace, kind: owner.kind, name: owner.name)
      guard controllers[above] != nil else { return root }
      root = above
    }
    return root
  }

  /// The controller of a bare pod. Static pods, which a node owns, stay apart.
  private func controller(of pod: Workload) -> Root {
    guard let owner = pod.metadata.owner, owner.kind != "Node" else { return Root(pod.metadata) }
    return topmost(Root(namespace: pod.metadata.namespace, kind: owner.kind, name: owner.name))
  }

  private func sets(of root: Root) -> [PodSet] {
    var buckets: [(likeness: Likeness, pods: [Workload])] = []
    for pod in pods[root] ?? [] {
      let likeness = Likeness(pod.template)
      if let index = buckets.firstIndex(where: { $0.likeness == likeness }) {
        buckets[index].pods.append(pod)
      } else {
        buckets.append((likeness, [pod]))
      }
    }
    var sets = buckets.map { set(of: $0.pods, root) }
    guard let controller = controllers[root] else {
      if sets.count == 1 { sets[0].ownKey = nil }
      return sets
    }
    // A pod that has all labels of the template is one that the controller made; generators add labels of their own.
    let made = sets.indices.filter { index in
      sets[index].template.isHostNetwork == controller.template.isHostNetwork
        && controller.template.labels.allSatisfy { sets[index].template.labels[$0.key] == $0.value }
    }
    if made.count == 1, let index = made.first {
      sets[index].ownKey = nil
      sets[index].derivation = Derivation(controller.metadata.nameRange).followed(by: sets[index].derivation)
      if controller.count == .many { sets[index].count = .many }
    }
    if made.isEmpty {
      let own = PodSet(
        namespace: root.namespace, kind: root.kind, name: root.name, template: controller.template,
        count: controller.count, derivation: Derivation(controller.metadata.nameRange))
      sets.insert(own, at: 0)
    }
    return sets
  }

  private func set(of pods: [Workload], _ root: Root) -> PodSet {
    let first = pods[0].metadata
    return PodSet(
      namespace: root.namespace, kind: root.kind, name: root.name, ownKey: first.name,
      podNames: pods.map(\.metadata.name), template: pods[0].template, count: pods.count > 1 ? .many : .one,
      addresses: pods.map(\.addresses).filter { !$0.isEmpty }, hostAddresses: pods.map(\.hostAddresses),
      derivation: Derivation(pods.map { Derivation.Step(.stated, $0.metadata.nameRange) }))
  }
}
