import NetworkModel
import PacketSpace

/// An endpoint in the placement that the completion assumes.
struct Bearer: Hashable {
  var endpoint: EndpointID
  var placement: Int
  /// A second one like the walk's origin, which stands for several.
  var isSecond = false
}

/// An address and the endpoint whose address the packet bears at that point of the way; none when it comes from outside or bears a
/// router's address (layers, section 2).
struct End {
  var address: PacketAddress
  var bearer: Bearer?
}

/// A packet as the rules of one direction see it.
struct Sight {
  var direction: Direction
  var far: End
  var near: PacketAddress
  var traffic: TrafficPoint
  /// The destination's endpoint, whose listeners a rule may call by name.
  var destination: EndpointID?

  /// Ingress: far is the source, near the destination.
  ///
  /// Egress: far is the destination, near the source (the walk, 2.1).
  init(_ direction: Direction, _ packet: Packet, far bearer: Bearer? = nil, destination: EndpointID? = nil) {
    self.direction = direction
    self.traffic = packet.traffic
    self.destination = destination
    switch direction {
    case .ingress:
      far = End(address: packet.source, bearer: bearer)
      near = packet.destination
    case .egress:
      far = End(address: packet.destination, bearer: bearer)
      near = packet.source
    }
  }
}
