package import NetworkModel

/// One file of the walk vectors: a network, questions and the expected outcomes.
package struct WalkVector: Sendable {
  /// One walk with what is expected of it.
  package struct Question: Sendable {
    package var id: Int
    package var origin: Origin
    package var packet: Packet
    package var asked: Asked
    package var target: EndpointID?
    package var arrives: Bool
    package var answered: Bool
    /// In the order found, as `WalkNames` prints them.
    package var blockers: [String]
  }

  /// What a person would ask, over one or more walks, leg by leg.
  package struct Check: Sendable {
    package enum Verdict: String, Sendable { case answered, arrives, blocked }

    package var name: String
    package var verdict: Verdict
    package var legs: [[Int]]

    /// Of a path the verdict is that of the last leg if every earlier leg is answered, else blocked.
    package func verdict(from outcomes: [Int: (arrives: Bool, answered: Bool)]) -> Verdict {
      var verdict = Verdict.answered
      for leg in legs {
        if verdict != .answered { return .blocked }
        let walks = leg.compactMap { outcomes[$0] }
        verdict = walks.contains(where: \.answered) ? .answered : walks.contains(where: \.arrives) ? .arrives : .blocked
      }
      return verdict
    }
  }

  package var title: String
  package var network: Network
  package var questions: [Question]
  package var checks: [Check]
}

/// Prints blockers by the ids that a vector file gives its things.
package struct WalkNames: Sendable {
  package let network: Network

  package init(_ network: Network) { self.network = network }

  package func name(_ place: Place) -> String {
    switch place {
    case .segment(let id): network[id].identity.key
    case .endpoint(let id): network[id].identity.key
    case .router(let id): network[id].identity.key
    case .attachment(let id): network[id].identity.key
    case .relay(let id): network[id].identity.key
    case .zone(let id): network[id].identity.key
    case .host(let id): network[id].identity.key
    }
  }

  package func name(_ blocker: Blocker) -> String {
    "\(blocker.half.rawValue) \(name(blocker.place)) \(name(blocker.reason))"
  }

  private func name(_ reason: BlockReason) -> String {
    switch reason {
    case .boundary(let direction, let filter): "boundary \(direction) \(network[filter].identity.key)"
    case .admission(let direction, let filter): "admission \(direction) \(network[filter].identity.key)"
    case .layer(let direction, let layer, let filters):
      filters.isEmpty
        ? "layer \(direction) default of \(network[layer].identity.key)"
        : "layer \(direction) \(filters.map { network[$0].identity.key }.joined(separator: ","))"
    case .noGateway: "no-gateway"
    case .noEndpoint: "no-endpoint"
    case .loop: "loop"
    case .notUsable: "not-usable"
    case .noState: "no-state"
    case .noTranslationIn: "no-translation-in"
    case .noTranslationOut: "no-translation-out"
    case .noRoute: "no-route"
    case .drop: "drop"
    case .noSegment: "no-segment"
    case .noPortInZone: "no-port-in-az"
    case .noZone: "no-zone"
    case .noTarget: "no-target"
    case .doesNotListen: "does-not-listen"
    case .reachedElsewhere: "reached-elsewhere"
    case .wrongAddress: "wrong-address"
    case .reachesAnother: "reaches-another"
    case .notCrossedBack: "not-crossed-back"
    case .nobodyOwns: "nobody-owns"
    case .notUnderstood: "not-understood"
    }
  }
}
