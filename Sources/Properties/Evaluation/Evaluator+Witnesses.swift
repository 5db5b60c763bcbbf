import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter

/// Concrete packets: every witness is replayed through the reference interpreter before it is reported.
extension Evaluator {
  func witness(_ violation: Violation) -> Witness? {
    let wanted = violation.traffic
    if let path = violation.reach.paths.first(where: { !$0.arrives.must.intersection(wanted).isEmpty })
      ?? violation.reach.paths.first(where: { !$0.arrives.may.intersection(wanted).isEmpty })
    {
      return witness(path, wanted, from: violation.source.name, to: violation.target.name)
    }
    guard
      let leg = leg(
        violation.source.source, violation.target.destination, wanted, from: violation.source.name,
        to: violation.target.name)
    else { return nil }
    return Witness(legs: [leg])
  }

  func witness(_ path: RelayPath, _ wanted: TrafficSet, from: NamedEnd, to: NamedEnd) -> Witness? {
    var legs: [WitnessLeg] = []
    for (number, step) in path.legs.enumerated() {
      let isLast = number == path.legs.count - 1
      let traffic = isLast ? step.traffic.intersection(wanted) : step.traffic
      let source = number == 0 ? from : name(step.source)
      let target = isLast ? to : name(step.destination)
      guard var leg = leg(step.source, step.destination, traffic, from: source, to: target, answered: !isLast) else {
        return nil
      }
      if let relay = step.relay { leg.relay = explainer.relay(relay.relay, relay.listener, relay.target) }
      leg.turn = step.relay
      legs.append(leg)
    }
    return Witness(legs: legs)
  }

  private func name(_ source: Source) -> NamedEnd {
    switch source {
    case .endpoint(let id), .addressOf(let id, _): explainer.end(id)
    case .host(let number, _): NamedEnd(key: number.description, name: number.description, kind: "address")
    case .zone(let zone, let within): explainer.end(zone, region: within)
    }
  }

  private func name(_ destination: Destination) -> NamedEnd {
    switch destination {
    case .endpoint(let id): explainer.end(id)
    case .address(let number): NamedEnd(key: number.description, name: number.description, kind: "address")
    case .zone(let zone, let within): explainer.end(zone, region: within)
    }
  }

  /// Which of the ways are found together and tried, one after the other.
  private static let flowsTried = [0..<2, 2..<64]
  private static let mostUnsureReplays = 3

  /// One connection with a concrete packet, the surest that the engine shows.
  private func leg(
    _ source: Source, _ destination: Destination, _ wanted: TrafficSet, from: NamedEnd, to: NamedEnd,
    answered: Bool = false
  ) -> WitnessLeg? {
    var best: WitnessLeg?
    var glance = interpreter
    glance.limit = 64
    var unsure = 0
    // The first way mostly shows it.
    let flows = Self.flowsTried.lazy.flatMap { [engine] tried in
      engine.flows(source, destination, atMost: tried.upperBound).dropFirst(tried.lowerBound)
    }
    for flow in flows {
      let bounds = answered ? flow.answered : flow.arrives
      guard bounds.may.overlaps(wanted) else { continue }
      let mayBeSure = bounds.must.overlaps(wanted)
      for point in points(flow, wanted, answered: answered) {
        // Replaying what hangs on unknowns takes as long as there are values of them, and shows one way at best.
        if !mayBeSure {
          if best != nil || unsure == Self.mostUnsureReplays { break }
          unsure += 1
        }
        let packet = Packet(source: flow.source, destination: flow.destination, traffic: point)
        let question = WalkQuestion(
          origin: flow.origin, packet: packet, asked: flow.asked, target: flow.target,
          askedPlacement: flow.askedPlacement)
        let outcome = (mayBeSure ? interpreter : glance).judge(question)
        let certainty = answered ? outcome.answered : outcome.arrives
        guard certainty.may, let arrived = outcome.arrivedPacket else { continue }
        // What an address is asked for is said of the packet as it was sent.
        var said = arrived.traffic
        if case .address = destination { said = packet.traffic }
        guard wanted.contains(said) else { continue }
        var origin = from
        if origin.kind == "zone" { origin.region = flow.sourceRegion }
        // Where there were too many alternatives to try them all, the engine's word stands.
        let isSure = certainty.must || (outcome.truncated && bounds.must.contains(said))
        let leg = WitnessLeg(
          source: origin, destination: to, packet: packet, arrived: arrived, traffic: bounds.may.intersection(wanted),
          hops: outcome.hops.compactMap { explainer.explain($0) }, relay: nil, isSure: isSure,
          question: question)
        if isSure, answered || outcome.answered.must || bounds.must.intersection(flow.answered.must).isEmpty {
          return leg
        }
        if best == nil || (isSure && best?.isSure == false) { best = leg }
      }
    }
    return best
  }

  /// Packets to try, as they are sent: what is answered for sure first, for it is worse than what only arrives.
  private func points(_ flow: Flow, _ wanted: TrafficSet, answered: Bool) -> [TrafficPoint] {
    var found: [TrafficPoint] = []
    func add(_ set: TrafficSet) {
      if let point = Self.familiar(set), !found.contains(point) { found.append(point) }
    }
    var ways = [(flow.sentAnswered.must, flow.answered.must), (flow.sentAnswered.may, flow.answered.may)]
    if !answered { ways += [(flow.sent.must, flow.arrives.must), (flow.sent.may, flow.arrives.may)] }
    for (sent, arrives) in ways where arrives.overlaps(wanted) {
      add(sent.intersection(wanted))
      // A port that is rewritten on the way is found by trying what is sent.
      if sent != arrives { add(sent) }
    }
    return found
  }
}
