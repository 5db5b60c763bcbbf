package import PacketSpace

/// Forwards by destination prefix: a route table, an internet or NAT gateway, a transit gateway, a peering.
package struct Router: Sendable {
  package var identity: Identity
  package var kind: String
  /// Answers must come back through it.
  package var isSymmetric: Bool
  /// Set for an appliance that is not understood: *may* passes a packet unchanged, *must* drops it.
  package var notUnderstood: UnknownID?
  package var attachments: [AttachmentID]
  package var attributes: Attributes
  package var derivation: Derivation

  package init(
    identity: Identity, kind: String, isSymmetric: Bool = false, notUnderstood: UnknownID? = nil,
    attachments: [AttachmentID] = [], attributes: Attributes = Attributes(), derivation: Derivation = .none
  ) {
    self.identity = identity
    self.kind = kind
    self.isSymmetric = isSymmetric
    self.notUnderstood = notUnderstood
    self.attachments = attachments
    self.attributes = attributes
    self.derivation = derivation
  }
}

/// One side of a router.
package struct Attachment: Sendable {
  /// A router's interface in a segment.
  package struct Port: Sendable {
    package var segment: SegmentID
    /// Addresses held there.
    package var addresses: [HeldAddress]
    /// The endpoint whose interface it is, with layers.
    package var endpoint: EndpointID?

    package init(segment: SegmentID, addresses: [HeldAddress] = [], endpoint: EndpointID? = nil) {
      self.segment = segment
      self.addresses = addresses
      self.endpoint = endpoint
    }
  }

  package enum FarSide: Sendable {
    case ports([Port])
    case attachment(AttachmentID)
    /// Perhaps none: then nothing is behind it.
    case zones([ZoneID])
  }

  package var identity: Identity
  package var router: RouterID
  package var farSide: FarSide
  package var usable: Truth
  /// The table asked for packets that enter here; `nil` is an empty one.
  package var table: RouteTableID?
  /// What it admits inward and outward.
  package var inFilters: [FilterID]
  package var outFilters: [FilterID]
  /// `nil`: it does not translate. A list, also an empty one: what has no entry is dropped.
  package var translations: [Translation]?
  /// The directions of rules for which membership survives crossing it.
  package var keepsIngress: Bool
  package var keepsEgress: Bool
  /// Entered only by its port in the sender's availability zone.
  package var isSameZoneOnly: Bool
  /// Left by any port, the same for both halves of a connection.
  package var isHashed: Bool
  /// Its ports meet the filters of their segment also when the sender is in that segment.
  package var meetsOwnBoundary: Bool
  package var derivation: Derivation

  package init(
    identity: Identity, router: RouterID, farSide: FarSide, usable: Truth = .yes, table: RouteTableID? = nil,
    inFilters: [FilterID] = [], outFilters: [FilterID] = [], translations: [Translation]? = nil,
    keepsIngress: Bool = true, keepsEgress: Bool = true, isSameZoneOnly: Bool = false, isHashed: Bool = false,
    meetsOwnBoundary: Bool = false, derivation: Derivation = .none
  ) {
    self.identity = identity
    self.router = router
    self.farSide = farSide
    self.usable = usable
    self.table = table
    self.inFilters = inFilters
    self.outFilters = outFilters
    self.translations = translations
    self.keepsIngress = keepsIngress
    self.keepsEgress = keepsEgress
    self.isSameZoneOnly = isSameZoneOnly
    self.isHashed = isHashed
    self.meetsOwnBoundary = meetsOwnBoundary
    self.derivation = derivation
  }

  package func keeps(_ direction: Direction) -> Bool { direction == .ingress ? keepsIngress : keepsEgress }
}

/// How an attachment rewrites addresses (the walk, sections 4.3 and 4.6).
package struct Translation: Hashable, Sendable {
  package enum Kind: Hashable, Sendable {
    /// The outside address becomes the inside one coming in, and the reverse going out.
    case oneToOne(inside: HeldAddress, outside: HeldAddress)
    /// Addresses of the prefix pass unchanged.
    case keep(IPPrefix)
    /// Sources in the prefix become the address, with a source port of 1024–65535; inward it lets in answers only.
    case hide(IPPrefix, behind: HeldAddress)
  }

  package var kind: Kind
  package var present: Truth
  package var derivation: Derivation

  package init(_ kind: Kind, present: Truth = .yes, derivation: Derivation = .none) {
    self.kind = kind
    self.present = present
    self.derivation = derivation
  }
}
