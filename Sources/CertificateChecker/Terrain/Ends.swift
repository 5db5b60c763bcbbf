import NetworkModel
import PacketSpace

/// Where packets are sent from.
enum Sender: Hashable {
  /// An endpoint, by all of its addresses or those in a set.
  case endpoint(EndpointID, within: AddressSet?)
  /// A host that nothing is known of, at an address of a segment.
  case host(IPAddress, SegmentID)
  case zone(ZoneID, within: AddressSet)

  var endpoint: EndpointID? { if case .endpoint(let id, _) = self { id } else { nil } }
}

/// Where packets are sent to.
enum Receiver: Hashable {
  case endpoint(EndpointID)
  /// Whoever has an address.
  case address(IPAddress)
  case zone(ZoneID, within: AddressSet)

  var endpoint: EndpointID? { if case .endpoint(let id) = self { id } else { nil } }
}

/// A packet that was walked, and what it may arrive as.
struct Arrival {
  var packet: Packet
  var header: TrafficPoint
  /// There were too many values of what is unknown to try them all.
  var isUnclear = false
}
