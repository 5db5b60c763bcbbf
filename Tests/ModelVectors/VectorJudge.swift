import NetworkModel
import ReferenceInterpreter
import TestSupport

/// What answers the questions of the vectors: the interpreter, or an engine.
protocol VectorJudge: Sendable {
  var name: String { get }
  /// Whether blockers must be the same; one that may find more of them after a stop holds to *not fewer*.
  var findsExactBlockers: Bool { get }
  func walk(_ question: WalkVector.Question, in network: Network) -> WalkAnswer
  func layers(_ question: LayerVector.Question, in network: Network) -> LayerAnswer
  func selection(_ selection: LayerVector.Selection, in network: Network) -> Certainty
}

struct WalkAnswer {
  var arrives: Certainty
  var answered: Certainty
  /// In the order found.
  var blockers: [Blocker]
}

struct LayerAnswer {
  var bounds: Certainty
  /// `nil` where the judge gives none.
  var outcomes: Set<Layer.Default>?
}

struct InterpreterJudge: VectorJudge {
  let name = "interpreter"
  let findsExactBlockers = true

  func walk(_ question: WalkVector.Question, in network: Network) -> WalkAnswer {
    let outcome = Interpreter(network).judge(
      WalkQuestion(
        origin: question.origin, packet: question.packet, asked: question.asked, target: question.target))
    return WalkAnswer(arrives: outcome.arrives, answered: outcome.answered, blockers: outcome.blockers)
  }

  func layers(_ question: LayerVector.Question, in network: Network) -> LayerAnswer {
    let outcome = Interpreter(network).judgeLayers(
      from: end(question.source), to: end(question.destination), question.traffic)
    return LayerAnswer(bounds: outcome.allowed, outcomes: outcome.outcomes)
  }

  private func end(_ end: LayerVector.End) -> LayerEnd {
    switch end {
    case .endpoint(let endpoint): .endpoint(endpoint)
    case .address(let address): .address(address)
    }
  }

  func selection(_ selection: LayerVector.Selection, in network: Network) -> Certainty {
    Interpreter(network).selects(
      selection.membership, isComplement: selection.isComplement, selection.endpoint)
  }
}
