package import PacketSpace

/// One interface that starts or accepts connections; its *host* names the machine, service or workload it belongs to.
package struct Endpoint: Sendable {
  package var identity: Identity
  /// What it is, in a word that selectors use: `instance`, `rds`, `pod`, `alb`, `node`.
  package var kind: String
  /// The canonical key of the host. All interfaces of one host share it, and a selector of the host selects them all.
  package var host: String
  package var attributes: Attributes
  /// Whether it surely exists; an endpoint whose existence is unknown is never a *must* member of a selector.
  package var exists: Truth
  /// Whether it stands for two or more alike: it is then asked against a second one like itself.
  package var standsForMany: Bool
  /// What it accepts. `nil` does not restrict (instances, pods); a set is complete, also an empty one (managed services, relays).
  package var accepts: TrafficSet?
  /// Named ports, for rules that name a listener.
  package var namedPorts: [NamedPort]
  /// Set when named ports may exist that are not seen.
  package var namedPortsOpen: UnknownID?
  /// What is known of the encryption of its ports.
  package var services: [Service]
  /// Layers of the endpoint itself, met at every placement: the policies of a pod. All must allow.
  package var layers: [LayerID]
  /// One holds; which is unknown if there are several.
  package var placements: [Placement]
  /// Defaults that were taken to know this endpoint as it is.
  package var assumptions: [AssumptionID]
  package var derivation: Derivation

  package init(
    identity: Identity, kind: String, host: String? = nil, attributes: Attributes = Attributes(), exists: Truth = .yes,
    standsForMany: Bool = false, accepts: TrafficSet? = nil, namedPorts: [NamedPort] = [],
    namedPortsOpen: UnknownID? = nil, services: [Service] = [], layers: [LayerID] = [], placements: [Placement],
    assumptions: [AssumptionID] = [], derivation: Derivation = .none
  ) {
    self.identity = identity
    self.kind = kind
    self.host = host ?? identity.key
    self.attributes = attributes
    self.exists = exists
    self.standsForMany = standsForMany
    self.accepts = accepts
    self.namedPorts = namedPorts
    self.namedPortsOpen = namedPortsOpen
    self.services = services
    self.layers = layers
    self.placements = placements
    self.assumptions = assumptions
    self.derivation = derivation
  }
}

/// A port that rules may call by name, resolved at the destination only.
package struct NamedPort: Hashable, Sendable {
  package var name: String
  package var transport: IPProtocol
  /// `nil` when the number is not known.
  package var port: UInt16?

  package init(name: String, transport: IPProtocol, port: UInt16?) {
    self.name = name
    self.transport = transport
    self.port = port
  }
}

/// What is known of the encryption of connections to some ports of an endpoint.
package struct Service: Hashable, Sendable {
  package var traffic: TrafficSet
  package var encryption: Encryption
  package var derivation: Derivation

  package init(traffic: TrafficSet, encryption: Encryption, derivation: Derivation = .none) {
    self.traffic = traffic
    self.encryption = encryption
    self.derivation = derivation
  }
}
