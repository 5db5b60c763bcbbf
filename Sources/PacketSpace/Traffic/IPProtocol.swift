/// A protocol by its IANA number.
package struct IPProtocol: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number in the packet's header: IPv4's protocol, IPv6's last next header.
  package let rawValue: UInt8

  /// A protocol by its number.
  package init(rawValue: UInt8) { self.rawValue = rawValue }

  /// ICMP of IPv4 (RFC 792).
  package static let icmp = IPProtocol(rawValue: 1)
  /// TCP (RFC 9293).
  package static let tcp = IPProtocol(rawValue: 6)
  /// UDP (RFC 768).
  package static let udp = IPProtocol(rawValue: 17)
  /// ICMP of IPv6 (RFC 4443).
  package static let icmpv6 = IPProtocol(rawValue: 58)
  /// SCTP (RFC 9260).
  package static let sctp = IPProtocol(rawValue: 132)

  /// Reads a name (`tcp`, `udp`, `sctp`, `icmp`, `icmpv6`, in any case) or a plain number.
  package init?(name: some StringProtocol) {
    switch name.lowercased() {
    case "tcp": self = .tcp
    case "udp": self = .udp
    case "sctp": self = .sctp
    case "icmp": self = .icmp
    case "icmpv6", "icmp6", "ipv6-icmp": self = .icmpv6
    default:
      guard let number = UInt8(decimal: Substring(name).utf8) else { return nil }
      self.init(rawValue: number)
    }
  }

  /// Whether its packets bear ports.
  package var hasPorts: Bool { self == .tcp || self == .udp || self == .sctp }

  /// Whether its packets bear a type and a code.
  package var isICMP: Bool { self == .icmp || self == .icmpv6 }

  /// By number.
  package static func < (left: IPProtocol, right: IPProtocol) -> Bool { left.rawValue < right.rawValue }

  /// The name, or `ip/107`.
  package var description: String {
    switch self {
    case .tcp: "tcp"
    case .udp: "udp"
    case .sctp: "sctp"
    case .icmp: "icmp"
    case .icmpv6: "icmpv6"
    default: "ip/\(rawValue)"
    }
  }
}
