package import NetworkModel

/// What every record has: where it is, what it is called, and where it was read.
package struct ResourceHeader: Sendable {
  /// The id by which other records refer to it: AWS's own id, or `stack/LogicalId`.
  package var id: String
  package var account: String?
  package var region: String?
  /// The environment that the project file gives its input.
  package var env: String?
  package var stack: String?
  package var logicalID: String?
  /// Other names: an ARN, a resource's own name.
  package var aliases: [Identity.Alias]
  package var tags: [String: String]
  /// Set where tags may exist that are not seen.
  package var tagsMissing: Missing?
  /// Whether it exists; unknown under a condition that is not known.
  package var exists: Attribute<Bool>
  package var derivation: Derivation
  /// Set where the stack's name is that of a stack elsewhere: its account and region.
  var stackPlace: String?
  /// Set where another thing has the same name, account and region: then the id alone tells them apart.
  var sharesName = false

  package init(
    id: String, account: String? = nil, region: String? = nil, env: String? = nil, stack: String? = nil,
    logicalID: String? = nil, aliases: [Identity.Alias] = [], tags: [String: String] = [:], tagsMissing: Missing? = nil,
    exists: Attribute<Bool> = .known(true, .none), derivation: Derivation = .none
  ) {
    self.id = id
    self.account = account
    self.region = region
    self.env = env
    self.stack = stack
    self.logicalID = logicalID
    self.aliases = aliases
    self.tags = tags
    self.tagsMissing = tagsMissing
    self.exists = exists
    self.derivation = derivation
  }

  /// The name that people use: the `Name` tag, else the resource's own name, else the logical id, else the id.
  package var name: String {
    if let tag = tags["Name"], !tag.isEmpty { return tag }
    return aliases.first { $0.form == .name }?.text ?? logicalID ?? id
  }

  /// The canonical key: no generated id where anything else names the thing.
  package var key: String { sharesName ? "\(nameKey)#\(id)" : nameKey }

  private var nameKey: String {
    if let stack, let logicalID { return [stackPlace, stack, logicalID].compactMap { $0 }.joined(separator: "/") }
    if let name = aliases.first(where: { $0.form == .name })?.text { return scoped(name) }
    if let tag = tags["Name"], !tag.isEmpty { return scoped(tag) }
    return scoped(id)
  }

  private func scoped(_ text: String) -> String {
    [account, region, text].compactMap { $0 }.joined(separator: "/")
  }

  /// The thing's identity in the model.
  package var identity: Identity {
    var aliases = self.aliases
    aliases.append(Identity.Alias(.id, id))
    if let tag = tags["Name"], !tag.isEmpty { aliases.append(Identity.Alias(.name, tag)) }
    if let logicalID { aliases.append(Identity.Alias(.logicalID, logicalID)) }
    if let stack, let logicalID { aliases.append(Identity.Alias(.logicalID, "\(stack)/\(logicalID)")) }
    var unique: [Identity.Alias] = []
    for alias in aliases where !unique.contains(alias) { unique.append(alias) }
    return Identity(key: key, name: name, aliases: unique)
  }
}
