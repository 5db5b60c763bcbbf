package import NetworkModel
import PacketSpace

/// What an engine knows of a network before anything is asked: looked up once, and shared by engines that answer side by side.
package final class EngineBasis: Sendable {
  package let compiled: CompiledNetwork
  package let classes: EndpointClasses
  let plainEnds: PlainEnds
  let components: RoutingComponents
  private let numberedPortNames: Once<[Int]>
  private let unknownsInSeveral: Once<Set<UnknownAddressID>>
  /// The outside addresses that translations give to inside ones.
  let outsideAddresses: OutsideAddresses
  /// The relays that keep the client and have an endpoint as target.
  let keptTargets: [EndpointID: [KeptTarget]]
  let endingTargets: [EndpointID: [RelayPath.RelayTarget]]
  /// The relays of which an endpoint is an interface, wherever they translate.
  let relaysByInterface: [EndpointID: [RelayID]]

  package init(_ network: Network) {
    let compiled = CompiledNetwork(network)
    self.compiled = compiled
    plainEnds = PlainEnds(compiled)
    components = RoutingComponents(compiled)
    numberedPortNames = Once { Self.portNames(compiled) }
    unknownsInSeveral = Once { Self.spreadUnknowns(network) }
    let outside = OutsideAddresses(network, components)
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

  /// By endpoint: what its named ports have in common with others'; -1 where no layer calls a port by name.
  var portNames: [Int] { numberedPortNames.value }
  /// Unknown addresses that are held in several segments.
  var spreadUnknowns: Set<UnknownAddressID> { unknownsInSeveral.value }

  /// Whether pairs that an endpoint begins are told by factors: it is one plain interface, and no relay's. What a relay opens goes to its
  /// targets only.
  func isSimple(source endpoint: EndpointID) -> Bool {
    network.endpoints[endpoint.offset].placements.count == 1 && compiled.interfaceRelays[endpoint] == nil
      && plainEnds.isPlain(source: Bearer(endpoint: endpoint, placement: 0))
  }

  /// Whether pairs that an endpoint ends are told by factors: the target of a relay that keeps the client is reached by the relay's
  /// addresses too.
  func isSimple(target endpoint: EndpointID) -> Bool {
    network.endpoints[endpoint.offset].placements.count == 1 && keptTargets[endpoint] == nil
      && plainEnds.isPlain(target: Bearer(endpoint: endpoint, placement: 0))
  }

  /// The routing component of an endpoint that nobody beyond it can reach.
  func domain(of endpoint: EndpointID) -> Int? {
    guard isSimple(source: endpoint), isSimple(target: endpoint), !plainEnds.isTranslated(endpoint) else { return nil }
    return components.number(of: network.endpoints[endpoint.offset].placements[0].segment)
  }

  /// Where an address in a zone is, as a way sees it.
  func place(of address: WayAddress, in zone: ZoneID, by entry: AttachmentID?) -> Way.Place {
    let number = address.address.number
    let isLookedUp =
      compiled.segmentSpace.contains(number) || plainEnds.isTranslated(number)
      || !compiled.sourceRelays(at: address.address).isEmpty
    if isLookedUp { return .number(zone, by: entry, number) }
    return .zone(zone, by: entry, wayClass: compiled.wayClasses[address.addressClass])
  }

  private var network: Network { compiled.network }

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
        // A target that is not seen may be anyone, at any port.
        guard listener.targetsOpen != nil, listener.present.may else { continue }
        for end in network.endpoints.indices.map({ EndpointID($0) }) where !relay.interfaces.contains(end) {
          found[end, default: []].append(KeptTarget(relay: RelayID(number), listener: listenerNumber, port: nil))
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
