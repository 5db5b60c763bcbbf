package import NetworkModel

/// One question: one concrete packet from one origin (the walk, introduction).
package struct WalkQuestion: Sendable {
  package var origin: Origin
  package var packet: Packet
  package var asked: Asked
  /// The endpoint that a relay on the way shall choose; `nil`: any that lets the packet through.
  package var target: EndpointID?
  /// The placement of the endpoint asked about; `nil`: each is tried.
  package var askedPlacement: Int?
  /// Whether the request alone is walked: then nothing is said of an answer.
  package var isRequestOnly: Bool

  package init(
    origin: Origin, packet: Packet, asked: Asked = .anybody, target: EndpointID? = nil,
    askedPlacement: Int? = nil, isRequestOnly: Bool = false
  ) {
    self.origin = origin
    self.packet = packet
    self.asked = asked
    self.target = target
    self.askedPlacement = askedPlacement
    self.isRequestOnly = isRequestOnly
  }
}
