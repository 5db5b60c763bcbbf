import Foundation
import TestSupport

/// The built executable, run as a person runs it.
struct Program {
  struct Outcome {
    var code: Int32
    var output: String
    var errors: String
  }

  /// Runs it to its end, with no colour.
  static func run(
    _ arguments: String..., input: String = "", in folder: URL = repository, environment: [String: String] = [:],
    asNobody: Bool = false
  ) throws -> Outcome {
    try run(arguments, input: input, in: folder, environment: environment, asNobody: asNobody)
  }

  /// The same, of arguments that are a list already.
  static func run(
    _ arguments: [String], input: String = "", in folder: URL, environment: [String: String] = [:],
    asNobody: Bool = false
  ) throws -> Outcome {
    let scratch = try Scratch()
    let process = process(arguments, in: folder)
    if asNobody {
      // util-linux: gives up the superuser's rights before it starts the program.
      process.executableURL = URL(filePath: "/usr/bin/setpriv")
      process.arguments = ["--reuid", "65534", "--regid", "65534", "--clear-groups", executable.path()] + arguments
    }
    process.environment?.merge(environment) { _, given in given }
    // Files and not pipes: neither end waits for the other, however much is written.
    let (source, output, errors) = (
      scratch.folder.appending(path: "in"), scratch.folder.appending(path: "out"),
      scratch.folder.appending(path: "err")
    )
    try Data(input.utf8).write(to: source)
    try Data().write(to: output)
    try Data().write(to: errors)
    process.standardInput = try FileHandle(forReadingFrom: source)
    process.standardOutput = try FileHandle(forWritingTo: output)
    process.standardError = try FileHandle(forWritingTo: errors)
    try process.run()
    process.waitUntilExit()
    return Outcome(
      code: process.terminationStatus,
      output: String(decoding: try Data(contentsOf: output), as: UTF8.self),
      errors: String(decoding: try Data(contentsOf: errors), as: UTF8.self))
  }

  /// What of the surrounding environment the program gets: where tools are, and what a build of `make mutants` is told.
  private static let handedOn = ["PATH", "TIERPROOF_MUTANT", "TIERPROOF_MUTANTS_MET"]

  /// The program, ready to be started, with nothing else of the surrounding environment.
  static func process(_ arguments: [String], in folder: URL) -> Process {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.environment = ProcessInfo.processInfo.environment.filter { handedOn.contains($0.key) }
    return process
  }

  /// The root of this package.
  static let repository = URL(filePath: #filePath)
    .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

  /// Beside the test runner, which is built into the same folder.
  static let executable: URL = {
    let runner = URL(filePath: ProcessInfo.processInfo.arguments.first ?? "").deletingLastPathComponent()
    let candidates = [
      runner, Bundle.main.bundleURL, Bundle.main.bundleURL.deletingLastPathComponent(),
      repository.appending(path: ".build/debug"),
    ]
    return candidates.map { $0.appending(path: "tierproof") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) } ?? candidates[3].appending(path: "tierproof")
  }()
}
