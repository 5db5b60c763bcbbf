import Language
package import Properties
package import Rules
package import Snapshots

extension Snapshot {
  /// Everything that can be asked of the snapshot, with the project file's tiers and parameters.
  package func ground(_ rules: [Rule] = []) -> Evaluator.Ground {
    Evaluator.Ground(
      network, tiers: tiers, parameters: parameters(rules), facts: StructuralFacts(clusters, in: network))
  }

  /// The project file's tiers.
  var tiers: TierDefinitions {
    TierDefinitions(Dictionary(project.tiers.map { ($0.name.value, $0.selector.value) }) { first, _ in first })
  }

  /// The project file's parameters, and those of rules where it gives none.
  func parameters(_ rules: [Rule]) -> [String: String] {
    RuleJudge.parameters(
      Dictionary(project.parameters.map { ($0.name.value, $0.value.value) }) { first, _ in first }, rules)
  }
}
