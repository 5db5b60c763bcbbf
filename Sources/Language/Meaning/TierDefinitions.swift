/// What the names of tiers stand for: selectors that the project gives, and the usual tiers, recognised by kind, tag, label and name.
package struct TierDefinitions: Sendable {
  /// Selector text by name; a tier of the project takes the place of the usual one of that name.
  package var definitions: [String: String]

  package init(_ definitions: [String: String] = [:]) { self.definitions = definitions }

  package var names: [String] {
    (Array(definitions.keys) + UsualTier.all.map(\.name).filter { definitions[$0] == nil }).sorted()
  }
}

/// A tier that most networks have, and how it is recognised. `docs/language.md` lists the same table.
package struct UsualTier: Sendable {
  package var name: String
  /// Kinds that are of this tier whatever else is said.
  package var kinds: [String]
  /// Values of the tags and labels of `keys` that name it.
  package var words: [String]
  /// Names that suggest it, if nothing else says what a thing is: an assumption.
  package let names: [String]
  let patterns: [Pattern]

  init(name: String, kinds: [String], words: [String], names: [String]) {
    self.name = name
    self.kinds = kinds
    self.words = words
    self.names = names
    patterns = names.map { Pattern($0) }
  }

  /// The tags and labels that are asked for a tier's word.
  package static let keys = [
    "tier", "Tier", "role", "Role", "layer", "Layer", "app.kubernetes.io/component", "component", "tierproof/tier",
  ]

  package static let all: [UsualTier] = [
    UsualTier(
      name: "database",
      kinds: ["rds", "aurora", "docdb", "neptune", "redshift", "rds-proxy"],
      words: ["database", "db", "data", "sql"],
      names: ["*database*", "db", "db-*", "*-db", "*-db-*", "*postgres*", "*mysql*", "*mariadb*", "*mongo*"]),
    UsualTier(
      name: "cache",
      kinds: ["elasticache", "memorydb", "dax"],
      words: ["cache"],
      names: ["cache", "cache-*", "*-cache", "*-cache-*", "*redis*", "*memcached*"]),
    UsualTier(
      name: "lb",
      kinds: ["alb", "nlb", "elb", "gwlb", "ingress", "gateway"],
      words: ["lb", "load-balancer", "loadbalancer", "ingress"],
      names: ["lb", "lb-*", "*-lb", "*-lb-*", "*haproxy*", "*ingress-nginx*"]),
    UsualTier(
      name: "web",
      kinds: [],
      words: ["web", "frontend", "presentation"],
      names: ["web", "web-*", "*-web", "*-web-*", "frontend", "frontend-*", "*-frontend", "*-frontend-*"]),
    UsualTier(
      name: "app",
      kinds: [],
      words: ["app", "application", "backend", "service", "api"],
      names: ["app", "app-*", "*-app", "*-app-*", "backend", "backend-*", "*-backend", "*-backend-*", "*-api", "api-*"]),
    UsualTier(
      name: "bastion",
      kinds: [],
      words: ["bastion", "jump", "jumphost"],
      names: ["*bastion*", "jump", "jump-*", "*jumphost*", "*jump-host*", "*-jump"]),
    UsualTier(
      name: "management",
      kinds: [],
      words: ["management", "mgmt", "admin"],
      names: ["mgmt", "mgmt-*", "*-mgmt", "*management*"]),
    UsualTier(
      name: "edge",
      kinds: ["cloudfront", "apigateway"],
      words: ["edge", "dmz"],
      names: ["edge", "edge-*", "*-edge", "dmz", "dmz-*", "*-dmz"]),
  ]
}
