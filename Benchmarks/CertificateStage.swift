import CertificateChecker
import Certificates
import Diagnostics
import Language
import NetworkModel
import Properties
import Reachability

/// A proof and a refutation written as a certificate, and checked again by code that shares no engine with them.
struct CertificateStage {
  static let lines = [EstateBenchmark.proved, EstateBenchmark.violated]

  var basis: EngineBasis
  var runs: Int

  func run() throws {
    let (written, text) = try Stopwatch.best(of: runs) { try write() }
    report("certificate, judged and written", written, "\(text.utf8.count / 1000) kB")
    let (checked, rechecks) = Stopwatch.best(of: runs) { check(text) }
    report("certificate, checked again", checked, rechecks.map { "\($0.outcome)" }.joined(separator: ", "))
  }

  func write() throws -> String {
    let network = basis.compiled.network
    let evaluator = Evaluator(Evaluator.Ground(basis))
    let keys = ModelKeys(network)
    let properties = try Self.lines.map { line in
      let verdict = try evaluator.verdict(try Parser.property(line))
      return try evaluator.certified(verdict, line: line, keys: keys) { _ in nil }
    }
    let certificate = Certificate(
      tool: "benchmarks", options: Certificate.Options(isStrict: false, ipBlocks: nil, external: "exposed"), inputs: [],
      assumptions: Set(network.assumptions.map(\.certified)).sorted(),
      gaps: Set(network.gaps.map(\.certified)).sorted(),
      rules: [Certificate.Rule(id: "BENCH-001", properties: properties)])
    return certificate.text
  }

  func check(_ text: String) -> [Recheck] {
    var sources = SourceMap()
    let file = sources.add(path: "certificate", bytes: Array(text.utf8))
    guard let certificate = CertificateReader(sources[file]).certificate else { fatalError("no certificate") }
    return CertificateChecker(basis.compiled.network).check(
      certificate, rules: [CertificateChecker.RuleLines(id: "BENCH-001", lines: Self.lines)])
  }
}
