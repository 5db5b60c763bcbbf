package import PacketSpace

/// Names of services that stand for traffic: those of IANA over tcp, and the short ones that people say.
package enum ServiceNames {
  /// In the order in which they are listed. `dns` alone speaks of both transports: one without the other is never meant.
  package static let ports: [(name: String, ports: [UInt16])] = [
    ("ftp-data", [20]), ("ftp", [21]), ("ssh", [22]), ("telnet", [23]), ("smtp", [25]), ("domain", [53]),
    ("http", [80]),
    ("kerberos", [88]), ("pop3", [110]), ("ntp", [123]), ("msrpc", [135]), ("imap", [143]), ("snmp", [161]),
    ("ldap", [389]), ("https", [443]), ("smb", [445]), ("submissions", [465]), ("syslog", [514]), ("submission", [587]),
    ("ldaps", [636]), ("imaps", [993]), ("pop3s", [995]), ("mssql", [1433]), ("oracle", [1521]), ("nfs", [2049]),
    ("zookeeper", [2181]), ("docker", [2375, 2376]), ("etcd", [2379, 2380]), ("mysql", [3306]), ("rdp", [3389]),
    ("postgres", [5432]), ("postgresql", [5432]), ("redshift", [5439]), ("amqp", [5672]), ("amqps", [5671]),
    ("winrm", [5985, 5986]), ("redis", [6379]), ("kubernetes-api", [6443]), ("cassandra", [9042]), ("kafka", [9092]),
    ("elasticsearch", [9200]), ("opensearch", [9200]), ("kubelet", [10250]), ("memcached", [11211]),
    ("mongodb", [27017]), ("mqtt", [1883]), ("secure-mqtt", [8883]), ("vnc", [5900]), ("grpc", [50051]),
  ]

  private static let byName = Dictionary(ports.map { ($0.name, $0.ports) }, uniquingKeysWith: { first, _ in first })

  /// What a name stands for: `https`, or `https/udp` over another transport.
  package static func traffic(_ word: String) -> TrafficSet? {
    if word == "dns" { return TrafficSet.tcp(53).union(.udp(53)) }
    let parts = word.split(separator: "/", omittingEmptySubsequences: false)
    guard parts.count <= 2, let ports = byName[String(parts[0])] else { return nil }
    var transport = IPProtocol.tcp
    if parts.count == 2 {
      guard let other = IPProtocol(name: parts[1]), other.hasPorts, Int(parts[1]) == nil else { return nil }
      transport = other
    }
    return TrafficSet(transport, destination: PortSet(ports.map { PortRange($0) }))
  }

  /// The first name of a port over tcp.
  package static func name(of port: UInt16) -> String? { ports.first { $0.ports == [port] }?.name }
}
