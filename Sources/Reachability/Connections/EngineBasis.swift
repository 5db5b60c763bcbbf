package import NetworkModel

/// What an engine knows of a network before anything is asked: looked up once, and shared by engines that answer side by side.
package final class EngineBasis: Sendable {
  package let compiled: CompiledNetwork
  package let classes: EndpointClasses
  let plainEnds: PlainEnds
  /// By endpoint: what its named ports have in common with others'; -1 where no layer calls a port by name.
  let portNames: [Int]
  /// Unknown addresses that are held in several segments.
  let spreadUnknowns: Set<UnknownAddressID>
  /// The outside addresses that translations give to inside ones.
  let outsideAddresses: [HeldAddress: [HeldAddress]]
  /// The relays that keep the client and have an endpoint as target.
  let keptTargets: [EndpointID: [KeptTarget]]
  let endingTargets: [EndpointID: [RelayPath.RelayTarget]]
  /// The relays of which an endpoint is an interface, wherever they translate.
  let relaysByInterface: [EndpointID: [RelayID]]

  package init(_ network: Network) {
    compiled = CompiledNetwork(network)
    plainEnds = PlainEnds(compiled)
    portNames = Self.portNames(compiled)
    spreadUnknowns = Self.spreadUnknowns(network)
    var outside: [HeldAddress: [HeldAddress]] = [:]
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] where translation.present != .no {
        if case .oneToOne(let inside, let address) = translation.kind {
          outside[inside, default: []].append(address)
        }
      }
    }
    outsideAddresses = outside
    keptTargets = Self.keptTargets(network)
    endingTargets = Engine.endingTargets(network)
    var relays: [EndpointID: [RelayID]] = [:]
    for (number, relay) in network.relays.enumerated() {
      for interface in relay.interfaces { relays[interface, default: []].append(RelayID(number)) }
    }
    relaysByInterface = relays
    classes = EndpointClasses(
      compiled, outside: outside, keptTargets: keptTargets, endingTargets: endingTargets)
  }

  private static func portNames(_ compiled: CompiledNetwork) -> [Int] {
    struct Names: Hashable {
      var ports: [NamedPort]
      var open: UnknownID?
    }
    if compiled.layersWithNames.isEmpty { return [Int](repeating: -1, count: compiled.network.endpoints.count) }
    var numbers: [Names: Int] = [:]
    return compiled.network.endpoints.map { endpoint in
      let names = Names(ports: endpoint.namedPorts, open: endpoint.namedPortsOpen)
      let number = numbers[names] ?? numbers.count
      numbers[names] = number
      return number
    }
  }

  private static func spreadUnknowns(_ network: Network) -> Set<UnknownAddressID> {
    var segments: [UnknownAddressID: SegmentID] = [:]
    var spread: Set<UnknownAddressID> = []
    for placement in network.endpoints.lazy.flatMap(\.placements) {
      for case .unknown(let id) in placement.addresses {
        if segments[id, default: placement.segment] != placement.segment { spread.insert(id) }
        segments[id] = placement.segment
      }
    }
    return spread
  }

  private static func keptTargets(_ network: Network) -> [EndpointID: [KeptTarget]] {
    var found: [EndpointID: [KeptTarget]] = [:]
    for (number, relay) in network.relays.enumerated() {
      for (listenerNumber, listener) in relay.listeners.enumerated() {
        for target in listener.targets where target.keepsClient.may && target.present.may {
          var ends: [EndpointID] = []
          switch target.destination {
          case .endpoint(let endpoint): ends = [endpoint]
          case .relay(let inner): ends = network[inner].interfaces
          }
          for end in ends {
            found[end, default: []].append(
              KeptTarget(relay: RelayID(number), listener: listenerNumber, port: target.port))
          }
        }
      }
    }
    return found
  }
}

/// A listener that passes its clients on to an endpoint and keeps their addresses.
struct KeptTarget: Hashable {
  var relay: RelayID
  var listener: Int
  var port: UInt16?
}
