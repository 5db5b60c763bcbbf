import Testing

@Suite struct UsageTests {
  @Test func `help goes to standard output and is no failure`() throws {
    let outcome = try Program.run("--help")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("USAGE: tierproof"))
    #expect(outcome.errors.isEmpty)
  }

  @Test(arguments: ["check", "query", "connectivity"])
  func `each command explains itself`(command: String) throws {
    let outcome = try Program.run(command, "--help")
    #expect(outcome.code == 0)
    #expect(outcome.output.contains("tierproof \(command)"))
    #expect(outcome.output.contains("--ip-blocks"))
    #expect(outcome.errors.isEmpty)
  }

  @Test func `the version is one line`() throws {
    let outcome = try Program.run("--version")
    #expect(outcome.code == 0)
    #expect(outcome.output == "0.1.0\n")
  }

  @Test func `bad usage ends with 2 and a reason on standard error`() throws {
    let outcome = try Program.run("--bogus")
    #expect(outcome.code == 2)
    #expect(outcome.output.isEmpty)
    #expect(outcome.errors.contains("--bogus"))
  }
}
