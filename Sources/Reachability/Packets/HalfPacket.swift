package import NetworkModel
package import PacketSpace

/// One end of a packet where only layers are judged: an endpoint, or an address that no endpoint bears.
package enum HalfPacketEnd: Hashable, Sendable {
  case endpoint(EndpointID)
  case address(IPAddress)
}

extension CompiledNetwork {
  /// The layers that a packet meets between two ends, without the way between them (layers, section 3, steps 2, 3, 4, 7 and 8).
  ///
  /// Placements and unknown addresses of both ends are tried as cases: *may* is some case, *must* every case.
  package func layersAllow(from source: HalfPacketEnd, to destination: HalfPacketEnd, _ point: TrafficPoint) -> Bounds<
    Bool
  > {
    var result = Bounds(may: false, must: true)
    for from in placed(source) {
      for to in placed(destination) {
        let allowed = layersAllow(from, to, atoms.atom(of: point))
        result.may = result.may || allowed.may
        result.must = result.must && allowed.must
      }
    }
    return result
  }

  private struct Placed {
    var bearer: Bearer?
    var address: WayAddress
  }

  private func placed(_ end: HalfPacketEnd) -> [Placed] {
    switch end {
    case .address(let number): [Placed(bearer: nil, address: way(PacketAddress(number)))]
    case .endpoint(let endpoint):
      network[endpoint].placements.indices.flatMap { placement in
        network[endpoint].placements[placement].addresses.flatMap { cases(of: $0) }.map {
          Placed(bearer: Bearer(endpoint: endpoint, placement: placement), address: $0)
        }
      }
    }
  }

  private func layersAllow(_ from: Placed, _ to: Placed, _ atom: Int) -> Bounds<Bool> {
    var result = Bounds(may: true, must: true)
    var notes = Notes()
    func judge(_ layers: [LayerID], _ direction: Direction, _ far: Placed) {
      let end = FarEnd(
        addressClass: far.address.addressClass, number: far.address.address.number, bearer: far.bearer)
      for layer in layers {
        let bounds = self.layer(
          layer, direction, far: end, named: to.bearer.map { network[$0.endpoint] }, judged: .request, notes: &notes)
        result.may = result.may && bounds.may.contains(atom)
        result.must = result.must && bounds.must.contains(atom)
      }
    }
    var source = from
    if let bearer = from.bearer {
      judge(network[bearer.endpoint].layers, .egress, to)
      if let front = front(of: bearer, towards: to.address.address.number),
        let address = address(of: front, family: to.address.address.family)
      {
        source = Placed(bearer: front, address: address)
      }
    }
    let sender = source.bearer.map { network[$0.endpoint].placements[$0.placement] }
    let receiver = to.bearer.map { network[$0.endpoint].placements[$0.placement] }
    let isOneMachine = sender?.machine != nil && sender?.machine == receiver?.machine
    if let sender, !isOneMachine { judge(sender.layers, .egress, to) }
    if let receiver, let bearer = to.bearer {
      if !isOneMachine { judge(receiver.layers, .ingress, source) }
      judge(network[bearer.endpoint].layers, .ingress, source)
    }
    return result
  }

  /// A selector's value at an endpoint, with existence (layers, section 7).
  package func selects(_ membership: MembershipID, isComplement: Bool, _ endpoint: EndpointID) -> Bounds<Bool> {
    let exists = network[endpoint].exists
    var result = Bounds(may: false, must: true)
    for placement in network[endpoint].placements {
      var value = placement.memberships[membership] ?? .no
      if isComplement { value = value.negated }
      result.may = result.may || value.may
      result.must = result.must && value.must
    }
    return Bounds(may: result.may && exists.may, must: result.must && exists.must)
  }
}
