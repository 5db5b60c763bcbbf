import Foundation

/// What became of all mutants, held against what is explained.
package struct Balance {
  /// The share of the mutants that must die, in percent.
  package static let wanted = 95.0

  package let chosen: [Mutant]
  private let fates: [String: Fate]
  private let explanations: Explanations

  /// Fates are by the mutants' names; a mutant that has none was not tried.
  package init(chosen: [Mutant], fates: [String: Fate], explanations: Explanations) {
    self.chosen = chosen
    self.fates = fates
    self.explanations = explanations
  }

  package func count(_ fate: Fate, where holds: (Mutant) -> Bool = { _ in true }) -> Int {
    chosen.count { fates[$0.name] == fate && holds($0) }
  }

  /// Those that compile and were tried.
  package var tried: Int { Fate.allCases.filter { $0 != .uncompiled }.reduce(0) { $0 + count($1) } }
  package var left: Int { chosen.count { fates[$0.name] == nil } }
  package var dead: Int { count(.killed) + count(.timeOut) }

  /// Mutants that live and are explained to give no other answer: no test could notice them.
  package var harmless: Int {
    living.count { reasons[$0.name].map { reason in Explanations.harmless.contains { reason.hasPrefix($0) } } ?? false }
  }

  /// How many of a hundred mistakes die.
  package var percent: Double { tried == harmless ? 0 : Double(dead) * 100 / Double(tried - harmless) }

  private var reasons: [String: String] {
    Dictionary(explanations.entries.map { ($0.name, $0.reason) }) { first, _ in first }
  }

  /// Mutants that live, in the order of files.
  package var living: [Mutant] { chosen.filter { fates[$0.name] == .survived || fates[$0.name] == .unmet } }

  /// Why the target fails; empty when it does not.
  package func faults() -> [String] {
    var faults = explanations.faults()
    if left > 0 { faults.append("\(left) mutants are not tried yet") }
    if percent < Self.wanted {
      faults.append("\(Self.rounded(percent)) % of the mutants die, fewer than \(Self.wanted) %")
    }
    let explained = Set(explanations.entries.map(\.name))
    for mutant in living where !explained.contains(mutant.name) {
      faults.append("\(fates[mutant.name]?.rawValue ?? ""), and not explained: \(mutant.name)")
    }
    let names = Set(chosen.map(\.name))
    for entry in explanations.entries {
      if !names.contains(entry.name) {
        faults.append("explained.txt:\(entry.line): there is no such mutant: \(entry.name)")
      } else if let fate = fates[entry.name], fate != .survived, fate != .unmet {
        faults.append("explained.txt:\(entry.line): explained, and it does not live (\(fate.rawValue)): \(entry.name)")
      }
    }
    return faults
  }

  /// The page `docs/mutants.md`.
  package func page() -> String {
    var lines = [
      "# Mutants", "",
      "Made by `make mutants`. Each mutant is one systematic mistake in the code that decides about traffic; a test must notice it.",
      "How it is run, and what to do about a survivor, is in [CONTRIBUTING.md](../CONTRIBUTING.md).", "",
      "\(tried) mutants were tried and \(dead) died, \(count(.timeOut)) of them because a test ran for ever. Of the \(living.count) that "
        + "live \(harmless) give no other answer; of the \(tried - harmless) others \(Self.rounded(percent)) % died.",
      "",
    ]
    if left > 0 { lines += ["\(left) were not tried yet.", ""] }
    lines += table("target", Choice.targets.map { target in (target, { $0.target == target }) })
    lines += table("operator", MutationOperator.allCases.map { kind in (kind.rawValue, { $0.kind == kind }) })
    lines += ["## Those that live", ""]
    var file = ""
    let reasons = reasons
    for mutant in living {
      if mutant.file != file {
        if !file.isEmpty { lines.append("") }
        lines += ["### \(mutant.file)", ""]
        file = mutant.file
      }
      lines.append("- \(mutant.name.dropFirst(mutant.file.count + 2))  ")
      lines.append("  \(reasons[mutant.name] ?? "not explained")")
    }
    return lines.joined(separator: "\n") + "\n"
  }

  private func table(_ title: String, _ rows: [(String, (Mutant) -> Bool)]) -> [String] {
    var lines = ["| \(title) | tried | died | live |", "| --- | ---: | ---: | ---: |"]
    for (name, holds) in rows {
      let dead = count(.killed, where: holds) + count(.timeOut, where: holds)
      let alive = count(.survived, where: holds) + count(.unmet, where: holds)
      if dead + alive > 0 { lines.append("| \(name) | \(dead + alive) | \(dead) | \(alive) |") }
    }
    return lines + [""]
  }

  static func rounded(_ percent: Double) -> String {
    // Down, so that nothing is rounded up to what is wanted.
    let tenths = Int(percent * 10)
    return "\(tenths / 10).\(tenths % 10)"
  }
}
