import NetworkModel

/// The hosts of some endpoints, those together that have the same classes: whatever holds of one holds of each.
struct HostKinds {
  struct Host {
    /// One endpoint of each class among its own.
    var endpoints: [EndpointID]
  }

  /// The hosts' canonical keys, in the network's order.
  private(set) var keys: [String] = []
  /// The kind of each.
  private(set) var kinds: [Int] = []
  /// Two hosts of each kind, as far as there are two: enough to ask what holds between them.
  private(set) var members: [[Host]] = []

  /// The ends of a host of a kind: of the first one, or of a second.
  func ends(of kind: Int, second: Bool = false) -> [TableEnd] {
    members[kind][second ? 1 : 0].endpoints.map { .endpoint($0) }
  }

  /// How many hosts there are of each kind.
  var sizes: [Int] {
    var sizes = [Int](repeating: 0, count: members.count)
    for kind in kinds { sizes[kind] += 1 }
    return sizes
  }

  init(_ engine: Engine, _ endpoints: [EndpointID]) {
    var hosts: [Host] = []
    var numbers: [String: Int] = [:]
    var classes: [[Int]] = []
    for endpoint in endpoints {
      let key = engine.network[endpoint].host
      let number = numbers[key] ?? hosts.count
      if number == hosts.count {
        numbers[key] = number
        keys.append(key)
        hosts.append(Host(endpoints: []))
        classes.append([])
      }
      let own = engine.classes.number(of: endpoint)
      if !classes[number].contains(own) {
        hosts[number].endpoints.append(endpoint)
        classes[number].append(own)
      }
    }
    var known: [[Int]: Int] = [:]
    for (host, classes) in zip(hosts, classes) {
      let kind = known[classes.sorted()] ?? members.count
      if kind == members.count {
        known[classes.sorted()] = kind
        members.append([])
      }
      if members[kind].count < 2 { members[kind].append(host) }
      kinds.append(kind)
    }
  }
}
