import Diagnostics
import NetworkModel

/// How many pairs a cluster makes: of a selector and a set of pods that it is held against, and of a set of pods and a place where it may
/// stand.
///
/// A small file asks for many: a thousand policies that select everything, over a thousand workloads, are a million pairs, and each may cost
/// memory. They are counted before any is made.
struct ClusterPairs {
  private let limit: Int
  private var left: Int
  private var exceeding: SourceRange?

  init(_ objects: ClusterObjects, _ sets: [PodSet], sites: Int, limits: InputLimits) {
    limit = limits.clusterPairs
    left = limit
    var inNamespace: [String: Int] = [:]
    for set in sets { inNamespace[set.namespace, default: 0] += 1 }
    if let first = sets.first?.derivation.primary { take(sets.count, times: sites, at: first) }
    for policy in objects.policies {
      let own = inNamespace[policy.metadata.namespace] ?? 0
      let peers = (policy.ingress ?? []) + (policy.egress ?? [])
      for case .pods(let namespaces, _) in peers.flatMap({ $0.peers ?? [] }).map(\.subject) {
        take(namespaces == nil ? own : sets.count, at: policy.metadata.nameRange)
      }
      take(own, at: policy.metadata.nameRange)
      // A name of a port is looked up on all pods that a rule leads to.
      take(own, times: peers.reduce(0) { $0 + $1.namedPorts.count }, at: policy.metadata.nameRange)
    }
    for service in objects.services {
      // A port is one of the Service's own address, of a balancer, and of the nodes.
      take(
        inNamespace[service.metadata.namespace] ?? 0, times: service.ports.count * 3 + 1, at: service.metadata.nameRange
      )
    }
    for policy in objects.securityGroupPolicies {
      take(inNamespace[policy.metadata.namespace] ?? 0, at: policy.metadata.nameRange)
    }
    for entry in objects.entries { take(sets.count, times: 3, at: entry.metadata.nameRange) }
  }

  private mutating func take(_ sets: Int, times count: Int = 1, at range: SourceRange) {
    guard exceeding == nil else { return }
    let (pairs, isTooMany) = sets.multipliedReportingOverflow(by: count)
    if isTooMany || pairs > left { exceeding = range } else { left -= pairs }
  }

  /// Why the cluster is not converted, if there are too many.
  var excess: Diagnostic? {
    exceeding.map {
      Diagnostic(
        code: "TP0606", severity: .error, message: "the cluster has more than \(limit) pairs of a selector and pods",
        primary: Diagnostic.Label(range: $0, text: "with the selectors of this object"),
        notes: ["nothing of the cluster was read"], help: "load its namespaces as several inputs")
    }
  }
}
