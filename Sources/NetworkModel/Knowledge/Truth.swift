/// A statement's value when not everything is known: `no < unknown < yes`.
///
/// An unknown names the fact that would settle it, so that a verdict can say what decides it.
package enum Truth: Hashable, Sendable {
  case no
  case unknown(UnknownID)
  case yes

  /// The order `no < unknown < yes`, as a number.
  package var rank: Int {
    switch self {
    case .no: 0
    case .unknown: 1
    case .yes: 2
    }
  }

  /// Whether some value of the unknown makes the statement true.
  package var may: Bool { rank > 0 }

  /// Whether the statement is true whatever the unknown's value is.
  package var must: Bool { rank == 2 }

  /// The unknown that decides, if one does.
  package var unknown: UnknownID? {
    if case .unknown(let id) = self { id } else { nil }
  }

  /// *and* is the least of the two.
  package func and(_ other: Truth) -> Truth { other.rank < rank ? other : self }

  /// *or* is the greatest of the two.
  package func or(_ other: Truth) -> Truth { other.rank > rank ? other : self }

  /// *not* swaps `no` and `yes`; what is unknown stays so.
  package var negated: Truth {
    switch self {
    case .no: .yes
    case .unknown(let id): .unknown(id)
    case .yes: .no
    }
  }

  /// A statement that is known.
  package init(_ value: Bool) { self = value ? .yes : .no }
}
