package import NetworkModel
package import PacketSpace

/// What came out of a question, over everything that is unknown.
package struct WalkOutcome: Sendable {
  /// Where a request ended.
  package enum Ending: Hashable, Sendable {
    case endpoint(EndpointID, placement: Int)
    case zone(ZoneID, by: AttachmentID)
    /// Stopped, with the blocker that did it.
    case stopped(Blocker)
  }

  package var arrives: Certainty
  package var answered: Certainty
  /// Every blocker of both halves in the order found, each once; the union over all completions.
  package var blockers: [Blocker]
  /// Those among the blockers that some value of what is unknown takes away.
  package var possibleBlockers: Set<Blocker>
  /// The way of a completion that arrives, or is answered if one is; empty if none arrives.
  package var hops: [Hop]
  /// Where the request of that completion ended, or of the first one if none arrives.
  package var ending: Ending
  /// The packet as it arrived there; `nil` if none arrives.
  package var arrivedPacket: Packet?
  /// Every header as which the packet may arrive, over all completions that were tried.
  package var arrivals: Set<TrafficPoint>
  /// The unknowns that decide, where something is undecided.
  package var deciding: [UnknownID]
  /// The defaults on which the outcome rests.
  package var assumptions: [AssumptionID]
  /// More completions exist than were tried: the bounds are the widest.
  package var truncated: Bool
}
