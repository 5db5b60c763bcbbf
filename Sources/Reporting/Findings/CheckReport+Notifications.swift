import Diagnostics
import NetworkModel
import Properties
import Rules
import SARIF

extension CheckReport {
  /// What the results do not speak of: the inputs' faults, rules that found no answer, gaps and assumptions.
  var notifications: [SARIFNotification] {
    diagnostics.map { notification($0) } + verdicts.flatMap { notifications($0) } + gaps + assumptions
  }

  private func notification(_ diagnostic: Diagnostic) -> SARIFNotification {
    var sentences = [diagnostic.message]
    if let label = diagnostic.primary?.text, !label.isEmpty { sentences.append(label) }
    sentences += diagnostic.notes
    if let help = diagnostic.help { sentences.append("help: \(help)") }
    return SARIFNotification(
      code: diagnostic.code, level: SARIFLevel(diagnostic.severity), message: sentences.joined(separator: "; "),
      location: diagnostic.primary.map { location($0.range) })
  }

  /// A rule without findings is not thereby proved: whoever reads the log must be able to tell.
  private func notifications(_ verdict: RuleVerdict) -> [SARIFNotification] {
    let rule = verdict.rule
    var said: [SARIFNotification] = []
    switch verdict.outcome {
    case .proved, .violated: break
    case .undecided where !verdict.findings.isEmpty: break
    case .undecided:
      let reasons = verdict.properties.flatMap(\.verdict.unknowns).map { context.network[$0].reason }
      said.append(
        SARIFNotification(
          code: "rule/undecided", level: .warning,
          message: "\(rule.id) is undecided"
            + (reasons.isEmpty ? "" : "; it hangs on: \(reasons.joined(separator: "; "))")))
    case .vacuous:
      said.append(
        SARIFNotification(
          code: "rule/vacuous", level: .warning,
          message: "\(rule.id) says nothing: a side of it stands for nothing here"
        ))
    case .notApplicable:
      said.append(
        SARIFNotification(
          code: "rule/not-applicable", level: .note, message: "\(rule.id) has no subjects here: \(rule.title)"))
    }
    var notes: [String] = []
    for note in verdict.properties.flatMap(\.verdict.notes) where !notes.contains(note) { notes.append(note) }
    return said + notes.map { SARIFNotification(code: "rule/note", level: .note, message: "\(rule.id): \($0)") }
  }

  private var gaps: [SARIFNotification] {
    context.network.gaps.map { gap in
      SARIFNotification(
        code: "gap", level: .note, message: "\(gap.subject): \(gap.message)",
        location: gap.derivation.primary.map { location($0) })
    }
  }

  private var assumptions: [SARIFNotification] {
    context.network.assumptions.map {
      SARIFNotification(code: $0.code, level: .note, message: "assumed: \($0.text)")
    }
  }
}
