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
    if FileManager.default.isReadableFile(atPath: scratch.path("t.yaml")) {
      // The superuser may read everything: somebody else is asked.
      try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.folder.path())
      let outcome = try Program.run("check", "t.yaml", in: scratch.folder, asNobody: true)
      expectRefusal(outcome, "`t.yaml` could not be read: Permission denied")
    } else {
      expectRefusal(try Program.run("check", "t.yaml", in: scratch.folder), "`t.yaml` could not be read")
    }
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

  @Test func `a resource of an unknown type is a gap with its place`() throws {
    let text = head + "  Mesh: {Type: AWS::AppMesh::Mesh}\n"
    let scratch = try Scratch(["t.yaml": text])
    let outcome = try Program.run("check", "--verbose", "t.yaml", in: scratch.folder)
    #expect(outcome.output.contains("1 gap"), "\(outcome.output)")
    #expect(outcome.output.contains("AWS::AppMesh::Mesh is not modelled yet"), "\(outcome.output)")
    #expect(outcome.output.contains("t.yaml:3"), "\(outcome.output)")
  }

  @Test func `a dangling reference`() throws {
    let text = """
      \(head)  Group:
          Type: AWS::EC2::SecurityGroup
          Properties: {GroupDescription: g, VpcId: !Ref Nowhere}

      """
    expectRefusal(
      try check(["t.yaml": Data(text.utf8)], "t.yaml"), "t.yaml:5:46", "nothing in the template is called `Nowhere`")
  }

  @Test func `two resources with one name in a template`() throws {
    let text = """
      \(head)  Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
        Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.1.0.0/16}}

      """
    expectRefusal(
      try check(["t.yaml": Data(text.utf8)], "t.yaml"), "t.yaml:4:3", "the key `Vpc` stands twice", "first here")
  }

  @Test func `two objects with one name in a cluster`() throws {
    let policy = """
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: shut, namespace: shop}
      spec: {podSelector: {}}

      """
    expectRefusal(
      try check(["k8s.yaml": Data((policy + "---\n" + policy).utf8)], "k8s.yaml"), "k8s.yaml:8:18",
      "NetworkPolicy shop/shut: metadata.name: stands twice")
  }
}
