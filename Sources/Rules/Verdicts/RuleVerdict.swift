package import Certificates
package import Diagnostics
package import Language
package import Properties

/// What became of a rule.
package struct RuleVerdict: Sendable {
  package enum Outcome: String, Hashable, Sendable {
    case proved, violated, undecided
    /// A selector of a project's own rule matched nothing.
    case vacuous
    /// The same of a rule that comes with the program.
    case notApplicable
  }

  /// A property of the rule, judged.
  package struct Judged: Sendable {
    package var line: Rule.Line
    package var verdict: PropertyVerdict
    /// As a certificate says it, where one was asked for.
    package var certified: Certificate.Property?
  }

  package var rule: Rule
  package var properties: [Judged]
  package var outcome: Outcome

  /// All findings, the violations first.
  package var findings: [RuleFinding] {
    let all = properties.flatMap { judged in
      judged.verdict.findings.map { RuleFinding(rule: rule, line: judged.line, finding: $0) }
    }
    return all.filter { $0.finding.verdict == .violated } + all.filter { $0.finding.verdict != .violated }
  }

  init(rule: Rule, properties: [Judged]) {
    self.rule = rule
    self.properties = properties
    let verdicts = properties.map(\.verdict.verdict)
    outcome =
      if verdicts.contains(.violated) { .violated } else if verdicts.contains(.undecided) {
        .undecided
      } else if verdicts.contains(.proved) { .proved } else { rule.isBuiltIn ? .notApplicable : .vacuous }
  }
}

/// A property's violation, or what may be one, at a place in a file.
package struct RuleFinding: Sendable {
  package var rule: Rule
  package var line: Rule.Line
  package var finding: Finding

  /// What arrives and is never answered is one level lower.
  package var level: Rule.Level {
    if finding.verdict != .violated { return .warning }
    return finding.isOneWay ? rule.level.lower : rule.level
  }

  /// `tierproof/v1`: the same for the same rule, source and target, whatever lines they stand on.
  package var fingerprint: String {
    Fingerprint.of([rule.id, finding.source.key, finding.target.key])
  }
}

/// A rule that cannot be judged: a line that cannot be read, or names what is not there.
package struct RuleFault: Error, Sendable {
  package var rule: Rule
  package var line: Rule.Line
  package var error: StatementError

  /// The fault at its place in the rule file, where the line is written there as it is.
  package var diagnostic: Diagnostic {
    Diagnostic(
      code: "TP0402", severity: .error, message: "rule \(rule.id): \(error.message)",
      primary: Diagnostic.Label(range: line.range, text: error.suggestion ?? ""))
  }
}
