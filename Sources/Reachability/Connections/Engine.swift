package import NetworkModel
package import PacketSpace

/// Answers what connects to what, for all traffic at once, over classes of endpoints that nothing tells apart.
///
/// Each pair of classes is walked once, when it is first asked for. The engine reads no file and knows no provider.
package final class Engine {
  package let compiled: CompiledNetwork
  package let classes: EndpointClasses
  var mappings = Mappings()
  private var pairs: [PairKey: Connection] = [:]
  private var outsideAddresses: [HeldAddress: [HeldAddress]]
  private var keptTargets: [EndpointID: [KeptTarget]]

  private struct PairKey: Hashable {
    var source: Int
    var destination: Int
    var isSelf: Bool
  }

  package init(_ network: Network) {
    compiled = CompiledNetwork(network)
    var outside: [HeldAddress: [HeldAddress]] = [:]
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] where translation.present != .no {
        if case .oneToOne(let inside, let address) = translation.kind {
          outside[inside, default: []].append(address)
        }
      }
    }
    outsideAddresses = outside
    keptTargets = Engine.keptTargets(network)
    classes = EndpointClasses(compiled, outside: outside, keptTargets: keptTargets)
  }

  package var network: Network { compiled.network }

  // MARK: Pairs

  /// Everything that connects a source to a destination.
  package func connection(_ source: Source, _ destination: Destination) -> Connection {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination else {
      return walked(source, destination)
    }
    if from == to && !network[from].standsForMany { return .nothing }
    let key = PairKey(source: classes.number(of: from), destination: classes.number(of: to), isSelf: from == to)
    if let known = pairs[key] { return renamed(known, source: from, destination: to) }
    let found = walked(source, destination)
    pairs[key] = found
    return found
  }

  /// A class's answer, with the ends that were asked about put in place of those that were walked.
  private func renamed(_ connection: Connection, source: EndpointID, destination: EndpointID) -> Connection {
    guard let first = connection.flows.first, case .endpoint(let walked, _) = first.origin else { return connection }
    if walked == source, first.asked == .endpoint(destination) { return connection }
    // Ways name addresses, so they are walked again; the traffic is the class's.
    var fresh = self.walked(.endpoint(source), .endpoint(destination))
    fresh.arrives = connection.arrives
    fresh.answered = connection.answered
    return fresh
  }

  /// The traffic alone between two endpoints: nothing is walked twice for a pair of classes.
  package func traffic(_ from: EndpointID, _ to: EndpointID) -> (
    arrives: Bounds<TrafficSet>, answered: Bounds<TrafficSet>
  ) {
    if from == to && !network[from].standsForMany { return (.nothing, .nothing) }
    let key = PairKey(source: classes.number(of: from), destination: classes.number(of: to), isSelf: from == to)
    if let known = pairs[key] { return (known.arrives, known.answered) }
    let found = walked(.endpoint(from), .endpoint(to))
    pairs[key] = found
    return (found.arrives, found.answered)
  }

  private func walked(_ source: Source, _ destination: Destination) -> Connection {
    var collector = Collector(engine: self)
    collector.collect(source, destination)
    return collector.finish()
  }

  // MARK: Names and addresses

  /// The outside addresses that translations give to an inside one.
  func outside(of address: HeldAddress) -> [HeldAddress] { outsideAddresses[address] ?? [] }

  /// The relays that keep the client and have the endpoint as target.
  func relays(to endpoint: EndpointID) -> [KeptTarget] { keptTargets[endpoint] ?? [] }

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
