import Certificates
import Diagnostics
import Language
import Properties
import Reporting
import Rules
import Snapshots

extension LoadedSnapshot {
  /// Judges the project's rules; the core pack where it names none.
  ///
  /// - Parameter certify: whether a certificate is wanted too, which costs time.
  /// - Returns: what was found out, and the files in which the rules stand.
  /// - Throws: an `ExitStatus` where rules cannot be read or asked, after saying why.
  func check(certify: Bool = false) throws -> (report: CheckReport, ruleFiles: SourceMap) {
    let context = ReportContext(network: snapshot.network, sources: snapshot.sources)
    var report = CheckReport(
      verdicts: [], context: context, diagnostics: snapshot.diagnostics, census: snapshot.census.words)
    guard snapshot.isWhole else { return (report, SourceMap()) }
    let (rules, files) = try rules()
    let certifying =
      certify
      ? RuleJudge.Certifying(keys: ModelKeys(snapshot.network), place: Self.place(in: snapshot.sources)) : nil
    let (verdicts, faults) = RuleJudge.judge(rules, on: snapshot.ground(rules), certifying: certifying)
    if !faults.isEmpty {
      say(faults.map(\.diagnostic), in: files)
      throw ExitStatus.unusable
    }
    report.verdicts = verdicts
    return (report, files)
  }

  /// The rules of the project's packs and rule files, and the files that they stand in.
  func rules() throws -> (rules: [Rule], files: SourceMap) {
    var files = SourceMap()
    var rules: [Rule] = []
    var diagnostics: [Diagnostic] = []
    let core = Ranged(RulePack.core.rawValue, SourceRange(file: FileID(rawValue: 0), start: 0, end: 0))
    for name in snapshot.project.rules ?? [core] {
      let reader: RuleFileReader
      if let pack = RulePack(rawValue: name.value) {
        reader = pack.rules(&files)
      } else {
        guard let (file, problems) = snapshot.folder?.add(name, to: &files) else { continue }
        say(problems, in: snapshot.sources)
        guard let file else { throw ExitStatus.unusable }
        reader = RuleFileReader(files[file])
      }
      diagnostics += reader.diagnostics
      for rule in reader.rules where !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
    }
    say(diagnostics, in: files)
    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.unusable }
    return (rules, files)
  }
}

extension Census {
  /// What was read, in words.
  fileprivate var words: [String] {
    let counts = [
      (templates, "template"), (manifests, "manifest file"), (describeOutputs, "describe output"),
    ]
    var words = counts.filter { $0.0 > 0 }.map { "\($0.0) \($0.1)\($0.0 == 1 ? "" : "s")" }
    if words.isEmpty { words = ["nothing"] }
    if others > 0 { words.append("\(others) files not ours") }
    return words
  }
}
