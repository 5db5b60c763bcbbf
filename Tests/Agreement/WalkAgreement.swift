import NetworkModel
import ReferenceInterpreter
package import TestSupport

/// Two judges of packets held against each other on one network.
package struct WalkAgreement {
  package struct Disagreement: Sendable {
    /// The question's number.
    package var number: Int
    /// What the two say that cannot both be true.
    package var contradiction: String
    package var text: String
  }

  package private(set) var disagreements: [Disagreement] = []
  /// Bounds of one that are tighter than the other's.
  package private(set) var differ = 0
  package private(set) var asked = 0
  /// Packets that may arrive.
  package private(set) var arriving = 0

  package init(
    _ posed: SavedCase, _ one: Judge = .interpreter, _ other: Judge = .engine
  ) {
    let judging = one.prepare(posed.network)
    let comparing = other.prepare(posed.network)
    for (number, question) in posed.questions.enumerated() {
      let (plain, answer) = (judging(question), comparing(question))
      asked += 1
      if plain.arrives.may { arriving += 1 }
      var found = plain.contradictions(answer)
      if found.isEmpty, plain != answer { found = Self.refuted([plain, answer], posed.network, question) }
      for text in found {
        disagreements.append(
          Disagreement(
            number: number, contradiction: text,
            text: "question \(number): \(one.name) and \(other.name): \(text)"))
      }
      if found.isEmpty, plain != answer { differ += 1 }
    }
  }

  /// Where one says more than the other, whether the unknowns settled in some way say otherwise.
  private static func refuted(_ claims: [Judgement], _ network: Network, _ question: PosedQuestion) -> [String] {
    for seed in UInt64(0)..<16 {
      let settled = Refinement(of: network, question, seed: seed, probability: 1)
      let plain = Judge.interpreter.prepare(settled.network)(settled.question)
      for claim in claims {
        let found = claim.overclaims(plain)
        if !found.isEmpty { return found }
      }
    }
    return []
  }

  /// The smallest network found, of so many that are tried, on which the two still contradict each other about one packet.
  package static func shrunk(
    _ posed: SavedCase, _ one: Judge = .interpreter, _ other: Judge = .engine, tries: Int = 20_000
  ) -> SavedCase {
    guard let first = WalkAgreement(posed, one, other).disagreements.first else { return posed }
    var single = posed
    single.questions = [posed.questions[first.number]]
    return Shrinking.shrink(single, tries: tries) { smaller in
      WalkAgreement(smaller, one, other).disagreements.contains { $0.contradiction == first.contradiction }
    }
  }
}
