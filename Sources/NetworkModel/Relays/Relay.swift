package import PacketSpace

/// Ends one connection and opens another, or translates its destination: ALB, NLB, a Kubernetes Service.
package struct Relay: Sendable {
  /// Where a kept client's packet is translated.
  package enum Place: Hashable, Sendable {
    /// At the relay's own interface: a network load balancer.
    case interface
    /// At the source, before the packet is sent: a Service.
    case source
  }

  package var identity: Identity
  package var kind: String
  /// Endpoints that are its interfaces, all real.
  package var interfaces: [EndpointID]
  package var listeners: [Listener]
  /// An interface reaches only targets in its own segment's availability zone.
  package var reachesSameZoneOnly: Bool
  /// What it sends meets the outward filters of its own segment also for a target in that segment.
  package var meetsOwnBoundary: Bool
  /// Answers find the relay by its flow state, not by tables.
  package var answersByState: Bool
  package var place: Place
  package var attributes: Attributes
  package var assumptions: [AssumptionID]
  package var derivation: Derivation

  package init(
    identity: Identity, kind: String, interfaces: [EndpointID] = [], listeners: [Listener] = [],
    reachesSameZoneOnly: Bool = false, meetsOwnBoundary: Bool = false, answersByState: Bool = false,
    place: Place = .interface, attributes: Attributes = Attributes(), assumptions: [AssumptionID] = [],
    derivation: Derivation = .none
  ) {
    self.identity = identity
    self.kind = kind
    self.interfaces = interfaces
    self.listeners = listeners
    self.reachesSameZoneOnly = reachesSameZoneOnly
    self.meetsOwnBoundary = meetsOwnBoundary
    self.answersByState = answersByState
    self.place = place
    self.attributes = attributes
    self.assumptions = assumptions
    self.derivation = derivation
  }
}

extension Relay {
  /// A port on which a relay accepts connections.
  package struct Listener: Sendable {
    package var transport: IPProtocol
    /// Ports it listens on; most listen on one.
    package var ports: PortRange
    package var present: Truth
    package var targets: [Target]
    /// Set when targets may exist that are not seen.
    package var targetsOpen: UnknownID?
    /// The encryption of the client's leg.
    package var encryption: Encryption
    package var label: String
    package var derivation: Derivation

    package init(
      transport: IPProtocol, ports: PortRange, present: Truth = .yes, targets: [Target] = [],
      targetsOpen: UnknownID? = nil, encryption: Encryption = .unstated, label: String = "",
      derivation: Derivation = .none
    ) {
      self.transport = transport
      self.ports = ports
      self.present = present
      self.targets = targets
      self.targetsOpen = targetsOpen
      self.encryption = encryption
      self.label = label
      self.derivation = derivation
    }

    /// The traffic that it takes.
    package var traffic: TrafficSet { TrafficSet(transport, destination: PortSet(ports)) }
  }

  /// Where a listener sends what it accepts.
  package struct Target: Sendable {
    package enum Destination: Hashable, Sendable {
      case endpoint(EndpointID)
      /// A relay behind a relay: any of its interfaces.
      case relay(RelayID)
    }

    package var destination: Destination
    /// The address used; `nil`: any of the destination's own, one that the snapshot does not know included.
    package var address: HeldAddress?
    /// The port used; `nil`: the one the client asked for.
    package var port: UInt16?
    /// Whether the client's address is kept: then it is still one connection. Not kept: it ends here and another begins.
    package var keepsClient: Truth
    package var present: Truth
    /// The encryption of the second leg.
    package var encryption: Encryption
    package var derivation: Derivation

    package init(
      _ destination: Destination, address: HeldAddress? = nil, port: UInt16? = nil, keepsClient: Truth = .no,
      present: Truth = .yes, encryption: Encryption = .unstated, derivation: Derivation = .none
    ) {
      self.destination = destination
      self.address = address
      self.port = port
      self.keepsClient = keepsClient
      self.present = present
      self.encryption = encryption
      self.derivation = derivation
    }
  }
}
