import Agreement
import TestSupport
import Testing

/// The engine against the reference interpreter, on random networks that print their seed.
@Suite struct `Engine and interpreter` {
  static func result(_ seeds: ClosedRange<UInt64>, _ shape: RandomNetwork.Shape) -> (found: [String], summary: String) {
    var (found, asked, arriving, differ) = ([String](), 0, 0, 0)
    for seed in seeds {
      let random = RandomNetwork(seed: seed, shape: shape)
      let agreement = WalkAgreement(SavedCase(random.network, questions: random.questions(8)))
      found += agreement.disagreements.map { "seed \(seed), \($0.text)" }
      asked += agreement.asked
      arriving += agreement.arriving
      differ += agreement.differ
    }
    return (found, "\(asked) packets, \(arriving) may arrive, \(differ) bounds of one tighter than the other's")
  }

  @Test func `never contradict each other where nothing is unknown`() {
    let result = Self.result(Seeds.range(1...500), .known)
    #expect(result.found == [])
    print("engine and interpreter, nothing unknown: \(result.summary)")
  }

  @Test func `never contradict each other where something is unknown`() {
    let result = Self.result(Seeds.range(1...500), RandomNetwork.Shape())
    #expect(result.found == [])
    print("engine and interpreter: \(result.summary)")
  }
}

/// Between the two stand the classes, the bound by the ends, the folds and the caches.
@Suite struct `Pairs of engine and interpreter` {
  static func result(_ seeds: ClosedRange<UInt64>, _ shape: RandomNetwork.Shape) -> (
    found: [String], arriving: Int, summary: String
  ) {
    var (found, asked, arriving, differ) = ([String](), 0, 0, 0)
    for seed in seeds {
      let agreement = PairAgreement(RandomNetwork(seed: seed, shape: shape).network, seed: seed)
      found += agreement.disagreements.map { "seed \(seed), \($0)" }
      asked += agreement.asked
      arriving += agreement.arriving
      differ += agreement.differ
    }
    return (found, arriving, "\(asked) pairs and headers, \(arriving) may arrive, \(differ) tighter than the other's")
  }

  @Test func `never contradict each other where nothing is unknown`() {
    let result = Self.result(Seeds.range(1...40), .known)
    #expect(result.found == [])
    #expect(Seeds.areGiven || result.arriving > 100, "the networks let something through")
    print("pairs, nothing unknown: \(result.summary)")
  }

  @Test func `never contradict each other where something is unknown`() {
    let result = Self.result(Seeds.range(1...40), RandomNetwork.Shape())
    #expect(result.found == [])
    print("pairs: \(result.summary)")
  }
}
