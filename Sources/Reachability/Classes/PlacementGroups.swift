import NetworkModel
import PacketSpace

/// The placements of an endpoint that nothing but the machine tells apart.
///
/// A pod that may stand on either of two nodes in each of three subnets has six placements in three groups; of a pair of groups only two
/// cases differ: on one machine, and apart.
struct PlacementGroups {
  private struct Signature: Hashable {
    var segment: SegmentID
    var layers: [LayerID]
    var memberships: Int
    var front: Front?
    var addresses: [Address]
  }

  private enum Address: Hashable {
    case known(HeldAddress)
    case unknown(AddressSet, outside: [HeldAddress])
  }

  private(set) var groups: [[Int]] = []

  init(_ endpoint: EndpointID, _ compiled: CompiledNetwork, outside: (HeldAddress, SegmentID) -> [HeldAddress]) {
    var known: [Signature: Int] = [:]
    for (number, placement) in compiled.network.endpoints[endpoint.offset].placements.enumerated() {
      let signature = Signature(
        segment: placement.segment, layers: placement.layers,
        memberships: compiled.membershipNumbers[endpoint.offset][number], front: placement.front,
        addresses: placement.addresses.map { held in
          if case .unknown(let id) = held {
            return .unknown(
              compiled.network.unknownAddresses[id.offset].within, outside: outside(held, placement.segment))
          }
          return .known(held)
        })
      if let index = known[signature] {
        groups[index].append(number)
      } else {
        known[signature] = groups.count
        groups.append([number])
      }
    }
  }

  /// One pair of placements for each case that differs: on one machine if they may be, and apart if they may be.
  static func cases(
    _ from: [Int], of source: EndpointID, _ to: [Int], of target: EndpointID, _ network: Network
  ) -> [(source: Int, target: Int)] {
    var together: (Int, Int)?
    var apart: (Int, Int)?
    for one in from {
      for other in to {
        let machine = network.endpoints[source.offset].placements[one].machine
        if machine != nil, machine == network.endpoints[target.offset].placements[other].machine {
          if together == nil { together = (one, other) }
        } else if apart == nil {
          apart = (one, other)
        }
        if together != nil, apart != nil { break }
      }
    }
    return [together, apart].compactMap { $0 }
  }
}
