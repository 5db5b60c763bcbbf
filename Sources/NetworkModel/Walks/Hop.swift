/// One step of a walk that let the packet on, with what decided it.
package struct Hop: Hashable, Sendable {
  /// What decided.
  package enum Decision: Hashable, Sendable {
    /// The packet left its origin.
    case sent
    /// A filter's rule allowed.
    case rule(Direction, FilterID, index: Int)
    /// A layer allowed without a rule: nothing in it selected, or its default.
    case layerDefault(Direction, LayerID)
    /// A table's entry was taken.
    case route(RouteTableID, index: Int)
    /// An address was rewritten at an attachment, by this entry of its translations.
    case translation(AttachmentID, index: Int)
    /// A relay's listener passed it on to a target.
    case listener(RelayID, listener: Int, target: Int)
    /// It came in at an attachment.
    case entered(AttachmentID)
    /// It reached where it ends.
    case delivered
  }

  package var half: Half
  package var place: Place
  package var decision: Decision

  package init(_ half: Half, _ place: Place, _ decision: Decision) {
    self.half = half
    self.place = place
    self.decision = decision
  }
}
