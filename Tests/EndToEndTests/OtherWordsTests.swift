import Foundation
import Properties
import TestSupport
import Testing

/// The same estate said in other words has the same verdicts and the same connections.
@Suite struct `The same in other words` {
  private struct Answers: Equatable {
    var verdicts: [String]
    /// Rows of the connectivity list.
    var rows: Set<String>

    /// Who reaches whom.
    var pairs: Set<String> { Set(rows.map { $0.split(separator: ",").prefix(2).joined(separator: ",") }) }
  }

  /// The verdicts on some properties, and the list of connections.
  private static func answers(_ files: [String: String], _ properties: [String]) throws -> Answers {
    let scratch = try Scratch()
    for (name, text) in files { try scratch.write(text, to: name) }
    let list = try Program.run("connectivity", scratch.path(), "--format", "csv")
    #expect(list.code == 0, "\(list.errors)")
    return Answers(
      verdicts: try `Leaving something out`.verdicts(files, properties).map(\.rawValue),
      rows: Set(list.output.split(separator: "\n").dropFirst().map(String.init)))
  }

  // MARK: Calls

  /// The outputs of the calls, each with its elements put in another way.
  private static func collected(
    project: String = CollectedEstate.project,
    _ rewrite: (_ call: String, _ elements: [[String: Any]]) -> [[String: Any]]
  ) throws -> [String: String] {
    var files = ["tierproof.yaml": project]
    for (call, text) in CollectedEstate.files {
      let elements = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]] ?? []
      let data = try JSONSerialization.data(withJSONObject: [call: rewrite(call, elements)], options: [.sortedKeys])
      files["aws/describe-\(call.lowercased()).json"] = String(decoding: data, as: UTF8.self)
    }
    return files
  }

  private static let plain = Result { try answers(collected { $1 }, CollectedEstate.properties) }

  /// Every list turned round, at every depth but where the order has a meaning: the first address of an interface is its primary one.
  private static func reversed(_ value: Any) -> Any {
    if let list = value as? [Any] { return list.reversed().map(reversed) }
    guard let object = value as? [String: Any] else { return value }
    return Dictionary(uniqueKeysWithValues: object.map { ($0, reversed($1)) })
  }

  @Test func `the order of objects, of rules, routes and entries is no matter`() throws {
    let plain = try Self.plain.get()
    #expect(plain.rows.count > 8 && plain.verdicts.contains("violated") && plain.verdicts.contains("undecided"))
    let turned = try Self.collected { _, elements in
      elements.reversed().compactMap { Self.reversed($0) as? [String: Any] }
    }
    #expect(try Self.answers(turned, CollectedEstate.properties) == plain)
  }

  @Test func `it is no matter which file holds what, and in which order files come`() throws {
    let plain = try Self.plain.get()
    var renamed: [String: String] = [:]
    for (number, file) in try Self.collected({ $1 }).sorted(by: { $0.key > $1.key }).enumerated() {
      renamed[file.key.hasSuffix(".yaml") ? file.key : "aws/\(100 + number).describe-some.json"] = file.value
    }
    #expect(try Self.answers(renamed, CollectedEstate.properties) == plain)
    var objects: [String: Any] = [:]
    for (name, text) in try Self.collected({ $1 }) where name.hasSuffix(".json") {
      let object = try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any] ?? [:]
      objects.merge(object) { first, _ in first }
    }
    let all = String(decoding: try JSONSerialization.data(withJSONObject: objects), as: UTF8.self)
    let together = ["tierproof.yaml": CollectedEstate.project, "aws/describe-all.json": all]
    #expect(try Self.answers(together, CollectedEstate.properties) == plain)
  }

  /// The two halves of a block.
  private static func halves(_ block: String) -> [String] {
    let parts = block.split(separator: "/")
    guard parts.count == 2, let length = Int(parts[1]), length < 32 else { return [block] }
    let number = parts[0].split(separator: ".").reduce(0) { $0 << 8 | (Int($1) ?? 0) }
    return [number, number | 1 << (31 - length)].map { half in
      [24, 16, 8, 0].map { String(half >> $0 & 255) }.joined(separator: ".") + "/\(length + 1)"
    }
  }

  /// Every object of a list twice, each with one half of its block.
  private static func split(_ list: Any?, by key: String) -> [[String: Any]] {
    (list as? [[String: Any]] ?? []).flatMap { object -> [[String: Any]] in
      guard let block = object[key] as? String, (object["GatewayId"] as? String) != "local" else { return [object] }
      return halves(block).map { half in object.merging([key: half]) { _, new in new } }
    }
  }

  @Test(arguments: ["SecurityGroups", "RouteTables", "NetworkAcls", "PrefixLists"])
  func `a block may be written as its halves`(changed: String) throws {
    let files = try Self.collected { call, elements in
      guard call == changed else { return elements }
      return elements.map { element in
        var element = element
        switch call {
        case "SecurityGroups":
          for list in ["IpPermissions", "IpPermissionsEgress"] {
            element[list] = (element[list] as? [[String: Any]] ?? []).map { permission in
              permission["IpRanges"] == nil
                ? permission : permission.merging(["IpRanges": Self.split(permission["IpRanges"], by: "CidrIp")]) { $1 }
            }
          }
        case "RouteTables": element["Routes"] = Self.split(element["Routes"], by: "DestinationCidrBlock")
        case "NetworkAcls": element["Entries"] = Self.split(element["Entries"], by: "CidrBlock")
        default: element["Cidrs"] = (element["Cidrs"] as? [String] ?? []).flatMap(Self.halves)
        }
        return element
      }
    }
    #expect(try Self.answers(files, CollectedEstate.properties) == Self.plain.get())
  }

  /// Other ids, in the opposite order.
  private static func renamed(_ text: String) -> String {
    text.replacing(/(-0)([a-c])([1-9])/) { match in
      let letter = ["a": "f", "b": "e", "c": "d"][String(match.2)] ?? ""
      return "\(match.1)\(letter)\(9 - (Int(match.3) ?? 0))"
    }
  }

  @Test func `other ids change nothing but names`() throws {
    let plain = try Self.plain.get()
    let files = try Self.collected(project: Self.renamed(CollectedEstate.project)) { $1 }.mapValues(Self.renamed)
    let answers = try Self.answers(files, CollectedEstate.properties.map(Self.renamed))
    #expect(answers == Answers(verdicts: plain.verdicts, rows: Set(plain.rows.map(Self.renamed))))
  }

  @Test func `an allow that is added to a group takes no connection away`() throws {
    let plain = try Self.plain.get()
    let rule: [String: Any] = [
      "IpProtocol": "udp", "FromPort": 161, "ToPort": 161, "IpRanges": [["CidrIp": "10.0.0.0/8"]],
    ]
    var added: Set<String> = []
    for group in ["sg-0a1", "sg-0a5", "sg-0b1", "sg-0c1"] {
      let files = try Self.collected { call, elements in
        elements.map { element in
          guard element["GroupId"] as? String == group else { return element }
          return element.merging(["IpPermissions": (element["IpPermissions"] as? [Any] ?? []) + [rule]]) { $1 }
        }
      }
      let answers = try Self.answers(files, CollectedEstate.properties)
      #expect(answers.pairs.isSuperset(of: plain.pairs), "\(group)")
      for (number, property) in CollectedEstate.properties.enumerated()
      where property.hasPrefix("forbid") && plain.verdicts[number] == "violated" {
        #expect(answers.verdicts[number] == "violated", "\(group): \(property)")
      }
      added.formUnion(answers.rows.subtracting(plain.rows))
    }
    #expect(!added.isEmpty)
  }

  @Test func `an unrelated network changes nothing`() throws {
    let plain = try Self.plain.get()
    let more: [String: String] = [
      "Vpcs": #"{"VpcId": "vpc-0d9", "CidrBlock": "10.99.0.0/16"}"#,
      "Subnets": #"""
      {"SubnetId": "subnet-0d9", "VpcId": "vpc-0d9", "CidrBlock": "10.99.1.0/24", "AvailabilityZone": "us-east-1a"}
      """#,
      "RouteTables": #"""
      {"RouteTableId": "rtb-0d9", "VpcId": "vpc-0d9", "Associations": [{"Main": true}],
       "Routes": [{"DestinationCidrBlock": "10.99.0.0/16", "GatewayId": "local", "State": "active"}]}
      """#,
      "NetworkAcls": #"""
      {"NetworkAclId": "acl-0d9", "VpcId": "vpc-0d9", "IsDefault": true, "Associations": [{"SubnetId": "subnet-0d9"}],
       "Entries": [{"RuleNumber": 1, "Protocol": "-1", "RuleAction": "allow", "Egress": true, "CidrBlock": "0.0.0.0/0"}]}
      """#,
      "NetworkInterfaces": #"""
      {"NetworkInterfaceId": "eni-0d9", "SubnetId": "subnet-0d9", "VpcId": "vpc-0d9", "Groups": [{"GroupId": "sg-0d9"}],
       "PrivateIpAddresses": [{"PrivateIpAddress": "10.99.1.9", "Primary": true}]}
      """#,
      "SecurityGroups": #"{"GroupId": "sg-0d9", "GroupName": "d", "VpcId": "vpc-0d9", "IpPermissionsEgress": []}"#,
    ]
    let files = try Self.collected { call, elements in
      let text = more[call] ?? "[]"
      let object = try? JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any]
      return elements + [object].compactMap { $0 }
    }
    #expect(try Self.answers(files, CollectedEstate.properties) == plain)
  }

  // MARK: Manifests

  private static func manifests(_ documents: [String], more: [String] = []) -> [String: String] {
    ["tierproof.yaml": ClusterManifests.project, "k8s/all.yaml": (documents + more).joined(separator: "\n---\n")]
  }

  private static let documents = ClusterManifests.documents.map(\.text)

  @Test func `the order of documents and the files they stand in are no matter`() throws {
    let plain = try Self.answers(Self.manifests(Self.documents), ClusterManifests.properties)
    #expect(plain.rows.count > 4)
    #expect(try Self.answers(Self.manifests(Self.documents.reversed()), ClusterManifests.properties) == plain)
    var apart = ["tierproof.yaml": ClusterManifests.project]
    for (number, text) in Self.documents.enumerated() { apart["k8s/\(99 - number)/one.yaml"] = text }
    #expect(try Self.answers(apart, ClusterManifests.properties) == plain)
  }

  @Test func `an unrelated namespace changes nothing among the others`() throws {
    let plain = try Self.answers(Self.manifests(Self.documents), ClusterManifests.properties)
    let more = [
      "{apiVersion: v1, kind: Namespace, metadata: {name: far, labels: {team: other}}}",
      "{apiVersion: v1, kind: Pod, metadata: {name: lone, namespace: far}, spec: {containers: [{name: c, image: i}]}}",
      """
      {apiVersion: networking.k8s.io/v1, kind: NetworkPolicy, metadata: {name: shut, namespace: far},
       spec: {podSelector: {}, policyTypes: [Ingress, Egress]}}
      """,
    ]
    let answers = try Self.answers(Self.manifests(Self.documents, more: more), ClusterManifests.properties)
    #expect(answers == plain)
  }

  @Test func `a block of a policy may be written as its halves`() throws {
    func answers(_ blocks: String...) throws -> Answers {
      let policy = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: job, namespace: tools}
        spec: {podSelector: {}, policyTypes: [Ingress], ingress: [{from: [\(blocks.map { "{ipBlock: {cidr: \($0)}}" }.joined(separator: ", "))]}]}
        """
      return try Self.answers(Self.manifests(Self.documents, more: [policy]), ClusterManifests.properties)
    }
    #expect(try answers("198.51.0.0/16") == answers("198.51.128.0/17", "198.51.0.0/17"))
    #expect(try answers("0.0.0.0/0") == answers("0.0.0.0/1", "128.0.0.0/1"))
  }
}
