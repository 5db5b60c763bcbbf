import Diagnostics
import Properties
import Reporting
import Rules
import Snapshots

extension LoadedSnapshot {
  /// Judges the project's rules; the core pack where it names none.
  func check() throws -> CheckReport {
    let context = ReportContext(network: snapshot.network, sources: snapshot.sources)
    var report = CheckReport(
      verdicts: [], context: context, diagnostics: snapshot.diagnostics, census: snapshot.census.words)
    guard snapshot.isWhole else { return report }
    let (rules, files) = try rules()
    let (verdicts, faults) = RuleJudge.judge(rules, on: ground(rules))
    if !faults.isEmpty {
      say(faults.map(\.diagnostic), in: files)
      throw ExitStatus.unusable
    }
    report.verdicts = verdicts
    return report
  }

  /// The rules of the project's packs and rule files, and the files that they stand in.
  private func rules() throws -> (rules: [Rule], files: SourceMap) {
    var files = SourceMap()
    var rules: [Rule] = []
    var diagnostics: [Diagnostic] = []
    for name in snapshot.project.rules ?? [] {
      if RulePack(rawValue: name.value) == nil,
        name.value.hasPrefix("/") || name.value.split(separator: "/").contains("..")
      {
        say(
          [
            Diagnostic(
              code: "TP0403", severity: .error, message: "a rule file lies below the project file",
              primary: Diagnostic.Label(range: name.range, text: "this path leads elsewhere"))
          ], in: snapshot.sources)
        throw ExitStatus.unusable
      }
    }
    let named = snapshot.project.rules?.map { (name: $0.value, folder: folder(of: $0.range)) }
    for (name, folder) in named ?? [(RulePack.core.rawValue, "")] {
      let reader: RuleFileReader
      if let pack = RulePack(rawValue: name) {
        reader = pack.rules(&files)
      } else {
        let path = folder + name
        let file = files.add(path: path, bytes: Array(try InputFile(path: path).text().utf8))
        reader = RuleFileReader(files[file])
      }
      diagnostics += reader.diagnostics
      for rule in reader.rules where !rules.contains(where: { $0.id == rule.id }) { rules.append(rule) }
    }
    say(diagnostics, in: files)
    if diagnostics.contains(where: { $0.severity == .error }) { throw ExitStatus.unusable }
    return (rules, files)
  }

  /// The folder of the file in which a range stands, with its slash.
  private func folder(of range: SourceRange) -> String {
    let path = snapshot.sources[range.file].path
    return path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
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
