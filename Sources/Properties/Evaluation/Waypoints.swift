import NetworkModel
import PacketSpace

/// The things on the way that `via` means: endpoints, the filters that judge, the routers that forward.
struct Waypoints {
  var endpoints: [Truth]
  var filters: [Truth]
  var routers: [Truth]

  var isEmpty: Bool { (endpoints + filters + routers).allSatisfy { $0 == .no } }

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

extension Selecting {
  /// What `via` means. Its words may name filters and routers, which are no ends of connections.
  mutating func waypoints(_ selector: Selector) throws(StatementError) -> Waypoints {
    let filters = network.filters.map { Self.meant($0.identity, $0.kind, Attributes(), selector) }
    let routers = network.routers.map { Self.meant($0.identity, $0.kind, $0.attributes, selector) }
    var endpoints = [Truth](repeating: .no, count: network.endpoints.count)
    do {
      endpoints = try value(selector).folded(network).endpoints
    } catch {
      // A name that only a filter has is known all the same.
      if (filters + routers).allSatisfy({ $0 == .no }) { throw error }
    }
    return Waypoints(endpoints: endpoints, filters: filters, routers: routers)
  }

  private static func meant(_ identity: Identity, _ kind: String, _ attributes: Attributes, _ selector: Selector)
    -> Truth
  {
    switch selector {
    case .keyed(.kind, let pattern, _): return Truth(pattern.matches(kind, ignoringCase: true))
    case .keyed(.name, let pattern, _), .named(let pattern, _): return Truth(isCalled(identity, pattern))
    case .and(let left, let right):
      return meant(identity, kind, attributes, left).and(meant(identity, kind, attributes, right))
    case .or(let left, let right):
      return meant(identity, kind, attributes, left).or(meant(identity, kind, attributes, right))
    // `!kind:waf` means ends that are something else, not every filter there is.
    case .any, .anyone, .addresses, .parameter, .not, .keyed: return .no
    }
  }
}
