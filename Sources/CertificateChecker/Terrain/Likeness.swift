import NetworkModel
import PacketSpace

/// Endpoints that are equal in the network as it was loaded, letter for letter: what is shown of one is shown of the others.
///
/// Two endpoints are alike where every field that a walk reads is equal, their addresses lie in the same part of the address space and
/// are held in blocks of one size, and nothing else in the network names them or an address of theirs: no relay, translation, router's
/// port or front. To exchange two such endpoints changes nothing in the network but their names, so walks from and to them end alike.
struct Likeness {
  enum Group: Hashable {
    case alike(Int)
    case sender(Sender)
    case receiver(Receiver)
  }

  private struct Form: Hashable {
    var accepts: TrafficSet?
    var ports: [NamedPort]
    var portsOpen: UnknownID?
    var layers: [LayerID]
    var isMany: Bool
    /// Relays at the source serve those of their own cluster.
    var clusters: [String]
    var placements: [Place]
  }

  private struct Place: Hashable {
    var segment: SegmentID
    var addresses: [Held]
    var layers: [LayerID]
    var memberships: [MembershipID: Truth]
    var machine: MachineID?
    var front: Front?
  }

  private enum Held: Hashable {
    case known(length: Int, part: [Bool])
    case unknown(AddressSet)
  }

  /// By endpoint: its group, or none where it is like no other.
  private let groups: [Int?]

  init(_ network: Network, _ parts: AddressParts) {
    let named = Self.named(network)
    var numbers: [Form: Int] = [:]
    groups = network.endpoints.enumerated().map { offset, endpoint in
      let addresses = endpoint.placements.flatMap(\.addresses)
      if named.endpoints.contains(EndpointID(offset)) || addresses.contains(where: named.addresses.contains) {
        return nil
      }
      let form = Form(
        accepts: endpoint.accepts, ports: endpoint.namedPorts, portsOpen: endpoint.namedPortsOpen,
        layers: endpoint.layers, isMany: endpoint.standsForMany, clusters: endpoint.attributes.values[.cluster] ?? [],
        placements: endpoint.placements.map { placement in
          Place(
            segment: placement.segment, addresses: placement.addresses.map { Self.held($0, network, parts) },
            layers: placement.layers, memberships: placement.memberships, machine: placement.machine,
            front: placement.front)
        })
      let number = numbers[form] ?? numbers.count
      numbers[form] = number
      return number
    }
  }

  private static func held(_ address: HeldAddress, _ network: Network, _ parts: AddressParts) -> Held {
    switch address {
    case .prefix(let prefix): .known(length: prefix.length, part: parts.part(of: prefix))
    case .unknown(let id): .unknown(network[id].within)
    }
  }

  /// What something else in the network names.
  private static func named(_ network: Network) -> (endpoints: Set<EndpointID>, addresses: Set<HeldAddress>) {
    var endpoints = Set(network.relays.flatMap(\.interfaces))
    var addresses: Set<HeldAddress> = []
    for target in network.relays.flatMap(\.listeners).flatMap(\.targets) {
      if case .endpoint(let endpoint) = target.destination { endpoints.insert(endpoint) }
      if let address = target.address { addresses.insert(address) }
    }
    for attachment in network.attachments {
      for translation in attachment.translations ?? [] {
        switch translation.kind {
        case .oneToOne(let inside, let outside): addresses.formUnion([inside, outside])
        case .hide(_, let behind): addresses.insert(behind)
        case .keep: break
        }
      }
      if case .ports(let ports) = attachment.farSide {
        endpoints.formUnion(ports.compactMap(\.endpoint))
        addresses.formUnion(ports.flatMap(\.addresses))
      }
    }
    endpoints.formUnion(network.endpoints.flatMap(\.placements).compactMap { $0.front?.endpoint })
    return (endpoints, addresses)
  }

  func group(_ sender: Sender) -> Group {
    if case .endpoint(let id, within: nil) = sender, let number = groups[id.offset] { return .alike(number) }
    return .sender(sender)
  }

  func group(_ receiver: Receiver) -> Group {
    if case .endpoint(let id) = receiver, let number = groups[id.offset] { return .alike(number) }
    return .receiver(receiver)
  }
}
