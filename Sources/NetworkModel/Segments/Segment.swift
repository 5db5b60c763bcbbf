package import PacketSpace

/// A piece of network in which hosts reach each other directly: a subnet, a cluster's pod network.
///
/// Traffic inside one segment meets neither its boundary filters nor its gateway's table (the walk, section 4, SEND).
package struct Segment: Sendable {
  package var identity: Identity
  package var prefixes: [IPPrefix]
  /// The availability zone, compared by id.
  package var availabilityZone: String?
  /// Boundary filters inward; each must allow. Empty: nothing is asked.
  package var inFilters: [FilterID]
  /// Boundary filters outward; each must allow.
  package var outFilters: [FilterID]
  /// The attachment by which packets leave, or none.
  package var gateway: AttachmentID?
  package var attributes: Attributes
  package var derivation: Derivation

  package init(
    identity: Identity, prefixes: [IPPrefix], availabilityZone: String? = nil, inFilters: [FilterID] = [],
    outFilters: [FilterID] = [], gateway: AttachmentID? = nil, attributes: Attributes = Attributes(),
    derivation: Derivation = .none
  ) {
    self.identity = identity
    self.prefixes = prefixes
    self.availabilityZone = availabilityZone
    self.inFilters = inFilters
    self.outFilters = outFilters
    self.gateway = gateway
    self.attributes = attributes
    self.derivation = derivation
  }
}
