/// A version of TLS, ordered by age.
package enum TLSVersion: Int, Hashable, Comparable, Sendable, CaseIterable, CustomStringConvertible {
  case ssl3, tls10, tls11, tls12, tls13

  package static func < (left: TLSVersion, right: TLSVersion) -> Bool { left.rawValue < right.rawValue }

  package var description: String {
    switch self {
    case .ssl3: "SSLv3"
    case .tls10: "TLSv1.0"
    case .tls11: "TLSv1.1"
    case .tls12: "TLSv1.2"
    case .tls13: "TLSv1.3"
    }
  }

  /// Reads `TLSv1.2`, `TLS1.2`, `1.2`, `TLSv1` and the like.
  package init?(_ text: String) {
    switch text.lowercased() {
    case "sslv3", "ssl3": self = .ssl3
    case "tlsv1", "tlsv1.0", "tls1.0", "tls1", "1.0", "1": self = .tls10
    case "tlsv1.1", "tls1.1", "1.1": self = .tls11
    case "tlsv1.2", "tls1.2", "1.2": self = .tls12
    case "tlsv1.3", "tls1.3", "1.3": self = .tls13
    default: return nil
    }
  }
}

/// What a server insists on, hop by hop: a server that merely offers TLS accepts plaintext too and is *mixed*.
///
/// The order from best to worst is encrypted, mixed, plaintext; unknown stands beside it (rules reference, section 3).
package enum Encryption: Hashable, Sendable {
  /// TLS is required, of this version or later; the version is `nil` where TLS is required and its minimum is not known.
  case required(minimum: TLSVersion?)
  /// Both TLS and plaintext are accepted.
  case mixed
  case plaintext
  /// Plaintext that carries nothing but a redirect to an encrypted listener.
  case redirectOnly
  /// The balancer passes the bytes on unread: what the target says decides.
  case passthrough
  case unknown(UnknownID)
  /// Nothing is said about encryption at all.
  case unstated
}
