import Foundation

/// The tests of the mutated tree, built: all mutants are in them.
struct TestBinary {
  let tree: MutatedTree
  private var runner: URL { tree.folder.appending(path: ".build/release/tierproofPackageTests.xctest") }
  private var output: URL { tree.scratch.appending(path: "output-\(ProcessInfo.processInfo.processIdentifier).txt") }

  /// Every suite, by what the runner calls it: `PacketSpaceTests.BitSetTests`.
  func suites() throws -> [String] {
    let end = try start(["--list-tests"], environment: [:]).end
    guard end == .exit(0) else { throw MutationError("the test runner does not list its tests: \(end)") }
    var result: [String] = []
    for line in try lines() {
      guard let suite = Self.suite(of: line), !result.contains(suite) else { continue }
      result.append(suite)
    }
    return result
  }

  /// What the runner calls a test, up to its suite. A name between backticks may hold anything.
  private static func suite(of line: String) -> String? {
    var isQuoted = false
    for index in line.indices {
      if line[index] == "`" { isQuoted.toggle() }
      if line[index] == "/", !isQuoted { return String(line[..<index]) }
    }
    return nil
  }

  struct Run {
    var process: ChildProcess
    /// The first test that failed, or was on when the process ended.
    var failed: String?
  }

  /// Runs some suites, with one mutant alive or none.
  func run(_ suites: [String], mutant: Int?, met: URL? = nil, cpuLimit: Int? = nil) throws -> Run {
    var environment: [String: String] = [:]
    if let mutant { environment[MutantSwitch.variable] = String(mutant) }
    if let met { environment[MutantSwitch.metVariable] = met.path }
    let filters = suites.flatMap { ["--filter", "^" + NSRegularExpression.escapedPattern(for: $0) + "/"] }
    let process = try start(filters, environment: environment, cpuLimit: cpuLimit)
    return Run(process: process, failed: process.end == .exit(0) ? nil : Self.failed(try lines()))
  }

  private func start(_ arguments: [String], environment: [String: String], cpuLimit: Int? = nil) throws -> ChildProcess
  {
    var environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
    if environment["TIERPROOF_SHARED"] == nil {
      environment["TIERPROOF_SHARED"] = tree.repository.appending(path: "../shared").standardizedFileURL.path
    }
    return try ChildProcess.run(
      [runner.path, "--testing-library", "swift-testing"] + arguments, in: tree.folder, environment: environment,
      output: output, cpuLimit: cpuLimit)
  }

  private func lines() throws -> [String] {
    String(decoding: try Data(contentsOf: output), as: UTF8.self).split(separator: "\n").map(String.init)
  }

  private static func failed(_ lines: [String]) -> String? {
    for line in lines {
      if let match = line.firstMatch(of: /Test (.+?) recorded an issue/) { return name(match.1) }
      if let match = line.firstMatch(of: /Test (.+?) (with \d+ test cases? )?failed after/) { return name(match.1) }
    }
    var running: [String] = []
    for line in lines {
      if let match = line.firstMatch(of: /Test (.+?) started\./), !match.1.hasPrefix("case"), !match.1.hasPrefix("run")
      {
        running.append(name(match.1))
      } else if let match = line.firstMatch(of: /Test (.+?) (with \d+ test cases? )?passed after/) {
        running.removeAll { $0 == name(match.1) }
      }
    }
    return running.last
  }

  private static func name(_ text: Substring) -> String { text.filter { $0 != "\"" } }
}

/// Why the work cannot go on, in a sentence.
package struct MutationError: Error, CustomStringConvertible {
  package var description: String
  package init(_ description: String) { self.description = description }
}
