import NetworkModel
import PacketSpace

/// The numbers that an unknown address may have, as far as a neighbour in the same segment can tell them apart.
///
/// Inside a segment nothing but the layers of the far end looks at a number, and there a rule that wants a membership beside the number
/// says nothing of an endpoint that lacks it. In a cluster whose blocks hold no pods one case is left of dozens.
struct NeighbourCases {
  private struct Key: Hashable {
    var address: UnknownAddressID
    var memberships: Int
    var layers: [LayerID]
    var direction: Direction
  }

  private var known: [Key: [WayAddress]] = [:]
  /// By what a place's memberships leave of the peers of layers, which many addresses share.
  private struct CutKey: Hashable {
    var memberships: Int
    var layers: [LayerID]
    var direction: Direction
  }
  private var knownCuts: [CutKey: [AddressSet]] = [:]

  /// The cases of the address of one end, which the other judges in a direction.
  mutating func cases(
    of held: HeldAddress, at bearer: Bearer, judgedBy judge: Bearer, _ direction: Direction, _ compiled: CompiledNetwork
  ) -> [WayAddress] {
    guard case .unknown(let id) = held else { return compiled.parts(of: held) }
    let network = compiled.network
    let memberships = compiled.membershipNumbers[bearer.endpoint.offset][bearer.placement]
    let layers =
      network.endpoints[judge.endpoint.offset].layers
      + network.endpoints[judge.endpoint.offset].placements[judge.placement].layers
    let key = Key(address: id, memberships: memberships, layers: layers, direction: direction)
    if let found = known[key] { return found }
    let cutKey = CutKey(memberships: memberships, layers: layers, direction: direction)
    let cuts: [AddressSet]
    if let found = knownCuts[cutKey] {
      cuts = found
    } else {
      cuts = Self.cuts(
        layers, direction, network.endpoints[bearer.endpoint.offset].placements[bearer.placement].memberships, network)
      knownCuts[cutKey] = cuts
    }
    var seen: Set<[Bool]> = []
    let cases = compiled.cases(of: held).filter { address in
      seen.insert(cuts.map { $0.contains(address.address.number) }).inserted
    }
    known[key] = cases
    return cases
  }

  /// The address sets of the layers' rules that still matter to somebody with these memberships.
  private static func cuts(
    _ layers: [LayerID], _ direction: Direction, _ memberships: [MembershipID: Truth], _ network: Network
  ) -> [AddressSet] {
    var cuts: [AddressSet] = []
    var seen: Set<AddressSet> = []
    for entry in layers.flatMap({ network[$0].tiers(direction) }).flatMap(\.entries) {
      for rule in network.filters[entry.filter.offset].rules(direction)?.rules ?? [] {
        for peer in rule.peers ?? [] {
          guard let addresses = peer.addresses else { continue }
          if let membership = peer.membership {
            let value = memberships[membership] ?? .no
            if value == (peer.isComplement ? .yes : .no) { continue }
          }
          if seen.insert(addresses).inserted { cuts.append(addresses) }
        }
      }
    }
    return cuts
  }
}
