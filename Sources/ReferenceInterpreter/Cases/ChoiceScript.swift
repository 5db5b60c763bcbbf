import NetworkModel

/// Decisions that a walk takes in the order in which it meets them: a script to replay, then first options.
///
/// Trying everything is running the walk again with `next()` until there is none: the same walk that takes the same decisions meets
/// the same next one.
struct ChoiceScript {
  /// How the options of a decision combine.
  enum Quantifier {
    /// An unknown: *may* is some option, *must* is every option.
    case every
    /// The question's own freedom, such as a relay's target: some option will do.
    case some
  }

  struct Decision {
    var quantifier: Quantifier
    var options: Int
    var taken: Int
  }

  private(set) var decisions: [Decision] = []
  private var replayed = 0

  /// The option to take now.
  mutating func choose(of options: Int, _ quantifier: Quantifier) -> Int {
    if replayed == decisions.count { decisions.append(Decision(quantifier: quantifier, options: options, taken: 0)) }
    defer { replayed += 1 }
    return decisions[replayed].taken
  }

  /// The script after this one, depth first, or `nil` after the last.
  func next() -> ChoiceScript? {
    var script = self
    while var last = script.decisions.popLast() {
      last.taken += 1
      if last.taken < last.options {
        script.decisions.append(last)
        script.replayed = 0
        return script
      }
    }
    return nil
  }
}

extension ChoiceScript {
  /// Folds what came out of every script, in the order in which they were tried, by the quantifiers of their decisions.
  static func fold(_ leaves: ArraySlice<(decisions: [Decision], bounds: Certainty)>, depth: Int = 0) -> Certainty {
    guard let first = leaves.first, leaves.count > 1, depth < first.decisions.count else {
      return leaves.first?.bounds ?? Certainty(false)
    }
    var parts: [Certainty] = []
    var start = leaves.startIndex
    while start < leaves.endIndex {
      let taken = leaves[start].decisions[depth].taken
      var end = start
      while end < leaves.endIndex, leaves[end].decisions[depth].taken == taken { end += 1 }
      parts.append(fold(leaves[start..<end], depth: depth + 1))
      start = end
    }
    let may = parts.contains(where: \.may)
    switch first.decisions[depth].quantifier {
    case .every: return Certainty(may: may, must: parts.allSatisfy(\.must))
    case .some: return Certainty(may: may, must: parts.contains(where: \.must))
    }
  }
}
