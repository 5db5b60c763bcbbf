import Diagnostics
import Foundation
import NetworkModel
import Snapshots
import TestSupport
import Testing

@Suite struct SnapshotInputsTests {
  private static let template = "Resources:\n  V: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}\n"
  private static let pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\n"
  private static let vpcs = #"{"Vpcs": []}"#

  private func inputs(_ paths: String..., config: String? = nil, input: String = "") -> SnapshotInputs {
    var request = SnapshotRequest(paths: paths, config: config)
    request.standardInput = Array(input.utf8)
    return SnapshotInputs(request)
  }

  private func messages(_ inputs: SnapshotInputs) -> [String] {
    inputs.diagnostics.map(\.message)
  }

  // MARK: Without a project file

  @Test func `every kind is found by what it shows, and the rest is counted`() throws {
    let scratch = try Scratch([
      "net/vpc.yaml": Self.template, "k8s/pod.yml": Self.pod, "aws/describe-vpcs.json": Self.vpcs,
      "aws/Subnets.json": #"{"Subnets": []}"#, "README.md": "AWS::EC2::VPC Resources", "compose.yaml": "services: {}\n",
      ".hidden/vpc.yaml": Self.template, "node_modules/a/pod.yaml": Self.pod,
    ])
    let inputs = inputs(scratch.path())
    #expect(messages(inputs) == [])
    #expect(inputs.census == Census(templates: 1, manifests: 1, describeOutputs: 2, others: 2))
    #expect(inputs.deployments.stacks.map(\.name) == ["vpc"])
    #expect(inputs.deployments.clusters.map(\.documents.count) == [1])
    #expect(inputs.deployments.collections.map { $0.outputs.map(\.name.call) } == [["Subnets", "describe-vpcs"]])
  }

  @Test func `accounts and regions are read off the folders`() throws {
    let scratch = try Scratch([
      "accounts/111/us-west-1/Vpcs.json": Self.vpcs, "accounts/111/us-west-1/Subnets.json": #"{"Subnets": []}"#,
      "accounts/222/us-gov-west-2/Vpcs.json": Self.vpcs,
    ])
    let collections = inputs(scratch.path()).deployments.collections
    #expect(collections.map(\.account) == ["111", "222"])
    #expect(collections.map(\.region) == ["us-west-1", "us-gov-west-2"])
    #expect(collections.map(\.outputs.count) == [2, 1])
  }

  @Test(
    arguments: [
      ("describe-vpcs.json", "- describe-vpcs []"), ("Vpcs.json", "- Vpcs []"),
      ("elbv2.describe-rules.alb-web.443.json", "elbv2 describe-rules [alb-web,443]"),
      ("get-managed-prefix-list-entries.pl-1.json", "- get-managed-prefix-list-entries [pl-1]"),
      ("topology.json", nil), ("describe-vpcs.yaml", nil), ("get-started.json", nil), ("json", nil),
      ("describe-.json", nil),
    ] as [(String, String?)])
  func `a describe call's name is in the file's`(file: String, expected: String?) {
    let name = DescribeName(fileName: file)
    #expect(name.map { "\($0.service ?? "-") \($0.call) [\($0.parameters.joined(separator: ","))]" } == expected)
  }

  @Test func `two templates of one name are two stacks`() throws {
    let scratch = try Scratch(["a/net.yaml": Self.template, "b/net.yaml": Self.template])
    let names = inputs(scratch.path()).deployments.stacks.map(\.name)
    #expect(Set(names).count == 2 && names[0] == "net" && names[1].hasSuffix("b/net"))
  }

  @Test func `manifests of several paths are one cluster`() throws {
    let scratch = try Scratch(["a.yaml": Self.pod, "b.yaml": Self.pod])
    let clusters = inputs(scratch.path("a.yaml"), scratch.path("b.yaml"), scratch.path("a.yaml")).deployments.clusters
    #expect(clusters.map(\.documents.count) == [2])
  }

  @Test func `standard input holds manifests or a template`() {
    #expect(inputs("-", input: Self.pod + "---\n" + Self.pod).deployments.clusters.map(\.documents.count) == [2])
    #expect(inputs("-", input: Self.template).deployments.stacks.map(\.name) == ["stdin"])
    #expect(messages(inputs("-", input: "a: 1\n")) == ["`stdin` is nothing that is read"])
  }

  // MARK: What cannot be read

  @Test func `an empty folder is an error and not a pass`() throws {
    let scratch = try Scratch()
    let inputs = inputs(scratch.path())
    #expect(messages(inputs).count == 1)
    #expect(messages(inputs).first?.hasPrefix("there is nothing to analyse") == true)
  }

  @Test func `a path that is not there is an error`() throws {
    let scratch = try Scratch()
    #expect(messages(inputs(scratch.path("none.yaml"))) == ["there is no file `\(scratch.path("none.yaml"))`"])
  }

  @Test func `a pipe is not waited for`() throws {
    let scratch = try Scratch()
    let process = Process()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = ["mkfifo", scratch.path("pipe.yaml")]
    try process.run()
    process.waitUntilExit()
    #expect(messages(inputs(scratch.path("pipe.yaml"))).first?.contains("it is no regular file") == true)
  }

  @Test func `a file that is named must load`() throws {
    let scratch = try Scratch([
      "compose.yaml": "services: {}\n", "p.json": #"[{"ParameterKey": "A", "ParameterValue": "b"}]"#,
    ])
    #expect(messages(inputs(scratch.path("compose.yaml"))).first?.contains("is nothing that is read") == true)
    #expect(messages(inputs(scratch.path("p.json"))).first?.contains("is a parameter file") == true)
  }

  @Test func `a broken file that shows a kind is an error, and the others still load`() throws {
    let scratch = try Scratch(["a.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: a\n", "b.yaml": Self.pod])
    let inputs = inputs(scratch.path())
    #expect(inputs.diagnostics.contains { $0.severity == .error })
    #expect(inputs.deployments.clusters.map(\.documents.count) == [1])
  }

  @Test func `a binary file named json is said to be none`() throws {
    let scratch = try Scratch(["pod.yaml": Self.pod])
    try scratch.write(Data([0x7F, 0x45, 0x4C, 0x46, 0, 1, 2]), to: "a.json")
    #expect(
      messages(inputs(scratch.path())).map { $0.hasSuffix("a.json` is not text, whatever its name says") } == [true])
    #expect(inputs(scratch.path("a.json")).diagnostics.contains { $0.severity == .error })
  }

  @Test func `a chart that is not rendered is a gap`() throws {
    let scratch = try Scratch([
      "shop/Chart.yaml": "apiVersion: v2\nname: shop\n",
      "shop/templates/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata: {name: {{ .Values.name }}}\n",
      "other/pod.yaml": "apiVersion: v1\nkind: Pod\nmetadata:\n  name: {{ .Values.name }}\n{{ if }}\n",
      "pod.yaml": Self.pod,
    ])
    let inputs = inputs(scratch.path())
    #expect(messages(inputs) == [])
    #expect(
      inputs.gaps.map { $0.message.split(separator: " ").prefix(4).joined(separator: " ") } == [
        "the chart is not", "the file is a",
      ])
    #expect(inputs.deployments.clusters.map(\.documents.count) == [1])
  }

  @Test func `links are followed to files inside and never outside or in circles`() throws {
    let outside = try Scratch(["secret.yaml": Self.pod])
    let scratch = try Scratch(["pod.yaml": Self.pod, "k8s/.keep": ""])
    try scratch.link("out.yaml", to: outside.path("secret.yaml"))
    try scratch.link("k8s/loop", to: "..")
    let inputs = inputs(scratch.path())
    #expect(messages(inputs).map { $0.contains("leads out of the repository") } == [true])
    #expect(inputs.deployments.clusters.map(\.documents.count) == [1])
  }

  // MARK: With a project file

  @Test func `a folder that holds the project file uses its inputs`() throws {
    let scratch = try Scratch([
      "tierproof.yaml": """
      version: 1
      inputs:
        - {stack: a, template: net.yaml, parameters: [p.json], account: "111111111111", region: eu-west-1, env: prod}
        - {stack: b, template: net.yaml, parameters: {Open: "yes"}}
        - {cluster: one, manifests: k8s, ip-blocks: external}
        - {cluster: two, manifests: [k8s/pod.yaml]}
        - {snapshot: aws, region: us-east-1, env: dr}
      """,
      "net.yaml": Self.template, "p.json": "[]", "k8s/pod.yaml": Self.pod, "aws/Vpcs.json": Self.vpcs,
      "other.yaml": Self.template,
    ])
    let inputs = inputs(scratch.path())
    #expect(messages(inputs) == [])
    #expect(inputs.deployments.stacks.map(\.name) == ["a", "b"])
    #expect(inputs.deployments.stacks.map(\.parameterFiles.count) == [1, 0])
    #expect(inputs.deployments.stacks.map(\.environment) == ["prod", nil])
    #expect(inputs.deployments.clusters.map(\.name) == ["one", "two"])
    #expect(inputs.deployments.clusters.map(\.documents.count) == [1, 1])
    #expect(inputs.deployments.clusters.map(\.ipBlocks) == [.external, nil])
    #expect(inputs.deployments.collections.map(\.region) == ["us-east-1"])
    #expect(inputs.census == Census(templates: 1, manifests: 1, describeOutputs: 1, others: 0))
  }

  @Test func `any other path is itself the input, under the settings of the project file above it`() throws {
    let scratch = try Scratch([
      ".git/HEAD": "", "tierproof.yaml": "version: 1\ninputs: [{template: net.yaml}]\ntiers: {app: \"kind:pod\"}\n",
      "net.yaml": Self.template, "k8s/pod.yaml": Self.pod,
    ])
    let inputs = inputs(scratch.path("k8s"))
    #expect(messages(inputs) == [])
    #expect(inputs.deployments.stacks.isEmpty && inputs.deployments.clusters.count == 1)
    #expect(inputs.project.tiers.map(\.name.value) == ["app"])
    #expect(inputs.sources.files.map(\.path) == ["tierproof.yaml", "k8s/pod.yaml"])
  }

  @Test func `without a repository a project file above is not looked for`() throws {
    let scratch = try Scratch(["tierproof.yaml": "version: 1\ntiers: {app: \"kind:pod\"}\n", "k8s/pod.yaml": Self.pod])
    #expect(inputs(scratch.path("k8s")).project.tiers.isEmpty)
    #expect(inputs(scratch.path("k8s"), config: scratch.path("tierproof.yaml")).project.tiers.count == 1)
  }

  @Test func `paths of two project files are not mixed`() throws {
    let scratch = try Scratch(["a/tierproof.yaml": "version: 1\n", "b/tierproof.yaml": "version: 1\n"])
    #expect(messages(inputs(scratch.path("a"), scratch.path("b"))).first?.contains("several project files") == true)
  }

  @Test(arguments: ["../outside.yaml", "/etc/hostname", "k8s/../../outside.yaml", "link.yaml"])
  func `no path of the project file leaves the repository`(path: String) throws {
    let outer = try Scratch([
      "outside.yaml": Self.template, "inner/tierproof.yaml": "version: 1\ninputs: [{template: \(path)}]\n",
    ])
    try outer.link("inner/link.yaml", to: "../outside.yaml")
    let inputs = inputs(outer.path("inner"))
    #expect(messages(inputs) == ["the path `\(path)` leaves the repository"])
    #expect(inputs.deployments.isEmpty)
  }

  @Test func `a path may climb within the repository`() throws {
    let scratch = try Scratch([
      ".git/HEAD": "", "net.yaml": Self.template,
      "variant/tierproof.yaml": "version: 1\ninputs: [{template: ../net.yaml}]\n",
    ])
    let inputs = inputs(scratch.path("variant"))
    #expect(messages(inputs) == [])
    #expect(inputs.sources.files.map(\.path) == ["variant/tierproof.yaml", "net.yaml"])
  }

  @Test func `an input that is not what it is listed as is an error at its line`() throws {
    let scratch = try Scratch([
      "tierproof.yaml": "version: 1\ninputs:\n  - {template: pod.yaml}\n  - {manifests: none}\n  - {snapshot: empty}\n",
      "pod.yaml": Self.pod, "empty/a.txt": "",
    ])
    let inputs = inputs(scratch.path())
    let places = inputs.diagnostics.compactMap { $0.primary.map { inputs.sources.position(of: $0.range).line } }
    #expect(places == [3, 4, 5])
  }
}
