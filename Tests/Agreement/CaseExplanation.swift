import NetworkModel
import Reachability
import ReferenceInterpreter
package import TestSupport

/// What each judge says of each packet of a saved case, with the blockers that they name, and the first settled network that refutes one of
/// them: for whoever looks into a disagreement.
package struct CaseExplanation {
  package let text: String

  package init(_ posed: SavedCase) {
    let judges = [Judge.interpreter, Judge.engine]
    let interpreter = Interpreter(posed.network)
    let compiled = CompiledNetwork(posed.network)
    var lines: [String] = []
    for (number, question) in posed.questions.enumerated() {
      let claims = judges.map { $0.prepare(posed.network)(question) }
      let plain = interpreter.judge(WalkQuestion(question))
      let answer = compiled.judge(
        origin: question.origin, packet: question.packet, asked: question.asked,
        askedPlacement: question.askedPlacement, target: question.target)
      for (judge, claim) in zip(judges, claims) { lines.append("question \(number): \(judge.name): \(claim)") }
      lines += plain.blockers.map { "  interpreter: \($0)" } + answer.blockers.map { "  engine: \($0)" }
      lines += Self.refutation(judges, claims, posed.network, question)
    }
    text = lines.joined(separator: "\n")
  }

  private static func refutation(
    _ judges: [Judge], _ claims: [Judgement], _ network: Network, _ question: PosedQuestion
  ) -> [String] {
    for seed in UInt64(0)..<16 {
      let settled = Refinement(of: network, question, seed: seed, probability: 1)
      let plain = Judge.interpreter.prepare(settled.network)(settled.question)
      let refuted = zip(judges, claims).filter { !$0.1.overclaims(plain).isEmpty }
      if refuted.isEmpty { continue }
      let text = SavedCase(settled.network, questions: [settled.question]).saved.fileText
      return [
        "  refuted: \(refuted.map(\.0.name).joined(separator: ", ")); where it is settled so, the interpreter says \(plain)",
        text,
      ]
    }
    return []
  }
}
