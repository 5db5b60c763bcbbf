package import NetworkModel
package import PacketSpace

/// What a selector stands for: endpoints with how sure it is that they are meant, zones, and addresses.
package struct Selection: Sendable {
  /// An endpoint that may be meant.
  package struct Member: Hashable, Sendable {
    package var endpoint: EndpointID
    /// `yes`: it surely exists and surely is meant; `unknown`: it may be (layers, section 7). Never `no`.
    package var value: Truth
  }

  /// A zone, or the part of it that lies in a set.
  package struct ZonePart: Hashable, Sendable {
    package var zone: ZoneID
    package var within: AddressSet
  }

  /// An address that was written as one. As a source it is what holds it, a host in each segment that has it in its prefixes, or the zone
  /// that holds it; as a destination it is the packet's destination and no other.
  package struct Addressed: Hashable, Sendable {
    package var address: IPAddress
  }

  package var members: [Member] = []
  package var zones: [ZonePart] = []
  package var addresses: [Addressed] = []
  /// Segments named outright, in which a host without groups is asked when nothing is in them.
  package var segments: [SegmentID] = []
  /// Defaults that were taken to decide who is meant: a tier recognised by name alone.
  package var assumptions: [AssumptionID] = []
  /// What a reader should know: that a name stands for several things.
  package var notes: [String] = []

  package init() {}

  /// Whether it stands for nothing at all.
  package var isEmpty: Bool { members.isEmpty && zones.isEmpty && addresses.isEmpty && segments.isEmpty }
}
