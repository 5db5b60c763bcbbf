package import Language
package import NetworkModel
package import PacketSpace
package import Reachability
package import ReferenceInterpreter

/// What becomes of a property (design section 4, "May and must").
package enum Verdict: String, Hashable, Sendable {
  case proved, violated, undecided
  /// A selector matched nothing; never a pass.
  case vacuous
}

/// An end of a flow as people know it.
package struct NamedEnd: Hashable, Sendable {
  /// The canonical key, for fingerprints.
  package var key: String
  package var name: String
  package var kind: String
  /// The part of a zone, where it is not all of it.
  package var region: AddressSet?

  package init(key: String, name: String, kind: String, region: AddressSet? = nil) {
    self.key = key
    self.name = name
    self.kind = kind
    self.region = region
  }
}

/// One step of a witness, in words and with its place.
package struct ExplainedHop: Hashable, Sendable {
  package var half: Half
  /// Where: a subnet, an interface, a gateway.
  package var title: String
  /// What let the packet on.
  package var detail: String
  /// The rule, route or resource that decided, first its own place, then what set it.
  package var derivation: Derivation

  package init(half: Half, title: String, detail: String, derivation: Derivation) {
    self.half = half
    self.title = title
    self.detail = detail
    self.derivation = derivation
  }
}

/// One thing that blocks, in words and with its place.
package struct ExplainedBlocker: Hashable, Sendable {
  package var half: Half
  package var title: String
  package var detail: String
  /// A stable word for machines.
  package var code: String
  package var derivation: Derivation
}

/// One connection of a witness: a concrete packet that the reference interpreter let through.
package struct WitnessLeg: Sendable {
  package var source: NamedEnd
  package var destination: NamedEnd
  package var packet: Packet
  /// The packet as it arrived; the same where nothing rewrote it.
  package var arrived: Packet
  package var traffic: TrafficSet
  package var hops: [ExplainedHop]
  /// The relay's listener and target by which the leg before went over into this one.
  package var relay: ExplainedHop?
  /// Whether the interpreter said that the packet surely arrives, or only that it may.
  package var isSure: Bool
  /// What the interpreter was asked.
  package var question: WalkQuestion
  /// The listener and target of `relay`, by their numbers.
  package var turn: RelayPath.RelayTarget?
}

/// A path with concrete packets.
package struct Witness: Sendable {
  package var legs: [WitnessLeg]

  package var hops: [ExplainedHop] {
    legs.flatMap { leg in (leg.relay.map { [$0] } ?? []) + leg.hops }
  }
}

/// A flow, object or edge that violates a property, or may.
package struct Finding: Sendable {
  package var verdict: Verdict
  package var source: NamedEnd
  package var target: NamedEnd
  /// Of a flow: what the two ends are to the engine.
  package var pair: (source: Source, target: Destination)?
  package var traffic: TrafficSet
  /// It arrives and is never answered; one severity lower.
  package var isOneWay: Bool
  package var witness: Witness?
  /// One sentence: what is wrong.
  package var message: String
  /// The line to change, with the places behind it; empty for what no file says.
  package var place: Derivation
  package var unknowns: [UnknownID]
  package var assumptions: [AssumptionID]
}

/// A layer or missing way that holds a proof up.
package struct CutMember: Hashable, Sendable {
  package var title: String
  package var derivation: Derivation
}

/// A property with its verdict and its evidence.
package struct PropertyVerdict: Sendable {
  package var property: Property
  package var verdict: Verdict
  package var findings: [Finding]
  /// What blocks the nearest ways; one member is a single point of protection.
  package var cut: [CutMember]
  package var sources: Int
  package var targets: Int
  package var unknowns: [UnknownID]
  package var assumptions: [AssumptionID]
  /// What a reader should know: what was left out, what was not looked at.
  package var notes: [String]
}

/// The answer to a question.
package struct QueryAnswer: Sendable {
  package enum Result: String, Sendable { case reachable, unreachable, undecided }

  /// One pair that connects.
  package struct Pair: Sendable {
    package var source: NamedEnd
    package var destination: NamedEnd
    package var traffic: Bounds<TrafficSet>
    package var answered: Bounds<TrafficSet>
  }

  package var query: Query
  package var result: Result
  /// Whether something surely arrives.
  package var arrives: Bool
  /// What is answered; where nothing is, what arrives.
  package var traffic: TrafficSet
  /// The client's source ports that work, where not all do.
  package var sourcePorts: PortSet?
  package var pairs: [Pair]
  package var witness: Witness?
  package var blockers: [ExplainedBlocker]
  package var unknowns: [UnknownID]
  package var assumptions: [AssumptionID]
  package var isVacuous: Bool
  package var notes: [String]
}
