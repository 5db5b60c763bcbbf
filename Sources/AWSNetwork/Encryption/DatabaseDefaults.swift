import NetworkModel

/// What database engines do by default (rules reference, section 3: the engines' own guides).
enum DatabaseDefaults {
  static func port(engine: String?, kind: String) -> Int? {
    guard let engine else { return kind == "elasticache" ? 6379 : nil }
    if engine.contains("postgres") { return 5432 }
    if engine.contains("mysql") || engine.contains("mariadb") || engine == "aurora" { return 3306 }
    if engine.hasPrefix("oracle") { return 1521 }
    if engine.hasPrefix("sqlserver") { return 1433 }
    if engine == "redis" || engine == "valkey" { return 6379 }
    if engine == "memcached" { return 11211 }
    return nil
  }

  /// The parameter by which an engine refuses plaintext.
  static func parameter(engine: String) -> String? {
    if engine.contains("postgres") || engine.hasPrefix("sqlserver") { return "rds.force_ssl" }
    if engine.contains("mysql") || engine == "mariadb" || engine == "aurora" { return "require_secure_transport" }
    return nil
  }

  /// Whether the engine refuses plaintext when nothing is set; `nil`: not known.
  static func refusesPlaintext(engine: String, version: String?) -> Bool? {
    let parts = (version ?? "").split(separator: ".").compactMap { Int($0) }
    func atLeast(_ major: Int, _ minor: Int = 0) -> Bool? {
      guard let first = parts.first else { return nil }
      if first != major { return first > major }
      return minor == 0 ? true : parts.count > 1 ? parts[1] >= minor : nil
    }
    if engine == "postgres" { return atLeast(15) }
    if engine == "aurora-postgresql" { return atLeast(17) }
    if engine == "mysql" || engine == "aurora-mysql" || engine == "aurora" { return false }
    if engine == "mariadb" { return atLeast(11, 8) }
    if engine.hasPrefix("sqlserver") { return false }
    return nil
  }
}
