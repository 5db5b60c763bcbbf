import Foundation

/// The version of the sources, as numbers that change with them.
package struct Versions: Sendable {
  /// By the path of a file in the repository.
  package var files: [String: UInt64]
  /// Of all of them.
  package var all: UInt64

  package init(files: [String: UInt64]) {
    self.files = files
    all = fingerprint(files.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }.joined(separator: "\n"))
  }

  /// Of a mutant's file.
  package func file(of mutant: Mutant) -> UInt64 { files["Sources/\(mutant.file)"] ?? 0 }
}

/// The mutants that a build holds, by number, with the versions of what was built.
package struct Built {
  package struct Entry: Sendable {
    package var name: String
    package var file: UInt64
  }

  package var all: UInt64
  package var mutants: [Entry]

  init(mutants: [Mutant], versions: Versions) {
    all = versions.all
    self.mutants = mutants.map { Entry(name: $0.name, file: versions.file(of: $0)) }
  }

  /// Read back from its text: the version of all, then a line a mutant.
  init?(text: String) {
    var lines = text.split(separator: "\n")
    guard !lines.isEmpty, let all = UInt64(lines.removeFirst()) else { return nil }
    self.all = all
    mutants = lines.compactMap { line in
      let cells = line.split(separator: "\t", maxSplits: 1)
      guard cells.count == 2, let file = UInt64(cells[0]) else { return nil }
      return Entry(name: String(cells[1]), file: file)
    }
  }

  var text: String { ([String(all)] + mutants.map { "\($0.file)\t\($0.name)" }).joined(separator: "\n") + "\n" }
}
