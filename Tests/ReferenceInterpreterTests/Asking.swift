import NetworkModel
import PacketSpace
import ReferenceInterpreter
import TestSupport

/// What the interpreter says of a sketch.
extension Sketch {
  func ask(
    _ source: EndpointID, _ destination: EndpointID, placement: Int = 0, port: UInt16 = 80,
    from sourcePort: UInt16 = 50000,
    target: EndpointID? = nil, limit: Int = 4096
  ) -> WalkOutcome {
    ask(
      .endpoint(source, placement: 0),
      Packet(
        source: address(of: source), destination: address(of: destination, placement: placement),
        traffic: .ports(.tcp, from: sourcePort, to: port)), .endpoint(destination), target: target, limit: limit)
  }

  func ask(
    _ origin: Origin, _ packet: Packet, _ asked: Asked, target: EndpointID? = nil, limit: Int = 4096
  ) -> WalkOutcome {
    Interpreter(network, limit: limit).judge(
      WalkQuestion(origin: origin, packet: packet, asked: asked, target: target))
  }
}

extension Certainty {
  static let yes = Certainty(true)
  static let no = Certainty(false)
  static let undecided = Certainty(may: true, must: false)
}
