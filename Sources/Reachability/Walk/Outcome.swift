import NetworkModel
import PacketSpace

/// What becomes of the traffic of one walk, by how its header reads on arrival.
struct Outcome {
  /// The part whose header reads alike on arrival; masks are over sent atoms.
  struct Part: Hashable {
    var mapping: Int
    var arrives: Bounded
    var answered: Bounded
  }

  var parts: [Part] = []

  static let nothing = Outcome()

  /// Both: traffic that takes either way.
  mutating func formUnion(_ other: Outcome) {
    for part in other.parts {
      if let index = parts.firstIndex(where: { $0.mapping == part.mapping }) {
        parts[index].arrives.may.formUnion(part.arrives.may)
        parts[index].arrives.must.formUnion(part.arrives.must)
        parts[index].answered.may.formUnion(part.answered.may)
        parts[index].answered.must.formUnion(part.answered.must)
      } else {
        parts.append(part)
      }
    }
  }

  /// Alternatives of an unknown: *may* is what passes for some, *must* what passes for all.
  static func choice(_ alternatives: [Outcome]) -> Outcome {
    guard var result = alternatives.first else { return .nothing }
    for other in alternatives.dropFirst() {
      var merged: [Part] = []
      for part in result.parts {
        let twin = other.parts.first { $0.mapping == part.mapping }
        merged.append(
          Part(
            mapping: part.mapping, arrives: Bounded.choice(part.arrives, twin?.arrives),
            answered: Bounded.choice(part.answered, twin?.answered)))
      }
      for part in other.parts where !result.parts.contains(where: { $0.mapping == part.mapping }) {
        merged.append(
          Part(
            mapping: part.mapping, arrives: Bounded.choice(part.arrives, nil),
            answered: Bounded.choice(part.answered, nil)))
      }
      result.parts = merged
    }
    return result
  }

  /// Parts whose headers differ on arrival, taken together.
  var arrives: Bounded? { combined(\.arrives) }
  var answered: Bounded? { combined(\.answered) }

  private func combined(_ part: KeyPath<Part, Bounded>) -> Bounded? {
    guard var result = parts.first?[keyPath: part] else { return nil }
    for other in parts.dropFirst() {
      result.may.formUnion(other[keyPath: part].may)
      result.must.formUnion(other[keyPath: part].must)
    }
    return result
  }
}

extension Bounded {
  /// One of two alternatives holds; a missing one lets nothing pass.
  static func choice(_ one: Bounded, _ other: Bounded?) -> Bounded {
    guard let other else { return Bounded(may: one.may, must: BitSet(count: one.must.count)) }
    return Bounded(may: one.may.union(other.may), must: one.must.intersection(other.must))
  }
}
