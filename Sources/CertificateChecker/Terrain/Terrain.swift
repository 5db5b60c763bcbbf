import Certificates
import NetworkModel
import PacketSpace
import ReferenceInterpreter

/// A network as the check walks it: what the question about two ends stands for (the walk, section 8), asked of the reference interpreter
/// packet by packet.
///
/// Nothing here comes from the engine: neither its classes nor its bounds, walks or sets.
final class Terrain {
  let network: Network
  let interpreter: Interpreter
  let boundaries: Boundaries
  let parts: AddressParts
  let doors: Doors
  let kept: KeptTargets
  let likeness: Likeness
  private let outside: [HeldAddress: [HeldAddress]]
  private let internetAttachments: [AttachmentID]
  /// The relays that open connections from an endpoint of theirs.
  private let opening: [EndpointID: [RelayID]]

  /// Walks that were taken.
  private(set) var walks = 0
  /// What was found to let nothing arrive.
  private var nothingArrives: Set<Inquiry> = []
  private var sentByInternet: [SentKey: Bool] = [:]

  private struct Inquiry: Hashable {
    var sender: Likeness.Group
    var receiver: Likeness.Group
    var isSelf: Bool
    var wanted: TrafficSet
    var sent: TrafficSet?
    var isAnswered: Bool
  }

  private struct SentKey: Hashable {
    var endpoint: EndpointID
    var header: TrafficPoint
  }

  init(_ network: Network, asked: [TrafficSet]) {
    self.network = network
    interpreter = Interpreter(network)
    boundaries = Boundaries(network, asked: asked)
    parts = AddressParts(network)
    doors = Doors(network, parts)
    kept = KeptTargets(network)
    likeness = Likeness(network, parts)
    var outside: [HeldAddress: [HeldAddress]] = [:]
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] where translation.present != .no {
        if case .oneToOne(let inside, let address) = translation.kind { outside[inside, default: []].append(address) }
      }
    }
    self.outside = outside
    internetAttachments = network.attachments.indices.map { AttachmentID($0) }.filter {
      network.leadsToInternet(network[$0])
    }
    var opening: [EndpointID: [RelayID]] = [:]
    for (number, relay) in network.relays.enumerated() where relay.place == .interface {
      for interface in relay.interfaces { opening[interface, default: []].append(RelayID(number)) }
    }
    self.opening = opening
  }

  // MARK: Whether something may arrive

  /// A packet that may arrive, if there is one.
  ///
  /// - Parameters:
  ///   - sender: whose packets are walked: from each address of each placement, or each part of a zone by each attachment.
  ///   - receiver: where they are to arrive, by each address that leads there.
  ///   - wanted: the headers that matter, as they arrive.
  ///   - sent: the headers that matter, as they are sent; all where `nil`.
  ///   - answered: whether only what may be answered matters.
  /// - Returns: the first packet found; `nil` where nothing may arrive.
  func arrival(
    from sender: Sender, at receiver: Receiver, _ wanted: TrafficSet, sent: TrafficSet? = nil, answered: Bool = false
  ) -> Arrival? {
    let wanted = opened(by: sender, to: receiver, wanted)
    if wanted.isEmpty { return nil }
    let inquiry = Inquiry(
      sender: likeness.group(sender), receiver: likeness.group(receiver), isSelf: sender.endpoint == receiver.endpoint,
      wanted: wanted, sent: sent, isAnswered: answered)
    if nothingArrives.contains(inquiry) { return nil }
    let found = walkAll(sender, receiver, wanted, sent, answered: answered) { _ in true }
    if found == nil { nothingArrives.insert(inquiry) }
    return found
  }

  /// A packet that may arrive as something that matters, if there is one.
  func arrival(
    from sender: Sender, at receiver: Receiver, _ wanted: TrafficSet, sent: TrafficSet?,
    where matters: (TrafficPoint) -> Bool
  ) -> Arrival? {
    let wanted = opened(by: sender, to: receiver, wanted)
    return wanted.isEmpty ? nil : walkAll(sender, receiver, wanted, sent, answered: false, matters)
  }

  private func walkAll(
    _ sender: Sender, _ receiver: Receiver, _ wanted: TrafficSet, _ sent: TrafficSet?, answered: Bool,
    _ matters: (TrafficPoint) -> Bool
  ) -> Arrival? {
    // What is answered arrived before, so that is looked at first: it is told apart by fewer headers.
    if answered, walkAll(sender, receiver, wanted, sent, answered: false, matters) == nil { return nil }
    for header in headers(from: sender, to: receiver, wanted, answered: answered) {
      if sent?.contains(header) == false { continue }
      var found: Arrival?
      eachQuestion(sender, receiver, header) { question in
        let outcome = judge(question, isRequestOnly: !answered)
        if outcome.truncated {
          found = Arrival(packet: question.packet, header: header, isUnclear: true)
          return false
        }
        guard answered ? outcome.answered.may : outcome.arrives.may else { return true }
        // An address is asked about as the packet bears it, so its traffic is written as it was sent.
        var arrivals = outcome.arrivals
        if case .address = receiver { arrivals = [header] }
        let mattering = arrivals.filter { wanted.contains($0) && matters($0) }
        guard let arrived = mattering.min(by: { $0.description < $1.description }) else { return true }
        found = Arrival(packet: question.packet, header: arrived)
        return false
      }
      if let found { return found }
    }
    return nil
  }

  /// The headers to send: those that the doors of the receiver may let in, and those that may turn into others on the way.
  private func headers(from sender: Sender, to receiver: Receiver, _ wanted: TrafficSet, answered: Bool)
    -> [TrafficPoint]
  {
    func runs(_ set: TrafficSet) -> [TrafficPoint] {
      answered ? boundaries.answerableHeaders(in: set) : boundaries.headers(in: set)
    }
    guard let end = receiver.endpoint else { return runs(wanted) }
    let changing = kept.traffic(to: end)
    var isNear = false
    var bearsOwn = false
    if let source = sender.endpoint {
      isNear = doors.areNear(source, end)
      bearsOwn = doors.opens(to: source, at: end, isNear: isNear)
    }
    let open = runs(wanted.subtracting(changing)).filter { header in
      let opens = doors.opens(header, at: end, isNear: isNear)
      return bearsOwn ? opens.anybody : opens.unborne
    }
    return open + runs(changing)
  }

  /// A relay that ends connections opens new ones to the targets of its listeners, and to nobody else.
  private func opened(by sender: Sender, to receiver: Receiver, _ wanted: TrafficSet) -> TrafficSet {
    guard let interface = sender.endpoint, let relays = opening[interface] else { return wanted }
    var opened = TrafficSet.none
    for listener in relays.flatMap({ network[$0].listeners }) where listener.present != .no {
      opened.formUnion(self.opened(by: listener, to: receiver))
    }
    return wanted.intersection(opened)
  }

  /// What a listener may open to somebody.
  func opened(by listener: Relay.Listener, to receiver: Receiver) -> TrafficSet {
    if listener.present == .no { return .none }
    // A target that nobody saw may be anybody, at any port.
    if listener.targetsOpen != nil { return .any }
    guard let end = receiver.endpoint else { return .none }
    var opened = TrafficSet.none
    for target in listener.targets where target.present != .no && target.keepsClient != .yes {
      switch target.destination {
      case .endpoint(let own): if own != end { continue }
      case .relay(let inner): if !network[inner].interfaces.contains(end) { continue }
      }
      opened.formUnion(
        target.port.map { TrafficSet(listener.transport, destination: PortSet(PortRange($0))) } ?? listener.traffic)
    }
    return opened
  }

  func knownOfInternet(_ header: TrafficPoint, _ end: EndpointID) -> Bool? {
    sentByInternet[SentKey(endpoint: end, header: header)]
  }

  func know(_ isSent: Bool, _ header: TrafficPoint, _ end: EndpointID) {
    sentByInternet[SentKey(endpoint: end, header: header)] = isSent
  }

  func judge(_ question: WalkQuestion, isRequestOnly: Bool = false) -> WalkOutcome {
    walks += 1
    var question = question
    question.isRequestOnly = isRequestOnly
    return interpreter.judge(question)
  }

  // MARK: From ends to packets

  /// An address to send to, the placement asked about, and the endpoint that a relay behind the address is to choose.
  struct Aim {
    var address: PacketAddress
    var asked: Asked
    var placement: Int?
    var target: EndpointID?
  }

  /// Every packet with a header that the question about two ends stands for; `body` says whether to go on.
  func eachQuestion(
    _ sender: Sender, _ receiver: Receiver, _ header: TrafficPoint, _ body: (WalkQuestion) -> Bool
  ) {
    for aim in aims(at: receiver) {
      for (origin, source) in starts(sender, towards: aim.address) where source.family == aim.address.family {
        let question = WalkQuestion(
          origin: origin, packet: Packet(source: source, destination: aim.address, traffic: header), asked: aim.asked,
          target: aim.target, askedPlacement: aim.placement)
        if !body(question) { return }
      }
    }
  }

  func aims(at receiver: Receiver) -> [Aim] {
    switch receiver {
    case .endpoint(let end):
      return network[end].placements.indices.flatMap { aims(at: end, placement: $0) }
    case .address(let number):
      return [Aim(address: PacketAddress(number), asked: .anybody)]
    case .zone(let zone, let within):
      return parts.parts(of: network[zone].addresses.intersection(within)).map {
        Aim(address: PacketAddress($0), asked: .zone(zone))
      }
    }
  }

  /// Its own addresses, those that translations give it, and those of relays by which its clients may come with their addresses kept.
  func aims(at end: EndpointID, placement: Int) -> [Aim] {
    var helds: [(HeldAddress, EndpointID?)] = []
    func add(_ held: HeldAddress, _ target: EndpointID?) {
      helds.append((held, target))
      for address in outside[held] ?? [] { helds.append((address, target)) }
    }
    for held in network[end].placements[placement].addresses { add(held, nil) }
    for relay in kept.relays(to: end) {
      for held in network[relay].interfaces.flatMap({ network[$0].placements }).flatMap(\.addresses) { add(held, end) }
    }
    return helds.flatMap { held, target in
      addresses(held).map { Aim(address: $0, asked: .endpoint(end), placement: placement, target: target) }
    }
  }

  /// The addresses that a held one stands for; of an unknown one the walk itself tries every case.
  func addresses(_ held: HeldAddress) -> [PacketAddress] {
    switch held {
    case .prefix(let prefix): parts.parts(of: AddressSet(prefix)).map { PacketAddress($0) }
    case .unknown(let id): network[id].within.first.map { [PacketAddress($0, unknown: id)] } ?? []
    }
  }

  /// Where packets to an address begin, with the addresses that they bear.
  private func starts(_ sender: Sender, towards destination: PacketAddress) -> [(Origin, PacketAddress)] {
    switch sender {
    case .endpoint(let end, let within):
      return network[end].placements.indices.flatMap { placement in
        starts(end, placement: placement, within: within)
      }
    case .host(let number, let segment): return [(.host(segment), PacketAddress(number))]
    case .zone(let zone, let within):
      let entries = entries(of: zone, towards: destination)
      if entries.isEmpty { return [] }
      return parts.parts(of: network[zone].addresses.intersection(within)).flatMap { number in
        entries.map { (.zone(zone, by: $0), PacketAddress(number)) }
      }
    }
  }

  func starts(_ end: EndpointID, placement: Int, within: AddressSet? = nil) -> [(Origin, PacketAddress)] {
    network[end].placements[placement].addresses.flatMap { held -> [(Origin, PacketAddress)] in
      var own = addresses(held)
      if let within {
        guard case .prefix(let prefix) = held else { return [] }
        own = parts.parts(of: AddressSet(prefix).intersection(within)).map { PacketAddress($0) }
      }
      return own.map { (.endpoint(end, placement: placement), $0) }
    }
  }

  /// The attachments at which a zone's packets come in: those behind which it lies, else those that own the destination.
  func entries(of zone: ZoneID, towards destination: PacketAddress) -> [AttachmentID] {
    let behind = network[zone].behind
    return behind.isEmpty ? internetAttachments.filter { owns($0, destination) } : behind
  }

  private func owns(_ attachment: AttachmentID, _ address: PacketAddress) -> Bool {
    (network[attachment].translations ?? []).contains { translation in
      guard translation.present != .no else { return false }
      switch translation.kind {
      case .oneToOne(_, outside: .prefix(let prefix)):
        return address.unknown == nil && prefix.contains(address.number)
      case .oneToOne(_, outside: .unknown(let id)): return address.unknown == id
      case .keep(let prefix):
        guard let unknown = address.unknown else { return prefix.contains(address.number) }
        return network[unknown].within.overlaps(AddressSet(prefix))
      case .hide: return false
      }
    }
  }
}
