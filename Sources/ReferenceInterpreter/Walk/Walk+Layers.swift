import NetworkModel
import PacketSpace

// Which layers a packet meets at its ends and at ports (layers section 3; the walk, sections 3 to 5).
extension Walk {
  func placement(_ bearer: Bearer) -> Placement {
    // Not by the network's subscript, by which all of the endpoint is copied.
    network.endpoints[bearer.endpoint.offset].placements[bearer.placement]
  }

  /// Whether both placements name the same machine: between them interface layers are not met (layers, 3.4 and 3.7).
  func share(_ one: MachineID?, _ other: MachineID?) -> Bool { one != nil && one == other }

  /// The first delivery, before a relay rewrites the destination, tells whose memberships it bears (3).
  mutating func noteDelivery(to bearer: Bearer) {
    guard let waiting = waitingEgress, !waiting.isDelivered else { return }
    waitingEgress?.isDelivered = true
    waitingEgress?.delivered = waiting.keeps ? bearer : nil
  }

  /// The origin's egress layers judge the packet as sent (5.1).
  ///
  /// If the request stopped before it was delivered its destination bears the memberships of the endpoint asked about,
  /// if it is that endpoint's own address (3).
  mutating func judgeEgress(asked: Bearer? = nil) {
    guard let waiting = waitingEgress else { return }
    var bearer = waiting.delivered
    if !waiting.isDelivered, waiting.keeps, let asked, owns(asked, waiting.packet.destination) { bearer = asked }
    let sight = Sight(.egress, waiting.packet, far: bearer, destination: bearer?.endpoint)
    judgeLayers(network[waiting.origin.endpoint].layers, of: waiting.origin.endpoint, sight)
    if let bearer, share(placement(waiting.interface).machine, placement(bearer).machine) { return }
    judgeLayers(placement(waiting.interface).layers, of: waiting.interface.endpoint, sight)
  }

  /// The ingress layers of the endpoint to which the packet came: of its interface, then its own.
  mutating func judgeIngress(_ bearer: Bearer, _ packet: Packet) {
    let sight = Sight(.ingress, packet, far: sender, destination: bearer.endpoint)
    assumptions.formUnion(network[bearer.endpoint].assumptions)
    if !share(lastMachine, placement(bearer).machine) {
      judgeLayers(placement(bearer).layers, of: bearer.endpoint, sight)
    }
    judgeLayers(network[bearer.endpoint].layers, of: bearer.endpoint, sight)
  }

  /// The layers of the endpoint whose interface a port is: they judge a request, and an answer whose request did not
  /// cross the router (4, *layers at a port*).
  ///
  /// Outward nothing is borne (4.7).
  mutating func judgeLayersAtPort(
    _ port: Attachment.Port, of router: RouterID, _ direction: Direction, _ packet: Packet
  ) {
    guard let endpoint = port.endpoint else { return }
    if half == .answer, requestCrossed(router) { return }
    let bearer = Bearer(endpoint: endpoint, placement: assumedPlacement(of: endpoint, in: port.segment))
    let sight = Sight(direction, packet, far: direction == .ingress ? sender : nil)
    assumptions.formUnion(network[endpoint].assumptions)
    switch direction {
    case .ingress:
      judgeLayers(placement(bearer).layers, of: endpoint, sight)
      judgeLayers(network[endpoint].layers, of: endpoint, sight)
    case .egress:
      judgeLayers(network[endpoint].layers, of: endpoint, sight)
      judgeLayers(placement(bearer).layers, of: endpoint, sight)
    }
  }

  /// The placement of a port's endpoint: the one in the port's segment.
  private mutating func assumedPlacement(of endpoint: EndpointID, in segment: SegmentID) -> Int {
    network[endpoint].placements.firstIndex { $0.segment == segment } ?? assumedPlacement(of: endpoint)
  }

  /// Whether the request crossed the router.
  func requestCrossed(_ router: RouterID) -> Bool {
    records.contains { if case .crossing(router, _, _) = $0 { true } else { false } }
  }
}
