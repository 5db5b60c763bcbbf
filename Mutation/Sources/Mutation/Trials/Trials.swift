import Foundation

/// Tries the mutants one by one.
package struct Trials {
  let tree: MutatedTree
  private let binary: TestBinary

  package init(_ tree: MutatedTree) {
    self.tree = tree
    binary = TestBinary(tree: tree)
  }

  /// Tries every mutant of which the table does not say what became of it.
  ///
  /// With `matching`, those are tried whose name holds this text, and with `living` those that lived when they were last tried, whatever
  /// the table says. With `quick` the suites that take longer than a second are left out: who lives is told and not recorded.
  package func run(
    _ built: Built, matching: String? = nil, living: Bool = false, quick: Bool = false, say: (String) -> Void
  ) throws {
    var table = try Table(tree)
    let wanted = built.mutants.enumerated().filter { _, mutant in
      if let matching { return mutant.name.contains(matching) }
      if living { return table.rows[mutant.name]?.fate.isDead == false }
      return table.row(of: mutant.name, file: mutant.file, all: built.all) == nil
    }
    guard !wanted.isEmpty else { return }
    var coverage = try Coverage.of(built, binary, say: say)
    if quick { coverage.suites.removeAll { $0.seconds > 1 } }
    for (done, (number, mutant)) in wanted.enumerated() {
      let (fate, by, seconds) = try judge(number, coverage)
      if !quick || fate.isDead {
        try table.append(
          Table.Row(name: mutant.name, fate: fate, by: by, seconds: seconds, file: mutant.file, all: built.all))
      }
      say(
        "\(done + 1)/\(wanted.count) \(padded(seconds)) s  \(fate.rawValue)  \(mutant.name)\(by.isEmpty ? "" : "  by \(by)")"
      )
    }
  }

  private func judge(_ number: Int, _ coverage: Coverage) throws -> (Fate, String, Double) {
    let stages = coverage.stages(for: number)
    guard !stages.isEmpty else { return (.unmet, "", 0) }
    var seconds = 0.0
    for stage in stages {
      let usual = stage.reduce(0) { $0 + $1.seconds }
      let run = try binary.run(stage.map(\.name), mutant: number, cpuLimit: Int(usual * 8) + 10)
      seconds += run.process.seconds
      switch run.process.end {
      case .exit(0): continue
      case .timeOut: return (.timeOut, run.failed ?? "", seconds)
      case .exit: return (.killed, run.failed ?? "", seconds)
      case .signal: return (.killed, "a crash in " + (run.failed ?? stage[0].name), seconds)
      }
    }
    return (.survived, "", seconds)
  }
}
