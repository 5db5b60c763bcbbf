/// A statement about a walk when not everything is known (the walk, section 9).
package struct Certainty: Hashable, Sendable {
  /// Some value of what is unknown makes it true.
  package var may: Bool
  /// Every value makes it true.
  package var must: Bool

  package init(may: Bool, must: Bool) {
    self.may = may
    self.must = must
  }

  package init(_ known: Bool) { self.init(may: known, must: known) }

  /// Neither value is sure.
  package var isUndecided: Bool { may != must }
}
