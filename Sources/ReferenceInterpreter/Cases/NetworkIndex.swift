import NetworkModel

/// What a walk looks up again and again, listed once: nothing is decided here.
struct NetworkIndex: Sendable {
  /// An endpoint with those of its placements that lie in one segment.
  struct Standing: Sendable {
    var endpoint: EndpointID
    var placements: [Int]
  }

  /// A router's interface in one segment.
  struct Interface: Sendable {
    var attachment: AttachmentID
    var port: Attachment.Port
  }

  let portRuns: PortRuns
  /// By segment, in the order of the network.
  private(set) var endpoints: [[Standing]]
  private(set) var ports: [[Interface]]

  init(_ network: Network) {
    portRuns = PortRuns(network)
    endpoints = [[Standing]](repeating: [], count: network.segments.count)
    ports = [[Interface]](repeating: [], count: network.segments.count)
    for index in network.endpoints.indices {
      let placements = network.endpoints[index].placements
      let bySegment = Dictionary(grouping: placements.indices) { placements[$0].segment }
      for (segment, placements) in bySegment {
        endpoints[segment.offset].append(Standing(endpoint: EndpointID(index), placements: placements))
      }
    }
    for (index, attachment) in network.attachments.enumerated() {
      guard case .ports(let own) = attachment.farSide else { continue }
      for port in own { ports[port.segment.offset].append(Interface(attachment: AttachmentID(index), port: port)) }
    }
  }
}
