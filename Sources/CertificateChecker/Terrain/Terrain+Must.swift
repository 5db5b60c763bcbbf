import NetworkModel
import PacketSpace
import ReferenceInterpreter

// What surely arrives: wherever both ends are, and by whatever attachment a zone comes in, some packet must get through.
extension Terrain {
  /// Whether something that matters surely arrives.
  ///
  /// - Parameters:
  ///   - sender: whose packets are walked.
  ///   - receiver: where they are to arrive.
  ///   - wanted: the headers that matter, as they arrive.
  ///   - headers: the headers to send.
  ///   - answered: whether it has to be answered too.
  /// - Returns: whether there is such a packet in every case.
  func surelyArrives(
    from sender: Sender, at receiver: Receiver, _ wanted: TrafficSet, sending headers: [TrafficPoint],
    answered: Bool = false
  ) -> Bool {
    let ours: [Int?] = sender.endpoint.map { Array(network[$0].placements.indices) } ?? [nil]
    let theirs: [Int?] = receiver.endpoint.map { Array(network[$0].placements.indices) } ?? [nil]
    return ours.allSatisfy { own in
      theirs.allSatisfy { there in
        surelyArrives(from: sender, own, at: receiver, there, wanted, headers, answered)
      }
    }
  }

  private func surelyArrives(
    from sender: Sender, _ own: Int?, at receiver: Receiver, _ there: Int?, _ wanted: TrafficSet,
    _ headers: [TrafficPoint], _ answered: Bool
  ) -> Bool {
    let aims =
      receiver.endpoint.flatMap { end in there.map { self.aims(at: end, placement: $0) } } ?? self.aims(at: receiver)
    return aims.contains { aim in
      sources(sender, own).contains { source in
        guard source.family == aim.address.family else { return false }
        let origins = origins(sender, own, towards: aim.address)
        return headers.contains { header in
          !origins.isEmpty
            && origins.allSatisfy { origin in
              let outcome = judge(
                WalkQuestion(
                  origin: origin, packet: Packet(source: source, destination: aim.address, traffic: header),
                  asked: aim.asked, target: aim.target, askedPlacement: aim.placement), isRequestOnly: !answered)
              var arrivals = outcome.arrivals
              if case .address = receiver { arrivals = [header] }
              return (answered ? outcome.answered.must : outcome.arrives.must) && arrivals.allSatisfy(wanted.contains)
            }
        }
      }
    }
  }

  private func sources(_ sender: Sender, _ placement: Int?) -> [PacketAddress] {
    switch sender {
    case .endpoint(let end, let within):
      return placement.map { starts(end, placement: $0, within: within).map(\.1) } ?? []
    case .host(let number, _): return [PacketAddress(number)]
    case .zone(let zone, let within):
      return parts.parts(of: network[zone].addresses.intersection(within)).map { PacketAddress($0) }
    }
  }

  private func origins(_ sender: Sender, _ placement: Int?, towards destination: PacketAddress) -> [Origin] {
    switch sender {
    case .endpoint(let end, _): return placement.map { [.endpoint(end, placement: $0)] } ?? []
    case .host(_, let segment): return [.host(segment)]
    case .zone(let zone, _): return entries(of: zone, towards: destination).map { .zone(zone, by: $0) }
    }
  }

  /// Whether all of the internet surely sends a header to an endpoint, in every family of its addresses: between endpoints that is no matter.
  func allOfInternetSends(_ header: TrafficPoint, to end: EndpointID) -> Bool {
    if let known = knownOfInternet(header, end) { return known }
    let result = findWhetherAllOfInternetSends(header, to: end)
    know(result, header, end)
    return result
  }

  private func findWhetherAllOfInternetSends(_ header: TrafficPoint, to end: EndpointID) -> Bool {
    let changing = kept.traffic(to: end)
    guard doors.opens(header, at: end, isNear: false).unborne || !changing.isEmpty,
      let number = network.zones.firstIndex(where: \.isInternet)
    else { return false }
    let internet = ZoneID(number)
    let families = IPFamily.allCases.filter { family in
      network[end].placements.flatMap(\.addresses).contains { held in
        switch held {
        case .prefix(let prefix): prefix.family == family
        case .unknown(let id): !network[id].within.restricted(to: family).isEmpty
        }
      }
    }
    if families.isEmpty { return false }
    // What relays change on the way may be sent with another header.
    let headers = [header] + boundaries.headers(in: changing).filter { $0 != header }
    return families.allSatisfy { family in
      let all = parts.parts(of: network[internet].addresses.restricted(to: family))
      return !all.isEmpty
        && all.allSatisfy { part in
          surelyArrives(
            from: .zone(internet, within: AddressSet(part)), at: .endpoint(end), TrafficSet(header), sending: headers)
        }
    }
  }
}
