package import AWSNetwork
package import Diagnostics
import Documents
import NetworkModel
import PacketSpace

/// Fills AWS records from CloudFormation templates, each deployed once or many times.
package struct CloudFormationReader {
  var records = AWSRecords()
  /// Instances and interfaces whose public address hangs on their subnet's setting.
  var launchedPublic: [Int: Attribute<Bool>] = [:]
  /// Where subnets are among the records.
  var subnetNumbers: [String: Int] = [:]
  /// The instances that interfaces are attached to.
  var attachments: [String: Reference] = [:]
  /// Elastic IPs: what they belong to, at which private address, and what says so.
  var publicAddresses:
    [(target: Reference, privateAddress: IPAddress?, own: Attribute<IPAddress>, header: ResourceHeader)] = []
  /// The addresses of Elastic IPs that name theirs.
  var elasticAddresses: [String: Attribute<IPAddress>] = [:]
  /// What launch templates and configurations say, by reference.
  var launchTemplates: [String: LaunchData] = [:]
  var clusterGroups: [String: DatabaseCluster] = [:]

  /// What instances are launched with.
  struct LaunchData {
    var groups: [Attribute<Reference>]
    var assignsPublicAddress: Attribute<Bool>
    var tags: [String: String]
  }

  /// What a database cluster gives to its instances.
  struct DatabaseCluster {
    var subnetGroup: Attribute<Reference>
    var groups: [Attribute<Reference>]
    var parameterGroups: [Attribute<Reference>]
    var port: Attribute<Int>
    var engine: Attribute<String>
    var engineVersion: Attribute<String>
  }

  private init() {}

  package static func read(_ inputs: [StackInput], limits: InputLimits = .standard) -> AWSRecords {
    var reader = CloudFormationReader()
    let set = StackSet(inputs, limits: limits)
    var resources: [StackResource] = []
    for stack in set.stacks {
      for pair in stack.resources.map({ Array($0) }) ?? [] {
        if let resource = reader.resource(pair.key, pair.value, stack) { resources.append(resource) }
      }
    }
    // What others build upon is read first.
    for resource in resources { reader.readFoundations(resource) }
    for resource in resources { reader.read(resource) }
    reader.settleAttachments()
    reader.settlePublicAddresses()
    for stack in set.stacks { reader.records.diagnostics += stack.diagnostics }
    return reader.records
  }

  /// A resource that is created, or may be.
  private mutating func resource(_ key: Node, _ node: Node, _ stack: Stack) -> StackResource? {
    guard let logicalID = key.text else { return nil }
    guard let type = node["Type"]?.text else {
      stack.complain("TP0304", "the resource `\(logicalID)` has no type", key.range, "expected `Type: AWS::…`")
      return nil
    }
    var exists: Attribute<Bool> = .known(true, .none)
    if let condition = node["Condition"], let name = condition.text {
      exists = stack.condition(name, at: condition.range)
      if exists.value == false { return nil }
    }
    if exists.value == true {
      records.counts[type, default: 0] += 1
    } else {
      records.uncertainCounts[type, default: 0] += 1
    }
    return StackResource(stack: stack, logicalID: logicalID, type: type, key: key, node: node, exists: exists)
  }

  // MARK: Public addresses

  /// An instance gets a public address if it says so, else if its subnet does (VPC User Guide, "Public IPv4 addresses").
  private mutating func settlePublicAddresses() {
    var subnets: [String: Attribute<Bool>] = [:]
    for subnet in records.subnets { subnets[subnet.header.id] = subnet.mapsPublicAddress }
    for (number, own) in launchedPublic {
      var isPublic = own
      if isPublic.isAbsent, let subnet = records.interfaces[number].subnet.value {
        isPublic = subnets[subnet.text] ?? .absent
      }
      guard !isPublic.isAbsent, records.interfaces[number].addresses.indices.contains(0),
        records.interfaces[number].addresses[0].publicAddress.isAbsent
      else { continue }
      records.interfaces[number].addresses[0].isPublic = isPublic
    }
  }
}

/// One resource of a stack, with its properties evaluated when they are asked for.
struct StackResource {
  let stack: Stack
  let logicalID: String
  let type: String
  let key: Node
  let node: Node
  let exists: Attribute<Bool>

  subscript(property: String) -> TemplateValue {
    guard let value = node["Properties"]?[property] else { return .nothing }
    return stack.evaluate(value)
  }

  var derivation: Derivation { Derivation(key.range) }

  /// The place of a property, or of the resource where it has none.
  func derivation(of property: String) -> Derivation {
    node["Properties"]?.pairs.first { $0.key.text == property }.map { Derivation($0.value.range) } ?? derivation
  }

  var reference: Reference { stack.reference(logicalID) }

  /// What the record bears; the name is the property that holds the resource's own name, if the type has one.
  func header(named name: String? = nil) -> ResourceHeader {
    var tags: [String: String] = [:]
    var missing: Missing?
    for property in ["Tags", "tags"] {
      let value = self[property]
      if case .map(let pairs, _) = value {
        for (key, value) in pairs { tags[key] = value.text.value ?? "" }
      }
      for tag in value.elements {
        guard let key = tag["Key"].text.value else {
          if case .unknown(let reason) = tag { missing = reason }
          continue
        }
        if let text = tag["Value"].text.value { tags[key] = text } else { missing = tag["Value"].text.missing }
      }
    }
    var aliases: [Identity.Alias] = []
    if let name, let text = self[name].text.value { aliases.append(Identity.Alias(.name, text)) }
    return ResourceHeader(
      id: reference.text, account: stack.input.account, region: stack.input.region, env: stack.input.env,
      stack: stack.input.name, logicalID: logicalID, aliases: aliases, tags: tags, tagsMissing: missing, exists: exists,
      derivation: derivation)
  }

  func references(_ property: String) -> [Attribute<Reference>] {
    self[property].elements.map(\.reference)
  }
}
