import Documents

/// One alternative of a required node affinity: all its requirements on the node's labels must hold.
struct NodeTerm: Hashable {
  struct Requirement: Hashable {
    var key: String
    var `operator`: String
    var values: [String]
  }

  var requirements: [Requirement]
  /// Whether it speaks of the node's name, which node groups do not know: it then may hold.
  var hasFields: Bool

  /// Whether nodes with these labels may satisfy the term. An empty term holds for none (PodSpec, nodeSelectorTerms).
  func mayAdmit(_ labels: [String: String]) -> Bool {
    if requirements.isEmpty && !hasFields { return false }
    return requirements.allSatisfy { requirement in
      let value = labels[requirement.key]
      if value == nil, NodeLabels.isGivenByOthers(requirement.key) { return true }
      switch requirement.operator {
      case "In": return value.map(requirement.values.contains) ?? false
      case "NotIn": return value.map { !requirement.values.contains($0) } ?? true
      case "Exists": return value != nil
      case "DoesNotExist": return value == nil
      case "Gt": return compare(value, requirement.values) { $0 > $1 }
      case "Lt": return compare(value, requirement.values) { $0 < $1 }
      default: return true
      }
    }
  }

  private func compare(_ value: String?, _ values: [String], _ order: (Int, Int) -> Bool) -> Bool {
    guard let left = value.flatMap({ Int($0) }), let right = values.first.flatMap({ Int($0) }) else { return false }
    return order(left, right)
  }
}

/// Labels of nodes that nobody writes down ("Well-Known Labels, Annotations and Taints").
enum NodeLabels {
  /// The name of a managed node group.
  static let nodeGroup = "eks.amazonaws.com/nodegroup"

  /// Whether the kubelet, the cloud or their controllers set the label by themselves.
  static func isGivenByOthers(_ key: String) -> Bool {
    guard let slash = key.firstIndex(of: "/") else { return false }
    return ["kubernetes.io", "k8s.io", "amazonaws.com", "k8s.aws", "karpenter.sh"].contains {
      key[..<slash] == $0 || key[..<slash].hasSuffix(".\($0)")
    }
  }
}

extension ObjectReader {
  func nodeTerm(_ field: Field) -> NodeTerm {
    let requirements = items(field["matchExpressions"]).compactMap { item -> NodeTerm.Requirement? in
      guard let key = string(item["key"]), let word = string(item["operator"]) else { return nil }
      return NodeTerm.Requirement(key: key, operator: word, values: strings(item["values"]))
    }
    return NodeTerm(requirements: requirements, hasFields: !items(field["matchFields"]).isEmpty)
  }
}
