import Diagnostics
import Foundation
import NetworkModel
import PacketSpace
import Reachability
import Snapshots
import TestSupport
import Testing

/// Questions with known answers, asked of the engine by id and address.
@Suite struct `Known answers` {
  /// One row of an `expected.csv`.
  struct Row {
    var source: String
    var destination: String
    var traffic: TrafficSet
    var isReachable: Bool
    var text: String
  }

  static func rows(_ file: URL) throws -> [Row] {
    let lines = try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst()
    return lines.compactMap { line in
      let cells = line.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
      guard cells.count >= 5, cells[2] != "adjacent" else { return nil }
      let word = Int(cells[2]) == nil ? cells[2] : "ip/\(cells[2])"
      let traffic = cells[3].isEmpty ? word : "\(word)/\(cells[3])"
      guard let set = TrafficSet(traffic) else { return nil }
      return Row(
        source: cells[0], destination: cells[1], traffic: set, isReachable: cells[4] == "reachable", text: String(line))
    }
  }

  static func faults(_ snapshot: URL, answers: URL) throws -> (faults: [String], asked: Int) {
    var request = SnapshotRequest(paths: [snapshot.path])
    let project = answers.appendingPathComponent("tierproof.yaml")
    if FileManager.default.fileExists(atPath: project.path) { request.config = project.path }
    let loaded = SnapshotLoader.load(request)
    let asker = Asker(loaded.network)
    let rows = try rows(answers.appendingPathComponent("expected.csv"))
    var faults: [String] = []
    for diagnostic in loaded.diagnostics where diagnostic.severity == .error { faults.append(diagnostic.message) }
    for row in rows {
      let answer = asker.ask(row.source, row.destination, row.traffic)
      if answer != row.isReachable {
        faults.append("\(answer.map { $0 ? "reachable" : "unreachable" } ?? "undecided"): \(row.text)")
      }
    }
    return (faults, rows.count)
  }

  @Test(arguments: ["template.yaml", "snapshot"]) func `one network by two front ends has the same answers`(
    form: String
  ) throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let pair = shared.appendingPathComponent("corpora/cloudformation/core-pair")
    let answers = pair.appendingPathComponent(form == "snapshot" ? "answers-snapshot" : "answers-template")
    let (faults, asked) = try Self.faults(pair.appendingPathComponent(form), answers: answers)
    #expect(faults == [])
    #expect(asked == 12)
  }

  @Test(arguments: [
    "test-load-balancer", "test-public-subnet", "test-subnet", "test-vpc-peering", "test-multi-account",
    "test-vpc-endpoint-interface",
  ])
  func `snapshots of real networks have their answers`(name: String) throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let folder = shared.appendingPathComponent("corpora/aws-snapshots/\(name)")
    let (faults, _) = try Self.faults(folder, answers: folder)
    #expect(faults == [])
  }
}

extension `Known answers` {
  @Test func `a designed estate of two accounts and regions has its answers`() throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let folder = shared.appendingPathComponent("corpora/aws-estate")
    let (faults, asked) = try Self.faults(folder, answers: folder)
    #expect(faults == [])
    #expect(asked == 25)
  }

  @Test(arguments: [
    "test-direct-connect-gateway", "test-transit-gateway", "test-transit-gateway-multi-account",
    "test-transit-gateway-multi-table", "test-transit-gateway-peering",
  ])
  func `what is not modelled is undecided and never wrong`(name: String) throws {
    guard let shared = SharedCorpora.root else { return print("skipped: no shared corpora") }
    let folder = shared.appendingPathComponent("corpora/aws-snapshots/\(name)")
    let (faults, _) = try Self.faults(folder, answers: folder)
    #expect(faults.filter { !$0.hasPrefix("undecided: ") } == [])
  }
}

/// Looks names up and asks the engine.
struct Asker {
  let engine: Engine

  init(_ network: Network) { engine = Engine(network) }

  /// Reachable, unreachable, or neither.
  func ask(_ source: String, _ destination: String, _ traffic: TrafficSet) -> Bool? {
    var may = false
    var must = false
    for from in sources(source) {
      for to in destinations(destination) {
        let answered = engine.connection(from, to).answered
        may = may || answered.may.overlaps(traffic)
        must = must || answered.must.overlaps(traffic)
      }
    }
    return must ? true : may ? nil : false
  }

  private func endpoints(_ name: String) -> [EndpointID] {
    engine.network.endpoints.indices.map { EndpointID($0) }.filter { id in
      let endpoint = engine.network[id]
      return endpoint.identity.aliases.contains { $0.text == name } || endpoint.host == name
        || endpoint.attributes.values[.vpc]?.contains(name) == true
    }
  }

  private func sources(_ name: String) -> [Source] {
    guard let number = IPAddress(name) else { return endpoints(name).map { .endpoint($0) } }
    let network = engine.network
    for index in network.endpoints.indices {
      for placement in network.endpoints[index].placements
      where placement.addresses.contains(.prefix(IPPrefix(host: number))) {
        return [.addressOf(EndpointID(index), number)]
      }
    }
    let segments = network.segments.indices.map { SegmentID($0) }.filter { id in
      network[id].prefixes.contains { $0.contains(number) }
    }
    if !segments.isEmpty { return segments.map { .host(number, $0) } }
    return network.zones.indices.map { ZoneID($0) }.filter { network[$0].addresses.contains(number) }
      .map { .zone($0, within: AddressSet(number)) }
  }

  private func destinations(_ name: String) -> [Destination] {
    if let number = IPAddress(name) { return [.address(number)] }
    return endpoints(name).map { .endpoint($0) }
  }
}
