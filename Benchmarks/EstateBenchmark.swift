import Foundation
import Language
import NetworkModel
import Properties
import Reachability
import Snapshots

/// An AWS estate from the outputs of describe calls to verdicts.
struct EstateBenchmark {
  var endpoints: Int
  var runs: Int

  func run() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tierproof-estate-\(endpoints)")
    try? FileManager.default.removeItem(at: folder)
    defer { if !CommandLine.arguments.contains("--keep") { try? FileManager.default.removeItem(at: folder) } }
    var bytes = 0
    try Estate(endpoints: endpoints).files { file in
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.text.utf8).write(to: url)
      bytes += file.text.utf8.count
    }
    let base = Stopwatch.peakMegabytes
    print("estate of \(endpoints) interfaces, \(bytes / 1_000_000) MB of JSON")
    let (load, snapshot) = Stopwatch.best(of: runs) { SnapshotLoader.load(SnapshotRequest(paths: [folder.path])) }
    guard snapshot.isWhole else { fatalError("the estate does not load: \(snapshot.diagnostics.prefix(3))") }
    report("load", load, "\(Int(Double(bytes) / load / 1e6)) MB/s, \(snapshot.network.gaps.count) gaps")
    let (compile, basis) = Stopwatch.best(of: runs) { EngineBasis(snapshot.network) }
    report("compile", compile, "\(basis.classes.count) classes")
    if CommandLine.arguments.contains("--load") { return }
    let ends = snapshot.network.endpoints.indices.map { EndpointID($0) }
    let zones = snapshot.network.zones.indices.map {
      ConnectivityTable.Outside(zone: ZoneID($0), endpoints: ends)
    }
    let (pairs, table) = Stopwatch.best(of: runs) {
      ConnectivityTable(Engine(basis), endpoints: ends, outside: zones)
    }
    report(
      "all pairs, folded", pairs, "\(table.answers.count) different answers, \(table.rowsOfAnswers.reduce(0, +)) rows")
    for text in [
      "forbid internet -> kind:interface & tag:tier=database", "forbid internet -> kind:interface & tag:tier=public",
    ] {
      let (seconds, verdict) = try Stopwatch.best(of: runs) {
        try Evaluator(Evaluator.Ground(basis)).verdict(try Parser.property(text))
      }
      report(text, seconds, "\(verdict.verdict)")
    }
    print("peak memory \(Stopwatch.peakMegabytes) MB, \(base) MB of it before anything was loaded")
  }
}

/// One line of the table.
func report(_ stage: String, _ seconds: Double, _ note: String) {
  print("\(stage): \(String(format: "%.4f", seconds)) s  (\(note))")
}
