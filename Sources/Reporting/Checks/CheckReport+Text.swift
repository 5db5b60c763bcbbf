import Diagnostics
import Language
import NetworkModel
import PacketSpace
import Properties
import Rules

extension CheckReport {
  /// The report for people: what is violated, what is undecided, what is proved, and what was not looked at.
  ///
  /// `isVerbose` lists every finding in full, every gap and every assumption.
  package func text(colour: Bool, width: Int, isVerbose: Bool) -> String {
    let style = TextStyle(isColoured: colour)
    let renderer = DiagnosticRenderer(colour: colour, width: width)
    var text = ""
    for verdict in verdicts {
      for (number, found) in verdict.findings.enumerated() {
        if number >= Self.shownInFull, !isVerbose {
          text += Self.more(verdict.findings.dropFirst(number), style) + "\n"
          break
        }
        text += block(found, style, renderer) + "\n"
      }
    }
    let rows = verdicts.map { row($0, style) }
    text += rows.map { $0 + "\n" }.joined()
    text += "\n" + summary(style, isVerbose: isVerbose)
    return text
  }

  /// Findings of one rule that are shown with all their evidence.
  private static let shownInFull = 5

  private func block(_ found: RuleFinding, _ style: TextStyle, _ renderer: DiagnosticRenderer) -> String {
    let finding = found.finding
    let isUndecided = finding.verdict == .undecided
    let diagnostic = Diagnostic(
      code: found.rule.id, severity: isUndecided ? .warning : found.level == .error ? .error : .warning,
      message: (isUndecided ? "undecided: " : "") + finding.message,
      primary: place(of: found).map { Diagnostic.Label(range: $0, text: "") },
      secondary: finding.place.steps.dropFirst().filter { $0.role == .set || $0.role == .defined }.map {
        Diagnostic.Label(range: $0.range, text: $0.note.isEmpty ? "\($0.role.rawValue) here" : $0.note)
      },
      notes: ["property: \(found.line.text)"])
    var lines: [String] = []
    if let witness = finding.witness {
      lines += EvidenceTable.path(witness, context).lines(style)
      lines += witness.legs.map { "  = packet: \($0.packet.text)" }
    }
    if finding.isOneWay { lines.append("  = one way: it arrives and is never answered") }
    for unknown in finding.unknowns {
      let place = context.place(context.network[unknown].derivation).map { "  " + style.dim($0) } ?? ""
      lines.append("  = hangs on: \(TerminalText.safe(context.network[unknown].reason))\(place)")
    }
    for id in finding.assumptions { lines.append("  = assumed: \(TerminalText.safe(context.network[id].text))") }
    if !isUndecided {
      if !found.rule.why.isEmpty { lines.append("  = why it matters: \(TerminalText.safe(found.rule.why))") }
      if !found.rule.mend.isEmpty { lines.append("  = help: \(TerminalText.safe(found.rule.mend))") }
    }
    return renderer.render(diagnostic, in: context.sources) + lines.map { $0 + "\n" }.joined()
  }

  private static func more(_ findings: ArraySlice<RuleFinding>, _ style: TextStyle) -> String {
    let lines = findings.map { found in
      "  \(found.finding.verdict.rawValue): \(TerminalText.safe(found.finding.message))\n"
    }
    return style.bold("\(findings.first?.rule.id ?? "") and \(findings.count) more (-v shows them in full)") + "\n"
      + lines.joined()
  }

  private func row(_ verdict: RuleVerdict, _ style: TextStyle) -> String {
    let word: String
    switch verdict.outcome {
    case .proved: word = style.green("proved    ")
    case .violated: word = style.red("violated  ")
    case .undecided: word = style.yellow("undecided ")
    case .vacuous: word = style.yellow("vacuous   ")
    case .notApplicable: word = style.dim("no subject")
    }
    let lines = verdict.properties.map(\.line.text).joined(separator: " · ")
    var remark = verdict.properties.flatMap { Self.evidence($0.verdict) }.joined(separator: " · ")
    if !remark.isEmpty { remark = "  " + style.dim(remark) }
    return "\(word)  \(verdict.rule.id)  \(TerminalText.safe(lines))\(remark)"
  }

  private static func evidence(_ verdict: PropertyVerdict) -> [String] {
    switch verdict.verdict {
    case .violated: return ["\(count(verdict.findings.count, "finding"))"]
    case .undecided: return ["hangs on \(count(verdict.unknowns.count, "unknown"))"]
    case .vacuous: return ["a side stands for nothing here"]
    case .proved:
      if case .all = verdict.property { return [count(verdict.sources, "subject")] }
      let ends = "\(count(verdict.sources, "source")), \(count(verdict.targets, "target"))"
      if verdict.cut.isEmpty { return [ends] }
      let single = verdict.cut.count == 1 ? " (\(verdict.cut[0].title), the single point of protection)" : ""
      return ["\(ends), cut by \(count(verdict.cut.count, "layer"))\(single)"]
    }
  }

  private static func count(_ number: Int, _ word: String) -> String {
    number == 1 ? "1 \(word)" : "\(number) \(word)s"
  }

  private func summary(_ style: TextStyle, isVerbose: Bool) -> String {
    let network = context.network
    let order: [(RuleVerdict.Outcome, String)] = [
      (.violated, "violated"), (.undecided, "undecided"), (.vacuous, "vacuous"), (.proved, "proved"),
      (.notApplicable, "without subjects"),
    ]
    let tallies = order.compactMap { outcome, word in
      let number = verdicts.count { $0.outcome == outcome }
      return number == 0 ? nil : "\(number) \(word)"
    }
    var lines = [
      "\(Self.count(verdicts.count, "rule")): \(tallies.joined(separator: ", "))",
      "read \(census.joined(separator: ", ")): \(Self.count(network.endpoints.count, "endpoint")); "
        + "\(Self.count(network.gaps.count, "gap")), \(Self.count(network.assumptions.count, "assumption"))"
        + (isVerbose || network.gaps.isEmpty && network.assumptions.isEmpty ? "" : " (-v lists them)"),
    ]
    if isVerbose {
      for gap in network.gaps {
        let place = context.place(gap.derivation).map { "  " + style.dim($0) } ?? ""
        lines.append("gap: \(TerminalText.safe("\(gap.subject): \(gap.message)"))\(place)")
      }
      for assumption in network.assumptions { lines.append("assumed: \(TerminalText.safe(assumption.text))") }
    }
    for verdict in verdicts {
      for note in verdict.properties.flatMap(\.verdict.notes) {
        lines.append(style.dim("\(verdict.rule.id): ") + TerminalText.safe(note))
      }
    }
    return lines.map { " \($0)\n" }.joined()
  }
}
