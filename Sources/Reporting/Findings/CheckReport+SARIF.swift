import Diagnostics
import NetworkModel
import Rules
package import SARIF

extension CheckReport {
  /// The findings as the text of a SARIF 2.1.0 log.
  package func sarif(version: String) -> String { log(version: version).text }

  /// The findings as a log: one result a rule, source and target, its paths as code flows.
  ///
  /// What is no finding (faults of the input, gaps, assumptions, rules that say nothing about this network) is told as
  /// notifications: no line of a pull request mends it, but an empty list of results must not pass for a proof.
  package func log(version: String) -> SARIFLog {
    let run = SARIFRun(
      version: version, category: "tierproof/check", rules: verdicts.map { SARIFRule($0.rule) },
      results: FindingGroup.all(of: verdicts).map { result($0) }, notifications: notifications,
      succeeded: !diagnostics.contains { $0.severity == .error })
    return SARIFLog(run: run.mapTexts(SARIFTexts.plain, markdown: SARIFTexts.page))
  }

  /// A range as a place in one line.
  func location(_ range: SourceRange, message: String? = nil, logicalName: String? = nil) -> SARIFLocation {
    let (path, line, columns) = context.sources.firstLine(of: range)
    return SARIFLocation(path: path, line: line, columns: columns, message: message, logicalName: logicalName)
  }
}

extension SARIFLevel {
  /// The level of a rule of that level.
  init(_ level: Rules.Rule.Level) {
    switch level {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }

  /// The level of a notification of that severity.
  init(_ severity: Diagnostic.Severity) {
    switch severity {
    case .error: self = .error
    case .warning: self = .warning
    case .note: self = .note
    }
  }
}
