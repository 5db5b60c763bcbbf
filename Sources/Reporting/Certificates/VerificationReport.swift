package import CertificateChecker
import Diagnostics

/// What came of checking a certificate again, for people: one line a property, and why where it is not confirmed.
package struct VerificationReport: Sendable {
  package enum Outcome: Sendable { case confirmed, doesNotHold, notRechecked }

  package var file: String
  /// What of the inputs is another than it was.
  package var differences: [String] = []
  package var rechecks: [Recheck] = []
  /// Nothing was walked, because inputs differ.
  package var isStopped = false

  package init(file: String) { self.file = file }

  /// The worst of all.
  package var outcome: Outcome {
    if !differences.isEmpty { return .doesNotHold }
    var isOpen = false
    for recheck in rechecks {
      switch recheck.outcome {
      case .doesNotHold: return .doesNotHold
      case .notRechecked: isOpen = true
      case .confirmed: break
      }
    }
    return isOpen ? .notRechecked : .confirmed
  }

  package func text(colour: Bool) -> String {
    let style = TextStyle(isColoured: colour)
    var lines = differences.map { style.red("differs") + ": \(TerminalText.safe($0))" }
    if isStopped {
      lines.append("")
      lines.append(
        " \(TerminalText.safe(file)) is of other inputs, and nothing of it was checked again (--ignore-hashes goes on)")
      return Self.joined(lines)
    }
    if !differences.isEmpty { lines.append("") }
    for recheck in rechecks { lines += Self.lines(recheck, style) }
    lines.append("")
    lines.append(" \(summary)")
    return Self.joined(lines)
  }

  private static func lines(_ recheck: Recheck, _ style: TextStyle) -> [String] {
    let word: String
    var reasons: [String] = []
    switch recheck.outcome {
    case .confirmed: word = style.green("confirmed     ")
    case .doesNotHold(let faults):
      word = style.red("does not hold ")
      reasons = faults
    case .notRechecked(let why):
      word = style.yellow("not re-checked")
      reasons = [why]
    }
    let claim = [recheck.verdict, recheck.remark].filter { !$0.isEmpty }.joined(separator: ": ")
    let remark = claim.isEmpty ? "" : "  " + style.dim(TerminalText.safe(claim))
    let line = recheck.line.isEmpty ? "" : "  \(TerminalText.safe(recheck.line))"
    return ["\(word)  \(TerminalText.safe(recheck.rule))\(line)\(remark)"]
      + reasons.map { "  = \(TerminalText.safe($0))" }
  }

  private var summary: String {
    var (confirmed, wrong, open) = (0, 0, 0)
    for recheck in rechecks {
      switch recheck.outcome {
      case .confirmed: confirmed += 1
      case .doesNotHold: wrong += 1
      case .notRechecked: open += 1
      }
    }
    let tallies = [(wrong, "not holding"), (open, "not re-checked"), (confirmed, "confirmed")].filter { $0.0 > 0 }
    let words = tallies.map { "\($0.0) \($0.1)" }.joined(separator: ", ")
    return "\(rechecks.count) propert\(rechecks.count == 1 ? "y" : "ies"): \(words.isEmpty ? "nothing" : words)"
  }

  private static func joined(_ lines: [String]) -> String { lines.map { $0 + "\n" }.joined() }

  /// What is said where the file itself was changed.
  package static func changed(file: String, stated: String, found: String, colour: Bool) -> String {
    let style = TextStyle(isColoured: colour)
    return style.red("does not hold") + "  \(TerminalText.safe(file)) was changed after it was written: "
      + "its digest is \(TerminalText.safe(stated)), and its content has \(found)\n"
  }
}
