/// Filters at an endpoint that are combined into one answer; all layers of an endpoint must allow.
package struct Layer: Sendable {
  package enum Default: String, Hashable, Sendable { case allow, deny }

  package var identity: Identity
  /// What is done when no tier of the direction decides, also when there is none.
  package var `default`: Default
  package var ingress: [Tier]
  package var egress: [Tier]
  package var assumptions: [AssumptionID]

  package init(
    identity: Identity, default: Default, ingress: [Tier] = [], egress: [Tier] = [], assumptions: [AssumptionID] = []
  ) {
    self.identity = identity
    self.default = `default`
    self.ingress = ingress
    self.egress = egress
    self.assumptions = assumptions
  }

  package func tiers(_ direction: Direction) -> [Tier] { direction == .ingress ? ingress : egress }
}

/// A step of a layer: the filters that select the endpoint in one direction, and how they are combined.
package struct Tier: Sendable {
  package enum Mode: String, Hashable, Sendable {
    /// By position, lowest first; the first filter that says something decides.
    case first
    /// Any allow decides; allow rules only.
    case union
  }

  /// One filter of a tier.
  package struct Entry: Sendable {
    package var filter: FilterID
    /// Whether it selects the endpoint.
    package var selects: Truth
    /// Its position, from–to where it is not known exactly. No meaning in a union tier.
    package var position: ClosedRange<Int>

    package init(_ filter: FilterID, selects: Truth = .yes, position: ClosedRange<Int> = 0...0) {
      self.filter = filter
      self.selects = selects
      self.position = position
    }
  }

  package var mode: Mode
  /// Union only: denies what none of its filters admits, once one of them acts in that direction.
  package var isolates: Bool
  /// Set when filters may exist that are not seen.
  package var open: UnknownID?
  package var entries: [Entry]

  package init(_ mode: Mode, isolates: Bool = false, open: UnknownID? = nil, entries: [Entry] = []) {
    self.mode = mode
    self.isolates = isolates
    self.open = open
    self.entries = entries
  }
}
