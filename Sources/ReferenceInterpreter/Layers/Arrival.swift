package import NetworkModel
package import PacketSpace

/// Who bears the address that a packet arrives with: an endpoint in one of its placements, or nobody.
package struct ArrivingEnd: Hashable, Sendable {
  package var address: PacketAddress
  package var bearer: EndpointID?
  package var placement: Int

  package init(_ address: PacketAddress, bearer: EndpointID? = nil, placement: Int = 0) {
    self.address = address
    self.bearer = bearer
    self.placement = placement
  }
}

extension Interpreter {
  /// Whether the layers at an endpoint may let a packet in, by whatever way it came (layers, 3.7 and 3.8).
  ///
  /// - Parameters:
  ///   - endpoint: where it arrives, in any of its placements.
  ///   - traffic: its header as it arrives.
  ///   - end: whose address it bears there.
  ///   - machines: the machines that it may have left last; a placement on one of them does not meet its interface's layers.
  /// - Returns: whether they let it in for some value of what is unknown, or there were too many to try.
  package func mayEnter(
    _ endpoint: EndpointID, _ traffic: TrafficPoint, from end: ArrivingEnd, machines: Set<MachineID> = []
  ) -> Bool {
    let packet = Packet(source: end.address, destination: end.address, traffic: traffic)
    let bearer = end.bearer.map { Bearer(endpoint: $0, placement: end.placement) }
    let sight = Sight(.ingress, packet, far: bearer, destination: endpoint)
    return network[endpoint].placements.contains { placement in
      let isNear = placement.machine.map { machines.contains($0) } ?? false
      let layers = network[endpoint].layers + (isNear ? [] : placement.layers)
      var script: ChoiceScript? = ChoiceScript()
      var tried = 0
      while let current = script {
        if tried == limit { return true }
        tried += 1
        var completion = Completion(network, script: current)
        if layers.allSatisfy({ completion.outcomes(of: $0, sight).contains(.allow) }) { return true }
        script = completion.script.next()
      }
      return false
    }
  }
}
