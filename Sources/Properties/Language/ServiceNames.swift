package import PacketSpace

/// Names of services, over TCP unless said otherwise: the IANA ones that people type, and a few short ones.
package enum ServiceNames {
  /// Name and port; the first name of a port is the one that is printed.
  private static let list: [(name: String, port: UInt16)] = [
    ("ssh", 22), ("smtp", 25), ("dns", 53), ("domain", 53), ("http", 80), ("kerberos", 88), ("pop3", 110), ("ntp", 123),
    ("imap", 143), ("snmp", 161), ("ldap", 389), ("https", 443), ("smb", 445), ("microsoft-ds", 445), ("syslog", 514),
    ("submission", 587), ("ldaps", 636), ("dns-tls", 853), ("imaps", 993), ("pop3s", 995), ("mssql", 1433),
    ("ms-sql-s", 1433), ("oracle", 1521), ("nfs", 2049), ("zookeeper", 2181), ("etcd", 2379), ("docker", 2375),
    ("mysql", 3306), ("rdp", 3389), ("ms-wbt-server", 3389), ("postgres", 5432), ("postgresql", 5432), ("amqp", 5672),
    ("amqps", 5671), ("vnc", 5900), ("winrm", 5985), ("redis", 6379), ("kubernetes", 6443), ("cassandra", 9042),
    ("kafka", 9092), ("elasticsearch", 9200), ("kubelet", 10250), ("memcached", 11211), ("mongodb", 27017),
    ("ftp", 21), ("telnet", 23),
  ]

  package static func port(_ name: String) -> UInt16? { list.first { $0.name == name }?.port }

  package static func name(_ port: UInt16) -> String? { list.first { $0.port == port }?.name }

  package static var names: [String] { list.map(\.name) }

  /// Traffic with the names of services before their numbers, where a single port of TCP has one: `postgres (tcp/5432)`.
  package static func describe(_ traffic: TrafficSet) -> String {
    let ports = traffic.destinationPorts(of: .tcp)
    guard ports.ranges.count == 1, ports.ranges[0].lower == ports.ranges[0].upper,
      let name = name(ports.ranges[0].lower), traffic.forgettingSourcePorts == .tcp(ports.ranges[0].lower)
    else { return traffic.forgettingSourcePorts.description }
    return "\(name) (tcp/\(ports.ranges[0].lower))"
  }
}
