package import NetworkModel
package import PacketSpace

/// Answers what connects to what, for all traffic at once, over classes of endpoints that nothing tells apart.
///
/// Each pair of classes is walked once, when it is first asked for. The engine reads no file and knows no provider.
package final class Engine {
  package let basis: EngineBasis
  var mappings = Mappings()
  var cache = EvaluationCache()
  var ways = WayFactors()
  /// Whether each pair is walked by itself, which is slower and must come to the same: the tests' other way.
  let walksEachPair: Bool
  private var groups: [EndpointID: [[Int]]] = [:]
  var neighbourCases = NeighbourCases()
  private var arrivalBound = ArrivalBound()
  private var asked: (traffic: TrafficSet, mask: BitSet)?
  private var spared: (traffic: TrafficSet, mask: BitSet)?
  private var pairs: [PairKey: Connection] = [:]

  /// Ends that no walk can tell apart have one key.
  private struct PairKey: Hashable {
    enum From: Hashable {
      case endpoints(Int)
      case other(Source)
    }
    enum To: Hashable {
      case endpoints(Int)
      case other(Destination)
    }
    var from: From
    var to: To
    var isSelf: Bool
  }

  /// An engine over what is known before anything is asked, which several may share.
  package init(_ basis: EngineBasis, walksEachPair: Bool = false) {
    self.basis = basis
    self.walksEachPair = walksEachPair
  }

  package convenience init(_ network: Network, walksEachPair: Bool = false) {
    self.init(EngineBasis(network), walksEachPair: walksEachPair)
  }

  package var compiled: CompiledNetwork { basis.compiled }
  package var classes: EndpointClasses { basis.classes }
  var endingTargets: [EndpointID: [RelayPath.RelayTarget]] { basis.endingTargets }
  /// The relays of which an endpoint is an interface, wherever they translate.
  var relaysByInterface: [EndpointID: [RelayID]] { basis.relaysByInterface }
  package var network: Network { compiled.network }

  // MARK: Pairs

  /// Everything that connects a source to a destination. A host is not asked against itself unless it stands for several alike.
  package func connection(_ source: Source, _ destination: Destination) -> Connection {
    if isAskedAgainstItself(source, destination) { return .nothing }
    // Not kept: asking again costs no more than remembering.
    if let shut = shut(source, destination) { return shut }
    let key = key(source, destination)
    if let known = pairs[key] { return known }
    var collector = Collector(engine: self, wants: .traffic)
    collector.collect(source, destination)
    let found = targetsOnly(source, destination, collector.connection())
    pairs[key] = found
    return found
  }

  /// The connection where the ends alone let nothing arrive, or nothing of what is asked about: then no way need be walked.
  ///
  /// - Parameters:
  ///   - source: where connections begin.
  ///   - destination: where they end.
  ///   - traffic: what is asked about, as it arrives.
  ///   - isApart: whether the two are taken to be on different machines.
  /// - Returns: a connection that lets nothing through, with what was met; `nil` where the ways have to be walked.
  package func shut(
    _ source: Source, _ destination: Destination, on traffic: TrafficSet = .any, isApart: Bool = false
  ) -> Connection? {
    guard let (mask, notes) = arrivalBound.bound(source, destination, isApart: isApart, self) else { return nil }
    if traffic.isAny ? !mask.isEmpty : mask.intersects(maskMeeting(traffic)) { return nil }
    var connection = Connection.nothing
    connection.unknowns = notes.unknowns
    connection.assumptions = notes.assumptions
    return connection
  }

  /// Whether the ends alone show that nothing but some traffic may arrive, though some of it may.
  package func isShut(_ source: Source, _ destination: Destination, but traffic: TrafficSet) -> Bool {
    guard !traffic.isEmpty, let (mask, _) = arrivalBound.bound(source, destination, self), !mask.isEmpty else {
      return false
    }
    return mask.subtracting(maskWithin(traffic)).isEmpty
  }

  /// The same traffic is asked about pair after pair.
  private func maskMeeting(_ traffic: TrafficSet) -> BitSet {
    if let asked, asked.traffic == traffic { return asked.mask }
    let mask = compiled.atoms.mask(meeting: traffic)
    asked = (traffic, mask)
    return mask
  }

  private func maskWithin(_ traffic: TrafficSet) -> BitSet {
    if let spared, spared.traffic == traffic { return spared.mask }
    let mask = compiled.atoms.mask(traffic)
    spared = (traffic, mask)
    return mask
  }

  /// The ways on which something may arrive, each with concrete addresses, in a stable order; the first of them, where so many are enough.
  package func flows(_ source: Source, _ destination: Destination, atMost limit: Int = .max) -> [Flow] {
    if isAskedAgainstItself(source, destination) { return [] }
    var collector = Collector(engine: self, wants: .flows, atMost: limit)
    collector.collect(source, destination)
    return collector.flows
  }

  /// A relay that ends connections opens new ones to the targets of its listeners and to nobody else.
  private func targetsOnly(_ source: Source, _ destination: Destination, _ connection: Connection) -> Connection {
    guard case .endpoint(let interface) = source, let relays = compiled.interfaceRelays[interface],
      !connection.arrives.may.isEmpty
    else { return connection }
    var may = TrafficSet.none
    var must = TrafficSet.none
    for relay in relays {
      for listener in network[relay].listeners where listener.present.may {
        if listener.targetsOpen != nil { may = .any }
        for target in listener.targets where target.present.may && target.keepsClient != .yes {
          guard case .endpoint(let asked) = destination, reaches(target, asked) else { continue }
          let traffic = target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) }
          may.formUnion(traffic ?? listener.traffic)
          if target.present == .yes, listener.present == .yes, target.keepsClient == .no {
            must.formUnion(traffic ?? listener.traffic)
          }
        }
      }
    }
    var narrowed = connection
    narrowed.arrives = Bounds(
      may: connection.arrives.may.intersection(may), must: connection.arrives.must.intersection(must))
    narrowed.answered = Bounds(
      may: connection.answered.may.intersection(may), must: connection.answered.must.intersection(must))
    return narrowed
  }

  private func reaches(_ target: Relay.Target, _ endpoint: EndpointID) -> Bool {
    switch target.destination {
    case .endpoint(let end): end == endpoint
    case .relay(let relay): network[relay].interfaces.contains(endpoint)
    }
  }

  private func isAskedAgainstItself(_ source: Source, _ destination: Destination) -> Bool {
    guard case .endpoint(let from) = source, case .endpoint(let to) = destination else { return false }
    return from == to && !network[from].standsForMany
  }

  private func key(_ source: Source, _ destination: Destination) -> PairKey {
    var key = PairKey(from: .other(source), to: .other(destination), isSelf: false)
    if case .endpoint(let from) = source { key.from = .endpoints(classes.number(of: from)) }
    if case .endpoint(let to) = destination { key.to = .endpoints(classes.number(of: to)) }
    if case .endpoint(let from) = source, case .endpoint(let to) = destination { key.isSelf = from == to }
    return key
  }

  /// The placements of an endpoint, those together that only the machine tells apart.
  func placementGroups(of endpoint: EndpointID) -> [[Int]] {
    if let known = groups[endpoint] { return known }
    let found = PlacementGroups(endpoint, compiled, outside: { self.outside(of: $0, in: $1) }).groups
    groups[endpoint] = found
    return found
  }

  // MARK: Names and addresses

  /// The outside addresses that translations give to an inside one.
  func outside(of address: HeldAddress, in segment: SegmentID) -> [HeldAddress] {
    basis.outsideAddresses.addresses(of: address, in: segment)
  }

  /// The relays that keep the client and have the endpoint as target.
  func relays(to endpoint: EndpointID) -> [KeptTarget] { basis.keptTargets[endpoint] ?? [] }

  /// One address for each part of a zone that rules can tell apart.
  func addresses(of zone: ZoneID, _ within: AddressSet) -> [WayAddress] {
    let region = network.zones[zone.offset].addresses.intersection(within)
    return compiled.classes.classes(meeting: region).compactMap { index in
      compiled.classes.representative(index, within: region).map {
        WayAddress(address: PacketAddress($0), addressClass: index)
      }
    }
  }

  /// The attachments at which a packet of a zone may come in: those that it lies behind, or those that own the destination.
  func entries(from zone: ZoneID, to address: PacketAddress) -> [AttachmentID] {
    let behind = network.zones[zone.offset].behind
    return behind.isEmpty ? compiled.owners(of: address) : behind
  }

  /// The traffic of masks, as it reads under a mapping.
  func traffic(_ bounds: Bounded, _ mapping: Int) -> Bounds<TrafficSet> {
    let atoms = compiled.atoms
    return Bounds(
      may: atoms.set(mappings.image(bounds.may, mapping)), must: atoms.set(mappings.image(bounds.must, mapping)))
  }
}
