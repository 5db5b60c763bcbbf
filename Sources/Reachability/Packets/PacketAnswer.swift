package import NetworkModel
import PacketSpace

/// What the engine says of one packet: for comparison with the interpreter, which judges one packet at a time.
package struct PacketAnswer: Sendable {
  package var arrives: Bounds<Bool>
  package var answered: Bounds<Bool>
  /// In the order found, each once.
  package var blockers: [Blocker]
}

extension CompiledNetwork {
  /// Walks one packet and lists every blocker, by the same code that walks all traffic at once.
  package func judge(
    origin: Origin, packet: Packet, asked: Asked, askedPlacement: Int? = nil, target: EndpointID? = nil
  ) -> PacketAnswer {
    var answer: PacketAnswer?
    for source in values(of: packet.source) {
      for destination in values(of: packet.destination) {
        // One unknown address is one and the same at both ends.
        let isOne = packet.source.unknown != nil && packet.source.unknown == packet.destination.unknown
        if isOne, source != destination { continue }
        let one = judge(
          packet.traffic,
          Walk.Question(
            origin: origin, source: source, destination: destination, asked: asked, askedPlacement: askedPlacement,
            target: target, traffic: BitSet(count: atoms.count)))
        answer = answer?.or(one) ?? one
      }
    }
    return answer ?? PacketAnswer(arrives: .unreached, answered: .unreached, blockers: [])
  }

  /// What a packet's address may be: one that is not known is any of those that it lies within.
  private func values(of address: PacketAddress) -> [WayAddress] {
    let cases = address.unknown.map { self.cases(of: .unknown($0)) } ?? []
    return cases.isEmpty ? [way(address)] : cases
  }

  private func judge(_ traffic: TrafficPoint, _ posed: Walk.Question) -> PacketAnswer {
    var question = posed
    let atom = atoms.atom(of: traffic)
    question.traffic.insert(atom)
    var walk = Walk(self, question, explains: true)
    let outcome = walk.run()
    func holds(_ bounds: Bounded?) -> Bounds<Bool> {
      guard let bounds else { return Bounds(may: walk.truncated, must: false) }
      return Bounds(
        may: bounds.may.contains(atom) || walk.truncated, must: bounds.must.contains(atom) && !walk.truncated)
    }
    return PacketAnswer(
      arrives: holds(outcome.arrives), answered: holds(outcome.answered), blockers: walk.blockers)
  }
}

extension PacketAnswer {
  /// Where it is not known which of two is so.
  fileprivate func or(_ other: PacketAnswer) -> PacketAnswer {
    func either(_ one: Bounds<Bool>, _ two: Bounds<Bool>) -> Bounds<Bool> {
      Bounds(may: one.may || two.may, must: one.must && two.must)
    }
    return PacketAnswer(
      arrives: either(arrives, other.arrives), answered: either(answered, other.answered),
      blockers: blockers + other.blockers.filter { !blockers.contains($0) })
  }
}

extension Bounds<Bool> {
  fileprivate static var unreached: Bounds { Bounds(may: false, must: false) }
}
