package import NetworkModel

/// A value of a record: known with the chain of places that gave it, unknown with its reason, or not said at all.
package enum Attribute<Value: Sendable>: Sendable {
  case known(Value, Derivation)
  case unknown(Missing)
  case absent

  /// The value where it is known.
  package var value: Value? {
    if case .known(let value, _) = self { value } else { nil }
  }

  package var isAbsent: Bool {
    if case .absent = self { true } else { false }
  }

  package var missing: Missing? {
    if case .unknown(let missing) = self { missing } else { nil }
  }

  package var derivation: Derivation {
    switch self {
    case .known(_, let derivation): derivation
    case .unknown(let missing): missing.derivation
    case .absent: .none
    }
  }

  /// The attribute with its value read further; `nil` from the closure is unknown for the given reason.
  package func map<Other: Sendable>(
    otherwise reason: @autoclosure () -> String = "the value could not be read", _ transform: (Value) -> Other?
  ) -> Attribute<Other> {
    switch self {
    case .known(let value, let derivation):
      if let other = transform(value) { return .known(other, derivation) }
      return .unknown(Missing(reason(), derivation: derivation))
    case .unknown(let missing): return .unknown(missing)
    case .absent: return .absent
    }
  }
}

/// Why a value is not known.
package struct Missing: Hashable, Sendable {
  package var reason: String
  package var derivation: Derivation

  package init(_ reason: String, derivation: Derivation = .none) {
    self.reason = reason
    self.derivation = derivation
  }
}

/// What one resource calls another by: an id, an ARN, a name, or a template's `stack/LogicalId`.
package struct Reference: Hashable, Sendable, CustomStringConvertible {
  package var text: String

  package init(_ text: String) { self.text = text }

  package var description: String { text }
}
