/// The part of a packet's header that a traffic set speaks about: protocol, and ports or ICMP type and code.
package struct TrafficPoint: Hashable, Sendable {
  /// The protocol of the packet.
  package let `protocol`: IPProtocol
  /// Source port, or nothing.
  private let first: UInt16
  /// Destination port, or type and code as `type << 8 | code`.
  private let second: UInt16

  private init(_ proto: IPProtocol, _ first: UInt16, _ second: UInt16) {
    `protocol` = proto
    self.first = first
    self.second = second
  }

  /// A packet of a protocol with ports.
  package static func ports(_ proto: IPProtocol, from source: UInt16, to destination: UInt16) -> TrafficPoint {
    TrafficPoint(proto, source, destination)
  }

  /// A packet of one of the two ICMP protocols.
  package static func icmp(_ proto: IPProtocol, type: UInt8, code: UInt8) -> TrafficPoint {
    TrafficPoint(proto, 0, UInt16(type) << 8 | UInt16(code))
  }

  /// A packet of a protocol that bears neither ports nor types.
  package static func other(_ proto: IPProtocol) -> TrafficPoint { TrafficPoint(proto, 0, 0) }

  /// The source port, where the protocol has ports.
  package var sourcePort: UInt16 { first }
  /// The destination port, where the protocol has ports.
  package var destinationPort: UInt16 { second }
  /// The ICMP type, where the protocol is ICMP.
  package var icmpType: UInt8 { UInt8(second >> 8) }
  /// The ICMP code, where the protocol is ICMP.
  package var icmpCode: UInt8 { UInt8(second & 255) }

  /// The header of the answer: ports swapped; ICMP 8 → 0 and 13 → 14, ICMPv6 128 → 129, code kept; any other ICMP has none, and a
  /// protocol with neither ports nor types is answered by itself (the walk, section 1).
  package var answer: TrafficPoint? {
    if `protocol`.hasPorts { return .ports(`protocol`, from: second, to: first) }
    guard `protocol`.isICMP else { return self }
    return ICMPPairs.answer(to: icmpType, of: `protocol`).map { .icmp(`protocol`, type: $0, code: icmpCode) }
  }
}

extension TrafficPoint: CustomStringConvertible {
  /// As the traffic of this one packet is written: `tcp/443 from 50000`, `icmp/8/0`, `ip/47`.
  package var description: String {
    if `protocol`.hasPorts { return "\(`protocol`)/\(second) from \(first)" }
    return `protocol`.isICMP ? "\(`protocol`)/\(icmpType)/\(icmpCode)" : `protocol`.description
  }
}
