package import NetworkModel

/// A line of the language: a question, or a property that is to hold.
package enum Statement: Hashable, Sendable {
  case query(Query)
  case property(Property)
}

/// A question about what connects.
package struct Query: Hashable, Sendable {
  package enum Form: String, Hashable, Sendable, CaseIterable {
    /// What connects?
    case connects
    /// Every hop with the rule that permits it.
    case why
    /// Every thing that blocks it.
    case whyNot
    /// Who can? The source is `sources`.
    case sources
    /// What can it reach? The destination is `targets`.
    case targets
  }

  package var form: Form
  package var arrow: Arrow
  /// Everyone where the question is `sources` or `targets`.
  package var source: Selector
  package var destination: Selector
  package var on: TrafficLiteral?
  package var entering: TrafficLiteral?

  package init(
    _ form: Form = .connects, _ source: Selector, _ arrow: Arrow = .connection, _ destination: Selector,
    on: TrafficLiteral? = nil, entering: TrafficLiteral? = nil
  ) {
    self.form = form
    self.arrow = arrow
    self.source = source
    self.destination = destination
    self.on = on
    self.entering = entering
  }
}

/// A statement about flows, or about what guards things.
package enum Property: Hashable, Sendable {
  case flow(FlowProperty)
  /// Nothing passes either way.
  case isolated(Selector, Selector, on: TrafficLiteral?)
  /// The same is answered in both.
  case same(Selector, Selector)
  case all(Selector, StructuralPredicate)
}

/// A property of what passes from one side of an arrow to the other.
package struct FlowProperty: Hashable, Sendable {
  package enum Demand: Hashable, Sendable {
    case forbid
    case require
    /// Nobody but the source.
    case only
    /// `nil`: any version.
    case encrypted(minimum: Minimum?)
    case every(via: Selector)
  }

  package enum Minimum: Hashable, Sendable {
    case version(TLSVersion)
    case parameter(String)
  }

  package var demand: Demand
  package var source: Selector
  package var arrow: Arrow
  package var destination: Selector
  package var on: TrafficLiteral?
  package var entering: TrafficLiteral?

  package init(
    _ demand: Demand, _ source: Selector, _ arrow: Arrow, _ destination: Selector, on: TrafficLiteral? = nil,
    entering: TrafficLiteral? = nil
  ) {
    self.demand = demand
    self.source = source
    self.arrow = arrow
    self.destination = destination
    self.on = on
    self.entering = entering
  }
}

/// What `all S have …` may ask.
package enum StructuralPredicate: Hashable, Sendable {
  case policyIngress
  case policyEgress
  case noAllowAll
  case label(String)
}

extension Property {
  /// The selectors of both sides.
  package var selectors: [Selector] {
    switch self {
    case .flow(let flow): [flow.source, flow.destination]
    case .isolated(let first, let second, _), .same(let first, let second): [first, second]
    case .all(let subjects, _): [subjects]
    }
  }
}
