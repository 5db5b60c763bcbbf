import NetworkModel
import ReferenceInterpreter
import TestSupport
import Testing

/// What is decided stays so when less is unknown.
@Suite struct RefinementTests {
  @Test func `settling an unknown never takes back what must be so nor adds to what may be`() {
    var undecided = 0
    var arriving = 0
    var asked = 0
    for seed in UInt64(0)..<120 {
      let random = RandomNetwork(seed: seed)
      for (index, question) in random.questions(12).enumerated() {
        let before = Interpreter(random.network).judge(WalkQuestion(question))
        asked += 1
        arriving += before.arrives.may ? 1 : 0
        undecided += before.arrives.isUndecided ? 1 : 0
        for attempt in UInt64(0)..<3 {
          let refinement = Refinement(
            of: random.network, question, seed: seed &* 1000 &+ UInt64(index) &* 10 &+ attempt)
          let after = Interpreter(refinement.network).judge(WalkQuestion(refinement.question))
          let place = "network \(seed), question \(index), refinement \(attempt)"
          #expect(isWithin(after.arrives, before.arrives), "arrives: \(place): \(before.arrives) to \(after.arrives)")
          #expect(
            isWithin(after.answered, before.answered), "answered: \(place): \(before.answered) to \(after.answered)")
        }
      }
    }
    // Networks on which nothing arrives, or nothing is unknown, would show nothing.
    #expect(arriving > asked / 8, "\(arriving) of \(asked) may arrive")
    #expect(undecided > asked / 40, "\(undecided) of \(asked) are undecided")
  }

  private func isWithin(_ after: Certainty, _ before: Certainty) -> Bool {
    (!before.must || after.must) && (before.may || !after.may)
  }
}
