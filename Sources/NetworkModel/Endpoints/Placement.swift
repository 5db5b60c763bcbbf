package import PacketSpace

/// One way an endpoint may stand in the network: segment, addresses, memberships and interface layers together.
package struct Placement: Sendable {
  package var segment: SegmentID
  /// What it holds; several for secondary addresses, delegated prefixes and the two families.
  package var addresses: [HeldAddress]
  /// Layers of the interface: its security groups are one. All must allow.
  package var layers: [LayerID]
  /// Memberships that it brings; a membership that is not named is `no`.
  package var memberships: [MembershipID: Truth]
  /// The machine it is on: between two placements of one machine the interface layers are not met. `nil`: always met.
  package var machine: MachineID?
  package var front: Front?
  package var derivation: Derivation

  package init(
    segment: SegmentID, addresses: [HeldAddress] = [], layers: [LayerID] = [], memberships: [MembershipID: Truth] = [:],
    machine: MachineID? = nil, front: Front? = nil, derivation: Derivation = .none
  ) {
    self.segment = segment
    self.addresses = addresses
    self.layers = layers
    self.memberships = memberships
    self.machine = machine
    self.front = front
    self.derivation = derivation
  }
}

/// To destinations outside the prefixes a packet leaves by another endpoint's interface, with its address, layers and memberships: a pod
/// that leaves by its node.
package struct Front: Hashable, Sendable {
  /// The endpoint by which it leaves, in this one of its placements.
  package var endpoint: EndpointID
  package var placement: Int
  /// Destinations that are reached without the front. A family without a prefix here is not fronted at all if `families` lacks it.
  package var directPrefixes: [IPPrefix]
  /// The families to which the front applies: the node translates a pod's IPv4 and never its IPv6.
  package var families: [IPFamily]

  package init(
    endpoint: EndpointID, placement: Int = 0, directPrefixes: [IPPrefix], families: [IPFamily] = [.v4, .v6]
  ) {
    self.endpoint = endpoint
    self.placement = placement
    self.directPrefixes = directPrefixes
    self.families = families
  }

  /// Whether a packet to this destination leaves by the front.
  package func applies(to destination: IPAddress) -> Bool {
    families.contains(destination.family) && !directPrefixes.contains { $0.contains(destination) }
  }
}

/// A machine on which endpoints run.
package struct Machine: Hashable, Sendable {
  package var key: String

  package init(key: String) { self.key = key }
}
