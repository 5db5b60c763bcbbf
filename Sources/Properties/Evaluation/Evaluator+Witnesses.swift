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

  /// One connection with a concrete packet, the surest that the engine shows.
  private func leg(
    _ source: Source, _ destination: Destination, _ wanted: TrafficSet, from: NamedEnd, to: NamedEnd,
    answered: Bool = false
  ) -> WitnessLeg? {
    var best: WitnessLeg?
    let flows = engine.flows(source, destination)
    for flow in flows.prefix(64) {
      let bounds = answered ? flow.answered : flow.arrives
      for arriving in [bounds.must.intersection(wanted), bounds.may.intersection(wanted)] where !arriving.isEmpty {
        guard let point = sent(flow, arriving) else { continue }
        let packet = Packet(source: flow.source, destination: flow.destination, traffic: point)
        let outcome = interpreter.judge(
          WalkQuestion(
            origin: flow.origin, packet: packet, asked: flow.asked, target: flow.target,
            askedPlacement: flow.askedPlacement))
        guard outcome.arrives.may else { continue }
        var origin = from
        if origin.kind == "zone" { origin.region = flow.sourceRegion }
        let leg = WitnessLeg(
          source: origin, destination: to, packet: packet, arrived: outcome.arrivedPacket ?? packet, traffic: arriving,
          hops: outcome.hops.compactMap { explainer.explain($0) }, relay: nil, isSure: outcome.arrives.must)
        if outcome.arrives.must { return leg }
        if best == nil { best = leg }
        break
      }
    }
    // Placements that are alternatives are each surely reached or not; together the engine's word holds.
    if var found = best {
      let connection = engine.connection(source, destination)
      let sure = answered ? connection.answered.must : connection.arrives.must
      found.isSure = sure.overlaps(wanted)
      return found
    }
    return nil
  }

  /// A packet as it is sent that arrives as some of the traffic.
  private func sent(_ flow: Flow, _ arriving: TrafficSet) -> TrafficPoint? {
    let direct = flow.sent.may.intersection(arriving)
    return (direct.isEmpty ? flow.sent.may : direct).sample
  }
}
