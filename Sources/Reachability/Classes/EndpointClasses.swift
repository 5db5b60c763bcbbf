package import NetworkModel
import PacketSpace

/// Endpoints that no filter, route or translation can tell apart are one class: what holds for one pair of members holds for all.
package struct EndpointClasses: Sendable {
  private let numbers: [Int]
  /// The members of each class, in the network's order.
  package let members: [[EndpointID]]

  /// The class of an endpoint.
  package func number(of endpoint: EndpointID) -> Int { numbers[endpoint.offset] }

  package var count: Int { members.count }

  /// What a walk can see of an endpoint. Its name, host and labels are not among it: rules see memberships only.
  private struct Signature: Hashable {
    struct Address: Hashable {
      /// The classes of known addresses; none of an unknown one.
      var known: [Int]
      var length: Int?
      var within: AddressSet?
      var outside: [Outside]
    }
    struct Outside: Hashable {
      var known: Int?
      var within: AddressSet?
    }
    struct Place: Hashable {
      var segment: SegmentID
      var memberships: Int
      var layers: [LayerID]
      var machine: MachineID?
      var front: Front?
      var addresses: [Address]
    }
    var exists: Truth
    var standsForMany: Bool
    var accepts: TrafficSet?
    var namedPorts: [NamedPort]
    var namedPortsOpen: UnknownID?
    var layers: [LayerID]
    var placements: [Place]
    var interfaceOf: [RelayID]
    var targetOf: [KeptTarget]
    var endingTargetOf: [RelayPath.RelayTarget]
    var port: Bool
    /// The clusters whose relays it is a client of.
    var clusters: [String]
    var assumptions: [AssumptionID]
  }

  init(
    _ compiled: CompiledNetwork, outside: OutsideAddresses, keptTargets: [EndpointID: [KeptTarget]],
    endingTargets: [EndpointID: [RelayPath.RelayTarget]]
  ) {
    let network = compiled.network
    var interfaces: [EndpointID: [RelayID]] = [:]
    for (index, relay) in network.relays.enumerated() {
      for endpoint in relay.interfaces { interfaces[endpoint, default: []].append(RelayID(index)) }
    }
    var ports: Set<EndpointID> = []
    for attachment in network.attachments {
      guard case .ports(let list) = attachment.farSide else { continue }
      for case let endpoint? in list.map(\.endpoint) { ports.insert(endpoint) }
    }
    func outsideSignature(_ address: HeldAddress, in segment: SegmentID) -> [Signature.Outside] {
      outside.addresses(of: address, in: segment).map { outside in
        switch outside {
        case .prefix(let prefix):
          Signature.Outside(known: compiled.wayNumber(prefix.first), within: nil)
        case .unknown(let id): Signature.Outside(known: nil, within: network[id].within)
        }
      }
    }
    let serving = network.relays.contains { $0.place == .source && $0.attributes.values[.cluster] != nil }
    var known: [Signature: Int] = [:]
    var numbers: [Int] = []
    var members: [[EndpointID]] = []
    for (index, endpoint) in network.endpoints.enumerated() {
      let id = EndpointID(index)
      let places = endpoint.placements.enumerated().map { number, placement in
        Signature.Place(
          segment: placement.segment, memberships: compiled.membershipNumbers[index][number],
          layers: placement.layers, machine: placement.machine, front: placement.front,
          addresses: placement.addresses.map { address in
            switch address {
            case .prefix(let prefix):
              Signature.Address(
                known: compiled.parts(of: address).map(\.addressClass), length: prefix.length, within: nil,
                outside: outsideSignature(address, in: placement.segment))
            case .unknown(let unknown):
              Signature.Address(
                known: [], length: nil, within: network[unknown].within,
                outside: outsideSignature(address, in: placement.segment))
            }
          })
      }
      let signature = Signature(
        exists: endpoint.exists, standsForMany: endpoint.standsForMany, accepts: endpoint.accepts,
        namedPorts: endpoint.namedPorts, namedPortsOpen: endpoint.namedPortsOpen, layers: endpoint.layers,
        placements: places, interfaceOf: interfaces[id] ?? [], targetOf: keptTargets[id] ?? [],
        endingTargetOf: endingTargets[id] ?? [],
        port: ports.contains(id), clusters: serving ? endpoint.attributes.values[.cluster] ?? [] : [],
        assumptions: endpoint.assumptions)
      if let number = known[signature] {
        numbers.append(number)
        members[number].append(id)
      } else {
        known[signature] = members.count
        numbers.append(members.count)
        members.append([id])
      }
    }
    self.numbers = numbers
    self.members = members
  }
}
