package import PacketSpace

/// Where a router sends what it is given: longest prefix, then lowest precedence.
package struct RouteTable: Sendable {
  package enum NextHop: Hashable, Sendable {
    /// Discards; a black hole.
    case drop
    /// The attached segment that holds the destination.
    case local
    /// An attachment of the same router.
    case link(AttachmentID)
    /// Another router's attachment whose ports lie in segments of this router.
    case port(AttachmentID)
    /// Not known: any of the router's next hops, or none.
    case unknown(UnknownID)
  }

  package struct Route: Hashable, Sendable {
    package var prefix: IPPrefix
    package var precedence: Int
    package var next: NextHop
    package var present: Truth
    package var derivation: Derivation

    package init(
      _ prefix: IPPrefix, precedence: Int = 0, next: NextHop, present: Truth = .yes, derivation: Derivation = .none
    ) {
      self.prefix = prefix
      self.precedence = precedence
      self.next = next
      self.present = present
      self.derivation = derivation
    }
  }

  package var identity: Identity
  package var routes: [Route]
  /// Set when routes may exist that are not seen.
  package var open: UnknownID?
  package var derivation: Derivation

  package init(identity: Identity, routes: [Route] = [], open: UnknownID? = nil, derivation: Derivation = .none) {
    self.identity = identity
    self.routes = routes
    self.open = open
    self.derivation = derivation
  }
}
