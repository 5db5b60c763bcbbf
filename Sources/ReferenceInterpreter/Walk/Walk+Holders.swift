import NetworkModel
import PacketSpace

// Who stands where, and who holds an address (the walk, section 1; section 4, DELIVER).
extension Walk {
  enum Holder {
    case endpoint(Bearer)
    case port(AttachmentID, Attachment.Port)
  }

  /// The origin, if it is an endpoint.
  var origin: Bearer? {
    if case .endpoint(let endpoint, let placement) = question.origin {
      Bearer(endpoint: endpoint, placement: placement)
    } else {
      nil
    }
  }

  /// The endpoint asked about, if it is one.
  var askedEndpoint: EndpointID? { if case .endpoint(let endpoint) = question.asked { endpoint } else { nil } }

  /// Whether the request meets, instead of the origin, a second one like it.
  func isSecond(_ endpoint: EndpointID) -> Bool {
    half == .request && endpoint == origin?.endpoint && network[endpoint].standsForMany
  }

  /// The placement in which this walk assumes an endpoint.
  mutating func assumedPlacement(of endpoint: EndpointID, isSecond: Bool = false) -> Int {
    if let origin, origin.endpoint == endpoint, !isSecond { return origin.placement }
    if let asked = question.askedPlacement, askedEndpoint == endpoint { return asked }
    return completion.choose(
      of: network[endpoint].placements.count, key: .placement(endpoint, isSecond: isSecond))
  }

  /// The endpoint in the placement that this walk assumes.
  mutating func bearer(_ endpoint: EndpointID) -> Bearer {
    let isSecond = isSecond(endpoint)
    return Bearer(
      endpoint: endpoint, placement: assumedPlacement(of: endpoint, isSecond: isSecond), isSecond: isSecond)
  }

  /// Whether the endpoint holds the address as its own.
  func owns(_ bearer: Bearer, _ address: PacketAddress) -> Bool { particularity(bearer, holding: address) != nil }

  private func particularity(_ bearer: Bearer, holding address: PacketAddress) -> Int? {
    placement(bearer).addresses
      .compactMap { completion.particularity($0, ofSecond: bearer.isSecond, holding: address) }.max()
  }

  /// The first address of a family that the endpoint holds.
  func address(of bearer: Bearer, _ family: IPFamily) -> PacketAddress? {
    placement(bearer).addresses.lazy
      .compactMap { completion.address($0, ofSecond: bearer.isSecond) }.first { $0.family == family }
  }

  /// Whether the question speaks of an endpoint as receiver: of the one asked about or the relay's target, and on the way back of the origin.
  private func isSpokenOf(_ endpoint: EndpointID) -> Bool {
    switch half {
    case .request: endpoint == askedEndpoint || endpoint == question.target
    case .answer: endpoint == originInterface
    }
  }

  /// Whether an endpoint exists: the two that are asked about are judged as if they did, a third party may be absent.
  mutating func isThere(_ endpoint: EndpointID) -> Bool {
    if endpoint == origin?.endpoint || endpoint == askedEndpoint || endpoint == question.target { return true }
    return completion.settle(network[endpoint].exists, key: .exists(endpoint))
  }

  /// The one holder of an address in a segment: the most particular one, a pod rather than its node's interface.
  ///
  /// Endpoints that share one interface share its address; among those the one that the question speaks of is met.
  mutating func holder(of address: PacketAddress, in segment: SegmentID) -> Holder? {
    var candidates: [(holder: Holder, particularity: Int, isAsked: Bool)] = []
    for interface in index.ports[segment.offset] {
      for held in interface.port.addresses {
        guard let particularity = completion.particularity(held, holding: address) else { continue }
        candidates.append((.port(interface.attachment, interface.port), particularity, false))
      }
    }
    for standing in index.endpoints[segment.offset] {
      let endpoint = standing.endpoint
      let isAsked = isSpokenOf(endpoint)
      for isSecond in isSecond(endpoint) ? [true, false] : [false] {
        for placement in standing.placements {
          let bearer = Bearer(endpoint: endpoint, placement: placement, isSecond: isSecond)
          guard let particularity = particularity(bearer, holding: address) else { continue }
          candidates.append((.endpoint(bearer), particularity, isAsked))
        }
      }
    }
    // Stable: among equals the one asked about, then the order of the network.
    let ordered = candidates.enumerated().sorted { left, right in
      let (one, other) = (left.element, right.element)
      if one.particularity != other.particularity { return one.particularity > other.particularity }
      if one.isAsked != other.isAsked { return one.isAsked }
      return left.offset < right.offset
    }
    for candidate in ordered.map(\.element.holder) {
      guard case .endpoint(let bearer) = candidate else { return candidate }
      if !isThere(bearer.endpoint) { continue }
      if assumedPlacement(of: bearer.endpoint, isSecond: bearer.isSecond) == bearer.placement { return candidate }
    }
    return nil
  }
}
