/// Where a walk begins.
package enum Origin: Hashable, Sendable {
  /// An endpoint, in one of its placements.
  case endpoint(EndpointID, placement: Int)
  /// A host without groups in a segment: an address that nothing is known to hold.
  case host(SegmentID)
  /// A zone, by the attachment at which its packet comes in; `nil` where no attachment owns the destination.
  case zone(ZoneID, by: AttachmentID?)
}

/// What is asked about: wherever else the request ends is "reached elsewhere".
package enum Asked: Hashable, Sendable {
  case endpoint(EndpointID)
  case zone(ZoneID)
  /// Wherever the walk ends is right, and a stopped walk has no far end.
  case anybody
}
