import Foundation
import TestSupport
import Testing

/// Whoever proposes a change chooses files, folders and links; none of them leads the program outside, holds it up or silences it.
@Suite struct HostilePathTests {
  private static let pod = "{apiVersion: v1, kind: Pod, metadata: {name: web}}\n"
  /// Stands outside of the repository, and must never be shown.
  private static let secret = "# hunter2\n{apiVersion: v1, kind: Pod, metadata: {name: hunter2}}\n"

  /// A repository beside a folder that is none of it.
  private func repository(_ files: KeyValuePairs<String, String>) throws -> (all: Scratch, root: URL) {
    let all = try Scratch(["outside/secret.yaml": Self.secret, "repository/.git/HEAD": ""])
    for (path, text) in files { try all.write(text, to: "repository/" + path) }
    return (all, all.folder.appending(path: "repository"))
  }

  private func expectRefused(
    _ outcome: Program.Outcome, _ words: String, at location: SourceLocation = #_sourceLocation
  ) {
    #expect(outcome.code == 2, sourceLocation: location)
    #expect(outcome.errors.contains(words), "\(outcome.errors)", sourceLocation: location)
    #expect(!(outcome.errors + outcome.output).contains("hunter2"), sourceLocation: location)
  }

  private static let entries = ["template: PATH", "cluster: c, manifests: PATH", "snapshot: PATH"]

  @Test(
    arguments: entries,
    ["../outside/secret.yaml", "a/../../outside/secret.yaml", "/etc/passwd", "link.yaml", "folder/secret.yaml"])
  func `a path of the project file does not leave the repository`(entry: String, path: String) throws {
    let (all, root) = try repository([
      "tierproof.yaml": "version: 1\ninputs:\n  - {\(entry.replacing("PATH", with: path))}\n", "a/b": "",
    ])
    try all.link("repository/link.yaml", to: "../outside/secret.yaml")
    try all.link("repository/folder", to: "../outside")
    let outcome = try Program.run("check", in: root)
    expectRefused(outcome, "error[TP0221]: the path `\(path)` leaves the repository")
    #expect(outcome.errors.contains("tierproof.yaml:3:"))
  }

  @Test(arguments: ["../outside/secret.yaml", "link.yaml"])
  func `neither does a rule file or a parameter file`(path: String) throws {
    let (all, root) = try repository([
      "tierproof.yaml": "version: 1\nrules: [\(path)]\n", "pod.yaml": Self.pod,
      "other/tierproof.yaml": "version: 1\ninputs: [{template: t.yaml, parameters: \(path)}]\n",
    ])
    try all.link("repository/link.yaml", to: "../outside/secret.yaml")
    try all.link("repository/other/link.yaml", to: "../../outside/secret.yaml")
    expectRefused(try Program.run("check", in: root), "the path `\(path)` leaves the repository")
    expectRefused(
      try Program.run("check", "other", in: root),
      path == "link.yaml" ? "the path `link.yaml` leaves the repository" : "there is no file")
  }

  @Test func `neither does an argument that a link of the repository leads away`() throws {
    let (all, root) = try repository(["pod.yaml": Self.pod])
    try all.link("repository/k8s", to: "../outside")
    try all.link("repository/link.yaml", to: "../outside/secret.yaml")
    for path in ["k8s", "k8s/secret.yaml", "link.yaml"] {
      expectRefused(try Program.run("check", path, in: root), "the path `\(path)` leaves the repository")
    }
    expectRefused(
      try Program.run("check", "--config", "link.yaml", "pod.yaml", in: root), "the path `link.yaml` leaves")
    expectRefused(
      try Program.run("check", "--parameters", "link.yaml", "pod.yaml", in: root), "the path `link.yaml` leaves")
    // A place outside that is named outright is the user's word.
    #expect(try Program.run("connectivity", "../outside/secret.yaml", in: root).code == 0)
  }

  @Test func `a project file that is a link is no project file`() throws {
    let (all, root) = try repository(["pod.yaml": Self.pod])
    try all.write("version: 1\n", to: "outside/tierproof.yaml")
    try all.link("repository/tierproof.yaml", to: "../outside/tierproof.yaml")
    expectRefused(try Program.run("check", in: root), "`tierproof.yaml` could not be read: it is a link")
    try FileManager.default.removeItem(at: root.appending(path: "tierproof.yaml"))
    try all.write("", to: "repository/tierproof.yaml/file")
    expectRefused(try Program.run("check", in: root), "`tierproof.yaml` could not be read: it is no regular file")
  }

  @Test(arguments: ["pipe.yaml", "device.yaml", "loop.yaml", "folder.yaml", "absent.yaml"])
  func `what is no file is refused where it is named, and does not hold up a walk`(name: String) throws {
    let (all, root) = try repository([
      "tierproof.yaml": "version: 1\ninputs: [{cluster: c, manifests: [pod.yaml, \(name)]}]\n", "pod.yaml": Self.pod,
      "folder.yaml/.keep": "",
    ])
    #expect(unsafe mkfifo(all.path("repository/pipe.yaml"), 0o600) == 0)
    try all.link("repository/device.yaml", to: "/dev/zero")
    try all.link("repository/loop.yaml", to: "loop.yaml")
    expectRefused(try Program.run("check", in: root), name == "device.yaml" ? "leaves the repository" : name)
    expectRefused(try Program.run("check", name, in: root), name == "folder.yaml" ? "nothing to analyse" : name)
    try FileManager.default.removeItem(at: root.appending(path: "tierproof.yaml"))
    #expect(try Program.run("connectivity", in: root).code == 0)
  }

  @Test func `what a walk does not follow is said`() throws {
    let (all, root) = try repository(["pod.yaml": Self.pod])
    try all.link("repository/out.yaml", to: "../outside/secret.yaml")
    try all.link("repository/folder", to: "../outside")
    try all.link("repository/dangling.yaml", to: "nowhere")
    try all.link("repository/Chart.yaml", to: "../outside/secret.yaml")
    let outcome = try Program.run("check", "--verbose", in: root)
    for name in ["out.yaml", "folder", "dangling.yaml"] {
      #expect(outcome.output.contains(name), "\(outcome.output)")
    }
    #expect(outcome.errors.contains("the link `out.yaml` leads out of the repository"))
    #expect(!(outcome.errors + outcome.output).contains("hunter2"))
  }

  @Test func `nothing that a terminal obeys comes from a file`() throws {
    let name = "web\\u001b]0;owned\\u0007\\u202egnp\\r"
    let (all, root) = try repository([
      "pod.yaml": "{apiVersion: v1, kind: Pod, metadata: {name: \"\(name)\", labels: {\"\(name)\": \"\(name)\"}}}\n",
      "t.yaml":
        "Resources: {\"\(name)\": {Type: AWS::AppMesh::Mesh}, V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: \"\(name)\"}}}\n",
      "tierproof.yaml": "version: 1\n\"\(name)\": 1\n",
      "rules.yaml": "version: 1\nrules: [{id: \"\(name)\", title: \"\(name)\", properties: [\"forbid \(name)\"]}]\n",
    ])
    for arguments in [["check"], ["check", "--config", "t.yaml"], ["check", "--verbose", "t.yaml"]] {
      let process = try Program.run(arguments, in: root)
      let text = process.output + process.errors
      #expect(!text.isEmpty)
      #expect(!text.contains("\u{1B}") && !text.contains("\u{202E}") && !text.contains("\u{7}"), "\(arguments)")
    }
    withExtendedLifetime(all) {}
  }

  @Test func `a name makes no link in a review`() throws {
    let (all, root) = try repository([
      "network.yaml": SmallEstate.template(admitting: "0.0.0.0/1"),
      "mesh.yaml": "Resources: {\"[click](https://evil.example)\": {Type: AWS::AppMesh::Mesh}}\n",
    ])
    let outcome = try Program.run("check", "--format", "sarif", in: root)
    #expect(outcome.output.contains(#"\\[click\\](https://evil.example)"#), "\(outcome.output)")
    #expect(!outcome.output.contains("[click](https"))
    withExtendedLifetime(all) {}
  }
}
