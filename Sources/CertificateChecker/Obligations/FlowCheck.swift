import Certificates
import Language
import NetworkModel
import PacketSpace

/// What a property says of one direction: that nothing may arrive that matters, or with waypoints nothing that goes round them.
struct FlowCheck: DirectedCheck {
  var ends: AskedEnds
  var wanted: TrafficSet
  var entering: TrafficSet?
  var isPath: Bool
  var leavesOutInternet: Bool
  var waypoints: Waypoints?
  let ground: CheckGround
  let names: Names

  func faults(_ proof: Certificate.ClosedSet) -> Faults {
    var result = Faults()
    let check = { (ground: CheckGround) in
      result.add(
        ClosedSetCheck(
          ground: ground, names: names, ends: ends, claim: proof, wanted: wanted,
          entering: entering, isPath: isPath, leavesOutInternet: leavesOutInternet
        ).faults())
    }
    guard let waypoints else {
      if !proof.waypoints.isEmpty { result.add("the property speaks of no waypoints") }
      check(ground)
      return result
    }
    let network = ground.whole.network
    if proof.waypoints.sorted() != waypoints.sureKeys(network, names.keys).sorted() {
      result.add("the certificate's waypoints are not those that the property means")
    }
    ground.elsewhere(waypoints.taken(from: network, maybe: false), check)
    return result
  }

  func faults(_ violation: Certificate.Violation) -> Faults {
    var result = Faults()
    let check = { (ground: CheckGround) in
      result.add(
        WitnessCheck(
          ground: ground, names: names, ends: ends, wanted: wanted, entering: entering,
          isPath: isPath, leavesOutInternet: leavesOutInternet
        ).faults(violation).faults)
    }
    if let waypoints {
      ground.elsewhere(waypoints.taken(from: ground.whole.network, maybe: true), check)
    } else {
      check(ground)
    }
    return result
  }
}

extension Waypoints {
  /// What surely is meant and surely there.
  fileprivate func sureKeys(_ network: Network, _ keys: ModelKeys) -> [String] {
    let ends = network.endpoints.indices.filter { endpoints[$0].must && network.endpoints[$0].exists.must }
    let rules = network.filters.indices.filter { filters[$0].must && network.filters[$0].present.must }
    let gateways = network.routers.indices.filter { routers[$0].must }
    return ends.map { keys.endpoints[EndpointID($0)] } + rules.map { network.filters[$0].identity.key }
      + gateways.map { network.routers[$0].identity.key }
  }

  /// The network in which nothing gets past these: an endpoint takes nothing and no relay's listeners at it, a filter denies everything,
  /// a router forwards nothing (design section 4, `via`).
  fileprivate func taken(from network: Network, maybe: Bool) -> Network {
    var result = network
    func goes(_ offset: Int) -> Bool {
      maybe ? endpoints[offset].may : endpoints[offset].must && network.endpoints[offset].exists.must
    }
    for offset in network.endpoints.indices where goes(offset) { result.endpoints[offset].accepts = TrafficSet.none }
    for (offset, relay) in network.relays.enumerated()
    where !relay.interfaces.isEmpty && relay.interfaces.allSatisfy({ goes($0.offset) }) {
      result.relays[offset].listeners = []
    }
    for (offset, filter) in network.filters.enumerated()
    where maybe ? filters[offset].may : filters[offset].must && filter.present.must {
      if filter.ingress != nil { result.filters[offset].ingress = RuleList([Rule(.deny)]) }
      if filter.egress != nil { result.filters[offset].egress = RuleList([Rule(.deny)]) }
    }
    for (offset, router) in network.routers.enumerated() where maybe ? routers[offset].may : routers[offset].must {
      for attachment in router.attachments { result.attachments[attachment.offset].usable = .no }
    }
    return result
  }
}
