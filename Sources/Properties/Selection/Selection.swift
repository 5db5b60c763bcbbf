package import NetworkModel
package import Reachability

/// Who may be meant by a selector, and who surely is.
package struct Selection: Sendable {
  /// One end to ask about.
  package struct Member<End: Hashable & Sendable>: Hashable, Sendable {
    package var end: End
    /// Existence and value together: `.no` never stands here.
    package var truth: Truth
    package var name: String
    /// The endpoint that it is, or whose address it is.
    package var endpoint: EndpointID?
    /// The zone that it lies in.
    package var zone: ZoneID?
  }

  package var sources: [Member<Source>] = []
  package var destinations: [Member<Destination>] = []
  package var assumptions: [Assumption] = []
  /// What a person should know of how it was read: an alias of several things, a zone that nobody declared.
  package var notes: [String] = []

  /// Nothing may be meant.
  package var isEmpty: Bool { sources.isEmpty && destinations.isEmpty }
}
