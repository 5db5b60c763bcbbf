/// What a thing is called: one canonical key, and every other name by which a person may ask for it.
package struct Identity: Hashable, Sendable {
  package struct Alias: Hashable, Sendable {
    package enum Form: String, Hashable, Sendable {
      case arn, id, name, dnsName, logicalID, address, objectName
    }
    package var form: Form
    package var text: String

    package init(_ form: Form, _ text: String) {
      self.form = form
      self.text = text
    }
  }

  /// The canonical key. It holds no address, no generated id unless nothing else names the thing, no line number and nothing that the
  /// tool made up, so that a finding keeps its fingerprint when the network is rebuilt.
  package var key: String
  /// The name that people use, shown before any id.
  package var name: String
  package var aliases: [Alias]

  package init(key: String, name: String? = nil, aliases: [Alias] = []) {
    self.key = key
    self.name = name ?? key
    self.aliases = aliases
  }
}

/// The attributes by which a selector finds endpoints: `kind:rds`, `env:prod`, `tag:tier=database`.
package struct Attributes: Hashable, Sendable {
  /// The closed list of selector keys that are plain words (design section 6, "Keys").
  package enum Key: String, Hashable, Sendable, CaseIterable, Comparable {
    case kind, env, data, account, region, az, vpc, subnet, sg, stack, cluster, ns, pod, workload, pool

    package static func < (left: Key, right: Key) -> Bool { left.rawValue < right.rawValue }
  }

  /// The values of each key; a key may have several (every name of a VPC, every group of an interface).
  package var values: [Key: [String]]
  /// Keys whose values are not all known.
  package var unknownKeys: [Key: UnknownID]
  /// AWS tags.
  package var tags: [String: String]
  /// Kubernetes labels.
  package var labels: [String: String]
  /// Set when tags or labels may exist that are not seen.
  package var tagsOpen: UnknownID?
  package var labelsOpen: UnknownID?

  package init(
    values: [Key: [String]] = [:], unknownKeys: [Key: UnknownID] = [:], tags: [String: String] = [:],
    labels: [String: String] = [:], tagsOpen: UnknownID? = nil, labelsOpen: UnknownID? = nil
  ) {
    self.values = values
    self.unknownKeys = unknownKeys
    self.tags = tags
    self.labels = labels
    self.tagsOpen = tagsOpen
    self.labelsOpen = labelsOpen
  }

  /// Adds a value to a key, once.
  package mutating func insert(_ value: String, for key: Key) {
    values[key, default: []].appendOnce(value)
  }
}

extension [String] {
  fileprivate mutating func appendOnce(_ value: String) {
    if !contains(value) { append(value) }
  }
}
