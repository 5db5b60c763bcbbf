package import NetworkModel

/// What structural predicates ask about: policies that select, and rules that admit everyone.
package struct StructuralFacts: Sendable {
  package struct Workload: Sendable {
    package var endpoint: EndpointID
    package var namespace: String
    package var cluster: String
    package var hasIngressPolicy: Bool
    package var hasEgressPolicy: Bool

    package init(
      endpoint: EndpointID, namespace: String, cluster: String, hasIngressPolicy: Bool, hasEgressPolicy: Bool
    ) {
      self.endpoint = endpoint
      self.namespace = namespace
      self.cluster = cluster
      self.hasIngressPolicy = hasIngressPolicy
      self.hasEgressPolicy = hasEgressPolicy
    }
  }

  /// A namespace: one missing policy in it is one finding, at its place.
  package struct Namespace: Sendable {
    package var identity: Identity
    package var attributes: Attributes
    package var derivation: Derivation

    package init(identity: Identity, attributes: Attributes, derivation: Derivation) {
      self.identity = identity
      self.attributes = attributes
      self.derivation = derivation
    }
  }

  /// A rule that admits everyone on everything, and whom it selects.
  package struct AllowAll: Sendable {
    package var filter: FilterID
    package var direction: Direction
    package var label: String
    package var derivation: Derivation
    package var endpoints: [EndpointID]

    package init(filter: FilterID, direction: Direction, label: String, derivation: Derivation, endpoints: [EndpointID])
    {
      self.filter = filter
      self.direction = direction
      self.label = label
      self.derivation = derivation
      self.endpoints = endpoints
    }
  }

  package var workloads: [Workload] = []
  package var namespaces: [Namespace] = []
  package var allowAll: [AllowAll] = []

  package init() {}
}
