import Certificates

/// A check of what a property says of one direction, from its sources to its targets.
protocol DirectedCheck {
  var ends: AskedEnds { get }
  /// Whether some pair of these is asked about.
  var hasPairs: Bool { get }

  /// What is wrong with a proof.
  func faults(_ proof: Certificate.ClosedSet) -> Faults
  /// What is wrong with a witness.
  func faults(_ violation: Certificate.Violation) -> Faults
}

extension DirectedCheck {
  var hasPairs: Bool { !ends.sources.isEmpty && !ends.targets.isEmpty }
}

enum Directions {
  /// The evidence of a property that speaks of these directions, and a few words on what it speaks of.
  static func check(_ directions: [any DirectedCheck], _ claim: Certificate.Property) -> (Faults, String) {
    var faults = Faults()
    switch claim.verdict {
    case .proved:
      guard claim.evidence.proofs.count == directions.count, claim.evidence.subjects.isEmpty else {
        faults.add("the proof is of \(claim.evidence.proofs.count) directions, and there are \(directions.count)")
        return (faults, "")
      }
      for (direction, proof) in zip(directions, claim.evidence.proofs) { faults.add(direction.faults(proof)) }
      // What stands for nobody is vacuous, never proved.
      if !directions.allSatisfy(\.hasPairs) {
        faults.add("a side stands for nothing here, and of nothing nothing is proved")
      }
      let sources = directions.map(\.ends.sources.count).reduce(0, +)
      let targets = directions.map(\.ends.targets.count).reduce(0, +)
      return (faults, "\(count(sources, "source")), \(count(targets, "target"))")
    case .violated:
      if claim.evidence.violations.isEmpty { faults.add("there is no witness") }
      for violation in claim.evidence.violations {
        // Of two directions it is the one in which it holds.
        let tries = directions.map { $0.faults(violation) }
        if tries.contains(where: { $0.outcome == .confirmed }) { continue }
        if let first = tries.first { faults.add(first) }
      }
      return (faults, count(claim.evidence.violations.count, "finding"))
    case .vacuous:
      if directions.allSatisfy(\.hasPairs) { faults.add("both sides stand for something") }
      return (faults, "a side stands for nothing")
    case .undecided: return (faults, "")
    }
  }

  private static func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number) \(word)s"
  }
}
