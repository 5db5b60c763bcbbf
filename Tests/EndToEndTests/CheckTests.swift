import Foundation
import TestSupport
import Testing

@Suite struct CheckTests {
  private func estate(admitting block: String, parameters: String = "") throws -> Scratch {
    try Scratch([
      "network.yaml": SmallEstate.template(admitting: block, parameters: parameters),
      "tierproof.yaml": SmallEstate.project, "rules.yaml": SmallEstate.rules,
    ])
  }

  @Test func `what is proved ends with 0`() throws {
    let estate = try estate(admitting: "10.0.0.0/16")
    let outcome = try Program.run("check", in: estate.folder)
    #expect(outcome.code == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("proved      LOCAL-001"))
  }

  @Test func `a violation ends with 1 and shows the rule's line`() throws {
    let estate = try estate(admitting: "0.0.0.0/1")
    let outcome = try Program.run("check", in: estate.folder)
    #expect(outcome.code == 1, "\(outcome.errors)")
    #expect(outcome.output.contains("[LOCAL-001]"))
    #expect(outcome.output.contains("network.yaml:29"))
    #expect(outcome.output.contains("= packet: "))
  }

  @Test func `a violation below the level that fails ends with 0`() throws {
    let estate = try estate(admitting: "0.0.0.0/1")
    #expect(try Program.run("check", "--fail-on", "error", in: estate.folder).code == 0)
    #expect(try Program.run("check", "--fail-on", "warning", in: estate.folder).code == 1)
  }

  @Test func `what hangs on an unknown ends with 3, and with 0 where that is allowed`() throws {
    let estate = try estate(admitting: "!Ref Block", parameters: "Parameters: {Block: {Type: String}}")
    let outcome = try Program.run("check", in: estate.folder)
    #expect(outcome.code == 3, "\(outcome.errors)")
    #expect(outcome.output.contains("undecided"))
    #expect(outcome.output.contains("Block"))
    #expect(try Program.run("check", "--allow-undecided", in: estate.folder).code == 0)
  }

  @Test func `a rule of one's own without subjects is vacuous and no pass`() throws {
    let estate = try estate(admitting: "10.0.0.0/16")
    try estate.write(SmallEstate.rules.replacing("tier:database", with: "kind:rds"), to: "rules.yaml")
    let outcome = try Program.run("check", in: estate.folder)
    #expect(outcome.code == 3)
    #expect(outcome.output.contains("vacuous"))
  }

  @Test func `a rule that cannot be read ends with 2 and shows its line`() throws {
    let estate = try estate(admitting: "10.0.0.0/16")
    try estate.write(SmallEstate.rules.replacing("tier:database", with: "teir:database"), to: "rules.yaml")
    let outcome = try Program.run("check", in: estate.folder)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("rules.yaml:6"))
    #expect(outcome.errors.contains("did you mean"))
  }

  @Test func `the log of findings validates and appears whole`() throws {
    let estate = try estate(admitting: "0.0.0.0/1")
    let outcome = try Program.run("check", "--format", "sarif=out.sarif", "--format", "text", in: estate.folder)
    #expect(outcome.code == 1)
    #expect(outcome.output.contains("[LOCAL-001]"))
    let log = try String(contentsOfFile: estate.path("out.sarif"), encoding: .utf8)
    #expect(log.contains("\"ruleId\": \"LOCAL-001\""))
    #expect(log.contains("\"startLine\": 29"))
    #expect(log.contains("codeFlows"))
  }

  @Test func `two runs give the same bytes, and no escapes where no terminal is`() throws {
    let estate = try estate(admitting: "0.0.0.0/1")
    let first = try Program.run("check", in: estate.folder, environment: ["TERM": "xterm-256color"])
    let second = try Program.run("check", in: estate.folder, environment: ["NO_COLOR": "1"])
    #expect(first.output == second.output)
    #expect(!first.output.contains("\u{1B}"))
  }
}
