import Foundation
import Kubernetes
import NetworkModel
import PacketSpace
import Reachability
import TestSupport
import Testing

@Suite struct CorporaTests {
  private static let transports: [String: IPProtocol] = ["TCP": .tcp, "UDP": .udp, "SCTP": .sctp]

  @Test func `every point of cyclonus is as Kubernetes has it`() throws {
    guard let root = SharedCorpora.directory("kubernetes/cyclonus") else { return }
    var points = 0
    for truth in SharedCorpora.files(in: root, withExtension: "csv") where truth.lastPathComponent == "truth.csv" {
      let cluster = try Cluster(
        directory: truth.deletingLastPathComponent().appendingPathComponent("manifests"),
        options: ClusterOptions(ipBlocks: .pods, external: .policy))
      var wrong: [String] = []
      var pair: (source: String, destination: String, connection: Connection)?
      for line in try lines(truth) {
        let fields = line.split(separator: ",").map(String.init)
        let proto = try #require(Self.transports[fields[2]])
        let port = try #require(UInt16(fields[3]))
        if pair?.source != fields[0] || pair?.destination != fields[1] {
          pair = (fields[0], fields[1], cluster.connection(fields[0], fields[1]))
        }
        let connection = pair?.connection ?? .nothing
        let point = TrafficPoint.ports(proto, from: 40000, to: port)
        // A pod always reaches itself.
        let isSelf = fields[0] == fields[1]
        let must = isSelf || connection.answered.must.contains(point)
        let may = isSelf || connection.answered.may.contains(point)
        if must != (fields[4] == "true") || may != must { wrong.append(line) }
        points += 1
      }
      #expect(wrong.isEmpty, "\(truth.path.suffix(40)): \(wrong.count) wrong, such as \(wrong.prefix(3))")
    }
    #expect(points == 53_040)
  }

  @Test(arguments: ["connectivity", "generated"])
  func `connectivity is what netpol-analyzer says`(suite: String) throws {
    guard let root = SharedCorpora.directory("kubernetes/\(suite)") else { return }
    let foreign = /kind: *"?(AdminNetworkPolicy|BaselineAdminNetworkPolicy|ClusterNetworkPolicy|Ingress|Route)"?/
    for file in SharedCorpora.files(in: root, withExtension: "csv") where file.lastPathComponent == "expected.csv" {
      let manifests = file.deletingLastPathComponent().appendingPathComponent("manifests")
      let text = try SharedCorpora.files(in: manifests, withExtension: "yaml").map {
        try String(contentsOf: $0, encoding: .utf8)
      }
      if text.contains(where: { $0.contains(foreign) }) { continue }
      let cluster = try Cluster(
        directory: manifests, options: ClusterOptions(ipBlocks: .external, external: .policy))
      let name = file.deletingLastPathComponent().lastPathComponent
      let difference = try NormalForm(cluster: cluster).difference(from: NormalForm(csv: lines(file)))
      #expect(difference.isEmpty, "\(name): \(difference.count) rows differ, such as \(difference.prefix(4))")
    }
  }

  private func lines(_ file: URL) throws -> [String] {
    try String(contentsOf: file, encoding: .utf8).split(whereSeparator: \.isNewline).dropFirst().map(String.init)
  }
}
