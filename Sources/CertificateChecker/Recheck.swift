/// What became of a property when its evidence was checked again.
package struct Recheck: Sendable {
  package enum Outcome: Hashable, Sendable {
    case confirmed
    /// What is wrong, one sentence each.
    case doesNotHold([String])
    /// Why nothing is said of it.
    case notRechecked(String)
  }

  package var rule: String
  package var line: String
  /// The verdict that the certificate claims.
  package var verdict: String
  package var outcome: Outcome
  /// What was looked at, in a few words.
  package var remark: String

  package init(rule: String, line: String, verdict: String, outcome: Outcome, remark: String = "") {
    self.rule = rule
    self.line = line
    self.verdict = verdict
    self.outcome = outcome
    self.remark = remark
  }
}

/// What is wrong with evidence, or why it could not be said.
struct Faults {
  private(set) var wrong: [String] = []
  private(set) var unclear: [String] = []

  /// Evidence is checked to its end, but nobody reads more than this.
  private static let most = 20

  mutating func add(_ text: String) {
    if wrong.count < Self.most, !wrong.contains(text) { wrong.append(text) }
  }

  mutating func addUnclear(_ text: String) {
    if unclear.count < Self.most, !unclear.contains(text) { unclear.append(text) }
  }

  mutating func add(_ other: Faults) {
    for text in other.wrong { add(text) }
    for text in other.unclear { addUnclear(text) }
  }

  var outcome: Recheck.Outcome {
    if !wrong.isEmpty { return .doesNotHold(wrong) }
    return unclear.first.map { .notRechecked($0) } ?? .confirmed
  }
}
