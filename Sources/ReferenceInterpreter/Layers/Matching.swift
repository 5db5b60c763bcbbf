import NetworkModel
import PacketSpace

// Peer, term, rule: to a value (layers, section 4).
extension Completion {
  /// The value of a membership for an end: of its endpoint in its placement, or of the outside.
  private mutating func value(of membership: MembershipID, for end: End) -> Value {
    if let bearer = end.bearer {
      return read(network[bearer.endpoint].placements[bearer.placement].memberships[membership] ?? .no)
    }
    let outside = network[membership].outside
    if outside == .no { return .no }
    return holds(network[membership].outsideWithin, end.address) ? read(outside) : .no
  }

  /// All that a peer gives must hold.
  private mutating func value(of peer: Peer, for end: End) -> Value {
    var value = read(peer.present)
    if value > .no, let addresses = peer.addresses { value = value.and(Value(holds(addresses, end.address))) }
    if value > .no, let membership = peer.membership {
      let isMember = self.value(of: membership, for: end)
      value = value.and(peer.isComplement ? isMember.negated : isMember)
    }
    return value
  }

  /// A set holds the packet's traffic; a name is one of the destination endpoint's named ports.
  private mutating func value(of traffic: RuleTraffic, for sight: Sight) -> Value {
    if traffic.set.contains(sight.traffic) { return .yes }
    guard let destination = sight.destination, sight.traffic.protocol.hasPorts else { return .no }
    let port = sight.traffic.destinationPort
    let endpoint = network[destination]
    var value = Value.no
    for named in traffic.named where named.transport == nil || named.transport == sight.traffic.protocol {
      for candidate in endpoint.namedPorts
      where candidate.name == named.name && candidate.transport == sight.traffic.protocol {
        value = value.or(candidate.port.map { Value($0 == port) } ?? .unknown)
      }
      if let open = endpoint.namedPortsOpen { value = value.or(read(.unknown(open))) }
    }
    return value
  }

  /// A rule that names no peers speaks of everyone, one with an empty list of nobody.
  mutating func value(of rule: Rule, for sight: Sight) -> Value {
    var value = read(rule.present)
    if value > .no, let near = rule.near { value = value.and(Value(holds(near, sight.near))) }
    if value > .no { value = value.and(self.value(of: rule.traffic, for: sight)) }
    if value > .no, let peers = rule.peers {
      var any = Value.no
      for peer in peers where any < .yes { any = any.or(self.value(of: peer, for: sight.far)) }
      value = value.and(any)
    }
    return value
  }
}
