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
    var traffic = BitSet(count: atoms.count)
    let atom = atoms.atom(of: packet.traffic)
    traffic.insert(atom)
    var walk = Walk(
      self,
      Walk.Question(
        origin: origin, source: way(packet.source), destination: way(packet.destination), asked: asked,
        askedPlacement: askedPlacement, target: target, traffic: traffic), explains: true)
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
