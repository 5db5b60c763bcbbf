package import NetworkModel
package import PacketSpace

/// What a selector says of each endpoint and zone, before existence is asked.
package struct SelectionValue: Sendable {
  package var endpoints: [Truth]
  /// The part of each zone that is meant.
  package var zones: [AddressSet]
  /// Addresses that were written, and are asked about as they stand.
  package var literals: [Literal] = []
  /// Segments that were named, for the host that is asked about where one holds nothing.
  package var segments: [SegmentID] = []

  /// An address, prefix or range, and what holds it.
  package struct Literal: Hashable, Sendable {
    package var addresses: AddressSet
    package var text: String
  }

  static func none(_ network: Network) -> SelectionValue {
    SelectionValue(
      endpoints: [Truth](repeating: .no, count: network.endpoints.count),
      zones: [AddressSet](repeating: .none, count: network.zones.count))
  }

  func or(_ other: SelectionValue) -> SelectionValue {
    var result = self
    for index in endpoints.indices { result.endpoints[index] = endpoints[index].or(other.endpoints[index]) }
    for index in zones.indices { result.zones[index].formUnion(other.zones[index]) }
    for literal in other.literals where !literals.contains(literal) { result.literals.append(literal) }
    for segment in other.segments where !segments.contains(segment) { result.segments.append(segment) }
    return result
  }

  func and(_ other: SelectionValue, _ network: Network) -> SelectionValue {
    var result = folded(network)
    let other = other.folded(network)
    for index in endpoints.indices { result.endpoints[index] = result.endpoints[index].and(other.endpoints[index]) }
    for index in zones.indices { result.zones[index].formIntersection(other.zones[index]) }
    return result
  }

  /// Anyone but these.
  func negated(_ network: Network) -> SelectionValue {
    var result = folded(network)
    for index in endpoints.indices { result.endpoints[index] = result.endpoints[index].negated }
    for index in zones.indices {
      // An address that lies in a zone which is meant is not asked about as one of another zone that comes in the same way.
      var meant = AddressSet.none
      for other in zones.indices where network.zones[other].behind == network.zones[index].behind {
        meant.formUnion(result.zones[other])
      }
      result.zones[index] = network.zones[index].addresses.subtracting(meant)
    }
    return result
  }

  /// The same with what was written as addresses turned into who holds them.
  package func folded(_ network: Network) -> SelectionValue {
    var result = self
    result.segments = []
    result.literals = []
    for literal in literals {
      for index in endpoints.indices {
        result.endpoints[index] = result.endpoints[index].or(
          network.holds(EndpointID(index), within: literal.addresses))
      }
      for index in zones.indices {
        result.zones[index].formUnion(network.zones[index].addresses.intersection(literal.addresses))
      }
    }
    return result
  }
}

extension Network {
  /// Whether an endpoint has an address, its own or one translated to it, that lies in a set.
  package func holds(_ endpoint: EndpointID, within addresses: AddressSet) -> Truth {
    var results: [Truth] = []
    for placement in self[endpoint].placements {
      var here = Truth.no
      for held in placement.addresses + placement.addresses.flatMap({ outsideAddresses(of: $0) }) {
        switch held {
        case .prefix(let prefix): here = here.or(Truth(addresses.overlaps(AddressSet(prefix))))
        case .unknown(let id):
          let within = self[id].within
          if !within.isEmpty, addresses.contains(within) {
            here = .yes
          } else if addresses.overlaps(within) {
            here = here.or(.unknown(self[id].unknown))
          }
        }
      }
      results.append(here)
    }
    guard let first = results.first else { return .no }
    if results.allSatisfy({ $0 == first }) { return first }
    return results.first { $0.unknown != nil } ?? .undetermined
  }

  /// The addresses that one-to-one translations give to an inside one.
  package func outsideAddresses(of held: HeldAddress) -> [HeldAddress] {
    var found: [HeldAddress] = []
    for attachment in attachments {
      for translation in attachment.translations ?? [] where translation.present.may {
        if case .oneToOne(let inside, let outside) = translation.kind, inside == held { found.append(outside) }
      }
    }
    return found
  }
}
