import Foundation

/// Which suites meet which mutants, and what each suite costs: found by running each once with no mutant alive.
struct Coverage {
  struct Suite {
    var name: String
    var seconds: Double
    var met: Set<Int>
  }

  /// The cheapest first.
  var suites: [Suite]

  /// The suites that meet a mutant, in stages: the quick ones together, each of the others alone.
  func stages(for number: Int) -> [[Suite]] {
    var stages: [[Suite]] = []
    for suite in suites where suite.met.contains(number) {
      if let last = stages.indices.last, stages[last].reduce(suite.seconds, { $0 + $1.seconds }) < 0.7 {
        stages[last].append(suite)
      } else {
        stages.append([suite])
      }
    }
    return stages
  }

  /// What was measured of a build, or is now.
  static func of(_ built: Built, _ binary: TestBinary, say: (String) -> Void) throws -> Coverage {
    let file = binary.tree.scratch.appending(path: "met.tsv")
    let seeds = ProcessInfo.processInfo.environment["TIERPROOF_SEEDS"] ?? ""
    let head = "\(built.all) \(built.mutants.count) \(seeds)"
    if let text = try? String(contentsOf: file, encoding: .utf8) {
      let lines = text.split(separator: "\n")
      if lines.first.map(String.init) == head { return Coverage(suites: lines.dropFirst().compactMap(Suite.init)) }
    }
    let coverage = try measure(binary, say: say)
    let lines = [head] + coverage.suites.map(\.line)
    try Data((lines.joined(separator: "\n") + "\n").utf8).write(to: file)
    return coverage
  }

  /// Runs every suite once; it must pass.
  private static func measure(_ binary: TestBinary, say: (String) -> Void) throws -> Coverage {
    var suites: [Suite] = []
    for name in try binary.suites() {
      let folder = binary.tree.scratch.appending(path: "met")
      try? FileManager.default.removeItem(at: folder)
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      let run = try binary.run([name], mutant: nil, met: folder)
      guard run.process.end == .exit(0) else {
        throw MutationError("with no mutant alive, \(name) fails: \(run.failed ?? "\(run.process.end)")")
      }
      var met = Set<Int>()
      for file in try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil) {
        met.formUnion(try String(contentsOf: file, encoding: .utf8).split(separator: "\n").compactMap { Int($0) })
      }
      suites.append(Suite(name: name, seconds: run.process.seconds, met: met))
    }
    suites.sort { ($0.seconds, $0.name) < ($1.seconds, $1.name) }
    for suite in suites {
      say("\(padded(suite.seconds)) s  \(suite.met.count) mutants met by \(suite.name)")
    }
    return Coverage(suites: suites)
  }
}

extension Coverage.Suite {
  fileprivate init?(_ line: Substring) {
    let cells = line.split(separator: "\t", omittingEmptySubsequences: false)
    guard cells.count == 3, let seconds = Double(cells[1]) else { return nil }
    self.init(name: String(cells[0]), seconds: seconds, met: Set(cells[2].split(separator: " ").compactMap { Int($0) }))
  }

  fileprivate var line: String { "\(name)\t\(seconds)\t" + met.sorted().map(String.init).joined(separator: " ") }
}

/// A number of seconds for a column.
func padded(_ seconds: Double) -> String {
  let hundredths = Int(seconds * 100)
  let text = "\(hundredths / 100).\(hundredths % 100 < 10 ? "0" : "")\(hundredths % 100)"
  return String(repeating: " ", count: max(0, 7 - text.count)) + text
}
