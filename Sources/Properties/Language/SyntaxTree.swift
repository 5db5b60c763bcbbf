package import NetworkModel
package import PacketSpace

/// A part of a line in the language, in UTF-8 offsets from its start.
package struct TextRange: Hashable, Sendable {
  package var start: Int
  package var end: Int

  package init(_ start: Int, _ end: Int) {
    self.start = start
    self.end = end
  }

  /// From the start of this to the end of the other.
  package func through(_ other: TextRange) -> TextRange { TextRange(start, other.end) }
}

/// A word of a selector as it was written; a quoted one is always a name.
package struct SelectorWord: Hashable, Sendable {
  package var text: String
  package var isQuoted: Bool
  package var range: TextRange

  package init(_ text: String, isQuoted: Bool = false, range: TextRange = TextRange(0, 0)) {
    self.text = text
    self.isQuoted = isQuoted
    self.range = range
  }
}

/// Which endpoints, zones and addresses.
package indirect enum SelectorExpression: Hashable, Sendable {
  case word(SelectorWord)
  case not(SelectorExpression)
  case and(SelectorExpression, SelectorExpression)
  case or(SelectorExpression, SelectorExpression)
}

/// How far a connection goes.
package enum Arrow: String, Hashable, Sendable {
  /// One connection.
  case connection = "->"
  /// A path through relays.
  case path = "~>"
  /// A path through pivots.
  case pivots = "=>"
}

/// Traffic as it was written: a literal, or its complement.
package struct TrafficExpression: Hashable, Sendable {
  package var set: TrafficSet
  /// The words, so that printing gives back what people wrote.
  package var text: String
  package var range: TextRange

  package init(set: TrafficSet, text: String, range: TextRange = TextRange(0, 0)) {
    self.set = set
    self.text = text
    self.range = range
  }
}

/// What flows from where to where.
package struct FlowExpression: Hashable, Sendable {
  /// `nil`: `sources`, whoever can.
  package var source: SelectorExpression?
  package var arrow: Arrow
  /// `nil`: `targets`, whatever can be reached.
  package var destination: SelectorExpression?
  /// Traffic as it arrives.
  package var on: TrafficExpression?
  /// Traffic as it leaves the source.
  package var entering: TrafficExpression?

  package init(
    source: SelectorExpression?, arrow: Arrow, destination: SelectorExpression?, on: TrafficExpression? = nil,
    entering: TrafficExpression? = nil
  ) {
    self.source = source
    self.arrow = arrow
    self.destination = destination
    self.on = on
    self.entering = entering
  }
}

/// A question.
package struct Query: Hashable, Sendable {
  package enum Mode: String, Hashable, Sendable {
    case connects = ""
    case why
    case whyNot = "why not"
  }

  package var mode: Mode
  package var flow: FlowExpression

  package init(mode: Mode = .connects, flow: FlowExpression) {
    self.mode = mode
    self.flow = flow
  }
}

/// A statement that a rule makes.
package enum Property: Hashable, Sendable {
  case forbid(FlowExpression)
  case require(FlowExpression)
  /// Nobody else reaches the destination.
  case only(FlowExpression)
  case encrypted(FlowExpression, minimum: TLSVersion?)
  case every(FlowExpression, via: SelectorExpression)
  case isolated(SelectorExpression, SelectorExpression)
  case same(SelectorExpression, SelectorExpression)
  case all(SelectorExpression, StructuralPredicate)
}

/// What objects must have.
package enum StructuralPredicate: Hashable, Sendable {
  case policyIngress
  case policyEgress
  case noAllowAll
  case label(String)
}

/// One line of the language.
package enum Statement: Hashable, Sendable {
  case query(Query)
  case property(Property)
}
