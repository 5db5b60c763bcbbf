import Foundation
import TestSupport
import Testing

/// Rule files are named from the project file, wherever the program is run.
@Suite struct `The folder it is run in` {
  @Test func `a project's own rules are found from every folder of the repository`() throws {
    let scratch = try Scratch([
      "estate/tierproof.yaml": SmallEstate.project.replacing("rules.yaml", with: "rules/own.yaml"),
      "estate/rules/own.yaml": SmallEstate.rules,
      "estate/net/net.yaml": SmallEstate.template(admitting: "0.0.0.0/0"), "other/README": "",
    ])
    let root = scratch.folder
    try FileManager.default.createDirectory(at: root.appending(path: ".git"), withIntermediateDirectories: true)
    let runs: [(folder: String, arguments: [String])] = [
      ("", ["estate"]), ("", ["--config", "estate/tierproof.yaml"]), ("", ["estate/net"]), ("estate", []),
      ("estate/net", []), ("estate/rules", []), ("other", ["../estate"]),
    ]
    for run in runs {
      let outcome = try Program.run(["check"] + run.arguments, in: root.appending(path: run.folder))
      #expect(outcome.code == 1, "check \(run.arguments) in /\(run.folder): \(outcome.errors)")
      #expect(outcome.output.contains("LOCAL-001"))
    }
  }
}
