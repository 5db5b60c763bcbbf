import NetworkModel
import PacketSpace

/// What rules see of the other end of a packet: the class of its address, and whose memberships it bears.
struct FarEnd: Hashable {
  /// The class of the address that the packet bears at that end.
  var addressClass: Int
  /// A number of that class, for memberships that have an outside value.
  var number: IPAddress
  /// The endpoint, in a placement, whose memberships the packet bears; `nil` when it comes from outside or they are lost.
  var bearer: Bearer?
}

/// An endpoint in one of its placements.
struct Bearer: Hashable {
  var endpoint: EndpointID
  var placement: Int
}

extension CompiledNetwork {
  /// A membership's value at an end (layers, section 4).
  func value(of membership: MembershipID, at end: FarEnd) -> Truth {
    guard let bearer = end.bearer else { return network[membership].outsideValue(at: end.number) }
    return membershipSets[membershipNumbers[bearer.endpoint.offset][bearer.placement]][membership] ?? .no
  }

  /// Whether one of the peers matches the far end: *or* over peers, each the *and* of what it gives; no list is everyone.
  func value(of peers: [CompiledRules.CompiledPeer]?, at end: FarEnd) -> Truth {
    guard let peers else { return .yes }
    var result = Truth.no
    for peer in peers {
      if let classes = peer.classes, !classes.contains(end.addressClass) { continue }
      var value = peer.present
      if let membership = peer.membership {
        let member = self.value(of: membership, at: end)
        value = value.and(peer.isComplement ? member.negated : member)
      }
      result = result.or(value)
      if result == .yes { break }
    }
    return result
  }
}
