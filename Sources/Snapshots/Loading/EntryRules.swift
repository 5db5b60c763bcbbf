import Kubernetes
import NetworkModel

/// Rules that an object makes its controller write: those that let a load balancer's traffic in to the nodes and pods behind it.
///
/// The files do not show them, so they may be there (the walk, section 10).
enum EntryRules {
  static func open(for entry: KubernetesBuildResult.Entry, in network: inout Network) {
    guard entry.isOpenedByController else { return }
    // The client's address is kept on some ways, and the balancer's is seen on the others.
    let peers = [Peer(addresses: entry.clients), Peer(membership: entry.membership)]
    let rule = Rule(
      .allow, present: .unknown(entry.unknown), peers: peers, traffic: RuleTraffic(entry.traffic),
      label: "what a controller adds for \(network[entry.endpoint].identity.name)", derivation: entry.derivation)
    for filter in filters(entry.targets + [entry.endpoint], in: network) {
      network.filters[filter.offset].ingress?.rules.append(rule)
    }
  }

  /// The filters of the interfaces of some endpoints, each once.
  private static func filters(_ endpoints: [EndpointID], in network: Network) -> [FilterID] {
    var found: Set<FilterID> = []
    for layer in endpoints.flatMap({ network[$0].placements }).flatMap(\.layers) {
      found.formUnion(network[layer].ingress.flatMap(\.entries).map(\.filter))
    }
    return found.sorted()
  }
}
