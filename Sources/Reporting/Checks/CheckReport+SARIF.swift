import Diagnostics
import NetworkModel
import PacketSpace
import Properties
import Rules
import SARIF

extension CheckReport {
  /// The findings as a SARIF 2.1.0 log: one result a rule, source and target, the path as its code flow.
  package func sarif(version: String) -> String {
    let rules = verdicts.map { Self.rule($0.rule) }
    let results = verdicts.flatMap(\.findings).map { result($0) }
    return SARIFLog(
      run: SARIFRun(
        version: version, rules: rules, results: results, notifications: notifications,
        succeeded: !diagnostics.contains { $0.severity == .error })
    ).text
  }

  private static func rule(_ rule: Rules.Rule) -> SARIFRule {
    let lines = rule.properties.map { "    \($0.text)\n" }.joined()
    let controls = rule.controls.map { "- \($0.framework) \($0.id) (\($0.basis))\n" }.joined()
    let markdown =
      "# \(rule.id): \(rule.title)\n\n\(rule.why)\n\n**How to mend it.** \(rule.mend)\n\nWhat is proved:\n\n\(lines)"
      + (controls.isEmpty ? "" : "\nControls:\n\n\(controls)")
    let name = rule.slug.split { $0 == "." || $0 == "-" }.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined()
    return SARIFRule(
      id: rule.id, name: name, summary: sentence(rule.title), description: rule.why,
      help: (text: "\(rule.why) \(rule.mend)", markdown: markdown), level: level(rule.level),
      severity: SARIFSecuritySeverity(tenths: rule.severity),
      tags: ["security"] + rule.controls.map { "\($0.framework)/\($0.id)" })
  }

  private static func sentence(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() + "." }

  private static func level(_ level: Rules.Rule.Level) -> SARIFLevel {
    switch level {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }

  private func result(_ found: RuleFinding) -> SARIFResult {
    let finding = found.finding
    var message = finding.message
    if finding.verdict == .undecided {
      let reasons = finding.unknowns.map { context.network[$0].reason }
      message =
        "Undecided: \(message)" + (reasons.isEmpty ? "" : "; it hangs on this: \(reasons.joined(separator: "; "))")
    }
    if finding.isOneWay { message += " (one way: it arrives and is never answered)" }
    var steps = (finding.witness?.hops ?? []).compactMap { step($0) }
    if steps.isEmpty { steps = [SARIFStep(location(of: found, message: finding.message), importance: .essential)] }
    let related = finding.place.steps.dropFirst().map { step in
      location(step.range, message: step.note.isEmpty ? "\(step.role.rawValue) here" : step.note)
    }
    return SARIFResult(
      ruleID: found.rule.id, level: Self.level(found.level), message: message,
      location: location(of: found, message: nil), fingerprint: found.fingerprint,
      flows: [SARIFFlow(message: found.line.text, steps: steps)], related: Array(related),
      properties: [
        ("verdict", finding.verdict.rawValue), ("property", found.line.text), ("source", finding.source.key),
        ("target", finding.target.key), ("traffic", finding.traffic.description),
      ])
  }

  /// A hop that some file decides; what no file says is no place to look at.
  private func step(_ hop: ExplainedHop) -> SARIFStep? {
    hop.derivation.primary.map { range in
      SARIFStep(
        location(range, message: "\(hop.title): \(hop.detail)"), importance: .important,
        nesting: hop.half == .answer ? 1 : 0)
    }
  }

  private func location(of found: RuleFinding, message: String?) -> SARIFLocation {
    guard let range = place(of: found) else {
      return SARIFLocation(
        path: context.sources.files.first?.path ?? "tierproof.yaml", line: 1, message: message,
        logicalName: found.finding.target.key)
    }
    var location = location(range, message: message)
    location.logicalName = found.finding.target.key
    return location
  }

  private func location(_ range: SourceRange, message: String?) -> SARIFLocation {
    let (path, line, columns) = context.sources.firstLine(of: range)
    return SARIFLocation(path: path, line: line, columns: columns, message: message)
  }

  private var notifications: [SARIFNotification] {
    let said = diagnostics.map { diagnostic in
      SARIFNotification(
        code: diagnostic.code, level: diagnostic.severity == .error ? .error : .warning, message: diagnostic.message,
        location: diagnostic.primary.map { location($0.range, message: nil) })
    }
    let gaps = context.network.gaps.map { gap in
      SARIFNotification(
        code: "gap", level: .note, message: "\(gap.subject): \(gap.message)",
        location: gap.derivation.primary.map { location($0, message: nil) })
    }
    let assumptions = context.network.assumptions.map {
      SARIFNotification(code: $0.code, level: .note, message: "assumed: \($0.text)")
    }
    return said + gaps + assumptions
  }
}
