import NetworkModel
import PacketSpace

/// Which ends look alike from the way: nothing but their segment, the class of their address and their layers tells them apart.
///
/// An end is plain when no front speaks for it and no relay takes its packets. Where a translation names one of its addresses, or somebody
/// else holds it too, the end stands at a place of its own: ways to it are shared by all that come from one place, and by no other end.
struct PlainEnds: Sendable {
  private let sources: [[Bool]]
  private let targets: [[Bool]]
  private let own: [Bool]
  /// The numbers that translations name.
  private let translated: Set<IPAddress>
  private let namedEndpoints: [Bool]

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
    var numbers: Set<IPAddress> = []
    for case .prefix(let prefix) in translated where prefix.isHost { numbers.insert(prefix.first) }
    self.translated = numbers
    namedEndpoints = network.endpoints.indices.map { index in
      network.endpoints[index].placements.contains { $0.addresses.contains { translated.contains($0) } }
    }
    func address(_ held: HeldAddress) -> PacketAddress? {
      switch held {
      case .prefix(let prefix): prefix.isHost ? PacketAddress(prefix.first) : nil
      case .unknown(let id): network[id].within.ranges.first.map { PacketAddress($0.lower, unknown: id) }
      }
    }
    func isAlone(_ index: Int) -> Bool {
      network.endpoints[index].placements.indices.allSatisfy { number in
        let own = Holder.endpoint(EndpointID(index), placement: number)
        let segment = network.endpoints[index].placements[number].segment.offset
        return network.endpoints[index].placements[number].addresses.allSatisfy {
          address($0).map { compiled.holders[segment].isHeld($0, only: own) } ?? true
        }
      }
    }
    let named = namedEndpoints
    own = network.endpoints.indices.map { named[$0] || !isAlone($0) }
    sources = network.endpoints.indices.map { index in
      network.endpoints[index].placements.map { placement in
        placement.front == nil
          && placement.addresses.allSatisfy { address($0).map { compiled.sourceRelays(at: $0).isEmpty } ?? false }
      }
    }
    targets = sources.enumerated().map { index, plain in
      compiled.interfaceRelays[EndpointID(index)] == nil ? plain : plain.map { _ in false }
    }
  }

  func isPlain(source: Bearer) -> Bool { sources[source.endpoint.offset][source.placement] }
  func isPlain(target: Bearer) -> Bool { targets[target.endpoint.offset][target.placement] }

  /// Whether an end stands at a place of its own.
  func isOwn(_ endpoint: EndpointID) -> Bool { own[endpoint.offset] }

  /// Whether some address of an endpoint is one of a translation's.
  func isTranslated(_ endpoint: EndpointID) -> Bool { namedEndpoints[endpoint.offset] }

  /// Whether a number is one that a translation names.
  func isTranslated(_ number: IPAddress) -> Bool { translated.contains(number) }
}
