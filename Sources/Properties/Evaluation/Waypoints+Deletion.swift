import Language
import NetworkModel
import PacketSpace

extension Waypoints {
  /// A network in which these things let nothing pass.
  ///
  /// - Parameters:
  ///   - network: in which they lie.
  ///   - maybe: whether things that are not surely meant, or not surely there, are taken out too.
  /// - Returns: the network without them.
  func deleted(from network: Network, maybe: Bool) -> Network {
    func goes(_ truth: Truth, _ present: Truth) -> Bool { maybe ? truth.may : truth.must && present.must }
    var result = network
    for index in result.endpoints.indices where goes(endpoints[index], network.endpoints[index].exists) {
      result.endpoints[index].accepts = TrafficSet.none
    }
    // A relay is met at its interfaces, so none of its listeners takes anything when all of them are gone.
    for index in result.relays.indices where !result.relays[index].interfaces.isEmpty {
      let relay = result.relays[index]
      let all = relay.interfaces.allSatisfy { goes(endpoints[$0.offset], network[$0].exists) }
      if all { result.relays[index].listeners = [] }
    }
    for index in result.filters.indices where goes(filters[index], network.filters[index].present) {
      let filter = network.filters[index]
      if filter.ingress != nil { result.filters[index].ingress = RuleList([Rule(.deny)]) }
      if filter.egress != nil { result.filters[index].egress = RuleList([Rule(.deny)]) }
    }
    for index in result.routers.indices where goes(routers[index], .yes) {
      for attachment in network.routers[index].attachments { result.attachments[attachment.offset].usable = .no }
    }
    return result
  }
}
