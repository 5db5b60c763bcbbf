/// A systematic way to make code wrong.
package enum MutationOperator: String, CaseIterable, Sendable {
  /// `==` for `!=`, `<` for `>=`.
  case comparison
  /// `<` for `<=`, `x` for `x + 1`, a range that ends one earlier.
  case bound
  /// `&&` for `||`.
  case logic
  /// A condition of a list that is taken to hold.
  case condition
  /// A boolean negated.
  case negation
  /// Union for intersection, and their like.
  case sets
  /// All for some.
  case quantifier
  /// Ingress for egress, source for destination, request for answer.
  case direction
  /// Allow for deny, miss for deny.
  case action
  /// *May* for *must*, possible for sure, unknown taken for known.
  case certainty
  /// A default, of a parameter or after `??`, inverted.
  case `default`
  /// A constant inverted anywhere else.
  case constant
  /// Least for greatest.
  case extremes
  /// A function that returns before it did anything.
  case earlyReturn = "early return"
  /// A statement that is not executed.
  case dropped

  /// How many of a thousand sites are taken: the more, the more surely a mistake of the kind is a wrong verdict.
  var rate: UInt64 {
    switch self {
    case .extremes: 350
    case .action: 300
    case .quantifier, .default: 250
    case .certainty, .logic: 200
    case .sets: 150
    case .bound, .direction: 130
    case .condition, .constant: 110
    case .earlyReturn: 100
    case .comparison, .negation: 90
    case .dropped: 60
    }
  }
}
