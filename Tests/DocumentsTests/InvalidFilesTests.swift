import Diagnostics
import Documents
import Foundation
import Testing

/// Each folder of `fixtures/invalid/yaml` and `fixtures/invalid/json` holds a malformed file and what is said of it.
/// `UPDATE_GOLDENS=1` writes down what is said now, and fails.
@Suite struct `Malformed files` {
  private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
    .deletingLastPathComponent().appendingPathComponent("fixtures/invalid")

  private static let cases = ["json", "yaml"].flatMap { format in
    ((try? FileManager.default.contentsOfDirectory(atPath: folder.appendingPathComponent(format).path)) ?? [])
      .sorted().map { "\(format)/\($0)" }
  }

  @Test(arguments: cases) func `are told with their place and what was expected`(name: String) throws {
    let folder = Self.folder.appendingPathComponent(name)
    let input = "input." + name.prefix(4)
    let bytes = [UInt8](try Data(contentsOf: folder.appendingPathComponent(input)))
    var map = SourceMap()
    let id = map.add(path: input, bytes: bytes)
    let result = DocumentReader.read(map[id])
    let renderer = DiagnosticRenderer(colour: false, width: 100)
    let said = result.diagnostics.map { renderer.render($0, in: map) }.joined(separator: "\n")
    #expect(result.diagnostics.contains { $0.severity == .error && $0.primary != nil })
    let golden = folder.appendingPathComponent("expected.txt")
    if ProcessInfo.processInfo.environment["UPDATE_GOLDENS"] != nil {
      try Data(said.utf8).write(to: golden)
      Issue.record("the golden text was written, not checked")
    } else {
      #expect(said == String(decoding: try Data(contentsOf: golden), as: UTF8.self))
    }
  }

  @Test func `there are cases of both formats`() {
    #expect(Self.cases.contains { $0.hasPrefix("json/") } && Self.cases.contains { $0.hasPrefix("yaml/") })
  }
}
