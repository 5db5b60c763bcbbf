import Diagnostics
import NetworkModel
import Properties

/// Numbered hops or blockers in columns: what, the rule, the place.
struct EvidenceTable {
  private struct Row {
    var mark: String
    var title: String
    var detail: String
    var place: String
  }

  private var rows: [Row] = []

  /// The hops of a path, numbered; the way back is marked `↩`.
  static func path(_ witness: Witness, _ context: ReportContext) -> EvidenceTable {
    var table = EvidenceTable()
    var number = 0
    for hop in witness.hops {
      if hop.half == .request { number += 1 }
      let place = context.place(hop.derivation) ?? ""
      table.rows.append(
        Row(mark: hop.half == .request ? String(number) : "↩", title: hop.title, detail: hop.detail, place: place))
      table.addSettings(hop.derivation, context)
    }
    return table
  }

  /// Everything that blocks.
  static func blockers(_ blockers: [ExplainedBlocker], _ context: ReportContext) -> EvidenceTable {
    var table = EvidenceTable()
    for blocker in blockers {
      let detail = blocker.half == .answer ? "\(blocker.detail) (stops the answer only)" : blocker.detail
      table.rows.append(
        Row(mark: "", title: blocker.title, detail: detail, place: context.place(blocker.derivation) ?? ""))
      table.addSettings(blocker.derivation, context)
    }
    return table
  }

  /// Where a value that decided was set, if that is somewhere else.
  private mutating func addSettings(_ derivation: Derivation, _ context: ReportContext) {
    for step in derivation.steps.dropFirst() where step.role == .set {
      rows.append(Row(mark: "", title: "", detail: "set here", place: context.sources.place(step.range)))
    }
  }

  func lines(_ style: TextStyle) -> [String] {
    let titles = rows.map { TerminalText.safe($0.title) }
    let details = rows.map { TerminalText.safe($0.detail) }
    let titleWidth = min(titles.map { TerminalText.width($0) }.max() ?? 0, 36)
    let detailWidth = min(details.map { TerminalText.width($0) }.max() ?? 0, 64)
    return rows.indices.map { index in
      let mark = Self.pad(rows[index].mark, 3, isRight: true)
      let place = rows[index].place.isEmpty ? "" : "  " + style.dim(TerminalText.safe(rows[index].place))
      let detail = place.isEmpty ? details[index] : Self.pad(details[index], detailWidth)
      return "\(mark)  \(Self.pad(titles[index], titleWidth))  \(detail)\(place)"
    }
  }

  private static func pad(_ text: String, _ width: Int, isRight: Bool = false) -> String {
    let spaces = String(repeating: " ", count: max(0, width - TerminalText.width(text)))
    return isRight ? spaces + text : text + spaces
  }
}
