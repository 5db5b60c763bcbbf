import NetworkModel
import PacketSpace

/// The relays by which a packet may get to an endpoint with its client kept: directly, or one behind another (the walk, section 6).
///
/// On such a way a header may change, and nowhere else but for the source port of what is hidden: so a packet that is to arrive with some
/// header is sent with that header, or with one that a listener listed here takes.
struct KeptTargets {
  /// By endpoint: the relays, and the headers that they take.
  private var found: [EndpointID: (relays: [RelayID], traffic: TrafficSet)] = [:]
  /// Relays whose listeners may have targets that nobody saw: those may be anybody.
  private var open: (relays: [RelayID], traffic: TrafficSet) = ([], .none)

  init(_ network: Network) {
    for (number, relay) in network.relays.enumerated() {
      for listener in relay.listeners where listener.present != .no && listener.targetsOpen != nil {
        if !open.relays.contains(RelayID(number)) { open.relays.append(RelayID(number)) }
        open.traffic.formUnion(listener.traffic)
      }
    }
    var changed = true
    while changed {
      changed = false
      for (number, relay) in network.relays.enumerated() {
        let id = RelayID(number)
        for listener in relay.listeners where listener.present != .no {
          for target in listener.targets where target.present != .no && target.keepsClient != .no {
            // A relay that passes a packet on counts as reached by it (the walk, 5.3).
            for first in Self.ends(of: target, network) + relay.interfaces {
              // Whoever is reached by this end is reached by the relay before it.
              for end in [first] + found.keys.filter({ behind(first, $0, network) }) {
                var entry = found[end] ?? ([], .none)
                if entry.relays.contains(id), entry.traffic.contains(listener.traffic) { continue }
                if !entry.relays.contains(id) { entry.relays.append(id) }
                entry.traffic.formUnion(listener.traffic)
                found[end] = entry
                changed = true
              }
            }
          }
        }
      }
    }
  }

  private static func ends(of target: Relay.Target, _ network: Network) -> [EndpointID] {
    switch target.destination {
    case .endpoint(let endpoint): [endpoint]
    case .relay(let relay): network[relay].interfaces
    }
  }

  /// Whether an endpoint is an interface of a relay that may lead to another.
  private func behind(_ interface: EndpointID, _ end: EndpointID, _ network: Network) -> Bool {
    found[end]?.relays.contains { network[$0].interfaces.contains(interface) } ?? false
  }

  func relays(to endpoint: EndpointID) -> [RelayID] {
    let listed = found[endpoint]?.relays ?? []
    return listed + open.relays.filter { !listed.contains($0) }
  }

  /// The headers that may turn into others on the way to an endpoint.
  func traffic(to endpoint: EndpointID) -> TrafficSet { (found[endpoint]?.traffic ?? .none).union(open.traffic) }
}
