import NetworkModel
import PacketSpace

/// The network of a cluster that stands alone: one segment in which every pod reaches every other, and a way out.
struct FlatSegment {
  let segment: SegmentID
  private let podSpaces: [AddressSet]
  private let nodeSpaces: [AddressSet]
  private let nodes: [String: [IPAddress]]
  /// Whether the numbers that are known are used.
  private let usesNumbers: Bool
  private let unknown: UnknownID
  private var held: Set<IPPrefix>
  /// Addresses that several pods say they have: those of nodes, and of pods that came and went. Each pod is told apart all the same, or one
  /// of them would hide the others.
  private let shared: Set<IPAddress>

  init(objects: ClusterObjects, sets: [PodSet], options: ClusterOptions, into network: inout Network) {
    let addresses = sets.flatMap(\.addresses).joined()
    let hasIPv6 =
      addresses.contains { $0.family == .v6 }
      || (options.podRanges + options.serviceRanges).contains { $0.family == .v6 }
    let families: [IPFamily] = hasIPv6 ? [.v4, .v6] : [.v4]
    let space = options.podRanges.isEmpty ? AddressSet.privateSpace : AddressSet(options.podRanges)
    podSpaces = families.map { space.restricted(to: $0) }.filter { !$0.isEmpty }
    nodeSpaces = families.map { AddressSet.privateSpace.restricted(to: $0) }
    nodes = Dictionary(objects.nodes.map { ($0.metadata.name, $0.addresses) }) { first, _ in first }
    // When everything outside is asked about, the pods' own numbers included, and blocks hold no pods, their numbers decide nothing.
    usesNumbers = options.external == .exposed || options.ipBlocks != .external
    unknown = network.add(Unknown("the pods of the cluster \(options.name) get their addresses when they start"))
    held = Set(options.podRanges)
    var seen: Set<IPAddress> = []
    var shared = Set(objects.nodes.flatMap(\.addresses))
    for set in sets {
      for address in Set(set.addresses.joined()) where !seen.insert(address).inserted { shared.insert(address) }
      shared.formUnion(set.hostAddresses.joined())
    }
    self.shared = shared
    segment = network.add(
      Segment(
        identity: Identity(key: "\(options.name)/pods", name: "pods of \(options.name)"), prefixes: [],
        attributes: Attributes(values: [.cluster: [options.name]])))
  }

  mutating func placements(
    of set: PodSet, _ memberships: [MembershipID: Truth], _ network: inout Network
  ) -> [Placement] {
    var known = set.template.isHostNetwork ? set.hostAddresses.filter { !$0.isEmpty } : set.addresses
    if set.template.isHostNetwork, known.isEmpty, let node = set.template.nodeName, let addresses = nodes[node] {
      known = [addresses].filter { !$0.isEmpty }
    }
    var placements: [Placement] = []
    var seen: Set<[IPAddress]> = []
    for addresses in known where usesNumbers && seen.insert(addresses).inserted {
      let own = addresses.map { address in
        if shared.contains(address) {
          return HeldAddress.unknown(network.add(UnknownAddress(within: AddressSet(address), unknown: unknown)))
        }
        held.insert(IPPrefix(host: address))
        return HeldAddress(address)
      }
      placements.append(Placement(segment: segment, addresses: own, memberships: memberships))
    }
    if !placements.isEmpty { return placements }
    let spaces = set.template.isHostNetwork ? nodeSpaces : podSpaces
    let addresses = spaces.map { HeldAddress.unknown(network.add(UnknownAddress(within: $0, unknown: unknown))) }
    return [Placement(segment: segment, addresses: addresses, memberships: memberships)]
  }

  /// An address that something else holds in the segment: a Service's.
  mutating func hold(_ address: IPAddress) { held.insert(IPPrefix(host: address)) }

  /// Adds the way out, once it is known what the segment holds, and says which attachment leads outside.
  func finish(
    _ network: inout Network, options: ClusterOptions, result: inout KubernetesBuildResult
  ) -> AttachmentID {
    network.segments[segment.offset].prefixes = held.sorted()
    result.segment = segment
    let router = network.add(
      Router(identity: Identity(key: "\(options.name)/gateway", name: "gateway of \(options.name)"), kind: "gateway"))
    let inside = network.add(
      Attachment(
        identity: Identity(key: "\(options.name)/gateway/inside"), router: router,
        farSide: .ports([Attachment.Port(segment: segment)])))
    var outside = Attachment(
      identity: Identity(key: "\(options.name)/gateway/outside"), router: router, farSide: .zones([]))
    switch options.external {
    case .policy:
      let attachment = network.add(outside)
      let zone = network.add(
        Zone(
          identity: Identity(key: "\(options.name)/external", name: "external"), addresses: .everything,
          behind: [attachment]))
      network.attachments[attachment.offset].farSide = .zones([zone])
      result.external = zone
      connect(&network, inside, attachment, options)
      return attachment
    case .exposed:
      let internet =
        network.zones.firstIndex(where: \.isInternet).map { ZoneID($0) }
        ?? network.add(
          Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
      outside.farSide = .zones([internet])
      let reason = network.add(Unknown("the address by which the cluster \(options.name) reaches the internet"))
      outside.translations =
        owned(&network, options)
        + IPFamily.allCases.map { family in
          let address = network.add(UnknownAddress(within: .internetSpace.restricted(to: family), unknown: reason))
          return Translation(.hide(family == .v4 ? .anyIPv4 : .anyIPv6, behind: .unknown(address)))
        }
      _ = network.assume(
        Assumption(code: "cluster-egress", text: "pods of the cluster \(options.name) reach the internet"))
      let attachment = network.add(outside)
      connect(&network, inside, attachment, options)
      return attachment
    }
  }

  /// Public addresses of pods and nodes: by those the internet may come in without any entry.
  private func owned(_ network: inout Network, _ options: ClusterOptions) -> [Translation] {
    var space = AddressSet(held)
    for spaces in podSpaces { space.formUnion(spaces) }
    space.formUnion(AddressSet(shared.map { IPPrefix(host: $0) }))
    let known = space.intersection(.internetSpace)
    if known.isEmpty { return [] }
    let unknown = network.add(
      Unknown("whether the internet reaches the public addresses of cluster \(options.name) is not said"))
    return known.prefixes.map { Translation(.keep($0), present: .unknown(unknown)) }
  }

  private func connect(
    _ network: inout Network, _ inside: AttachmentID, _ outside: AttachmentID, _ options: ClusterOptions
  ) {
    func table(_ name: String, to next: AttachmentID) -> RouteTable {
      RouteTable(
        identity: Identity(key: "\(options.name)/gateway/\(name)"),
        routes: [RouteTable.Route(.anyIPv4, next: .link(next)), RouteTable.Route(.anyIPv6, next: .link(next))])
    }
    network.attachments[inside.offset].table = network.add(table("out", to: outside))
    network.attachments[outside.offset].table = network.add(table("in", to: inside))
    network.segments[segment.offset].gateway = inside
  }
}
