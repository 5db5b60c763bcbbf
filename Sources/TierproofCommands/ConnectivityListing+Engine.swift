import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Reporting

extension ConnectivityListing {
  /// Everything that is answered between the endpoints of a network, and between them and what lies outside.
  ///
  /// Under `--external policy` a cluster that stands alone has an outside of its own, which only its pods are listed with.
  init(_ engine: Engine, clusters: [KubernetesBuildResult]) {
    let network = engine.network
    let all = network.endpoints.indices.map { EndpointID($0) }
    var apart: Set<EndpointID> = []
    var outside: [ConnectivityTable.Outside] = []
    var nameless: Set<ZoneID> = []
    for cluster in clusters {
      guard let zone = cluster.external else { continue }
      let pods = cluster.pods.map(\.endpoint)
      apart.formUnion(pods)
      nameless.insert(zone)
      outside.append(ConnectivityTable.Outside(zone: zone, endpoints: pods))
    }
    for index in network.zones.indices where !nameless.contains(ZoneID(index)) {
      if case .implicit = network.zones[index].kind { continue }
      outside.append(
        ConnectivityTable.Outside(zone: ZoneID(index), endpoints: all.filter { !apart.contains($0) }))
    }

    let names = Self.names(network)
    let table = ConnectivityTable(engine, endpoints: all, outside: outside)
    let ends = table.ends.map { end -> Peer in
      switch end {
      case .host(let key): .named(names[key] ?? key)
      case .outside(let zone, let set):
        .outside(
          set, name: !nameless.contains(zone) && set == network[zone].addresses ? network[zone].identity.name : nil)
      }
    }
    let answers = table.answers.map { Answer(must: $0.must, may: $0.may) }
    self.init(ends: ends, answers: answers, rowsOfAnswers: table.rowsOfAnswers) { source in
      table.entries(from: source).map { Entry(destination: $0.destination, answer: $0.answer) }
    }
  }

  /// What people call each host; its key where another host has the same name.
  private static func names(_ network: Network) -> [String: String] {
    var names: [String: String] = [:]
    var bearers: [String: Int] = [:]
    for endpoint in network.endpoints where names[endpoint.host] == nil {
      // `namespace/name[Kind]` for workloads, whatever else they are called.
      let name = endpoint.identity.aliases.first { $0.form == .objectName }?.text ?? endpoint.identity.name
      names[endpoint.host] = name
      bearers[name, default: 0] += 1
    }
    return Dictionary(uniqueKeysWithValues: names.map { ($0.key, bearers[$0.value] == 1 ? $0.value : $0.key) })
  }
}
