/// A network as a tree of plain values, for files and for shrinking.
///
/// Things of a network refer to each other by kind and number, so that one can be taken out of the tree with everything that cannot be
/// without it, whatever it is.
package indirect enum SavedValue: Hashable, Sendable {
  case text(String)
  case number(Int)
  case flag(Bool)
  /// One of the network's lists, by its name, and a place in it.
  case reference(String, Int)
  case list([SavedValue])
  /// Fields in their order; one that has its usual value is left out.
  case record([Field])

  package struct Field: Hashable, Sendable {
    package var name: String
    package var value: SavedValue

    package init(_ name: String, _ value: SavedValue) {
      self.name = name
      self.value = value
    }
  }

  package subscript(_ name: String) -> SavedValue? {
    guard case .record(let fields) = self else { return nil }
    return fields.first { $0.name == name }?.value
  }

  /// How many values it is made of.
  package var size: Int {
    switch self {
    case .list(let elements): elements.reduce(1) { $0 + $1.size }
    case .record(let fields): fields.reduce(1) { $0 + $1.value.size }
    default: 1
    }
  }
}

/// What is wrong with a tree that is no network.
package struct SavedError: Error, CustomStringConvertible {
  package let description: String

  init(_ description: String) { self.description = description }
}
