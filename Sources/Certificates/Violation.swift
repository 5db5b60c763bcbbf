package import PacketSpace

extension Certificate {
  /// What violates a property: a path with a concrete packet on each leg, a pair that lacks an answer, or an object that lacks something.
  package struct Violation: Hashable, Sendable {
    /// The canonical keys of both ends; one and the same where an object lacks something.
    package var source: String
    package var target: String
    /// What is not answered, for `require`.
    package var missing: TrafficSet?
    package var legs: [Leg]

    package init(source: String, target: String, missing: TrafficSet? = nil, legs: [Leg] = []) {
      self.source = source
      self.target = target
      self.missing = missing
      self.legs = legs
    }
  }

  /// One connection of a path, by a packet as it is sent.
  package struct Leg: Hashable, Sendable {
    /// Where it begins: an endpoint in one of its placements, a zone by the attachment at which it comes in, or a host in a segment.
    package enum Origin: Hashable, Sendable {
      case endpoint(String, placement: Int)
      case zone(String, by: String)
      case host(segment: String)
    }

    /// Where it is to end.
    package enum Asked: Hashable, Sendable {
      case endpoint(String)
      case zone(String)
      case anybody
    }

    package var origin: Origin
    package var source: Address
    package var destination: Address
    /// The header: `tcp/443 from 50000`, `icmp/8/0`, `ip/47`.
    package var header: TrafficPoint
    package var asked: Asked
    /// The placement of the endpoint asked about.
    package var placement: Int?
    /// The endpoint that a relay on the way is to choose.
    package var target: String?
    /// The listener and target by which the leg before went over into this one.
    package var relay: Turn?

    package init(
      origin: Origin, source: Address, destination: Address, header: TrafficPoint, asked: Asked, placement: Int?,
      target: String?, relay: Turn?
    ) {
      self.origin = origin
      self.source = source
      self.destination = destination
      self.header = header
      self.asked = asked
      self.placement = placement
      self.target = target
      self.relay = relay
    }
  }

  /// An address in a packet: a number, or one of those that are not known, by its place among them.
  package struct Address: Hashable, Sendable {
    package var number: IPAddress
    package var unknown: Int?

    package init(_ number: IPAddress, unknown: Int? = nil) {
      self.number = number
      self.unknown = unknown
    }
  }

  /// Where a relay ends one connection and opens the next.
  package struct Turn: Hashable, Sendable {
    package var relay: String
    package var listener: Int
    package var target: Int

    package init(relay: String, listener: Int, target: Int) {
      self.relay = relay
      self.listener = listener
      self.target = target
    }
  }
}
