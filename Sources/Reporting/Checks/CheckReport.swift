package import Diagnostics
import NetworkModel
import Properties
package import Rules

/// Everything that a check found out, before it is written in any format.
package struct CheckReport: Sendable {
  package var verdicts: [RuleVerdict]
  package var context: ReportContext
  /// What is wrong with the inputs.
  package var diagnostics: [Diagnostic]
  /// What was read, in words: `14 templates`, `31 manifests`.
  package var census: [String]

  package init(verdicts: [RuleVerdict], context: ReportContext, diagnostics: [Diagnostic], census: [String]) {
    self.verdicts = verdicts
    self.context = context
    self.diagnostics = diagnostics
    self.census = census
  }

  /// The highest level of a violation, if there is one.
  package var worst: Rules.Rule.Level? {
    verdicts.flatMap(\.findings).filter { $0.finding.verdict == .violated }.map(\.level).max()
  }

  /// Whether something is neither proved nor violated that should be one of them.
  package var hangsOnSomething: Bool {
    verdicts.contains { $0.outcome == .vacuous || $0.findings.contains { $0.finding.verdict == .undecided } }
  }

  /// The line on which a finding is put: its own place, else the first of its path that a file says.
  func place(of finding: RuleFinding) -> SourceRange? {
    finding.finding.place.primary
      ?? finding.finding.witness?.hops.last { !$0.derivation.steps.isEmpty }?.derivation.primary
      ?? finding.finding.unknowns.lazy.compactMap { context.network[$0].derivation.primary }.first
  }
}

extension SourceMap {
  /// The part of one line that a range is shown by: path, line and columns from 1, the end excluded; no columns where the range goes on
  /// behind the line.
  func firstLine(of range: SourceRange) -> (path: String, line: Int, columns: Range<Int>?) {
    let start = position(of: range)
    let end = self[range.file].position(at: max(range.end, range.start))
    let isShort = end.line == start.line && end.column > start.column
    return (self[range.file].path, start.line, isShort ? start.column..<end.column : nil)
  }
}
