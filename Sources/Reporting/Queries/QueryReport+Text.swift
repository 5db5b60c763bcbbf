import Diagnostics
import Language
import NetworkModel
import PacketSpace
import Properties

extension QueryReport {
  /// The answer for people: the answer first, then the evidence, then what it hangs on.
  package func text(_ context: ReportContext, colour: Bool) -> String {
    guard case .answered(let answer) = outcome else { return "" }
    let style = TextStyle(isColoured: colour)
    var lines: [String] = []
    switch answer.query.form {
    case .connects, .sources, .targets: lines += Self.pairs(answer, style)
    case .why, .whyNot: lines.append(Self.headline(answer, style))
    }
    if answer.query.form == .why || answer.query.form == .whyNot {
      if answer.result != .unreachable, let witness = answer.witness {
        lines += EvidenceTable.path(witness, context).lines(style)
        lines += Self.packets(witness)
      }
      if answer.result != .reachable {
        lines += EvidenceTable.blockers(answer.blockers, context).lines(style)
        if answer.arrives, let witness = answer.witness {
          lines.append("what arrives without being answered:")
          lines += EvidenceTable.path(witness, context).lines(style)
        }
      }
    }
    lines += Self.remarks(answer, context, style)
    return lines.map { $0 + "\n" }.joined()
  }

  private static func headline(_ answer: QueryAnswer, _ style: TextStyle) -> String {
    switch answer.result {
    case .reachable: return style.bold("yes") + ": \(TrafficWording.describe(answer.traffic)) is answered"
    case .undecided: return style.yellow("undecided") + ": it hangs on what is not known"
    case .unreachable:
      if answer.isVacuous { return style.bold("no") + ": one side stands for nothing in the snapshot" }
      let count = answer.blockers.count
      let things = count == 1 ? "1 thing blocks it" : "\(count) things block it, each enough alone on its way"
      let half = answer.arrives ? "what arrives is not answered: " : ""
      return style.bold("no") + ": \(half)\(things)"
    }
  }

  /// The pairs that connect, folded where a source sends the same to several.
  private static func pairs(_ answer: QueryAnswer, _ style: TextStyle) -> [String] {
    var rows: [(source: String, targets: [String], traffic: String)] = []
    var undecided = 0
    for pair in answer.pairs {
      if pair.surelyAnswered != pair.perhapsAnswered { undecided += 1 }
      guard !pair.surelyAnswered.isEmpty else { continue }
      let (source, target) = (pair.source.name, pair.destination.name)
      let traffic = TrafficWording.describe(pair.surelyAnswered)
      if let last = rows.indices.last, rows[last].source == source, rows[last].traffic == traffic {
        if !rows[last].targets.contains(target) { rows[last].targets.append(target) }
      } else {
        rows.append((source, [target], traffic))
      }
    }
    let lefts = rows.map { TerminalText.safe("\($0.source) → \($0.targets.joined(separator: ", "))") }
    let width = min(lefts.map { TerminalText.width($0) }.max() ?? 0, 60)
    var lines = zip(lefts, rows).map { left, row in
      left + String(repeating: " ", count: max(0, width - TerminalText.width(left))) + "  " + style.dim(row.traffic)
    }
    if rows.isEmpty {
      lines.append(answer.result == .undecided ? style.yellow("undecided") : "nothing is answered")
    }
    let count = answer.pairs.count { !$0.surelyAnswered.isEmpty }
    lines.append(
      style.dim(
        "\(count) \(count == 1 ? "pair" : "pairs")\(undecided == 0 ? "" : ", \(undecided) with more undecided")"))
    return lines
  }

  private static func packets(_ witness: Witness) -> [String] {
    witness.legs.map { leg in
      var text = "= packet: \(leg.packet.text)"
      if leg.arrived.destination != leg.packet.destination || leg.arrived.source != leg.packet.source {
        text += " (arrives as \(leg.arrived.text))"
      }
      return text
    }
  }

  private static func remarks(_ answer: QueryAnswer, _ context: ReportContext, _ style: TextStyle) -> [String] {
    var lines: [String] = []
    for id in answer.unknowns {
      let unknown = context.network[id]
      let place = context.place(unknown.derivation).map { "  " + style.dim($0) } ?? ""
      lines.append(style.yellow("hangs on") + ": \(TerminalText.safe(unknown.reason))\(place)")
    }
    for id in answer.assumptions { lines.append("assumed: \(TerminalText.safe(context.network[id].text))") }
    for note in answer.notes { lines.append(TerminalText.safe(note)) }
    return lines
  }
}
