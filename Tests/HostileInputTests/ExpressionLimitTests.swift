import AWSNetwork
import CloudFormation
import Diagnostics
import Testing

/// What the expressions of templates may ask.
@Suite struct `Limits of expressions` {
  private func read(_ text: String, _ limits: InputLimits = .standard) throws -> [Diagnostic] {
    let document = try #require(document(text).document)
    var limits = limits
    // Another budget than the standard one counts steps alone.
    if limits.expressionSteps != InputLimits.standard.expressionSteps { limits.expressionStepsOfValue = 0 }
    return CloudFormationReader.read([StackInput(name: "s", template: document)], limits: limits).diagnostics
  }

  private func expect(
    _ text: String, _ limit: WritableKeyPath<InputLimits, Int>, fits enough: Int, code: String,
    at location: SourceLocation = #_sourceLocation
  ) throws {
    #expect(try read(text, limits(limit, enough)).map(\.code) == [], sourceLocation: location)
    let beyond = try read(text, limits(limit, enough - 1))
    #expect(Set(beyond.map(\.code)) == [code], sourceLocation: location)
    #expect(beyond.allSatisfy { $0.severity == .error && $0.primary != nil }, sourceLocation: location)
    #expect(beyond.contains { $0.message.contains("\(enough - 1)") }, sourceLocation: location)
  }

  private func vpc(_ value: String, _ rest: String = "") -> String {
    "Resources:\n  V: {Type: AWS::EC2::VPC, Properties: {Tags: [{Key: k, Value: \(value)}]}}\n\(rest)"
  }

  /// The least of a limit under which nothing is said.
  private func least(_ text: String, _ limit: WritableKeyPath<InputLimits, Int>) throws -> Int {
    var (low, high) = (0, 100_000)
    while low + 1 < high {
      let middle = (low + high) / 2
      if try read(text, limits(limit, middle)).isEmpty { high = middle } else { low = middle }
    }
    return high
  }

  @Test(arguments: [
    "!Join [\"\", [a, b, c]]", "!Sub \"${AWS::StackName}${AWS::StackName}\"", "!Split [\",\", \"a,b,c\"]",
    "!Cidr [10.0.0.0/8, 200, 8]", "!FindInMap [M, a, b]", "!Ref L",
    "!If [C, a, b]", "!Select [0, !Cidr [10.0.0.0/8, 2, 8]]",
  ])
  func `steps are counted for every function`(function: String) throws {
    let text = vpc(
      function,
      """
      Parameters: {L: {Type: CommaDelimitedList, Default: "a,b,c,d,e"}}
      Mappings: {M: {a: {b: c}}}
      Conditions: {C: !Equals [a, a]}
      """)
    try expect(text, \.expressionSteps, fits: try least(text, \.expressionSteps), code: "TP0306")
  }

  @Test func `entries of mappings that join each other are given up`() throws {
    var text = "Mappings:\n  M:\n    a0: {v: x}\n"
    for level in 1...40 {
      let below = "!FindInMap [M, a\(level - 1), v]"
      text += "    a\(level): {v: !Join [\"\", [\(below), \(below)]]}\n"
    }
    let said = try read(text + vpc("!FindInMap [M, a40, v]"), limits(\.expressionSteps, 200_000))
    #expect(said.map(\.code).contains { $0 == "TP0306" || $0 == "TP0305" })
    #expect(said.count < 100)
  }

  @Test func `what lists cost is counted where they are used`() throws {
    let list = (0..<2_000).map(String.init).joined(separator: ",")
    let uses = (0..<200).map { "{Key: k\($0), Value: !Select [0, !Ref L]}" }.joined(separator: ", ")
    let text = """
      Parameters: {L: {Type: CommaDelimitedList, Default: "\(list)"}}
      Resources:
        V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16, Tags: [\(uses)]}}
      """
    #expect(try read(text, limits(\.expressionSteps, 300_000)).map(\.code) == ["TP0306"])
    #expect(try read(text).isEmpty)
  }

  @Test func `a larger template may ask for more`() throws {
    let tags = (0..<3_000).map { "{Key: k, Value: !Join [\"\", [a, b\($0)]]}" }.joined(separator: ", ")
    let text = "Resources: {V: {Type: AWS::EC2::VPC, Properties: {Tags: [\(tags)]}}}\n"
    var limits = InputLimits.standard
    limits.expressionSteps = 1
    #expect(try read(text, limits).map(\.code) == ["TP0306"])
    let document = try #require(document(text).document)
    #expect(
      CloudFormationReader.read([StackInput(name: "s", template: document)], limits: limits).diagnostics.isEmpty)
  }

  @Test func `functions in each other`() throws {
    func nested(_ depth: Int) -> String {
      vpc(String(repeating: "!Join [\"\", [", count: depth) + "x" + String(repeating: "]]", count: depth))
    }
    try expect(nested(5), \.expressionDepth, fits: try least(nested(5), \.expressionDepth), code: "TP0305")
    #expect(try read(nested(40)).isEmpty)
    #expect(try read(nested(120)).map(\.code).contains("TP0305"))
  }

  @Test func `conditions that wait for each other`() throws {
    func chain(_ length: Int) -> String {
      var text = "Conditions:\n  C0: !Equals [a, a]\n"
      for level in 1...length { text += "  C\(level): !Not [!Condition C\(level - 1)]\n" }
      return text + "Resources:\n  V: {Type: AWS::EC2::VPC, Condition: C\(length)}\n"
    }
    #expect(try read(chain(20)).isEmpty)
    try expect(chain(20), \.expressionDepth, fits: try least(chain(20), \.expressionDepth), code: "TP0305")
    // Far deeper than the stack of the process.
    #expect(try read(chain(20_000)).map(\.code).contains("TP0305"))
  }

  @Test func `conditions in a circle`() throws {
    let text = """
      Conditions: {A: !Condition B, B: !Not [!Condition A]}
      Resources: {V: {Type: AWS::EC2::VPC, Condition: A}}
      """
    #expect(try read(text).map(\.code) == ["TP0302"])
  }

  @Test func `imports that wait for each other`() throws {
    func chain(_ length: Int) -> String {
      var text = vpc("!ImportValue e\(length)", "Outputs:\n  O0: {Value: 10.0.0.0/16, Export: {Name: e0}}\n")
      for level in 1...length {
        text += "  O\(level): {Value: !ImportValue e\(level - 1), Export: {Name: e\(level)}}\n"
      }
      return text
    }
    #expect(try read(chain(20)).isEmpty)
    #expect(try read(chain(20_000)).map(\.code).contains("TP0305"))
  }

  @Test func `blocks that name each other`() throws {
    let text = """
      Resources:
        A: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt B.CidrBlock}}
        B: {Type: AWS::EC2::VPC, Properties: {CidrBlock: !GetAtt A.CidrBlock}}
      """
    #expect(Set(try read(text).map(\.code)) == ["TP0305"])
  }

  @Test func `a text that is put together`() throws {
    let text = vpc("!Join [\"\", [12345, 67890]]")
    try expect(text, \.expressionBytes, fits: 10, code: "TP0307")
  }

  @Test(arguments: ["0", "257", "-1", "9223372036854775807", "99999999999999999999"])
  func `a count of Cidr that is not from 1 to 256 makes an unknown`(count: String) throws {
    #expect(try read(vpc("!Select [0, !Cidr [10.0.0.0/8, \"\(count)\", 8]]")).isEmpty)
  }

  @Test(arguments: ["-9223372036854775808", "9223372036854775807", "-1", "129", "33", "0", "32"])
  func `any number of bits of Cidr is read without a crash`(bits: String) throws {
    for block in ["10.0.0.0/8", "2001:db8::/32", "0.0.0.0/0", "::/0"] {
      _ = try read(vpc("!Select [0, !Cidr [\"\(block)\", 3, \"\(bits)\"]]"))
    }
  }

  @Test(arguments: ["-1", "-9223372036854775808", "9223372036854775807"])
  func `any count of addresses is read without a crash`(count: String) throws {
    let text = """
      Resources:
        N: {Type: AWS::EC2::NetworkInterface, Properties: {SubnetId: s, SecondaryPrivateIpAddressCount: \(count)}}
      """
    #expect(try read(text).isEmpty)
  }
}
