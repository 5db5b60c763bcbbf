package import Properties

/// Judges rules over one network.
package enum RuleJudge {
  /// The verdicts in the rules' order, and the lines that could not be judged.
  package static func judge(_ rules: [Rule], with evaluator: Evaluator) -> (
    verdicts: [RuleVerdict], faults: [RuleFault]
  ) {
    var verdicts: [RuleVerdict] = []
    var faults: [RuleFault] = []
    for rule in rules {
      var judged: [RuleVerdict.Judged] = []
      for line in rule.properties {
        do throws(StatementError) {
          let verdict = try evaluator.verdict(try Parser.property(line.text))
          judged.append(RuleVerdict.Judged(line: line, verdict: verdict))
        } catch {
          faults.append(RuleFault(rule: rule, line: line, error: error))
        }
      }
      if judged.count == rule.properties.count { verdicts.append(RuleVerdict(rule: rule, properties: judged)) }
    }
    return (verdicts, faults)
  }

  /// Values of `{name}`: those given, and the rules' own where none are.
  package static func parameters(_ given: [String: String], _ rules: [Rule]) -> [String: String] {
    rules.reduce(given) { known, rule in known.merging(rule.parameters) { given, _ in given } }
  }
}
