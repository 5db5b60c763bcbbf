/// The ICMP types that ask and the types that answer them: echo (RFC 792, RFC 4443) and timestamp (the walk, section 1).
enum ICMPPairs {
  /// The asking types of a protocol, each with the one that answers it, in order of what answers.
  static func of(_ proto: IPProtocol) -> [(request: UInt8, answer: UInt8)] {
    switch proto {
    case .icmp: [(8, 0), (13, 14)]
    case .icmpv6: [(128, 129)]
    default: []
    }
  }

  /// The type that answers one that asks.
  static func answer(to type: UInt8, of proto: IPProtocol) -> UInt8? {
    of(proto).first { $0.request == type }?.answer
  }
}
