package import NetworkModel
import PacketSpace

/// A small network made by dice, for tests that hold two evaluators against each other.
///
/// Routers like virtual networks with boundary filters both ways, peering, a hub, gateways that translate or keep or hide, an appliance,
/// zones; endpoints with one or two placements, groups and policies, fronts and machines; relays of every kind; and some damage: routes that
/// are missing or wrong, addresses off by one. The same seed gives the same network.
package struct RandomNetwork: Sendable {
  /// How likely what may be unknown is, and which parts there are.
  package struct Shape: Sendable {
    /// The probability of each value that may be unknown to be so; 0: everything is known.
    package var unknowns: Double
    package var hasRelays: Bool

    package init(unknowns: Double = 0.08, hasRelays: Bool = true) {
      self.unknowns = unknowns
      self.hasRelays = hasRelays
    }

    package static let known = Shape(unknowns: 0)
  }

  package let seed: UInt64
  package let network: Network
  let shape: Shape

  package init(seed: UInt64, shape: Shape = Shape()) {
    var builder = RandomNetworkBuilder(seed: seed, shape: shape)
    builder.build()
    self.seed = seed
    self.shape = shape
    self.network = builder.network
  }

  /// Questions about the network: packets between its ends, mostly such as may arrive.
  package func questions(_ count: Int) -> [PosedQuestion] {
    var source = QuestionDice(network: network, dice: Dice(seed: seed ^ 0x51_7C_C1_B7_27_22_0A_95))
    var result: [PosedQuestion] = []
    for _ in 0..<count * 4 where result.count < count {
      if let question = source.question() { result.append(question) }
    }
    return result
  }
}

/// One packet from one origin, as an interpreter or an engine is asked.
package struct PosedQuestion: Sendable {
  package var origin: Origin
  package var packet: Packet
  package var asked: Asked
  /// The endpoint that a relay on the way shall choose.
  package var target: EndpointID?
  package var askedPlacement: Int?

  package init(
    origin: Origin, packet: Packet, asked: Asked, target: EndpointID? = nil, askedPlacement: Int? = nil
  ) {
    self.origin = origin
    self.packet = packet
    self.asked = asked
    self.target = target
    self.askedPlacement = askedPlacement
  }
}
