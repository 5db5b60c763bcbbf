import Diagnostics
import Documents
import Foundation
import PacketSpace
import Snapshots
import TestSupport
import Testing

@Suite struct ProjectFileReaderTests {
  /// Reads a project file's text: the settings, and what is wrong as `line:column message: label`.
  private func read(_ text: String) throws -> (project: ProjectFile?, faults: [String]) {
    var sources = SourceMap()
    let id = sources.add(path: "tierproof.yaml", bytes: Array(text.utf8))
    let result = DocumentReader.read(sources[id])
    var reader = ProjectFileReader()
    let project = reader.read(try #require(result.documents.first).root)
    let faults = (result.diagnostics + reader.diagnostics).map { diagnostic in
      guard let label = diagnostic.primary else { return diagnostic.message }
      let place = sources.position(of: label.range)
      return "\(place.line):\(place.column) \(diagnostic.message): \(label.text)"
    }
    return (project, faults)
  }

  @Test func `the example of the design is read whole`() throws {
    let (read, faults) = try read(
      """
      version: 1
      inputs:
        - {stack: prod-net, template: net.yaml, parameters: prod.json, account: "222222222222", region: us-east-1, env: prod}
        - {cluster: prod, manifests: k8s/prod, eks: prod}
        - {snapshot: aws/}
      tiers: {database: "kind:rds | label:tier=db"}
      zones:
        approved-admin: [203.0.113.0/24]            # comes in as the internet does
        on-premises: {addresses: [10.10.0.0/16], behind: [vgw-0a1b2c3d]}
      parameters: {external-tls-minimum: TLSv1.3}
      rules: [core]
      """)
    #expect(faults == [])
    let project = try #require(read)
    let inputs = try #require(project.inputs)
    guard case .stack(let stack) = inputs[0], case .cluster(let cluster) = inputs[1],
      case .snapshot(let snapshot) = inputs[2]
    else {
      Issue.record("the inputs are a stack, a cluster and a snapshot")
      return
    }
    #expect(stack.name?.value == "prod-net" && stack.template.value == "net.yaml")
    #expect(stack.parameterFiles.map(\.value) == ["prod.json"] && stack.account?.value == "222222222222")
    #expect(stack.region?.value == "us-east-1" && stack.environment?.value == "prod")
    #expect(cluster.name?.value == "prod" && cluster.manifests.map(\.value) == ["k8s/prod"])
    #expect(cluster.eks?.value == "prod" && cluster.ipBlocks == nil && cluster.enforcesPolicies == nil)
    #expect(snapshot.folder.value == "aws/")
    #expect(project.tiers.map(\.name.value) == ["database"])
    #expect(project.tiers.map(\.selector.value) == ["kind:rds | label:tier=db"])
    #expect(project.zones.map(\.name.value) == ["approved-admin", "on-premises"])
    #expect(project.zones.map { $0.addresses.map(\.value.description) } == [["203.0.113.0/24"], ["10.10.0.0/16"]])
    #expect(project.zones.map { $0.behind.map(\.value) } == [[], ["vgw-0a1b2c3d"]])
    #expect(project.parameters.map(\.value.value) == ["TLSv1.3"])
    #expect(project.rules?.map(\.value) == ["core"])
  }

  @Test func `a cluster says how its policies are read`() throws {
    let (project, faults) = try read(
      """
      version: 1
      inputs:
        - manifests: [a.yaml, b]
          ip-blocks: pods
          pod-ranges: [10.244.0.0/16, "fd00::/48"]
          service-ranges: [10.96.0.0/12]
          policies-enforced: false
      """)
    #expect(faults == [])
    guard case .cluster(let cluster) = project?.inputs?.first else {
      Issue.record("the input is a cluster")
      return
    }
    #expect(cluster.manifests.map(\.value) == ["a.yaml", "b"])
    #expect(cluster.ipBlocks?.value == .pods)
    #expect(cluster.podRanges.map(\.value.description) == ["10.244.0.0/16", "fd00::/48"])
    #expect(cluster.serviceRanges.map(\.value.description) == ["10.96.0.0/12"])
    #expect(cluster.enforcesPolicies?.value == false)
  }

  @Test func `parameters of a stack may stand in the project file`() throws {
    let (project, faults) = try read(
      "version: 1\ninputs: [{template: a.yaml, parameters: {Port: 5432, Public: true, Name: a}}]\n")
    #expect(faults == [])
    guard case .stack(let stack) = project?.inputs?.first else {
      Issue.record("the input is a stack")
      return
    }
    #expect(stack.parameters.map { "\($0.name.value)=\($0.value.value)" } == ["Port=5432", "Public=true", "Name=a"])
  }

  @Test(
    arguments: [
      ("- 1", "1:1 the project file is not what was expected here: expected a mapping with the key `version`"),
      ("inputs: []", "1:1 the project file lacks the key `version`: expected `version: 1`"),
      (
        "version: 2",
        "1:10 the project file is not what was expected here: expected version 1, the only one that this program reads"
      ),
      ("version: 1\nteirs: {}", "2:1 unknown key `teirs` in the project file: did you mean `tiers`?"),
      (
        "version: 1\nservices: {}",
        "2:1 unknown key `services` in the project file: "
          + "its keys are `version`, `inputs`, `tiers`, `zones`, `parameters`, `rules`"
      ),
      (
        "version: 1\ninputs: [{template: a, regoin: x}]",
        "2:24 unknown key `regoin` in a stack: did you mean `region`?"
      ),
      (
        "version: 1\ninputs: [{stack: a}]",
        "2:10 the project file lacks the key `template`: expected one of `template`, `manifests` and `snapshot`"
      ),
      (
        "version: 1\ninputs: [{template: a, snapshot: b}]",
        "2:10 the project file is not what was expected here: "
          + "expected one of `template`, `manifests` and `snapshot`, not several"
      ),
      (
        "version: 1\nzones: {a: [10.0.0.0/33]}",
        "2:13 the project file is not what was expected here: "
          + "expected an address or a CIDR block, such as 203.0.113.0/24"
      ),
      (
        "version: 1\nzones: {a: [10.0.0.1/8]}",
        "2:13 `10.0.0.1/8` has bits set behind its prefix length: read as 10.0.0.0/8"
      ),
      (
        "version: 1\nzones: {a: {behind: [x]}}",
        "2:12 the project file lacks the key `addresses`: expected the zone's `addresses`"
      ),
      (
        "version: 1\ntiers: {app: 7}",
        "2:14 the project file is not what was expected here: expected a selector, such as \"kind:rds\""
      ),
      (
        "version: 1\ninputs: [{manifests: a, ip-blocks: maybe}]",
        "2:36 the project file is not what was expected here: expected `pods` or `external`"
      ),
      (
        "version: 1\ninputs: [{template: a, account: 012}]",
        "2:33 the project file is not what was expected here: expected an account's twelve digits"
      ),
    ])
  func `what is wrong is said at its place`(text: String, fault: String) throws {
    #expect(try read(text).faults == [fault])
  }

  @Test func `one fault hides no other`() throws {
    let (project, faults) = try read("version: 1\ntiers: {app: 7, db: kind:rds}\nrules: core\nx: 1\n")
    #expect(faults.count == 3)
    #expect(project?.tiers.map(\.name.value) == ["db"])
  }

  @Test func `the schema has the keys that are read`() throws {
    let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let data = try Data(contentsOf: root.appending(path: "docs/tierproof.schema.json"))
    let schema = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
    let definitions = try #require(schema["$defs"] as? [String: [String: Any]])
    func keys(_ schema: [String: Any]?) -> [String] { ((schema?["properties"] as? [String: Any]) ?? [:]).keys.sorted() }
    #expect(keys(schema) == ProjectKeys.project.sorted())
    #expect(keys(definitions["stack"]) == ProjectKeys.stack.sorted())
    #expect(keys(definitions["cluster"]) == ProjectKeys.cluster.sorted())
    #expect(keys(definitions["snapshot"]) == ProjectKeys.snapshot.sorted())
    #expect(keys(definitions["zone"]) == ProjectKeys.zone.sorted())
  }
}
