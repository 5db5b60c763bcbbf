import Diagnostics
import Documents
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

  static let proved = "forbid internet -> kind:interface & tag:tier=database"
  static let violated = "forbid internet -> kind:interface & tag:tier=public"

  /// Makes the estate's files, hands over their folder, and takes it away again.
  static func withFolder(of endpoints: Int, _ body: (_ folder: URL, _ bytes: Int) throws -> Void) throws {
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
    try body(folder, bytes)
  }

  func run() throws {
    try Self.withFolder(of: endpoints) { folder, bytes in
      let base = Stopwatch.peakMegabytes
      print("estate of \(endpoints) interfaces, \(bytes / 1_000_000) MB of JSON")
      try run(folder, bytes)
      print("peak memory \(Stopwatch.peakMegabytes) MB, \(base) MB of it before anything was loaded")
    }
  }

  private func run(_ folder: URL, _ bytes: Int) throws {
    func speed(_ seconds: Double) -> String { "\(Int(Double(bytes) / seconds / 1e6)) MB/s" }
    let (read, nodes) = Stopwatch.best(of: runs) { Self.nodes(in: folder) }
    report("JSON into nodes", read, "\(speed(read)), \(nodes) nodes")
    let (load, snapshot) = Stopwatch.best(of: runs) { SnapshotLoader.load(SnapshotRequest(paths: [folder.path])) }
    guard snapshot.isWhole else { fatalError("the estate does not load: \(snapshot.diagnostics.prefix(3))") }
    report("load", load, "\(speed(load)), \(snapshot.network.gaps.count) gaps")
    let (compile, basis) = Stopwatch.best(of: runs) { EngineBasis(snapshot.network) }
    report("compile", compile, "\(basis.classes.count) classes")
    if CommandLine.arguments.contains("--load") { return }
    let pairs = allPairs(basis)
    // Of what was loaded and compiled: names and everything else that a question needs is made in its time.
    for text in [Self.proved, Self.violated] {
      let (seconds, verdict) = try Stopwatch.best(of: runs) {
        try Evaluator(Evaluator.Ground(basis)).verdict(try Parser.property(text))
      }
      report(text, seconds, "\(verdict.verdict)")
    }
    try edit(basis)
    try CertificateStage(basis: basis, runs: runs).run()
    if endpoints <= InterpreterStage.most { InterpreterStage(basis: basis, secondsOfAllPairs: pairs).run() }
  }

  /// Every pair of hosts, and every host with every part of every zone.
  static func table(_ basis: EngineBasis) -> ConnectivityTable {
    let network = basis.compiled.network
    let ends = network.endpoints.indices.map { EndpointID($0) }
    let zones = network.zones.indices.map { ConnectivityTable.Outside(zone: ZoneID($0), endpoints: ends) }
    return ConnectivityTable(Engine(basis), endpoints: ends, outside: zones)
  }

  private func allPairs(_ basis: EngineBasis) -> Double {
    let (seconds, table) = Stopwatch.best(of: runs) { Self.table(basis) }
    report(
      "all pairs, folded", seconds,
      "\(table.answers.count) different answers, \(table.rowsOfAnswers.reduce(0, +)) rows")
    return seconds
  }

  /// One rule of one group taken out, and the question asked again: nothing is kept of what was compiled and found before.
  private func edit(_ basis: EngineBasis) throws {
    var network = basis.compiled.network
    guard let number = network.filters.firstIndex(where: { $0.ingress?.rules.count ?? 0 > 1 }) else { return }
    network.filters[number].ingress?.rules.removeLast()
    let (seconds, verdict) = try Stopwatch.best(of: runs) {
      try Evaluator(Evaluator.Ground(network)).verdict(try Parser.property(Self.proved))
    }
    report("one rule less, compiled and asked again", seconds, "\(verdict.verdict)")
  }

  /// Reads every file and throws the nodes away.
  static func nodes(in folder: URL) -> Int {
    let paths = FileManager.default.enumerator(atPath: folder.path)?.compactMap { $0 as? String } ?? []
    return paths.filter { $0.hasSuffix(".json") }.sorted().reduce(0) { count, path in
      guard let data = FileManager.default.contents(atPath: folder.path + "/" + path) else { return count }
      var sources = SourceMap()
      let file = sources.add(path: path, bytes: [UInt8](data))
      return count + DocumentReader.read(sources[file]).documents.reduce(0) { $0 + $1.nodeCount }
    }
  }
}

/// One line of the table.
func report(_ stage: String, _ seconds: Double, _ note: String) {
  print("\(stage): \(String(format: "%.4f", seconds)) s  (\(note))")
}
