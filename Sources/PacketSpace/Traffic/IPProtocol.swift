/// A protocol by its IANA number.
package struct IPProtocol: RawRepresentable, Hashable, Comparable, Sendable, CustomStringConvertible {
  package let rawValue: UInt8

  package init(rawValue: UInt8) { self.rawValue = rawValue }

  package static let icmp = IPProtocol(rawValue: 1)
  package static let tcp = IPProtocol(rawValue: 6)
  package static let udp = IPProtocol(rawValue: 17)
  package static let icmpv6 = IPProtocol(rawValue: 58)
  package static let sctp = IPProtocol(rawValue: 132)

  /// Reads a name or a number.
  package init?(name: some StringProtocol) {
    switch name.lowercased() {
    case "tcp": self = .tcp
    case "udp": self = .udp
    case "sctp": self = .sctp
    case "icmp": self = .icmp
    case "icmpv6", "icmp6", "ipv6-icmp": self = .icmpv6
    default:
      guard let number = IPAddress.decimal(Array(name.utf8)[...], most: 255) else { return nil }
      self.init(rawValue: UInt8(number))
    }
  }

  /// Whether its packets bear ports.
  package var hasPorts: Bool { self == .tcp || self == .udp || self == .sctp }

  /// Whether its packets bear a type and a code.
  package var isICMP: Bool { self == .icmp || self == .icmpv6 }

  package static func < (left: IPProtocol, right: IPProtocol) -> Bool { left.rawValue < right.rawValue }

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
