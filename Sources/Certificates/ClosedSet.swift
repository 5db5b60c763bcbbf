package import PacketSpace

extension Certificate {
  /// Who is asked about, and who may carry on what the sources send: with the sources a closed set, which no connection leaves and which
  /// holds no target.
  package struct ClosedSet: Hashable, Sendable {
    package var sources: [End]
    package var targets: [End]
    /// What a path meets on the way, for `every … via`.
    package var waypoints: [String]
    /// The listeners of relays that the sources may reach, one behind another; empty where a single connection is asked about.
    package var reached: [Listener]
    /// What is no matter between endpoints, because all of the internet may send it there too.
    package var leftOut: [LeftOut]

    package init(
      sources: [End], targets: [End], waypoints: [String] = [], reached: [Listener] = [], leftOut: [LeftOut] = []
    ) {
      self.sources = sources
      self.targets = targets
      self.waypoints = waypoints
      self.reached = reached
      self.leftOut = leftOut
    }
  }

  /// An end of flows.
  package struct End: Hashable, Sendable {
    package enum Kind: String, Hashable, Sendable, CaseIterable {
      case endpoint, zone, host, address
    }

    package var kind: Kind
    /// Its canonical key (see `ModelKeys`); of a host its segment's, of an address nothing but itself.
    package var key: String
    /// The part of it that is meant, where it is not all of it.
    package var addresses: AddressSet?
    /// Whether it is surely there and surely meant.
    package var isSure: Bool

    package init(_ kind: Kind, _ key: String, addresses: AddressSet? = nil, isSure: Bool = true) {
      self.kind = kind
      self.key = key
      self.addresses = addresses
      self.isSure = isSure
    }
  }

  /// A listener of a relay, at one of the relay's interfaces.
  package struct Listener: Hashable, Sendable {
    package var relay: String
    package var interface: String
    /// Its place among the relay's listeners, from 0.
    package var number: Int
    /// What it takes.
    package var traffic: TrafficSet

    package init(relay: String, interface: String, number: Int, traffic: TrafficSet) {
      self.relay = relay
      self.interface = interface
      self.number = number
      self.traffic = traffic
    }
  }

  /// Traffic to an endpoint that is left out.
  package struct LeftOut: Hashable, Sendable {
    package var at: String
    package var traffic: TrafficSet

    package init(at endpoint: String, traffic: TrafficSet) {
      at = endpoint
      self.traffic = traffic
    }
  }

  /// A layer or missing way that holds a proof up, and where it is written.
  package struct CutMember: Hashable, Sendable {
    package var title: String
    package var place: String?

    package init(title: String, place: String?) {
      self.title = title
      self.place = place
    }
  }
}
