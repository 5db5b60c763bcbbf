package import NetworkModel
package import PacketSpace

/// Where connections are asked from.
package enum Source: Hashable, Sendable {
  /// An endpoint by name: each address of each placement.
  case endpoint(EndpointID)
  /// One address of an endpoint.
  case addressOf(EndpointID, IPAddress)
  /// An address in a segment that nothing is known to hold: a host there, without groups.
  case host(IPAddress, SegmentID)
  /// A zone, or the part of it that lies in a set.
  case zone(ZoneID, within: AddressSet)
}

/// What connections are asked to.
package enum Destination: Hashable, Sendable {
  /// An endpoint by name: its own addresses, those that translations give it, and relays that keep the client and have it as target.
  case endpoint(EndpointID)
  /// An address as the packet's destination, and no other; its traffic is written as sent.
  case address(IPAddress)
  /// A zone, or the part of it that lies in a set.
  case zone(ZoneID, within: AddressSet)
}

/// One way by which a connection goes: concrete addresses, and the traffic that passes.
package struct Flow: Sendable {
  package var origin: Origin
  package var source: PacketAddress
  /// The sources that are treated alike.
  package var sourceRegion: AddressSet
  package var destination: PacketAddress
  package var destinationRegion: AddressSet
  package var asked: Asked
  package var askedPlacement: Int?
  package var target: EndpointID?
  /// Traffic as it leaves the source.
  package var sent: Bounds<TrafficSet>
  package var sentAnswered: Bounds<TrafficSet>
  /// Traffic as it arrives, after every translation.
  package var arrives: Bounds<TrafficSet>
  package var answered: Bounds<TrafficSet>
}

/// All that connects two ends.
package struct Connection: Sendable {
  package var arrives: Bounds<TrafficSet>
  package var answered: Bounds<TrafficSet>
  /// Unknowns met, of which some decide if the bounds differ.
  package var unknowns: [UnknownID]
  package var assumptions: [AssumptionID]
  /// Whether the number of alternatives passed the bound; what may arrive is then everything.
  package var truncated: Bool

  package static let nothing = Connection(
    arrives: .nothing, answered: .nothing, unknowns: [], assumptions: [], truncated: false)
}
