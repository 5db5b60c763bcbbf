import NetworkModel
import Reachability
import ReferenceInterpreter
import TestSupport

/// The engine, asked by the same code that walks all traffic at once.
struct EngineJudge: VectorJudge {
  let name = "engine"
  let findsExactBlockers = false

  func walk(_ question: WalkVector.Question, in network: Network) -> WalkAnswer {
    let answer = compiled(network).judge(
      origin: question.origin, packet: question.packet, asked: question.asked, target: question.target)
    return WalkAnswer(
      arrives: Certainty(may: answer.arrives.may, must: answer.arrives.must),
      answered: Certainty(may: answer.answered.may, must: answer.answered.must), blockers: answer.blockers)
  }

  func layers(_ question: LayerVector.Question, in network: Network) -> LayerAnswer {
    let bounds = compiled(network).layersAllow(
      from: end(question.source), to: end(question.destination), question.traffic)
    return LayerAnswer(bounds: Certainty(may: bounds.may, must: bounds.must), outcomes: nil)
  }

  private func end(_ end: LayerVector.End) -> HalfPacketEnd {
    switch end {
    case .endpoint(let endpoint): .endpoint(endpoint)
    case .address(let address): .address(address)
    }
  }

  func selection(_ selection: LayerVector.Selection, in network: Network) -> Certainty {
    let bounds = compiled(network).selects(
      selection.membership, isComplement: selection.isComplement, selection.endpoint)
    return Certainty(may: bounds.may, must: bounds.must)
  }

  private func compiled(_ network: Network) -> CompiledNetwork { CompiledNetwork(network) }
}
