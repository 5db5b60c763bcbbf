package import NetworkModel
package import PacketSpace

/// A sealed network with everything looked up that a walk asks for again and again.
package final class CompiledNetwork: Sendable {
  package let network: Network
  package let atoms: TrafficAtoms
  package let classes: AddressClasses
  /// By class: which of the classes a way tells apart it is in.
  let wayClasses: [Int32]
  /// Numbers that are looked up as such on a way: those of segments, translations and relays at the source.
  let segmentSpace: AddressSet
  let filters: [CompiledFilter]
  let tables: [CompiledTable]
  let holders: [SegmentHolders]
  let segmentPrefixes: [AddressSet]
  /// By router: the prefixes of the segments that it is attached to, longest first.
  let attachedPrefixes: [[AttachedPrefix]]
  /// Attachments that lead to the internet.
  let internetAttachments: [AttachmentID]
  /// By single address, those of them that own it; and those that may own others besides.
  let ownersByNumber: [IPAddress: [AttachmentID]]
  let manifoldOwners: [AttachmentID]
  let internet: ZoneID?
  /// Declared zones that come in as the internet does.
  let openZones: [ZoneID]
  /// The relays of which an endpoint is an interface.
  let interfaceRelays: [EndpointID: [RelayID]]
  /// For each placement of each endpoint, its memberships' number in `membershipSets`.
  let membershipNumbers: [[Int]]
  let membershipSets: [[MembershipID: Truth]]
  /// For each membership, the numbers of the sets that have it for sure or perhaps.
  let bearers: [MembershipID: [Int32]]
  /// Requests that have no answer of their own.
  let unanswered: BitSet
  /// Layers of which some rule calls a port by name.
  let layersWithNames: Set<LayerID>
  /// Atoms with a source port that hiding never gives out.
  let atomsWithLowSourcePort: BitSet
  /// One source port of each cut that hiding may give out; empty where nothing hides.
  let hidingPorts: [UInt16]
  let sourceRelaysByNumber: [IPAddress: [RelayID]]
  let sourceRelaysByUnknown: [UnknownAddressID: [RelayID]]

  package init(_ network: Network) {
    self.network = network
    atoms = TrafficAtoms(refining: network.trafficCuts())
    classes = AddressClasses(distinguishing: network.addressCuts())
    wayClasses = Self.wayClasses(network, classes)
    segmentSpace = AddressSet(network.segments.flatMap(\.prefixes))
    var compiler = FilterCompiler(atoms: atoms, classes: classes)
    filters = network.filters.map { compiler.compile($0) }
    tables = network.tables.map(CompiledTable.init)
    segmentPrefixes = network.segments.map { AddressSet($0.prefixes) }

    var holders = [SegmentHolders](repeating: SegmentHolders(), count: network.segments.count)
    // Where a port and an endpoint claim one address, the port is met.
    for (index, attachment) in network.attachments.enumerated() {
      guard case .ports(let ports) = attachment.farSide else { continue }
      for (number, port) in ports.enumerated() {
        for address in port.addresses {
          holders[port.segment.offset].insert(.port(AttachmentID(index), port: number), at: address)
        }
      }
    }
    for index in network.endpoints.indices {
      for (number, placement) in network.endpoints[index].placements.enumerated() {
        for address in placement.addresses {
          holders[placement.segment.offset].insert(.endpoint(EndpointID(index), placement: number), at: address)
        }
      }
    }
    for index in holders.indices { holders[index].finish() }
    self.holders = holders

    attachedPrefixes = AttachedPrefix.all(in: network)
    let internetAttachments = network.attachments.indices.map(AttachmentID.init).filter {
      network.leadsToInternet(network[$0])
    }
    self.internetAttachments = internetAttachments
    (ownersByNumber, manifoldOwners) = Self.owners(internetAttachments, network)
    internet = network.zones.firstIndex(where: \.isInternet).map(ZoneID.init)
    openZones = network.zones.indices.map(ZoneID.init).filter {
      !network[$0].isInternet && network[$0].behind.isEmpty
    }
    var interfaces: [EndpointID: [RelayID]] = [:]
    for (index, relay) in network.relays.enumerated() where relay.place == .interface {
      for endpoint in relay.interfaces { interfaces[endpoint, default: []].append(RelayID(index)) }
    }
    interfaceRelays = interfaces

    var sets: [[MembershipID: Truth]] = []
    var numbers: [[MembershipID: Truth]: Int] = [:]
    membershipNumbers = network.endpoints.indices.map { index in
      network.endpoints[index].placements.map { placement in
        if let known = numbers[placement.memberships] { return known }
        sets.append(placement.memberships)
        numbers[placement.memberships] = sets.count - 1
        return sets.count - 1
      }
    }
    membershipSets = sets
    var bearers: [MembershipID: [Int32]] = [:]
    for (number, set) in sets.enumerated() {
      for (membership, value) in set where value != .no { bearers[membership, default: []].append(Int32(number)) }
    }
    self.bearers = bearers

    var unanswered = BitSet(count: atoms.count)
    for atom in 0..<atoms.count where atoms.representative(atom).answer == nil { unanswered.insert(atom) }
    self.unanswered = unanswered
    layersWithNames = Set(
      network.layers.indices.map { LayerID($0) }.filter { id in
        (network[id].ingress + network[id].egress).flatMap(\.entries).contains { entry in
          let filter = network.filters[entry.filter.offset]
          return [filter.ingress, filter.egress].contains { list in
            list?.rules.contains { !$0.traffic.named.isEmpty } ?? false
          }
        }
      })

    var low = BitSet(count: atoms.count)
    var ports: Set<UInt16> = []
    for atom in 0..<atoms.count {
      let point = atoms.representative(atom)
      guard point.protocol.hasPorts else { continue }
      if point.sourcePort < PortRange.hiding.lower {
        low.insert(atom)
      } else {
        ports.insert(point.sourcePort)
      }
    }
    atomsWithLowSourcePort = low
    hidingPorts = ports.sorted()

    var byNumber: [IPAddress: [RelayID]] = [:]
    var byUnknown: [UnknownAddressID: [RelayID]] = [:]
    for (index, relay) in network.relays.enumerated() where relay.place == .source {
      for endpoint in relay.interfaces {
        for address in network[endpoint].placements.flatMap(\.addresses) {
          switch address {
          case .prefix(let prefix): byNumber[prefix.first, default: []].append(RelayID(index))
          case .unknown(let id): byUnknown[id, default: []].append(RelayID(index))
          }
        }
      }
    }
    sourceRelaysByNumber = byNumber
    sourceRelaysByUnknown = byUnknown
  }

  /// Who owns which single addresses, and who may own others too.
  private static func owners(
    _ attachments: [AttachmentID], _ network: Network
  ) -> (byNumber: [IPAddress: [AttachmentID]], others: [AttachmentID]) {
    var byNumber: [IPAddress: [AttachmentID]] = [:]
    var others: [AttachmentID] = []
    for attachment in attachments {
      for translation in network[attachment].translations ?? [] where translation.present != .no {
        switch translation.kind {
        case .oneToOne(_, outside: .prefix(let prefix)) where prefix.isHost:
          if byNumber[prefix.first]?.last != attachment { byNumber[prefix.first, default: []].append(attachment) }
        case .oneToOne(_, outside: .prefix), .keep:
          if others.last != attachment { others.append(attachment) }
        // An address that is not known is no known one.
        case .oneToOne, .hide: break
        }
      }
    }
    return (byNumber, others)
  }

  private static func wayClasses(_ network: Network, _ classes: AddressClasses) -> [Int32] {
    var signatures = [[Int32]](repeating: [], count: classes.count)
    for (number, cut) in network.wayCuts().enumerated() {
      for index in classes.classes(meeting: cut) { signatures[index].append(Int32(number)) }
    }
    var known: [[Int32]: Int32] = [:]
    return signatures.map { signature in
      let number = known[signature] ?? Int32(known.count)
      known[signature] = number
      return number
    }
  }
}
