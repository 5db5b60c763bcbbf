import Foundation

/// Builds the mutated tree. Mutants that are no Swift are taken out until it compiles.
package struct Build {
  let tree: MutatedTree

  package init(_ tree: MutatedTree) { self.tree = tree }

  /// Names of mutants that do not compile, one a line; kept, so that they are found once.
  private var uncompiledFile: URL { tree.scratch.appending(path: "uncompiled.txt") }
  private var builtFile: URL { tree.scratch.appending(path: "built.tsv") }

  package func uncompiled() -> Set<String> {
    Set(((try? String(contentsOf: uncompiledFile, encoding: .utf8)) ?? "").split(separator: "\n").map(String.init))
  }

  /// What the last build holds. The sources may have changed since: what is built is tried all the same.
  package func last() throws -> Built {
    guard let text = try? String(contentsOf: builtFile, encoding: .utf8), let built = Built(text: text) else {
      throw MutationError("nothing is built yet")
    }
    return built
  }

  /// Writes and compiles, as often as it takes.
  package func run(_ mutants: [Mutant], say: (String) -> Void) throws {
    try FileManager.default.createDirectory(at: tree.scratch, withIntermediateDirectories: true)
    var dropped = uncompiled()
    for round in 1...12 {
      let versions = try tree.versions()
      let kept = mutants.filter { !dropped.contains($0.name) }
      try tree.write(kept)
      say("build \(round): \(kept.count) mutants, \(mutants.count - kept.count) that do not compile")
      let log = tree.scratch.appending(path: "build.txt")
      let result = try ChildProcess.run(
        [
          "/usr/bin/env", "swift", "build", "-c", "release", "--build-tests", "-Xswiftc", "-enable-testing",
        ], in: tree.folder,
        environment: ProcessInfo.processInfo.environment, output: log)
      if result.end == .exit(0) {
        try Data(Built(mutants: kept, versions: versions).text.utf8).write(to: builtFile)
        return
      }
      let blamed = try self.blamed(String(decoding: Data(contentsOf: log), as: UTF8.self))
      guard !blamed.isEmpty else {
        throw MutationError("the mutated tree does not compile, and no mutant is to blame: see \(log.path)")
      }
      for number in blamed { dropped.insert(kept[number].name) }
      try Data((dropped.sorted().joined(separator: "\n") + "\n").utf8).write(to: uncompiledFile)
    }
    throw MutationError("the mutated tree still does not compile after twelve rounds")
  }

  /// The numbers of the mutants that the compiler complains about.
  private func blamed(_ log: String) throws -> Set<Int> {
    var texts: [String: String] = [:]
    var result = Set<Int>()
    for match in log.matches(of: /(\/[^\s:]+\.swift):(\d+):(\d+): error:/) {
      let path = String(match.1)
      guard path.hasPrefix(tree.folder.path + "/Sources"), let line = Int(match.2), let column = Int(match.3) else {
        continue
      }
      let text = try texts[path] ?? String(contentsOfFile: path, encoding: .utf8)
      texts[path] = text
      if let number = MutatedFile.blamed(in: text, line: line, column: column) { result.insert(number) }
    }
    return result
  }
}
