import NetworkModel
import PacketSpace

/// Which ends look alike from the way: nothing but their segment, the class of their address and their layers tells them apart.
///
/// An end is plain when nobody else holds its addresses, no front speaks for it, no translation names it and no relay takes its packets.
struct PlainEnds: Sendable {
  private let sources: [[Bool]]
  private let targets: [[Bool]]

  init(_ compiled: CompiledNetwork) {
    let network = compiled.network
    var translated: Set<HeldAddress> = []
    for translation in network.attachments.flatMap({ $0.translations ?? [] }) {
      switch translation.kind {
      case .oneToOne(let inside, let outside): translated.formUnion([inside, outside])
      case .hide(_, let behind): translated.insert(behind)
      case .keep: break
      }
    }
    func isPlain(_ held: HeldAddress, of holder: Holder, in holders: SegmentHolders) -> Bool {
      let address: PacketAddress
      switch held {
      case .prefix(let prefix):
        guard prefix.isHost else { return false }
        address = PacketAddress(prefix.first)
      case .unknown(let id):
        guard let first = network[id].within.ranges.first else { return false }
        address = PacketAddress(first.lower, unknown: id)
      }
      return !translated.contains(held) && holders.holders(of: address) == [holder]
        && compiled.sourceRelays(at: address).isEmpty
    }
    sources = network.endpoints.enumerated().map { index, endpoint in
      endpoint.placements.enumerated().map { number, placement in
        let holder = Holder.endpoint(EndpointID(index), placement: number)
        let holders = compiled.holders[placement.segment.offset]
        return placement.front == nil && placement.addresses.allSatisfy { isPlain($0, of: holder, in: holders) }
      }
    }
    targets = sources.enumerated().map { index, plain in
      compiled.interfaceRelays[EndpointID(index)] == nil ? plain : plain.map { _ in false }
    }
  }

  func isPlain(source: Bearer) -> Bool { sources[source.endpoint.offset][source.placement] }
  func isPlain(target: Bearer) -> Bool { targets[target.endpoint.offset][target.placement] }
}
