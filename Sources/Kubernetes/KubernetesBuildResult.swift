package import Diagnostics
package import NetworkModel
package import PacketSpace

/// What became of a cluster's objects, for whoever joins the cluster with a cloud or asks structural questions.
package struct KubernetesBuildResult: Sendable {
  /// A pod endpoint, and the policies that select it.
  package struct Pod: Sendable {
    package var endpoint: EndpointID
    package var namespace: String
    package var isHostNetwork: Bool
    package var ingress: [FilterID]
    package var egress: [FilterID]
  }

  /// A policy, for structural predicates.
  package struct Policy: Sendable {
    package var filter: FilterID
    package var namespace: String
    /// Whether it selects every pod of its namespace.
    package var selectsAll: Bool
  }

  /// A rule that admits everyone on everything.
  package struct AllowAllRule: Sendable {
    package var filter: FilterID
    package var direction: Direction
    package var label: String
    package var range: SourceRange
  }

  /// Pods that are targets of a load balancer's target group.
  package struct TargetGroupBinding: Sendable {
    package struct Target: Hashable, Sendable {
      package var endpoint: EndpointID
      package var port: UInt16
    }

    /// An ARN, or a name where `isByName`.
    package var targetGroup: String
    package var isByName: Bool
    package var namespace: String
    package var service: String
    /// `ip` or `instance`, where the binding says.
    package var targetType: String?
    package var targets: [Target]
    package var nodePort: UInt16?
    package var derivation: Derivation
  }

  /// Pods that get security groups of their own.
  package struct SecurityGroupPolicy: Sendable {
    package var groupIDs: [String]
    package var endpoints: [EndpointID]
    /// Set where it chooses by service account, whose labels are not read: then it may hold for these pods.
    package var isUncertain: Bool
    package var derivation: Derivation
  }

  /// A way into a cluster in a cloud that one of its objects opens.
  package struct Entry: Sendable {
    package var endpoint: EndpointID
    /// What the entry alone is a member of.
    package var membership: MembershipID
    /// Where its clients may be.
    package var clients: AddressSet
    /// The pods that it leads to, and the traffic that its controller would let in to their nodes for it.
    package var targets: [EndpointID]
    package var traffic: TrafficSet
    /// Whether a controller writes rules for it.
    package var isOpenedByController: Bool
    /// That it may be there or not.
    package var unknown: UnknownID
    package var derivation: Derivation
  }

  package var pods: [Pod] = []
  package var entries: [Entry] = []
  package var policies: [Policy] = []
  package var allowAllRules: [AllowAllRule] = []
  package var targetGroupBindings: [TargetGroupBinding] = []
  package var securityGroupPolicies: [SecurityGroupPolicy] = []
  /// The pods' segment, of a cluster that stands alone.
  package var segment: SegmentID?
  /// Every address outside, under `--external policy`.
  package var external: ZoneID?
  /// How many objects there were of each kind that is not read.
  package var unreadKinds: [String: Int] = [:]
  package var diagnostics: [Diagnostic] = []
}
