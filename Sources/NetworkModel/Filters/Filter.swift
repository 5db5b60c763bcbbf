package import PacketSpace

/// The way a packet takes through a filter, seen from the thing that carries the filter.
package enum Direction: String, Hashable, Sendable, CaseIterable, Comparable {
  case ingress, egress

  package static func < (left: Direction, right: Direction) -> Bool { left == .ingress && right == .egress }
}

/// Rules that permit or deny traffic: a security group, a network ACL, a NetworkPolicy.
package struct Filter: Sendable {
  /// What a first-match list does when none of its rules matched.
  package enum End: Hashable, Sendable { case miss, deny }

  package var identity: Identity
  /// What it is, in a person's words: `security group`, `network ACL`, `NetworkPolicy`.
  package var kind: String
  /// A stateful filter that judged the request at a place is not asked about the answer there.
  package var isStateful: Bool
  package var present: Truth
  package var end: End
  /// `nil`: it does not act in that direction.
  package var ingress: RuleList?
  package var egress: RuleList?
  /// Defaults that were taken to know this filter; every verdict that met it rests on them.
  package var assumptions: [AssumptionID]
  package var derivation: Derivation

  package init(
    identity: Identity, kind: String, isStateful: Bool = false, present: Truth = .yes, end: End = .miss,
    ingress: RuleList? = nil, egress: RuleList? = nil, assumptions: [AssumptionID] = [], derivation: Derivation = .none
  ) {
    self.identity = identity
    self.kind = kind
    self.isStateful = isStateful
    self.present = present
    self.end = end
    self.ingress = ingress
    self.egress = egress
    self.assumptions = assumptions
    self.derivation = derivation
  }

  /// The rules for a direction, or `nil` where the filter does not act.
  package func rules(_ direction: Direction) -> RuleList? {
    switch direction {
    case .ingress: ingress
    case .egress: egress
    }
  }
}

/// The rules of a filter in one direction, in order.
package struct RuleList: Sendable {
  package var rules: [Rule]
  /// Set when more rules may exist than are seen: the list is *open*.
  package var open: UnknownID?

  package init(_ rules: [Rule] = [], open: UnknownID? = nil) {
    self.rules = rules
    self.open = open
  }
}

/// One rule: who, what traffic, and what is done.
package struct Rule: Sendable {
  package enum Action: String, Hashable, Sendable {
    case allow, deny
    /// Leaves the tier; the tier after it goes on.
    case next
  }

  package var action: Action
  package var present: Truth
  /// The far end. `nil` is everyone, an empty list is nobody.
  package var peers: [Peer]?
  package var traffic: RuleTraffic
  /// Addresses of the near end; `nil` is any. Boundary and admission filters only.
  package var near: AddressSet?
  /// How a person finds the rule in its filter: `rule 100`, `ingress[0]`.
  package var label: String
  package var derivation: Derivation

  package init(
    _ action: Action, present: Truth = .yes, peers: [Peer]? = nil, traffic: RuleTraffic = .everything,
    near: AddressSet? = nil, label: String = "", derivation: Derivation = .none
  ) {
    self.action = action
    self.present = present
    self.peers = peers
    self.traffic = traffic
    self.near = near
    self.label = label
    self.derivation = derivation
  }
}

/// One alternative for the far end of a rule. All that is given must hold.
package struct Peer: Hashable, Sendable {
  package var present: Truth
  package var addresses: AddressSet?
  package var membership: MembershipID?
  /// Whether the far end must *not* be a member.
  package var isComplement: Bool

  package init(
    addresses: AddressSet? = nil, membership: MembershipID? = nil, isComplement: Bool = false, present: Truth = .yes
  ) {
    self.present = present
    self.addresses = addresses
    self.membership = membership
    self.isComplement = isComplement
  }
}

/// The traffic of a rule: a set, and listeners called by name.
package struct RuleTraffic: Hashable, Sendable {
  /// A listener's name over one protocol, or over any.
  package struct Named: Hashable, Sendable {
    package var name: String
    package var transport: IPProtocol?

    package init(_ name: String, transport: IPProtocol?) {
      self.name = name
      self.transport = transport
    }
  }

  package var set: TrafficSet
  /// Resolved over the destination endpoint's named ports; without destination endpoint they match nothing.
  package var named: [Named]

  package init(_ set: TrafficSet, named: [Named] = []) {
    self.set = set
    self.named = named
  }

  package static let everything = RuleTraffic(.any)
}
