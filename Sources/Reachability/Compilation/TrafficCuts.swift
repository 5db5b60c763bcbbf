import NetworkModel
import PacketSpace

extension Network {
  /// Every traffic set that something in the network can tell apart, so that the atoms made of them are divided by no rule.
  ///
  /// Filters that may judge an answer by its own header cut by what they admit as answers too: their rules then speak of the request's
  /// source ports.
  func trafficCuts() -> [TrafficSet] {
    var cuts: Set<TrafficSet> = [
      TrafficSet(icmp: .icmp, type: 8, code: nil), TrafficSet(icmp: .icmp, type: 13, code: nil),
      TrafficSet(icmp: .icmpv6, type: 128, code: nil),
    ]
    let judgeAnswers = filtersThatJudgeAnswers()
    for (index, filter) in filters.enumerated() {
      for list in [filter.ingress, filter.egress] {
        for rule in list?.rules ?? [] {
          cuts.insert(rule.traffic.set)
          if judgeAnswers.contains(index) { cuts.insert(rule.traffic.set.requests) }
        }
      }
    }
    for index in endpoints.indices {
      if let accepts = endpoints[index].accepts { cuts.insert(accepts) }
      for port in endpoints[index].namedPorts {
        if let number = port.port { cuts.insert(TrafficSet(port.transport, destination: PortSet(PortRange(number)))) }
      }
      for service in endpoints[index].services { cuts.insert(service.traffic) }
    }
    for relay in relays {
      for listener in relay.listeners {
        cuts.insert(listener.traffic)
        for case let port? in listener.targets.map(\.port) {
          cuts.insert(TrafficSet(listener.transport, destination: PortSet(PortRange(port))))
        }
      }
    }
    if attachments.contains(where: { $0.hides }) {
      let hidden = PortSet(PortRange.hiding)
      cuts.insert(TrafficSet(.tcp, source: hidden))
      cuts.insert(TrafficSet(.udp, source: hidden))
    }
    cuts.remove(.any)
    cuts.remove(.none)
    return cuts.sorted { $0.description < $1.description }
  }

  /// The filters that may be asked about an answer: those of segments and attachments, and the layers of routers' own interfaces.
  private func filtersThatJudgeAnswers() -> Set<Int> {
    var found: Set<Int> = []
    for segment in segments {
      for filter in segment.inFilters + segment.outFilters { found.insert(filter.offset) }
    }
    for attachment in attachments {
      for filter in attachment.inFilters + attachment.outFilters { found.insert(filter.offset) }
      guard case .ports(let ports) = attachment.farSide else { continue }
      for case let endpoint? in ports.map(\.endpoint) {
        let layers = self[endpoint].layers + self[endpoint].placements.flatMap(\.layers)
        for layer in layers {
          for tier in self[layer].ingress + self[layer].egress {
            for entry in tier.entries { found.insert(entry.filter.offset) }
          }
        }
      }
    }
    return found
  }
}

extension Attachment {
  /// Whether it rewrites many sources to one address.
  var hides: Bool {
    (translations ?? []).contains { if case .hide = $0.kind { true } else { false } }
  }
}

extension PortRange {
  /// The source ports that hiding gives out (the walk, section 4.6).
  static let hiding = PortRange(lower: 1024, upper: 65535)
}
