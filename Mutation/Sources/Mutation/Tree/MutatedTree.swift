import Foundation

/// A copy of the repository in which every mutant is compiled in, behind a switch.
package struct MutatedTree {
  package let repository: URL
  /// The scratch folder that holds the copy and all that is remembered of it.
  package let scratch: URL
  package var folder: URL { scratch.appending(path: "tree") }

  package init(repository: URL) {
    self.repository = repository
    scratch = repository.appending(path: ".build-mutants")
  }

  /// Brings the copy up to date; files that are as they were keep their dates, so that only what changed is compiled.
  package func write(_ mutants: [Mutant]) throws {
    var wanted = Set<String>()
    let numbered = Dictionary(grouping: mutants.enumerated().map { (number: $0, mutant: $1) }, by: \.mutant.file)
    for path in try sourcePaths() {
      wanted.insert(path)
      let original = repository.appending(path: path)
      if let target = try? FileManager.default.destinationOfSymbolicLink(atPath: original.path) {
        try link(path, to: target)
        continue
      }
      var bytes = try Data(contentsOf: original)
      if path.hasPrefix("Sources/"), let here = numbered[String(path.dropFirst(8))] {
        bytes = Data(MutatedFile.text(String(decoding: bytes, as: UTF8.self), here).utf8)
      } else if path == "Package.swift" {
        bytes += Data(MutantSwitch.manifest(Choice.targets).utf8)
      }
      try put(bytes, path)
    }
    let added = "Sources/MutantSwitch"
    for (path, text) in [
      ("\(added)/include/MutantSwitch.h", MutantSwitch.header),
      ("\(added)/MutantSwitch.c", MutantSwitch.source(count: mutants.count)),
    ] {
      wanted.insert(path)
      try put(Data(text.utf8), path)
    }
    // A project's root, as the repository is one.
    try FileManager.default.createDirectory(at: folder.appending(path: ".git"), withIntermediateDirectories: true)
    for path in try Self.paths(below: folder) where !wanted.contains(path) {
      try FileManager.default.removeItem(at: folder.appending(path: path))
    }
  }

  /// The version of everything that is copied.
  package func versions() throws -> Versions {
    var files: [String: UInt64] = [:]
    for path in try sourcePaths() {
      guard let bytes = try? Data(contentsOf: repository.appending(path: path)) else { continue }
      files[path] = fingerprint(String(decoding: bytes, as: UTF8.self))
    }
    return Versions(files: files)
  }

  private func put(_ bytes: Data, _ path: String) throws {
    let file = folder.appending(path: path)
    if let old = try? Data(contentsOf: file), old == bytes { return }
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
    let mode = try? FileManager.default.attributesOfItem(atPath: repository.appending(path: path).path)
    if let permissions = mode?[.posixPermissions] {
      try FileManager.default.setAttributes([.posixPermissions: permissions], ofItemAtPath: file.path)
    }
  }

  private func link(_ path: String, to target: String) throws {
    let place = folder.appending(path: path)
    if (try? FileManager.default.destinationOfSymbolicLink(atPath: place.path)) == target { return }
    try FileManager.default.createDirectory(at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
    try FileManager.default.createSymbolicLink(atPath: place.path, withDestinationPath: target)
  }

  /// Everything that a build or a test may read.
  private func sourcePaths() throws -> [String] {
    try Self.paths(below: repository)
  }

  private static func paths(below folder: URL) throws -> [String] {
    var result: [String] = []
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path)
    where !name.hasPrefix(".build") && name != ".git" && name != "Mutation" && name != "Package.resolved" {
      let path = folder.appending(path: name).path
      guard isFolder(path) else {
        result.append(name)
        continue
      }
      for below in try FileManager.default.subpathsOfDirectory(atPath: path) where !isFolder(path + "/" + below) {
        result.append(name + "/" + below)
      }
    }
    // The page that is made of the result is no part of what is tried.
    return result.filter { $0 != "docs/mutants.md" }.sorted()
  }

  /// A link to a folder is none.
  private static func isFolder(_ path: String) -> Bool {
    let kind = try? FileManager.default.attributesOfItem(atPath: path)[.type] as? FileAttributeType
    return kind == .typeDirectory
  }
}
