import Foundation

/// The mutants of the repository, and which of them are tried.
package enum Choice {
  /// The targets in which a mistake is a wrong verdict.
  package static let targets = ["PacketSpace", "NetworkModel", "Reachability", "AWSNetwork", "Kubernetes"]

  /// Every mutant of the targets, in the order of files and of places in them.
  package static func all(in repository: URL) throws -> [Mutant] {
    var result: [Mutant] = []
    for target in targets {
      let folder = repository.appending(path: "Sources/\(target)")
      let paths = try FileManager.default.subpathsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".swift") }
      for path in paths.sorted() {
        let source = try String(contentsOf: folder.appending(path: path), encoding: .utf8)
        result += SiteFinder.mutants(of: source, file: "\(target)/\(path)")
      }
    }
    return result
  }

  /// Those that are tried: by a hash of the name, so that an edit elsewhere takes none away and adds none.
  package static func chosen(of mutants: [Mutant]) -> [Mutant] {
    mutants.filter { fingerprint($0.name) % 1000 < $0.kind.rate }
  }
}
