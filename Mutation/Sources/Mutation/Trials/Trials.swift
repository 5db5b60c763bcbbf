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
  /// `built` are the mutants that are compiled in, by number. With `matching`, those are tried whose name holds this text, and with `living`
  /// those that lived when they were last tried, whatever the table says.
  package func run(_ built: [Mutant], matching: String?, living: Bool, say: (String) -> Void) throws {
    var table = try Table(tree)
    let all = try tree.digest()
    var digests: [String: UInt64] = [:]
    for file in Set(built.map(\.file)) {
      digests[file] = fingerprint(
        try String(contentsOf: tree.repository.appending(path: "Sources/\(file)"), encoding: .utf8))
    }
    let wanted = built.enumerated().filter { number, mutant in
      if let matching { return mutant.name.contains(matching) }
      if living { return table.rows[mutant.name]?.fate.isDead == false }
      return table.row(of: mutant.name, file: digests[mutant.file] ?? 0, all: all) == nil
    }
    guard !wanted.isEmpty else { return }
    let coverage = try Coverage.measure(binary, say: say)
    for (done, (number, mutant)) in wanted.enumerated() {
      let (fate, by, seconds) = try judge(number, coverage)
      let row = Table.Row(
        name: mutant.name, fate: fate, by: by, seconds: seconds, file: digests[mutant.file] ?? 0, all: all)
      try table.append(row)
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
