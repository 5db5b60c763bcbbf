import Diagnostics
import Documents
import Foundation
import Kubernetes
import Language
import NetworkModel
import Properties
import Reachability
import Snapshots

/// A cluster from manifests to the list of all its pairs.
struct ClusterBenchmark {
  var folder: String
  var runs: Int

  func run() {
    var request = SnapshotRequest(paths: [folder])
    request.external = .policy
    request.ipBlocks = .external
    let texts = BareScan.texts(in: folder)
    let (scan, events) = Stopwatch.best(of: runs) { BareScan.events(in: texts) }
    report("libyaml's bare event scan", scan, "\(events) events, \(texts.reduce(0) { $0 + $1.count } / 1000) kB")
    let (read, nodes) = Stopwatch.best(of: runs) { Self.nodes(in: texts) }
    report("YAML into nodes", read, "\(nodes) nodes, \(String(format: "%.2f", read / scan)) times the bare scan")
    let (load, snapshot) = Stopwatch.best(of: runs) { SnapshotLoader.load(request) }
    guard snapshot.isWhole else { fatalError("the cluster does not load: \(snapshot.diagnostics.prefix(3))") }
    report(
      "load", load,
      "\(snapshot.network.endpoints.count) workloads, \(String(format: "%.2f", load / scan)) times the bare scan")
    let (compile, basis) = Stopwatch.best(of: runs) { EngineBasis(snapshot.network) }
    report("compile", compile, "\(basis.classes.count) classes")
    let pods = snapshot.clusters.flatMap(\.pods).map(\.endpoint)
    let zone = snapshot.clusters.first?.external
    let (pairs, table) = Stopwatch.best(of: runs) {
      ConnectivityTable(Engine(basis), endpoints: pods, external: zone)
    }
    report("all pairs, folded", pairs, "\(table.rowsOfAnswers.reduce(0, +)) rows")
    let network = snapshot.network
    let (one, other) = (network[pods[0]].identity.key, network[pods[pods.count / 2]].identity.key)
    let evaluator = Evaluator(Evaluator.Ground(basis))
    let question = "\"\(one)\" -> \"\(other)\""
    let (query, _) = Stopwatch.best(of: runs) { try? evaluator.answer(try Parser.query(question)) }
    report("one query after load", query, question)
    print("peak memory \(Stopwatch.peakMegabytes) MB")
  }

  /// Reads every manifest and throws the nodes away.
  private static func nodes(in texts: [Data]) -> Int {
    texts.reduce(0) { count, text in
      var sources = SourceMap()
      let file = sources.add(path: "manifest.yaml", bytes: [UInt8](text))
      return count + DocumentReader.read(sources[file]).documents.reduce(0) { $0 + $1.nodeCount }
    }
  }
}
