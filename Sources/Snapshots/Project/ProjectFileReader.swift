package import Diagnostics
package import Documents
import PacketSpace

/// Reads `tierproof.yaml`: what is wrong is reported, all of it, and what is right is kept.
package struct ProjectFileReader {
  /// What is wrong with the file; where one is an error nothing may be proved from it.
  package private(set) var diagnostics: [Diagnostic] = []

  package init() {}

  /// The file's settings, or `nil` where it is of another version or no mapping at all.
  package mutating func read(_ root: Node) -> ProjectFile? {
    guard root.kind == .mapping else {
      report(.expected("a mapping with the key `version`", at: root.range))
      return nil
    }
    guard let version = root["version"] else {
      report(.missing("version", "`version: 1`", at: root.range))
      return nil
    }
    guard version.integer == 1 else {
      report(.expected("version 1, the only one that this program reads", at: version.range))
      return nil
    }
    checkKeys(of: root, ProjectKeys.project, in: "the project file")
    var project = ProjectFile()
    if let inputs = root["inputs"] {
      project.inputs = elements(of: inputs, "a list of inputs").compactMap { input($0) }
    }
    project.tiers = pairs(of: root["tiers"], "a mapping from tier to selector").compactMap { name, value in
      string(value, "a selector, such as \"kind:rds\"").map { TierDefinition(name: name, selector: $0) }
    }
    project.zones = pairs(of: root["zones"], "a mapping from zone to addresses").compactMap { zone($0, $1) }
    project.parameters = values(of: root["parameters"])
    project.rules = root["rules"].map { strings(of: $0, "a list of rule packs and rule files") }
    return project
  }

  private mutating func input(_ node: Node) -> ProjectInput? {
    guard node.kind == .mapping else {
      report(.expected("a mapping with one of `template`, `manifests` and `snapshot`", at: node.range))
      return nil
    }
    let kinds = ["template", "manifests", "snapshot"].filter { node[$0] != nil }
    switch kinds {
    case ["template"]: return stack(node).map(ProjectInput.stack)
    case ["manifests"]: return cluster(node).map(ProjectInput.cluster)
    case ["snapshot"]: return collected(node).map(ProjectInput.snapshot)
    case []:
      report(.missing("template", "one of `template`, `manifests` and `snapshot`", at: node.range))
    default:
      report(.expected("one of `template`, `manifests` and `snapshot`, not several", at: node.range))
    }
    return nil
  }

  private mutating func stack(_ node: Node) -> StackInput? {
    checkKeys(of: node, ProjectKeys.stack, in: "a stack")
    guard let template = string(node["template"], "the path of a template") else { return nil }
    var stack = StackInput(template: template)
    stack.name = string(node["stack"], "a stack's name")
    if let parameters = node["parameters"] {
      switch parameters.kind {
      case .mapping: stack.parameters = values(of: parameters)
      case .sequence: stack.parameterFiles = strings(of: parameters, "paths of parameter files")
      default: stack.parameterFiles = string(parameters, "a parameter file's path, or the values").map { [$0] } ?? []
      }
    }
    stack.account = account(node["account"])
    stack.region = string(node["region"], "a region, such as us-east-1")
    stack.environment = string(node["env"], "an environment's name")
    return stack
  }

  private mutating func cluster(_ node: Node) -> ClusterInput? {
    checkKeys(of: node, ProjectKeys.cluster, in: "a cluster")
    guard let manifests = node["manifests"] else { return nil }
    var cluster = ClusterInput(
      manifests: manifests.kind == .sequence
        ? strings(of: manifests, "paths of manifests")
        : string(manifests, "a path of manifests, or several").map { [$0] } ?? [])
    cluster.name = string(node["cluster"], "a cluster's name")
    cluster.eks = string(node["eks"], "an EKS cluster's name")
    cluster.environment = string(node["env"], "an environment's name")
    if let reading = string(node["ip-blocks"], "`pods` or `external`") {
      cluster.ipBlocks = IPBlockReading(rawValue: reading.value).map { Ranged($0, reading.range) }
      if cluster.ipBlocks == nil { report(.expected("`pods` or `external`", at: reading.range)) }
    }
    cluster.podRanges = prefixes(of: node["pod-ranges"])
    cluster.serviceRanges = prefixes(of: node["service-ranges"])
    if let enforced = node["policies-enforced"] {
      cluster.enforcesPolicies = enforced.bool.map { Ranged($0, enforced.range) }
      if enforced.bool == nil { report(.expected("`true` or `false`", at: enforced.range)) }
    }
    return cluster
  }

  private mutating func collected(_ node: Node) -> CollectedInput? {
    checkKeys(of: node, ProjectKeys.snapshot, in: "a snapshot")
    guard let folder = string(node["snapshot"], "the path of a folder of describe-call outputs") else { return nil }
    var input = CollectedInput(folder: folder)
    input.account = account(node["account"])
    input.region = string(node["region"], "a region, such as us-east-1")
    input.environment = string(node["env"], "an environment's name")
    return input
  }

  private mutating func zone(_ name: Ranged<String>, _ node: Node) -> ZoneDefinition? {
    guard node.kind == .mapping else {
      return ZoneDefinition(name: name, addresses: prefixes(of: node), behind: [])
    }
    checkKeys(of: node, ProjectKeys.zone, in: "a zone")
    guard let addresses = node["addresses"] else {
      report(.missing("addresses", "the zone's `addresses`", at: node.range))
      return nil
    }
    return ZoneDefinition(
      name: name, addresses: prefixes(of: addresses),
      behind: node["behind"].map { strings(of: $0, "a list of gateways") } ?? [])
  }

  /// Twelve digits: by the text that is written, since as a number `012345678901` would lose its zero.
  private mutating func account(_ node: Node?) -> Ranged<String>? {
    guard let node else { return nil }
    guard let text = node.text, text.utf8.count == 12, text.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
      report(.expected("an account's twelve digits", at: node.range))
      return nil
    }
    return Ranged(text, node.range)
  }
}

// MARK: - The shapes that values come in

extension ProjectFileReader {
  private mutating func report(_ diagnostic: Diagnostic) {
    diagnostics.append(diagnostic)
  }

  private mutating func checkKeys(of node: Node, _ known: [String], in place: String) {
    for pair in node.pairs {
      guard let key = pair.key.text, pair.key.isScalar else {
        report(.expected("a key of \(place)", at: pair.key.range))
        continue
      }
      if !known.contains(key) { report(.unknownKey(key, in: place, known: known, at: pair.key.range)) }
    }
  }

  private mutating func elements(of node: Node, _ expected: String) -> [Node] {
    if node.kind != .sequence { report(.expected(expected, at: node.range)) }
    return Array(node.elements)
  }

  private mutating func pairs(of node: Node?, _ expected: String) -> [(Ranged<String>, Node)] {
    guard let node else { return [] }
    if node.kind != .mapping { report(.expected(expected, at: node.range)) }
    return node.pairs.compactMap { pair in
      guard let name = pair.key.text, !name.isEmpty else {
        report(.expected("a name", at: pair.key.range))
        return nil
      }
      return (Ranged(name, pair.key.range), pair.value)
    }
  }

  private mutating func string(_ node: Node?, _ expected: String) -> Ranged<String>? {
    guard let node else { return nil }
    guard let text = node.string, !text.isEmpty else {
      report(.expected(expected, at: node.range))
      return nil
    }
    return Ranged(text, node.range)
  }

  private mutating func strings(of node: Node, _ expected: String) -> [Ranged<String>] {
    elements(of: node, expected).compactMap { string($0, expected) }
  }

  /// Named scalars of any kind, by the text that is written.
  private mutating func values(of node: Node?) -> [ProjectParameter] {
    pairs(of: node, "a mapping from name to value").compactMap { name, value in
      guard let text = value.text, !value.isNull else {
        report(.expected("a text, a number, `true` or `false`", at: value.range))
        return nil
      }
      return ProjectParameter(name: name, value: Ranged(text, value.range))
    }
  }

  private mutating func prefixes(of node: Node?) -> [Ranged<IPPrefix>] {
    guard let node else { return [] }
    return elements(of: node, "a list of addresses and CIDR blocks").compactMap { element in
      guard let text = element.text, let prefix = IPPrefix(text) ?? IPAddress(text).map({ IPPrefix(host: $0) }) else {
        report(.expected("an address or a CIDR block, such as 203.0.113.0/24", at: element.range))
        return nil
      }
      if IPPrefix.hasHostBits(text) {
        report(.hostBits(written: text, read: prefix.description, at: element.range))
      }
      return Ranged(prefix, element.range)
    }
  }
}

// MARK: - What is said

extension Diagnostic {
  fileprivate static func expected(_ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0201", severity: .error, message: "the project file is not what was expected here",
      primary: Label(range: range, text: "expected \(what)"))
  }

  fileprivate static func missing(_ key: String, _ what: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0202", severity: .error, message: "the project file lacks the key `\(key)`",
      primary: Label(range: range, text: "expected \(what)"))
  }

  fileprivate static func unknownKey(
    _ key: String, in place: String, known: [String], at range: SourceRange
  ) -> Diagnostic {
    let meant = Spelling.nearest(to: key, among: known).map { "did you mean `\($0)`?" }
    return Diagnostic(
      code: "TP0203", severity: .error, message: "unknown key `\(key)` in \(place)",
      primary: Label(range: range, text: meant ?? "its keys are \(known.map { "`\($0)`" }.joined(separator: ", "))"))
  }

  fileprivate static func hostBits(written: String, read: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0204", severity: .warning, message: "`\(written)` has bits set behind its prefix length",
      primary: Label(range: range, text: "read as \(read)"))
  }
}
