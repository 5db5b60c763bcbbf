import Agreement
import TestSupport
import Testing

/// Unknowns by enumeration: every network that a network with unknowns may be, built and judged.
@Suite struct `What a network may be` {
  @Test func `never contradict what was said while something was unknown`() {
    var (networks, completions, asked, undecided) = (0, 0, 0, 0)
    var verdicts: [String: Int] = [:]
    var found: [String] = []
    for seed in Seeds.range(1...80) {
      guard let whole = Completions(seed: seed, most: 32) else { continue }
      let agreement = CompletionAgreement(whole, statements: 5, pairs: 2)
      networks += 1
      completions += agreement.completions
      asked += agreement.asked
      undecided += agreement.undecided
      verdicts.merge(agreement.verdicts) { $0 + $1 }
      found += agreement.disagreements.map { "seed \(seed): \($0)" }
    }
    #expect(found == [])
    // Networks of which nothing is undecided, or about which nothing is said, would show nothing.
    #expect(Seeds.areGiven || (networks > 20 && undecided > 20), "\(networks) networks, \(undecided) undecided")
    #expect(
      Seeds.areGiven || (verdicts["proved", default: 0] > 5 && verdicts["violated", default: 0] > 5), "\(verdicts)")
    print("completions: \(networks) networks, \(completions) completions, \(asked) comparisons, verdicts \(verdicts)")
  }
}
