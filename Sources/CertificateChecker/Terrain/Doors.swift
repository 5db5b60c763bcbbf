import NetworkModel
import PacketSpace
import ReferenceInterpreter

/// What the layers at an endpoint may let in, whatever way a packet came: nothing else can arrive there (the walk, 5.2), so only that need
/// be walked.
///
/// The interpreter itself judges the layers, over networks in which part of what rules ask is not known. What is let in for some value of
/// an unknown is let in for more than for any one value, so each of these judgements says *may* at least as often as the true one.
final class Doors {
  private let network: Network
  private let parts: AddressParts
  /// Nobody's peers are known: what is asked of headers is left.
  private let headersOnly: Interpreter
  /// No rule's traffic is known: what is asked of peers is left.
  private let peersOnly: Interpreter
  /// Addresses in peers are not known, and whoever comes bears no membership: what has an address that was given to it on the way.
  private let unborne: Interpreter

  private struct Key: Hashable {
    var endpoint: EndpointID
    var header: TrafficPoint
    var isNear: Bool
  }

  private var opensTo: [Key: (anybody: Bool, unborne: Bool)] = [:]

  init(_ network: Network, _ parts: AddressParts) {
    self.network = network
    self.parts = parts
    var base = network
    let unknown = base.add(Unknown("left open by the check"))
    headersOnly = Interpreter(
      base.changingRules { rule in
        if rule.peers?.isEmpty == false { rule.peers = [Peer(present: .unknown(unknown))] }
      })
    peersOnly = Interpreter(
      base.changingRules { rule in
        rule.traffic = .everything
        if rule.present != .no { rule.present = .unknown(unknown) }
      })
    unborne = Interpreter(
      base.changingRules { rule in
        guard let peers = rule.peers, !peers.isEmpty else { return }
        rule.peers = peers.filter { peer in
          guard let membership = peer.membership, !peer.isComplement else { return peer.present != .no }
          return network[membership].outside != .no
        }.map { _ in Peer(present: .unknown(unknown)) }
      })
  }

  /// Whether a header may be let in at an endpoint, and whether it may from somebody that bears nothing.
  ///
  /// - Parameters:
  ///   - header: as it arrives.
  ///   - endpoint: where it arrives.
  ///   - isNear: whether whoever sent it may be on a machine of the endpoint, where interface layers are not met.
  /// - Returns: both answers.
  func opens(_ header: TrafficPoint, at endpoint: EndpointID, isNear: Bool) -> (anybody: Bool, unborne: Bool) {
    let key = Key(endpoint: endpoint, header: header, isNear: isNear)
    if let known = opensTo[key] { return known }
    let machines = isNear ? self.machines(of: endpoint) : []
    let nobody = ArrivingEnd(PacketAddress(IPAddress(v4: 0)))
    let listens = network[endpoint].accepts?.contains(header) ?? true
    let anybody = listens && headersOnly.mayEnter(endpoint, header, from: nobody, machines: machines)
    let result = (anybody, anybody && unborne.mayEnter(endpoint, header, from: nobody, machines: machines))
    opensTo[key] = result
    return result
  }

  /// Whether anything may be let in at an endpoint from another that bears its own address, or that of its front.
  func opens(to source: EndpointID, at endpoint: EndpointID, isNear: Bool) -> Bool {
    let machines = isNear ? self.machines(of: endpoint) : []
    let header = TrafficPoint.other(IPProtocol(rawValue: 255))
    return bearers(of: source).contains { bearer, placement in
      network[bearer].placements[placement].addresses.contains { held in
        addresses(held).contains {
          peersOnly.mayEnter(
            endpoint, header, from: ArrivingEnd($0, bearer: bearer, placement: placement), machines: machines)
        }
      }
    }
  }

  /// The endpoint in each of its placements, and the fronts by which it may leave.
  private func bearers(of source: EndpointID) -> [(EndpointID, placement: Int)] {
    network[source].placements.enumerated().flatMap { number, placement -> [(EndpointID, placement: Int)] in
      [(source, number)] + (placement.front.map { [($0.endpoint, $0.placement)] } ?? [])
    }
  }

  private func addresses(_ held: HeldAddress) -> [PacketAddress] {
    switch held {
    case .prefix(let prefix): parts.parts(of: AddressSet(prefix)).map { PacketAddress($0) }
    case .unknown(let id): network[id].within.first.map { [PacketAddress($0, unknown: id)] } ?? []
    }
  }

  /// Whether two endpoints, or the fronts of the first, may be on one machine.
  func areNear(_ source: EndpointID, _ endpoint: EndpointID) -> Bool {
    let own = machines(of: endpoint)
    return bearers(of: source).contains { bearer, placement in
      network[bearer].placements[placement].machine.map { own.contains($0) } ?? false
    }
  }

  private func machines(of endpoint: EndpointID) -> Set<MachineID> {
    Set(network[endpoint].placements.compactMap(\.machine))
  }
}

extension Network {
  /// The network with every rule changed that judges what comes in.
  fileprivate func changingRules(_ change: (inout Rule) -> Void) -> Network {
    var result = self
    for index in result.filters.indices {
      guard var list = result.filters[index].ingress else { continue }
      for rule in list.rules.indices { change(&list.rules[rule]) }
      result.filters[index].ingress = list
    }
    return result
  }
}
