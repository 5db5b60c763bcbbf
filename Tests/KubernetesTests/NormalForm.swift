import Foundation
import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import Testing

/// A connectivity table in a form in which it does not matter how finely the outside is cut: for each pair of a workload and what may be
/// outside, and each kind of traffic, the addresses.
struct NormalForm {
  private struct Key: Hashable {
    var source: String
    var destination: String
    var traffic: TrafficSet
  }

  private static let outside = "[External]"
  private static let ports = PortSet(PortRange(lower: 1, upper: .max))
  private var pairs: [Key: AddressSet] = [:]

  /// A table as the command prints it.
  init(cluster: Cluster) {
    let table = ConnectivityTable(
      cluster.engine, endpoints: cluster.result.pods.map(\.endpoint), external: cluster.result.external)
    var names: [String: String] = [:]
    for pod in cluster.result.pods {
      let endpoint = cluster.network[pod.endpoint]
      names[endpoint.host] = endpoint.identity.aliases.first?.text
    }
    let rows = table.ends.indices.flatMap { source in
      table.entries(from: source).map {
        (source: table.ends[source], destination: table.ends[$0.destination], answered: table.answers[$0.answer])
      }
    }
    for row in rows {
      var addresses = AddressSet.allIPv4
      func name(_ peer: ConnectivityTable.Peer) -> String {
        switch peer {
        case .host(let key): return names[key] ?? key
        case .outside(_, let set):
          addresses = set.restricted(to: .v4)
          return Self.outside
        }
      }
      let source = name(row.source)
      let destination = name(row.destination)
      add(source, destination, Self.traffic(row.answered.must), addresses)
      if row.answered.must != row.answered.may {
        Issue.record("\(source) -> \(destination) is undecided, where nothing is unknown")
      }
    }
    fold()
  }

  init(csv lines: [String]) throws {
    for line in lines {
      let fields = Self.fields(line)
      var addresses = AddressSet.allIPv4
      func name(_ text: String) throws -> String {
        guard text.hasSuffix(Self.outside) else { return text }
        let ends = text.dropLast(Self.outside.count).split(separator: "-").compactMap { IPAddress($0) }
        addresses = AddressSet(ranges: [AddressRange(try #require(ends.first), try #require(ends.last))])
        return Self.outside
      }
      let source = try name(fields[0])
      let destination = try name(fields[1])
      if source == destination { continue }
      add(source, destination, try Self.traffic(fields[2]), addresses.restricted(to: .v4))
    }
    fold()
  }

  private mutating func add(_ source: String, _ destination: String, _ traffic: TrafficSet, _ addresses: AddressSet) {
    if traffic.isEmpty || addresses.isEmpty { return }
    pairs[Key(source: source, destination: destination, traffic: traffic), default: .none].formUnion(addresses)
  }

  /// Rows of one pair are united address by address.
  private mutating func fold() {
    let groups = Dictionary(grouping: pairs) { [$0.key.source, $0.key.destination] }
    for (_, rows) in groups where rows.count > 1 {
      for one in rows {
        for other in rows where one.key != other.key && one.value.overlaps(other.value) {
          Issue.record("rows of \(one.key.source) -> \(one.key.destination) overlap")
        }
      }
    }
  }

  func difference(from expected: NormalForm) -> [String] {
    var result: [String] = []
    for key in Set(pairs.keys).union(expected.pairs.keys) {
      let ours = pairs[key] ?? .none
      let theirs = expected.pairs[key] ?? .none
      let what = "\(key.source) -> \(key.destination) \(key.traffic.portListing ?? "none")"
      if !ours.subtracting(theirs).isEmpty { result.append("too much: \(what) \(ours.subtracting(theirs))") }
      if !theirs.subtracting(ours).isEmpty { result.append("missing: \(what) \(theirs.subtracting(ours))") }
    }
    return result.sorted()
  }

  private static func traffic(_ set: TrafficSet) -> TrafficSet {
    var result = TrafficSet.none
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      let ports = set.destinationPorts(of: proto).intersection(ports)
      if !ports.isEmpty { result.formUnion(TrafficSet(proto, destination: ports)) }
    }
    return result
  }

  /// `All Connections`, or `TCP 80,443,UDP 53`.
  private static func traffic(_ text: String) throws -> TrafficSet {
    if text == "All Connections" { return traffic(.any) }
    var result = TrafficSet.none
    var proto: IPProtocol?
    for item in text.split(separator: ",") {
      var words = item.split(separator: " ")
      if let first = words.first, let named = IPProtocol(name: first), !first.allSatisfy(\.isNumber) {
        proto = named
        words.removeFirst()
      }
      let numbers = words.first?.split(separator: "-").compactMap { UInt16($0) } ?? [1, .max]
      let range = PortRange(lower: try #require(numbers.first), upper: try #require(numbers.last))
      result.formUnion(TrafficSet(try #require(proto), destination: PortSet(range)))
    }
    return result
  }

  /// The fields of a line of CSV with quotes.
  private static func fields(_ line: String) -> [String] {
    var fields = [""]
    var isQuoted = false
    for character in line {
      if character == "\"" {
        isQuoted.toggle()
      } else if character == ",", !isQuoted {
        fields.append("")
      } else {
        fields[fields.count - 1].append(character)
      }
    }
    return fields
  }
}
