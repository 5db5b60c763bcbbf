import Foundation

/// Asks Python's `jsonschema` whether a log keeps to one of the SARIF schemas that lie beside the repository.
package struct SARIFValidator {
  private let schema: URL

  /// `nil`, with a line that says what was skipped, where the schema or the library is missing.
  package init?(schema name: String) {
    guard let shared = SharedCorpora.root else {
      print("skipped: the SARIF schema \(name) is not there (../shared/schemas, or TIERPROOF_SHARED)")
      return nil
    }
    schema = shared.appendingPathComponent("schemas/sarif-2.1.0").appendingPathComponent(name)
    guard FileManager.default.fileExists(atPath: schema.path) else {
      print("skipped: there is no schema \(schema.path)")
      return nil
    }
    guard (try? Self.run(["-c", "import jsonschema"], input: ""))?.code == 0 else {
      print("skipped: validating SARIF needs python3 with the package jsonschema")
      return nil
    }
  }

  /// One line a fault; empty when the log keeps to the schema.
  package func faults(in log: String) throws -> String {
    // The library and not its command: one copy of the schema has a misplaced `anyOf` that the command refuses.
    let script = """
      import json, sys, jsonschema
      schema = json.load(open(sys.argv[1]))
      validator = jsonschema.validators.validator_for(schema)(schema)
      for error in validator.iter_errors(json.load(sys.stdin)): print(list(error.path), error.message)
      """
    return try Self.run(["-c", script, schema.path], input: log).output
  }

  private static func run(_ arguments: [String], input: String) throws -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments = ["python3"] + arguments
    // A file and not a pipe: a long input would fill a pipe before the other end reads.
    let file = FileManager.default.temporaryDirectory.appendingPathComponent("tierproof-\(UUID().uuidString).json")
    try Data(input.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    process.standardInput = try FileHandle(forReadingFrom: file)
    let output = Pipe()
    process.standardOutput = output
    process.standardError = output
    try process.run()
    let data = output.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: data, as: UTF8.self))
  }
}
