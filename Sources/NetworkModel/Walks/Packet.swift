package import PacketSpace

/// An address as a packet bears it: a number, and whose unknown address it stands for.
///
/// Two packet addresses are equal when both are known and the numbers are, or when they stand for the same unknown address. The number
/// of an unknown address is a representative of the case that a walk is in.
package struct PacketAddress: Hashable, Sendable, CustomStringConvertible {
  package var number: IPAddress
  package var unknown: UnknownAddressID?

  package init(_ number: IPAddress, unknown: UnknownAddressID? = nil) {
    self.number = number
    self.unknown = unknown
  }

  package static func == (left: PacketAddress, right: PacketAddress) -> Bool {
    if left.unknown != nil || right.unknown != nil { return left.unknown == right.unknown }
    return left.number == right.number
  }

  package func hash(into hasher: inout Hasher) {
    if let unknown { hasher.combine(unknown) } else { hasher.combine(number) }
  }

  package var family: IPFamily { number.family }

  package var description: String { number.description }
}

/// One concrete packet.
package struct Packet: Hashable, Sendable {
  package var source: PacketAddress
  package var destination: PacketAddress
  package var traffic: TrafficPoint

  package init(source: PacketAddress, destination: PacketAddress, traffic: TrafficPoint) {
    self.source = source
    self.destination = destination
    self.traffic = traffic
  }

  /// The packet that answers this one: addresses and ports swapped, ICMP by its pairs; `nil` where there is no answer (the walk, section 1).
  package var answer: Packet? {
    traffic.answer.map { Packet(source: destination, destination: source, traffic: $0) }
  }
}
