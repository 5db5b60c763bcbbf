package import NetworkModel
package import PacketSpace

/// One end of a half packet: an endpoint in whatever placement, or an address that no endpoint bears.
package enum LayerEnd: Hashable, Sendable {
  case endpoint(EndpointID)
  case address(IPAddress)
}

/// What the layers between two ends say.
package struct LayerJudgement: Sendable {
  /// Whether every layer that the packet meets allows it.
  package var allowed: Certainty
  /// The outcomes of the layer where the packet meets exactly one in every case, united over the cases; else `nil`.
  package var outcomes: Set<Layer.Default>?
  package var truncated: Bool
}

extension Interpreter {
  /// The half packet between two ends whose way is taken to let everything through: placements and addresses are tried as cases of both
  /// ends, all other unknowns are values (layers, sections 3 and 6).
  package func judgeLayers(from source: LayerEnd, to destination: LayerEnd, _ traffic: TrafficPoint) -> LayerJudgement {
    var leaves: [(decisions: [ChoiceScript.Decision], bounds: Certainty)] = []
    var single: Set<Layer.Default>? = []
    var script: ChoiceScript? = ChoiceScript()
    while let current = script, leaves.count < limit {
      var half = HalfPacket(Completion(network, script: current))
      half.run(from: source, to: destination, traffic)
      let bounds = Certainty(
        may: half.met.allSatisfy { $0.contains(.allow) }, must: half.met.allSatisfy { $0 == [.allow] })
      leaves.append((half.completion.script.decisions, bounds))
      if half.met.count == 1 { single?.formUnion(half.met[0]) } else { single = nil }
      script = half.completion.script.next()
    }
    let allowed = script == nil ? ChoiceScript.fold(leaves[...]) : Certainty(may: true, must: false)
    return LayerJudgement(allowed: allowed, outcomes: single, truncated: script != nil)
  }

  /// Whether an endpoint is in a membership, or in its complement, with its existence (layers, section 7): *may* is what may exist and is not
  /// surely out, *must* what surely exists and is surely in.
  package func selects(_ membership: MembershipID, isComplement: Bool, _ endpoint: EndpointID) -> Certainty {
    let exists = network[endpoint].exists
    let values = network[endpoint].placements.map { placement in
      let value = placement.memberships[membership] ?? .no
      return isComplement ? value.negated : value
    }
    return Certainty(
      may: exists.may && values.contains(where: \.may), must: exists.must && values.allSatisfy(\.must))
  }
}

/// One half packet in one completion.
private struct HalfPacket {
  var completion: Completion
  /// The outcomes of each layer met.
  var met: [Set<Layer.Default>] = []

  init(_ completion: Completion) { self.completion = completion }

  /// An end in its case.
  private struct Standing {
    var address: PacketAddress
    var bearer: Bearer?
    var machine: MachineID?
  }

  mutating func run(from source: LayerEnd, to destination: LayerEnd, _ traffic: TrafficPoint) {
    var sender = standing(source, isSecond: false)
    let receiver = standing(destination, isSecond: source == destination)
    var packet = Packet(source: sender.address, destination: receiver.address, traffic: traffic)
    func sight(_ direction: Direction) -> Sight {
      Sight(
        direction, packet, far: direction == .ingress ? sender.bearer : receiver.bearer,
        destination: receiver.bearer?.endpoint)
    }
    let network = completion.network
    // 2
    if let bearer = sender.bearer { judge(network[bearer.endpoint].layers, sight(.egress)) }
    // 3
    if let bearer = sender.bearer, let front = network[bearer.endpoint].placements[bearer.placement].front,
      applies(front, to: receiver.address)
    {
      completion.fix(.placement(front.endpoint, isSecond: false), at: front.placement)
      sender = standing(.endpoint(front.endpoint), isSecond: false)
      packet.source = sender.address
    }
    let areOnOneMachine = sender.machine != nil && sender.machine == receiver.machine
    // 4
    if let bearer = sender.bearer, !areOnOneMachine {
      judge(network[bearer.endpoint].placements[bearer.placement].layers, sight(.egress))
    }
    // 7 and 8
    if let bearer = receiver.bearer {
      if !areOnOneMachine { judge(network[bearer.endpoint].placements[bearer.placement].layers, sight(.ingress)) }
      judge(network[bearer.endpoint].layers, sight(.ingress))
    }
  }

  private mutating func standing(_ end: LayerEnd, isSecond: Bool) -> Standing {
    switch end {
    case .address(let address): return Standing(address: PacketAddress(address))
    case .endpoint(let endpoint):
      let placements = completion.network[endpoint].placements
      let index = completion.choose(of: placements.count, key: .placement(endpoint, isSecond: isSecond))
      let bearer = Bearer(endpoint: endpoint, placement: index, isSecond: isSecond)
      let addresses = placements[index].addresses.compactMap { completion.address($0, ofSecond: isSecond) }
      let fallback = PacketAddress(IPAddress(family: .v4, value: 0))
      let address = addresses.isEmpty ? fallback : addresses[completion.choose(of: addresses.count)]
      return Standing(address: address, bearer: bearer, machine: placements[index].machine)
    }
  }

  private mutating func applies(_ front: Front, to address: PacketAddress) -> Bool {
    guard front.families.contains(address.family) else { return false }
    for prefix in front.directPrefixes where completion.holds(prefix, address) { return false }
    return true
  }

  private mutating func judge(_ layers: [LayerID], _ sight: Sight) {
    for layer in layers {
      let outcomes = completion.outcomes(of: layer, sight)
      var set: Set<Layer.Default> = []
      if outcomes.contains(.allow) { set.insert(.allow) }
      if outcomes.contains(.deny) { set.insert(.deny) }
      met.append(set)
    }
  }
}
