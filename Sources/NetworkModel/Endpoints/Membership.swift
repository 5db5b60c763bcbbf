package import PacketSpace

/// A group that a rule may name as peer: a security group, the pods that a selector selects, a prefix list.
///
/// Who is a member stands in each placement. It matches the endpoint at that end of the packet, never its number.
package struct Membership: Sendable {
  package var identity: Identity
  /// The value for addresses that no endpoint of the snapshot bears: `no`, or unknown inside `outsideWithin` for a group that is referred to
  /// and absent.
  package var outside: Truth
  /// Where an unseen member may lie; meaningful only while `outside` is not `no`.
  package var outsideWithin: AddressSet
  package var derivation: Derivation

  package init(
    identity: Identity, outside: Truth = .no, outsideWithin: AddressSet = .everything, derivation: Derivation = .none
  ) {
    self.identity = identity
    self.outside = outside
    self.outsideWithin = outsideWithin
    self.derivation = derivation
  }

  /// The value for an address that no endpoint bears.
  package func outsideValue(at address: IPAddress) -> Truth { outsideWithin.contains(address) ? outside : .no }
}
