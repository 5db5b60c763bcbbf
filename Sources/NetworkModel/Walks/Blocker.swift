/// The request of a connection, or its answer.
package enum Half: String, Hashable, Sendable, Comparable {
  case request, answer

  package static func < (left: Half, right: Half) -> Bool { left == .request && right == .answer }
}

/// A thing of the network at which something is decided.
package enum Place: Hashable, Sendable {
  case segment(SegmentID)
  case endpoint(EndpointID)
  case router(RouterID)
  case attachment(AttachmentID)
  case relay(RelayID)
  case zone(ZoneID)
  /// A host that was asked about and that nothing in the snapshot names.
  case host(SegmentID)
}

/// Why a packet does not go on.
package enum BlockReason: Hashable, Sendable {
  /// A boundary filter of a segment does not allow (the walk, 2.3).
  case boundary(Direction, FilterID)
  /// A filter of an attachment does not admit (2.3).
  case admission(Direction, FilterID)
  /// A layer denies (2.4): the filter that said it, or all that selected in the tier that denies; none where the layer's default denied.
  case layer(Direction, LayerID, filters: [FilterID])
  case noGateway
  case noEndpoint
  case loop
  case notUsable
  case noState
  case noTranslationIn
  case noTranslationOut
  case noRoute
  case drop
  case noSegment
  case noPortInZone
  case noZone
  case noTarget
  case doesNotListen
  case reachedElsewhere
  case wrongAddress
  case reachesAnother
  case notCrossedBack
  case nobodyOwns
  /// An appliance that is not understood drops for some value.
  case notUnderstood
}

/// One thing that stops a connection.
package struct Blocker: Hashable, Sendable {
  package var half: Half
  package var place: Place
  package var reason: BlockReason

  package init(_ half: Half, _ place: Place, _ reason: BlockReason) {
    self.half = half
    self.place = place
    self.reason = reason
  }
}
