package import NetworkModel
package import Reachability
package import ReferenceInterpreter
package import TestSupport

/// What is said of one packet.
package struct Judgement: Hashable, Sendable, CustomStringConvertible {
  package var arrives: Certainty
  package var answered: Certainty

  package init(arrives: Certainty, answered: Certainty) {
    self.arrives = arrives
    self.answered = answered
  }

  package var description: String { "arrives \(Self.word(arrives)), answered \(Self.word(answered))" }

  static func word(_ certainty: Certainty) -> String {
    certainty.must ? "surely" : certainty.may ? "perhaps" : "never"
  }

  /// What the two say that cannot both be true.
  package func contradictions(_ other: Judgement) -> [String] {
    var result: [String] = []
    for (word, one, two) in [("arrives", arrives, other.arrives), ("answered", answered, other.answered)]
    where (one.must && !two.may) || (two.must && !one.may) {
      result.append("\(word): \(Self.word(one)) and \(Self.word(two))")
    }
    return result
  }

  /// What this says although a network of which less is unknown says otherwise.
  package func overclaims(_ settled: Judgement) -> [String] {
    var result: [String] = []
    for (word, one, two) in [("arrives", arrives, settled.arrives), ("answered", answered, settled.answered)]
    where (one.must && !two.must) || (!one.may && two.may) {
      result.append("\(word): \(Self.word(one)), and where it is known \(Self.word(two))")
    }
    return result
  }
}

/// Judges packets in one network.
package typealias Judging = (PosedQuestion) -> Judgement

/// Something that judges packets: what it needs of a network is made ready once.
package struct Judge: Sendable {
  package let name: String
  package let prepare: @Sendable (Network) -> Judging

  package init(_ name: String, prepare: @escaping @Sendable (Network) -> Judging) {
    self.name = name
    self.prepare = prepare
  }

  package static let interpreter = Judge("interpreter") { network in
    let interpreter = Interpreter(network)
    return { question in
      let outcome = interpreter.judge(WalkQuestion(question))
      return Judgement(arrives: outcome.arrives, answered: outcome.answered)
    }
  }

  package static let engine = Judge("engine") { network in
    let compiled = CompiledNetwork(network)
    return { question in
      let answer = compiled.judge(
        origin: question.origin, packet: question.packet, asked: question.asked,
        askedPlacement: question.askedPlacement, target: question.target)
      return Judgement(arrives: Certainty(answer.arrives), answered: Certainty(answer.answered))
    }
  }
}

extension Certainty {
  package init(_ bounds: Bounds<Bool>) { self.init(may: bounds.may, must: bounds.must) }
}
