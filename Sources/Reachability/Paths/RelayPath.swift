package import NetworkModel
package import PacketSpace

/// A path: connections joined by relays that end one and begin the next.
package struct RelayPath: Sendable {
  /// One connection of the path.
  package struct Leg: Sendable {
    package var source: Source
    package var destination: Destination
    /// The traffic of this leg that matters to the path: what the next relay listens on, or what arrives in the end.
    package var traffic: TrafficSet
    /// The listener and target by which the leg before went over into this one; `nil` for the first leg.
    package var relay: RelayTarget?
  }

  /// A target of a relay's listener.
  package struct RelayTarget: Hashable, Sendable {
    package var relay: RelayID
    package var listener: Int
    package var target: Int
  }

  package var legs: [Leg]
  /// What arrives in the end: every earlier leg is answered and the last one arrives.
  package var arrives: Bounds<TrafficSet>
  package var answered: Bounds<TrafficSet>
  /// What the source sends: the first leg's traffic that is answered, or all of it where there is one leg only.
  package var entering: Bounds<TrafficSet>
  package var unknowns: [UnknownID]
  package var assumptions: [AssumptionID]
}
