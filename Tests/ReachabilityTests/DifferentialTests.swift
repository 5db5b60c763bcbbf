import NetworkModel
import Reachability
import ReferenceInterpreter
import TestSupport
import Testing

/// The engine against the reference interpreter, on random networks that print their seed.
@Suite struct `Engine and interpreter` {
  /// Where the two say what cannot both be true.
  static func contradictions(_ seeds: ClosedRange<UInt64>, _ shape: RandomNetwork.Shape) -> (
    found: [String], differ: Int, asked: Int
  ) {
    var found: [String] = []
    var differ = 0
    var asked = 0
    for seed in seeds {
      let random = RandomNetwork(seed: seed, shape: shape)
      let interpreter = Interpreter(random.network)
      let compiled = CompiledNetwork(random.network)
      for (number, posed) in random.questions(8).enumerated() {
        let question = WalkQuestion(
          origin: posed.origin, packet: posed.packet, asked: posed.asked, target: posed.target,
          askedPlacement: posed.askedPlacement)
        asked += 1
        let plain = interpreter.judge(question)
        let answer = compiled.judge(
          origin: question.origin, packet: question.packet, asked: question.asked,
          askedPlacement: question.askedPlacement, target: question.target)
        for (word, one, other) in [
          ("arrives", plain.arrives, answer.arrives), ("answered", plain.answered, answer.answered),
        ] {
          if (one.must && !other.may) || (other.must && !one.may) {
            found.append("seed \(seed), question \(number): \(word): interpreter \(one), engine \(other)")
          } else if one.may != other.may || one.must != other.must {
            differ += 1
          }
        }
      }
    }
    return (found, differ, asked)
  }

  @Test func `never contradict each other where nothing is unknown`() {
    let result = Self.contradictions(Seeds.range(1...500), .known)
    #expect(result.found == [])
    print("engine and interpreter, nothing unknown: \(result.asked) packets, \(result.differ) bounds differ by choices")
  }

  @Test func `never contradict each other where something is unknown`() {
    let result = Self.contradictions(Seeds.range(1...500), RandomNetwork.Shape())
    #expect(result.found == [])
    print("engine and interpreter: \(result.asked) packets, \(result.differ) bounds of one tighter than the other's")
  }
}
