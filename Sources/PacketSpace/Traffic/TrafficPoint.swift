/// The part of a packet's header that a traffic set speaks about: protocol, and ports or ICMP type and code.
package struct TrafficPoint: Hashable, Sendable, CustomStringConvertible {
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

  package static func ports(_ proto: IPProtocol, from source: UInt16, to destination: UInt16) -> TrafficPoint {
    TrafficPoint(proto, source, destination)
  }

  package static func icmp(_ proto: IPProtocol, type: UInt8, code: UInt8) -> TrafficPoint {
    TrafficPoint(proto, 0, UInt16(type) << 8 | UInt16(code))
  }

  /// A packet of a protocol that bears neither ports nor types.
  package static func other(_ proto: IPProtocol) -> TrafficPoint { TrafficPoint(proto, 0, 0) }

  package var sourcePort: UInt16 { first }
  package var destinationPort: UInt16 { second }
  package var icmpType: UInt8 { UInt8(second >> 8) }
  package var icmpCode: UInt8 { UInt8(second & 255) }

  /// The header of the answer: ports swapped; ICMP 8→0 and 13→14, ICMPv6 128→129, code kept; any other ICMP has none (the walk, section 1).
  package var answer: TrafficPoint? {
    if `protocol`.hasPorts { return .ports(`protocol`, from: second, to: first) }
    guard `protocol`.isICMP else { return self }
    guard let type = ICMPPairs.answers(`protocol`)[icmpType] else { return nil }
    return .icmp(`protocol`, type: type, code: icmpCode)
  }

  package var description: String {
    if `protocol`.hasPorts { return "\(`protocol`)/\(second) from \(first)" }
    return `protocol`.isICMP ? "\(`protocol`)/\(icmpType)/\(icmpCode)" : `protocol`.description
  }
}

/// The ICMP types that ask and the types that answer them.
enum ICMPPairs {
  static func answers(_ proto: IPProtocol) -> [UInt8: UInt8] { proto == .icmp ? [8: 0, 13: 14] : [128: 129] }
}
