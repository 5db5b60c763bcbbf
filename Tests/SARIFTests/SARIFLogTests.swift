import Foundation
import SARIF
import Testing

@Suite struct SARIFLogTests {
  /// The log as a program reads it.
  private func read(_ log: SARIFLog) throws -> [String: Any] {
    let object = try JSONSerialization.jsonObject(with: Data(log.text.utf8))
    let runs = (object as? [String: Any])?["runs"] as? [[String: Any]]
    return try #require(runs?.first)
  }

  private func firstResult(_ log: SARIFLog) throws -> [String: Any] {
    try #require((try read(log)["results"] as? [[String: Any]])?.first)
  }

  @Test func `equal logs give equal bytes`() {
    #expect(Example.log.text == Example.log.text)
    #expect(Example.log.text.hasPrefix("{\n  \"$schema\": \"https://"))
  }

  @Test func `a security severity is written as a string`() throws {
    let driver = try #require((try read(Example.log)["tool"] as? [String: Any])?["driver"] as? [String: Any])
    let rule = try #require((driver["rules"] as? [[String: Any]])?.first)
    let properties = try #require(rule["properties"] as? [String: Any])
    #expect(properties["security-severity"] as? String == "9.1")
  }

  @Test(arguments: [(-5, "0.1"), (0, "0.1"), (1, "0.1"), (75, "7.5"), (100, "10.0"), (300, "10.0")])
  func `a security severity stays within what consumers accept`(tenths: Int, text: String) {
    #expect(SARIFSecuritySeverity(tenths: tenths).text == text)
  }

  @Test func `a result has one location whose region is one line`() throws {
    let locations = try #require(try firstResult(Example.log)["locations"] as? [[String: Any]])
    #expect(locations.count == 1)
    let region = try #require((locations[0]["physicalLocation"] as? [String: Any])?["region"] as? [String: Int])
    #expect(region == ["startLine": 41, "startColumn": 11, "endLine": 41, "endColumn": 28])
  }

  @Test func `a result points at its rule by index`() throws {
    let result = try firstResult(Example.log)
    #expect(result["ruleIndex"] as? Int == 0)
    #expect(result["ruleId"] as? String == "TIER-001")
  }

  @Test func `the fingerprint is given under the name that GitHub reads too`() throws {
    let prints = try #require(try firstResult(Example.log)["partialFingerprints"] as? [String: String])
    #expect(prints == ["tierproof/v1": "0123abcd", "primaryLocationLineHash": "0123abcd"])
  }

  @Test func `steps stand inline in their thread flow`() throws {
    let flows = try #require(try firstResult(Example.log)["codeFlows"] as? [[String: Any]])
    let threads = try #require(flows.first?["threadFlows"] as? [[String: Any]])
    let steps = try #require(threads.first?["locations"] as? [[String: Any]])
    #expect(flows.count == 1 && threads.count == 1 && steps.count == 2)
    #expect(steps.allSatisfy { $0["location"] != nil && $0["index"] == nil })
  }

  @Test func `a run that found nothing still has results`() throws {
    let run = try read(SARIFLog(run: SARIFRun(version: "0.1.0", rules: [], results: [])))
    #expect((run["results"] as? [Any])?.isEmpty == true)
  }

  @Test(
    arguments: [
      ("net/a b.yaml", "net/a%20b.yaml"), ("x:y.yaml", "x%3Ay.yaml"), ("ü#?.yaml", "%C3%BC%23%3F.yaml"),
      ("tab\t.yaml", "tab%09.yaml"), ("", "stdin"),
    ])
  func `a path becomes a relative reference that is never empty`(path: String, uri: String) throws {
    var log = Example.log
    log.run.results[0].location.path = path
    let locations = try firstResult(log)["locations"] as? [[String: Any]]
    let physical = try #require(locations?.first?["physicalLocation"] as? [String: Any])
    #expect((physical["artifactLocation"] as? [String: String])?["uri"] == uri)
  }

  @Test func `past the accepted number of results the gravest stay and the rest is said`() throws {
    var log = Example.log
    let place = SARIFLocation(path: "a", line: 1)
    let error = SARIFResult(ruleID: "r", level: .error, message: "m", location: place, fingerprint: "f", flows: [])
    var note = error
    note.level = .note
    log.run.results = Array(repeating: note, count: 25_000) + [error]
    log.run.notifications = []
    let run = try read(log)
    let results = try #require(run["results"] as? [[String: Any]])
    #expect(results.count == 25_000)
    #expect(results.last?["level"] as? String == "error")
    let invocation = try #require((run["invocations"] as? [[String: Any]])?.first)
    let notifications = try #require(invocation["toolExecutionNotifications"] as? [[String: Any]])
    #expect((notifications.first?["message"] as? [String: String])?["text"]?.hasPrefix("1 of 25001 results") == true)
  }

  @Test func `a path of too many steps keeps its two ends`() throws {
    var log = Example.log
    let place = SARIFLocation(path: "a.yaml", line: 1)
    log.run.results[0].flows = [
      SARIFFlow(
        steps: (1...3_000).map { line in
          var step = SARIFStep(place)
          step.location.line = line
          return step
        })
    ]
    let flows = try #require(try firstResult(log)["codeFlows"] as? [[String: Any]])
    let steps = try #require((flows[0]["threadFlows"] as? [[String: Any]])?.first?["locations"] as? [[String: Any]])
    let lines = steps.compactMap { step in
      (((step["location"] as? [String: Any])?["physicalLocation"] as? [String: Any])?["region"] as? [String: Int])?[
        "startLine"]
    }
    #expect(lines.count == 1_000 && lines.first == 1 && lines.last == 3_000)
  }
}
