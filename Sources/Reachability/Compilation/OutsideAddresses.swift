import NetworkModel

/// The outside addresses that translations give to inside ones, each in its own network: many networks number theirs alike.
struct OutsideAddresses: Sendable {
  private struct Inside: Hashable {
    var component: Int
    var address: HeldAddress
  }

  private var given: [Inside: [HeldAddress]] = [:]
  private let components: RoutingComponents

  init(_ network: Network, _ components: RoutingComponents) {
    self.components = components
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] where translation.present != .no {
        guard case .oneToOne(let inside, let outside) = translation.kind else { continue }
        given[Inside(component: components.number(of: attachment.router), address: inside), default: []].append(outside)
      }
    }
  }

  /// What an address of a segment is beyond the gateways of its network.
  func addresses(of address: HeldAddress, in segment: SegmentID) -> [HeldAddress] {
    given[Inside(component: components.number(of: segment), address: address)] ?? []
  }
}
