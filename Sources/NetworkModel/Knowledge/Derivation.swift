package import Diagnostics

/// The chain of source ranges that made a fact: where it is used, defined and set.
///
/// The first step is the place that a person would edit first; the others lead to it. Each is a candidate for the line that a
/// finding is put on. An empty derivation belongs to what no file says, such as a default.
package struct Derivation: Hashable, Sendable {
  /// What a range has to do with the fact.
  package enum Role: String, Hashable, Sendable {
    /// The fact itself: the rule, the route, the resource.
    case stated
    /// Where a value that the fact uses is defined: a parameter, a mapping, a condition.
    case defined
    /// Where that value is set: a parameter file, the project file, another stack's output.
    case set
    /// Where the thing is attached to what it acts on.
    case attached
  }

  /// One range of the chain.
  package struct Step: Hashable, Sendable {
    package var role: Role
    package var range: SourceRange
    /// What stands there, in a few words, for a reader; may be empty.
    package var note: String

    package init(_ role: Role, _ range: SourceRange, note: String = "") {
      self.role = role
      self.range = range
      self.note = note
    }
  }

  package var steps: [Step]

  package init(_ steps: [Step] = []) { self.steps = steps }

  /// A fact that one range states.
  package init(_ range: SourceRange) { steps = [Step(.stated, range)] }

  /// A fact that no file says.
  package static let none = Derivation()

  /// The range to show first.
  package var primary: SourceRange? { steps.first?.range }

  /// The most steps of a chain: a value may be put together of any number of others, and nobody reads further.
  package static let longest = 100

  /// This chain with another's steps behind it, each range once, as far as there is room.
  package func followed(by other: Derivation) -> Derivation {
    var result = self
    for step in other.steps {
      if result.steps.count >= Self.longest { break }
      if !result.steps.contains(step) { result.steps.append(step) }
    }
    return result
  }
}
