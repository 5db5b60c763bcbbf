package import Properties
package import Rules
package import Snapshots

extension Snapshot {
  /// Everything that can be asked of the snapshot, with the project file's tiers and parameters.
  package func ground(_ rules: [Rule] = []) -> Evaluator.Ground {
    let tiers = Dictionary(project.tiers.map { ($0.name.value, $0.selector.value) }) { first, _ in first }
    let parameters = Dictionary(project.parameters.map { ($0.name.value, $0.value.value) }) { first, _ in first }
    return Evaluator.Ground(
      network, tiers: TierDefinitions(tiers),
      parameters: RuleJudge.parameters(parameters, rules),
      facts: StructuralFacts(clusters, in: network))
  }
}
