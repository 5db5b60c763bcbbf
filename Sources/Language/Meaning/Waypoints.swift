package import NetworkModel

/// The things on the way that `via` means: endpoints, the filters that judge, the routers that forward.
package struct Waypoints: Sendable {
  package var endpoints: [Truth]
  package var filters: [Truth]
  package var routers: [Truth]

  package var isEmpty: Bool { (endpoints + filters + routers).allSatisfy { $0 == .no } }
}

extension Selecting {
  /// What `via` means. Its words may name filters and routers, which are no ends of connections.
  package mutating func waypoints(_ selector: Selector) throws(StatementError) -> Waypoints {
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
