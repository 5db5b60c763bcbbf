import Properties
import Rules

/// All that one rule says of one source and one target: a single alert.
///
/// Code scanning tells alerts apart by their fingerprint; two results that share one would take turns at being shown.
struct FindingGroup {
  /// The gravest, whose sentence and place the alert bears.
  var first: RuleFinding
  /// Those that another property of the rule, or another reason, gives for the same two ends.
  var others: [RuleFinding]

  /// The groups of all verdicts, in the order in which their first members come.
  static func all(of verdicts: [RuleVerdict]) -> [FindingGroup] {
    var groups: [[RuleFinding]] = []
    var known: [String: Int] = [:]
    for found in verdicts.flatMap(\.findings) {
      let identity = found.fingerprint
      if let index = known[identity] {
        groups[index].append(found)
      } else {
        known[identity] = groups.count
        groups.append([found])
      }
    }
    return groups.compactMap { FindingGroup($0) }
  }

  private init?(_ members: [RuleFinding]) {
    let indices = members.indices
    guard let gravest = indices.min(by: { Self.rank(members[$0]) < Self.rank(members[$1]) }) else { return nil }
    first = members[gravest]
    others = indices.filter { $0 != gravest }.map { members[$0] }
  }

  /// What is violated before what may be, then the higher level; equals stay in their order.
  private static func rank(_ found: RuleFinding) -> Int {
    let steps = Rules.Rule.Level.allCases.count
    let level = Rules.Rule.Level.allCases.firstIndex(of: found.level) ?? 0
    return (found.finding.verdict == .violated ? 0 : steps) + (steps - 1 - level)
  }

  /// The gravest and then the others.
  var members: [RuleFinding] { [first] + others }
}
