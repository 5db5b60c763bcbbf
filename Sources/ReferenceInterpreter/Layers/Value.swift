import NetworkModel

/// A statement's value when unknowns are read as values: `no < unknown < yes` (layers, head of the page).
enum Value: Int, Comparable {
  case no, unknown, yes

  static func < (left: Value, right: Value) -> Bool { left.rawValue < right.rawValue }

  init(_ known: Bool) { self = known ? .yes : .no }

  func and(_ other: Value) -> Value { min(self, other) }
  func or(_ other: Value) -> Value { max(self, other) }

  var negated: Value {
    switch self {
    case .no: .yes
    case .unknown: .unknown
    case .yes: .no
    }
  }
}

extension Completion {
  /// Reads a statement as a value, and notes the unknown behind it.
  mutating func read(_ truth: Truth) -> Value {
    switch truth {
    case .no: return .no
    case .yes: return .yes
    case .unknown(let id):
      unknownsMet.insert(id)
      return .unknown
    }
  }
}
