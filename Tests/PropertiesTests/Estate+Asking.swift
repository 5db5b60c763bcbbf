import Language
import NetworkModel
import Properties
import Reachability
import TestSupport

extension Estate {
  func evaluator(
    _ tiers: [String: String] = [:], parameters: [String: String] = [:], facts: StructuralFacts = StructuralFacts()
  ) -> Evaluator {
    var network = network
    network.seal()
    return Evaluator(
      Evaluator.Ground(network, tiers: TierDefinitions(tiers), parameters: parameters, facts: facts))
  }

  func verdict(_ line: String, facts: StructuralFacts = StructuralFacts()) throws -> PropertyVerdict {
    try evaluator(facts: facts).verdict(try Parser.property(line))
  }

  /// What a selector means, by name, with what was assumed to know it.
  func members(_ selector: String, tiers: [String: String] = [:]) throws -> (names: [String], notes: [String]) {
    let answer = try evaluator(tiers).answer(try Parser.query("\(selector) -> anyone"))
    var names: [String] = []
    for pair in answer.pairs where !names.contains(pair.source.name) { names.append(pair.source.name) }
    return (names, answer.notes)
  }

  func answer(_ line: String) throws -> QueryAnswer { try evaluator().answer(try Parser.query(line)) }
}
