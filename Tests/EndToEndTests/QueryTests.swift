import Foundation
import TestSupport
import Testing

@Suite struct QueryTests {
  private let estate: Scratch

  init() throws {
    estate = try Scratch(["network.yaml": SmallEstate.template(admitting: "203.0.113.0/24")])
  }

  private func objects(_ text: String) throws -> [[String: Any]] {
    try text.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  @Test func `a question is answered whatever the answer, and ends with 0`() throws {
    let reached = try Program.run("query", "203.0.113.7 -> Database on postgres", estate.path(), "--format", "json")
    #expect(reached.code == 0, "\(reached.errors)")
    let yes = try #require(try objects(reached.output).first)
    #expect(yes["result"] as? String == "reachable")
    #expect(yes["traffic"] as? String == "tcp/5432")
    let hops = try #require(yes["hops"] as? [[String: Any]])
    #expect(hops.contains { ($0["source"] as? String)?.hasSuffix("network.yaml:29") ?? false })

    let blocked = try Program.run("query", "8.8.8.8 -> Database on postgres", estate.path(), "--format", "json")
    #expect(blocked.code == 0)
    let no = try #require(try objects(blocked.output).first)
    #expect(no["result"] as? String == "unreachable")
    #expect(!(try #require(no["blockedBy"] as? [Any]).isEmpty))
  }

  @Test func `a file of questions gives one object each, in order, errors too`() throws {
    try estate.write("internet -> Database\n# a remark\n\nthis is -> no -> question\n8.8.8.8 -> Databse\n", to: "q.txt")
    let outcome = try Program.run("query", "--format", "json", "--file", estate.path("q.txt"), estate.path())
    let answers = try objects(outcome.output)
    #expect(
      answers.map { $0["query"] as? String } == [
        "internet -> Database", "this is -> no -> question", "8.8.8.8 -> Databse",
      ])
    #expect(answers.map { $0["error"] != nil } == [false, true, true])
    #expect((answers[2]["error"] as? String)?.contains("Database") ?? false)
    #expect(outcome.code == 2)
  }

  @Test func `where input cannot be read every question has an object that says so`() throws {
    let bad = try Scratch(["broken.json": "{\"AWSTemplateFormatVersion\": \"2010-09-09\", \"Resources\": {"])
    let outcome = try Program.run("query", "--format", "json", "internet -> any", bad.path("broken.json"))
    #expect(outcome.code == 2)
    let answer = try #require(try objects(outcome.output).first)
    #expect(answer["result"] as? String == "undecided")
    #expect(answer["error"] != nil)
  }

  @Test func `why shows every hop with its place`() throws {
    let outcome = try Program.run("query", "why 203.0.113.7 -> Database on postgres", "network.yaml", in: estate.folder)
    #expect(outcome.code == 0)
    #expect(outcome.output.hasPrefix("yes"))
    #expect(outcome.output.contains("network.yaml:29"))
    #expect(outcome.output.contains("↩"))
  }
}
