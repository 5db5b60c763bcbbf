package import Certificates
import Dispatch
import Language
package import NetworkModel
package import Properties
import Synchronization

/// Judges rules over one network.
package enum RuleJudge {
  private struct Judgement: Sendable {
    var verdict: RuleVerdict?
    var faults: [RuleFault] = []
  }

  /// How many rules are judged side by side: each judge remembers for itself what it found, so more would share less. One begins with the
  /// first rule and one with the last, for rules that stand together ask about the same pairs.
  private static let judges = 2

  /// What a certificate needs besides the verdicts.
  package struct Certifying: Sendable {
    package var keys: ModelKeys
    /// Where something is written, for people.
    package var place: @Sendable (Derivation) -> String?

    package init(keys: ModelKeys, place: @escaping @Sendable (Derivation) -> String?) {
      self.keys = keys
      self.place = place
    }
  }

  /// The verdicts in the rules' order, and the lines that could not be judged.
  ///
  /// - Parameters:
  ///   - rules: what is judged.
  ///   - ground: over which network.
  ///   - certifying: set where each property is to be certified too.
  /// - Returns: both.
  package static func judge(_ rules: [Rule], on ground: Evaluator.Ground, certifying: Certifying? = nil) -> (
    verdicts: [RuleVerdict], faults: [RuleFault]
  ) {
    let waiting = Mutex(rules.indices)
    let judgements = Mutex([Judgement](repeating: Judgement(), count: rules.count))
    DispatchQueue.concurrentPerform(iterations: min(judges, rules.count)) { judge in
      let own = Evaluator(ground)
      while let number = waiting.withLock({ judge == 0 ? $0.popFirst() : $0.popLast() }) {
        let found = Self.judge(rules[number], with: own, certifying)
        judgements.withLock { $0[number] = found }
      }
    }
    let all = judgements.withLock { $0 }
    return (all.compactMap(\.verdict), all.flatMap(\.faults))
  }

  private static func judge(_ rule: Rule, with evaluator: Evaluator, _ certifying: Certifying?) -> Judgement {
    var judged: [RuleVerdict.Judged] = []
    var faults: [RuleFault] = []
    for line in rule.properties {
      do throws(StatementError) {
        let verdict = try evaluator.verdict(try Parser.property(line.text))
        var entry = RuleVerdict.Judged(line: line, verdict: verdict)
        if let certifying {
          entry.certified = try evaluator.certified(
            verdict, line: line.text, keys: certifying.keys, place: certifying.place)
        }
        judged.append(entry)
      } catch {
        faults.append(RuleFault(rule: rule, line: line, error: error))
      }
    }
    let isWhole = judged.count == rule.properties.count
    return Judgement(verdict: isWhole ? RuleVerdict(rule: rule, properties: judged) : nil, faults: faults)
  }

  /// Values of `{name}`: those given, and the rules' own where none are.
  package static func parameters(_ given: [String: String], _ rules: [Rule]) -> [String: String] {
    rules.reduce(given) { known, rule in known.merging(rule.parameters) { given, _ in given } }
  }
}
