import Reporting
import SARIF
import TestSupport
import Testing

@Suite struct `A check as SARIF` {
  static let forbid = "forbid internet ~> tier:database"

  private func run(_ admission: PublicDatabase.Admission, _ properties: String = forbid) -> SARIFRun {
    PublicDatabase(admission).check(properties).log(version: "0.1.0").run
  }

  private func only(_ run: SARIFRun) throws -> SARIFResult {
    #expect(run.results.count == 1)
    return try #require(run.results.first)
  }

  @Test(arguments: ["oasis.json", "codeql-action.json"])
  func `logs validate against the schema`(schema: String) throws {
    guard let validator = SARIFValidator(schema: schema) else { return }
    let admissions: [PublicDatabase.Admission] = [
      .open, .oneWay, .hangsOn("the parameter AdminCidr has no value"), .setElsewhere, .nowhere, .onTwoLines,
    ]
    for admission in admissions {
      let log = PublicDatabase(admission).check(Self.forbid).sarif(version: "0.1.0")
      #expect(try validator.faults(in: log) == "")
    }
  }

  @Test func `a violation has one place, one line, in code points, at the rule that admits it`() throws {
    let result = try only(run(.open))
    #expect(result.level == .error)
    #expect(
      result.location
        == SARIFLocation(path: "network/vpc 1.yaml", line: 6, columns: 3..<8, logicalName: "orders-db"))
    #expect(result.message == "internet reaches orders-db on postgres (tcp/5432)")
    let text = PublicDatabase(.open).check(Self.forbid).sarif(version: "0.1.0")
    #expect(text.contains(#""uri": "network/vpc%201.yaml""#))
    #expect(text.contains(#""tierproof/v1": "\#(result.fingerprint)""#))
    #expect(result.fingerprint.count == 32)
  }

  @Test func `a range of several lines is cut to its first`() throws {
    let location = try only(run(.onTwoLines)).location
    #expect(location.line == 6)
    #expect(location.columns == nil)
  }

  @Test func `the path is one flow, hop by hop, the deciding line essential, the way back nested`() throws {
    let result = try only(run(.open))
    #expect(result.flows.count == 1)
    let steps = try #require(result.flows.first).steps
    #expect(steps.count > 1)
    #expect(steps.filter { $0.importance == .essential }.map(\.location.line) == [6])
    #expect(steps.contains { $0.location.line == 3 && $0.nesting == 1 })
    #expect(steps.allSatisfy { $0.location.message?.isEmpty == false })
  }

  @Test func `what arrives and is never answered is one level lower and says so`() throws {
    let result = try only(run(.oneWay))
    #expect(result.level == .warning)
    #expect(result.message.hasSuffix("(one way: it arrives and is never answered)"))
  }

  @Test func `what is undecided is a warning that names what it hangs on, and where`() throws {
    let result = try only(run(.hangsOn("the parameter AdminCidr has no value")))
    #expect(result.level == .warning)
    #expect(result.message.hasPrefix("Undecided: internet reaches orders-db"))
    #expect(result.message.hasSuffix("; it hangs on: the parameter AdminCidr has no value"))
    #expect(
      result.related.contains { $0.line == 9 && $0.message == "it hangs on: the parameter AdminCidr has no value" })
    #expect(result.properties.contains { $0.name == "verdict" && $0.value == "undecided" })
  }

  @Test func `where a value is set comes first and where it is used is related`() throws {
    let result = try only(run(.setElsewhere))
    #expect(result.location.line == 9)
    #expect(result.related.contains { $0.line == 6 && $0.message == "stated here" })
    #expect(!result.related.contains { $0.line == 9 })
  }

  @Test func `what no file says is put on the first line of the input and says so`() throws {
    let result = try only(run(.nowhere))
    #expect(result.location.path == "network/vpc 1.yaml")
    #expect(result.location.line == 1)
    #expect(result.location.columns == nil)
    #expect(result.message.hasSuffix("(no file says where: this line stands for the whole input)"))
    #expect(result.flows.map(\.steps.count) == [1])
  }

  @Test func `two properties that find one pair are one result with both paths`() throws {
    let report = PublicDatabase(.open).check(Self.forbid, "forbid internet -> kind:rds")
    let result = try only(report.log(version: "0.1.0").run)
    #expect(result.flows.count == 2)
    #expect(result.message == "internet reaches orders-db on postgres (tcp/5432)")
  }

  @Test func `a rule has a name in Pascal case, a help page, and its severity as a string`() throws {
    let rule = try #require(run(.open).rules.first)
    #expect(rule.id == "TIER-001")
    #expect(rule.name == "TierInternetToDatabase")
    #expect(rule.summary == "No path from the internet to a database.")
    #expect(rule.help.markdown.contains("    forbid internet ~> tier:database\n"))
    #expect(rule.tags == ["security", "network", "HIPAA/164.312(a)(1)"])
    let text = PublicDatabase(.open).check(Self.forbid).sarif(version: "0.1.0")
    #expect(text.contains(#""security-severity": "9.5""#))
    #expect(text.contains(#""id": "tierproof/check/""#))
  }

  @Test func `a rule without a severity has none`() {
    let text = PublicDatabase(.open).check(Self.forbid, severity: "0").sarif(version: "0.1.0")
    #expect(!text.contains("security-severity"))
  }

  @Test func `diagnostics, gaps and rules that say nothing are notifications and no results`() {
    let run = run(.open, "forbid tier:app -> tier:database")
    #expect(run.results.isEmpty)
    #expect(run.succeeded)
    let notifications = run.notifications
    #expect(
      notifications.first
        == SARIFNotification(
          code: "TP0110", level: .note, message: "a key is not known; left out",
          location: SARIFLocation(path: "network/vpc 1.yaml", line: 1, columns: 3..<9)))
    #expect(notifications.contains { $0.code == "rule/vacuous" && $0.level == .warning })
    #expect(notifications.contains { $0.code == "gap" && $0.message == "AWS::Lambda::Function: it is left out" })
  }

  @Test func `the same input gives the same bytes`() {
    func text() -> String { PublicDatabase(.open).check(Self.forbid).sarif(version: "0.1.0") }
    #expect(text() == text())
  }
}
