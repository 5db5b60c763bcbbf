package import Diagnostics
package import PacketSpace

/// What the project file, the command line or the cloud says of a cluster.
package struct ClusterOptions: Sendable {
  /// Whether `ipBlock` holds pods: Kubernetes leaves it open (NetworkPolicy, "Behavior of ipBlock selectors").
  package enum IPBlocks: Hashable, Sendable {
    /// Blocks hold the pods whose addresses lie in them.
    case pods
    /// Blocks hold addresses outside the cluster only.
    case external
    /// Both are tried; what hangs on it is undecided.
    case undecided
  }

  /// Whether the cluster's network enforces NetworkPolicy.
  package enum Enforcement: Hashable, Sendable {
    case yes, no
    /// It does by default, as an assumption.
    case assumed
    case unknown
  }

  /// What lies outside a cluster that stands alone.
  package enum External: Hashable, Sendable {
    /// The internet is reached, and comes in by real entries only.
    case exposed
    /// Every address, private ones included, reaches and is reached by every pod as far as policies let it.
    case policy
  }

  package var name: String
  package var ipBlocks: IPBlocks
  package var podRanges: [IPPrefix]
  package var serviceRanges: [IPPrefix]
  package var enforced: Enforcement
  package var environment: String?
  package var external: External
  package var limits: InputLimits

  package init(
    name: String = "cluster", ipBlocks: IPBlocks = .undecided, podRanges: [IPPrefix] = [],
    serviceRanges: [IPPrefix] = [], enforced: Enforcement = .assumed, environment: String? = nil,
    external: External = .exposed, limits: InputLimits = .standard
  ) {
    self.name = name
    self.ipBlocks = ipBlocks
    self.podRanges = podRanges
    self.serviceRanges = serviceRanges
    self.enforced = enforced
    self.environment = environment
    self.external = external
    self.limits = limits
  }
}
