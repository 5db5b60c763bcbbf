import Foundation
import TestSupport
import Testing

/// Bad input gives a message with its place and exit code 2: never a crash, never silence.
@Suite struct BadInputTests {
  private func check(_ files: KeyValuePairs<String, Data>, _ path: String = ".") throws -> Program.Outcome {
    let scratch = try Scratch()
    for (name, bytes) in files { try scratch.write(bytes, to: name) }
    return try Program.run("check", path, in: scratch.folder)
  }

  private func expectRefusal(
    _ outcome: Program.Outcome, _ words: String..., at location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.code == 2, "\(outcome.output)\(outcome.errors)", sourceLocation: location)
    for word in words {
      #expect(outcome.errors.contains(word), "\(outcome.errors)", sourceLocation: location)
    }
    #expect(!outcome.output.contains("proved"), sourceLocation: location)
  }

  private let head = "AWSTemplateFormatVersion: 2010-09-09\nResources:\n"

  @Test func `bad UTF-8`() throws {
    expectRefusal(
      try check(["t.yaml": Data(head.utf8) + Data([0x20, 0x20, 0xC3, 0x28, 0x3A, 0x0A])], "t.yaml"), "t.yaml:3")
  }

  @Test func `tabs as indentation`() throws {
    expectRefusal(try check(["t.yaml": Data((head + "\tVpc:\n\t\tType: AWS::EC2::VPC\n").utf8)], "t.yaml"), "t.yaml:3")
  }

  @Test func `a truncated file`() throws {
    expectRefusal(
      try check(["t.json": Data(#"{"Resources": {"Vpc": {"Type": "AWS::EC2::"#.utf8)], "t.json"), "t.json:1")
  }

  @Test func `an alias bomb`() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1...12 {
      let aliases = Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "a\(level): &a\(level) [\(aliases)]\n"
    }
    expectRefusal(try check(["t.yaml": Data((text + head).utf8)], "t.yaml"), "t.yaml:")
  }

  @Test func `a hundred thousand levels of nesting`() throws {
    let deep = String(repeating: "[", count: 100_000)
    expectRefusal(try check(["t.json": Data(deep.utf8)], "t.json"), "t.json:1")
    expectRefusal(try check(["t.yaml": Data(("a: " + deep).utf8)], "t.yaml"), "t.yaml:1")
  }

  @Test func `an empty directory`() throws {
    expectRefusal(try check([:]), "nothing to analyse")
  }

  @Test func `a path that is not there`() throws {
    expectRefusal(try check([:], "absent"), "absent")
  }

  @Test func `a file that is none of ours, named outright`() throws {
    expectRefusal(try check(["image.json": Data([0x89, 0x50, 0x4E, 0x47, 0, 1, 2, 3])], "image.json"), "image.json")
  }

  @Test func `a file that may not be read`() throws {
    let scratch = try Scratch(["t.yaml": head])
    try FileManager.default.setAttributes([.posixPermissions: 0], ofItemAtPath: scratch.path("t.yaml"))
    // The superuser may read everything.
    if FileManager.default.isReadableFile(atPath: scratch.path("t.yaml")) { return }
    expectRefusal(try Program.run("check", "t.yaml", in: scratch.folder), "t.yaml")
  }

  @Test func `an unknown key of the project file`() throws {
    expectRefusal(
      try check(["tierproof.yaml": Data("version: 1\ntires: {}\n".utf8), "t.yaml": Data(head.utf8)]),
      "tierproof.yaml:2",
      "did you mean")
  }

  @Test func `an unknown option`() throws {
    let outcome = try Program.run("check", "--fail-no", "error")
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("--fail-no"))
  }

  @Test func `an unknown resource type and a dangling reference pass nothing by silence`() throws {
    let text = """
      AWSTemplateFormatVersion: 2010-09-09
      Resources:
        Mesh: {Type: AWS::AppMesh::Mesh}
        Group:
          Type: AWS::EC2::SecurityGroup
          Properties: {GroupDescription: g, VpcId: !Ref Nowhere}

      """
    let outcome = try check(["t.yaml": Data(text.utf8)], "t.yaml")
    let said = outcome.output + outcome.errors
    #expect(said.contains("Nowhere") || said.contains("gap"), "\(said)")
    #expect(outcome.code != 1)
  }
}
