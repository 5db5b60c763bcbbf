import Certificates
import Language
import NetworkModel
import PacketSpace

/// Whom the selectors of a property mean, and which pairs of them are asked about (design sections 4 and 6).
struct AskedEnds {
  struct End<Place: Hashable>: Hashable {
    var place: Place
    /// Whether it is surely there and surely meant.
    var isSure: Bool
  }

  var sources: [End<Sender>]
  var targets: [End<Receiver>]

  /// - Parameters:
  ///   - source: whom the selector of the source means.
  ///   - target: the same of the target.
  ///   - terrain: the network.
  init(_ source: SelectionValue, _ target: SelectionValue, _ terrain: Terrain) {
    let network = terrain.network
    sources =
      Self.endpoints(source, network).map { End(place: .endpoint($0, within: nil), isSure: $1) }
      + Self.zones(source).map { End(place: .zone($0, within: $1), isSure: true) }
      + Self.hosts(source, terrain).map { End(place: .host($0, $1), isSure: true) }
    targets =
      Self.endpoints(target, network).map { End(place: .endpoint($0), isSure: $1) }
      + Self.zones(target).map { End(place: .zone($0, within: $1), isSure: true) }
  }

  private static func endpoints(_ value: SelectionValue, _ network: Network) -> [(EndpointID, Bool)] {
    value.endpoints.enumerated().compactMap { offset, truth in
      let id = EndpointID(offset)
      let member = truth.and(network[id].exists)
      return member.may ? (id, member.must) : nil
    }
  }

  private static func zones(_ value: SelectionValue) -> [(ZoneID, AddressSet)] {
    value.zones.enumerated().filter { !$0.element.isEmpty }.map { (ZoneID($0.offset), $0.element) }
  }

  /// Of a segment that is named and holds nothing a host is asked about.
  private static func hosts(_ value: SelectionValue, _ terrain: Terrain) -> [(IPAddress, SegmentID)] {
    value.segments.filter { segment in
      !terrain.network.endpoints.contains { $0.placements.contains { $0.segment == segment } }
    }.flatMap { segment in
      terrain.parts.parts(of: AddressSet(terrain.network[segment].prefixes)).map { ($0, segment) }
    }
  }

  // MARK: Pairs

  /// How a pair is judged where both may be on one machine: a node and its own pods always reach each other, so a property is judged
  /// without that pair, and by what holds elsewhere where they may be apart.
  enum Company { case apart, maybeTogether, surelyTogether, twins }

  /// Whether a pair is asked about: not with both ends outside, and a host not against itself unless it stands for several.
  static func areAsked(_ sender: Sender, _ receiver: Receiver, _ network: Network) -> Bool {
    if case .zone = sender, case .zone = receiver { return false }
    guard let from = sender.endpoint, let to = receiver.endpoint else { return true }
    if from == to { return network[from].standsForMany }
    return host(from, network) != host(to, network)
  }

  /// Pods of one workload that differ are so many hosts, though one name is theirs.
  private static func host(_ id: EndpointID, _ network: Network) -> String {
    network[id].kind == "pod" ? network[id].identity.key : network[id].host
  }

  static func company(_ sender: Sender, _ receiver: Receiver, _ network: Network) -> Company {
    guard let from = sender.endpoint, let to = receiver.endpoint else { return .apart }
    if from == to {
      let hasMachine = network[from].placements.contains { $0.machine != nil }
      // A second machine is another one; a second pod may share the first one's.
      return !hasMachine ? .apart : network[from].kind == "pod" ? .twins : .maybeTogether
    }
    for (pod, node) in [(from, to), (to, from)] {
      let isFronted = network[pod].placements.map { $0.front?.endpoint == node }
      if isFronted.contains(true) {
        // One of many nodes has other nodes' pods too.
        return isFronted.contains(false) || network[node].standsForMany ? .maybeTogether : .surelyTogether
      }
    }
    return .apart
  }
}

extension Network {
  /// The same network with nothing on one machine.
  var onMachinesApart: Network {
    var apart = self
    for index in apart.endpoints.indices {
      for placement in apart.endpoints[index].placements.indices {
        apart.endpoints[index].placements[placement].machine = nil
      }
    }
    return apart
  }
}

/// What things are called in what the check says.
struct Names {
  let network: Network
  let keys: ModelKeys

  init(_ network: Network) {
    self.network = network
    keys = ModelKeys(network)
  }

  func name(_ endpoint: EndpointID) -> String { network[endpoint].identity.name }

  func name(_ sender: Sender) -> String {
    switch sender {
    case .endpoint(let id, _): name(id)
    case .host(let number, let segment): "a host at \(number) in \(network[segment].identity.name)"
    case .zone(let zone, _): network[zone].identity.name
    }
  }

  func name(_ receiver: Receiver) -> String {
    switch receiver {
    case .endpoint(let id): name(id)
    case .address(let number): "\(number)"
    case .zone(let zone, _): network[zone].identity.name
    }
  }

  func text(_ arrival: Arrival) -> String {
    "\(arrival.packet.source) to \(arrival.packet.destination), \(arrival.header)"
  }

  func certified(_ end: AskedEnds.End<Sender>) -> Certificate.End {
    switch end.place {
    case .endpoint(let id, let within):
      Certificate.End(.endpoint, keys.endpoints[id], addresses: within, isSure: end.isSure)
    case .host(let number, let segment):
      Certificate.End(.host, keys.segments[segment], addresses: AddressSet(number), isSure: end.isSure)
    case .zone(let zone, let within): certified(zone, within, end.isSure)
    }
  }

  func certified(_ end: AskedEnds.End<Receiver>) -> Certificate.End {
    switch end.place {
    case .endpoint(let id): Certificate.End(.endpoint, keys.endpoints[id], isSure: end.isSure)
    case .address(let number): Certificate.End(.address, number.description, isSure: end.isSure)
    case .zone(let zone, let within): certified(zone, within, end.isSure)
    }
  }

  private func certified(_ zone: ZoneID, _ within: AddressSet, _ isSure: Bool) -> Certificate.End {
    Certificate.End(
      .zone, keys.zones[zone], addresses: within == network[zone].addresses ? nil : within, isSure: isSure)
  }
}

extension AskedEnds {
  /// What a proof gets wrong about its ends: sources and targets stand in the certificate for people to read, and must be those that the
  /// property means.
  func faults(_ proof: Certificate.ClosedSet, _ names: Names) -> Faults {
    var faults = Faults()
    Self.compare(proof.sources, sources.map(names.certified), "source", &faults)
    Self.compare(proof.targets, targets.map(names.certified), "target", &faults)
    return faults
  }

  /// What a proof that looks at each pair by itself gets wrong besides its pairs.
  func faults(pairByPair proof: Certificate.ClosedSet, of subject: String, _ names: Names) -> Faults {
    var faults = faults(proof, names)
    if !proof.reached.isEmpty || !proof.leftOut.isEmpty || !proof.waypoints.isEmpty {
      faults.add("a proof of \(subject) has neither a closed set nor waypoints, and leaves nothing out")
    }
    return faults
  }

  private static func compare(
    _ claimed: [Certificate.End], _ meant: [Certificate.End], _ word: String, _ faults: inout Faults
  ) {
    let (listed, wanted) = (Set(claimed), Set(meant))
    for end in meant where !listed.contains(end) {
      faults.add("the property means \(end.words) as a \(word), and the certificate does not list it")
    }
    for end in claimed where !wanted.contains(end) {
      faults.add("the certificate lists \(end.words) as a \(word), and the property does not mean it")
    }
    if listed.count != claimed.count { faults.add("a \(word) is listed twice") }
  }
}
