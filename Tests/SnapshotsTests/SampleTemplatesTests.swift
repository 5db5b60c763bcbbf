import Diagnostics
import Foundation
import NetworkModel
import Snapshots
import TestSupport
import Testing

/// The vendor's sample templates, each in YAML and JSON.
@Suite struct `Sample templates` {
  @Test(arguments: ["yaml", "json"]) func `every sample loads with the resources that its defaults create`(
    form: String
  ) throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let samples = shared.appendingPathComponent("corpora/cloudformation/aws-samples")
    var loaded = 0
    for name in try FileManager.default.contentsOfDirectory(atPath: samples.path).sorted() {
      let folder = samples.appendingPathComponent(name)
      let template = folder.appendingPathComponent("template.\(form)")
      guard FileManager.default.fileExists(atPath: template.path) else { continue }
      let scratch = try Scratch()
      try scratch.write(try String(contentsOf: template, encoding: .utf8), to: template.lastPathComponent)
      try scratch.write(
        """
        version: 1
        inputs:
          - {stack: sample, template: template.\(form), account: "123456789012", region: us-east-1}
        """, to: "tierproof.yaml")
      let snapshot = SnapshotLoader.load(SnapshotRequest(paths: [scratch.path()]))
      let errors = snapshot.diagnostics.filter { $0.severity == .error }.map(\.message)
      #expect(errors == [], "\(name)")
      let expected = try Self.expected(folder.appendingPathComponent("expected-resources.json"))
      // The answers were read off the YAML form; one JSON form launches its machines by another type.
      if form == "yaml" { #expect(snapshot.counts == expected.created, "\(name)") }
      #expect(snapshot.counts.values.reduce(0, +) == expected.created.values.reduce(0, +), "\(name)")
      #expect(snapshot.uncertainCounts.values.reduce(0, +) == expected.unresolved.count, "\(name)")
      loaded += 1
    }
    #expect(loaded == 25)
  }

  private struct Expected: Decodable {
    var created: [String: Int]
    var unresolved: [String: String]
  }

  private static func expected(_ file: URL) throws -> Expected {
    try JSONDecoder().decode(Expected.self, from: Data(contentsOf: file))
  }
}
