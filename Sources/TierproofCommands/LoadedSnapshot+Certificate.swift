import CertificateChecker
import Certificates
import Diagnostics
import Language
import NetworkModel
import Rules
import Snapshots

extension LoadedSnapshot {
  /// Everything that a check found out, as a certificate.
  ///
  /// - Parameters:
  ///   - verdicts: the rules, judged and certified.
  ///   - files: the files in which the rules stand.
  ///   - options: how the inputs were read.
  /// - Returns: the certificate.
  func certificate(_ verdicts: [RuleVerdict], rulesIn files: SourceMap, _ options: SnapshotOptions) -> Certificate {
    Certificate(
      tool: Tierproof.version, options: options.certified, inputs: certifiedInputs(files),
      assumptions: Set(snapshot.network.assumptions.map(\.certified)).sorted(),
      gaps: Set(snapshot.network.gaps.map(\.certified)).sorted(),
      rules: verdicts.map { verdict in
        Certificate.Rule(id: verdict.rule.id, properties: verdict.properties.compactMap(\.certified))
      })
  }

  /// Every file that was read, with its hash. Paths begin at the folder in which all of the inputs lie, so that a copy elsewhere has the
  /// same.
  func certifiedInputs(_ ruleFiles: SourceMap) -> [Certificate.Input] {
    let root = Self.commonFolder(snapshot.sources.files.map(\.path))
    var inputs: Set<Certificate.Input> = []
    func add(_ file: SourceFile, _ kind: Certificate.Input.Kind) {
      let path = file.path.hasPrefix(root) ? String(file.path.dropFirst(root.count)) : file.path
      inputs.insert(Certificate.Input(path: path, kind: kind, digest: SHA256.digest(of: file.bytes)))
    }
    for file in snapshot.sources.files { add(file, .input) }
    let packs = Set(RulePack.allCases.map { "rules/\($0.rawValue).yaml" })
    let own = Set((snapshot.project.rules ?? []).map(\.value))
    for file in ruleFiles.files {
      let isPack = packs.contains(file.path) && !own.contains { file.path.hasSuffix($0) && $0.contains(".") }
      add(file, isPack ? .pack : .rules)
    }
    return inputs.sorted { ($0.kind.rawValue, $0.path, $0.digest) < ($1.kind.rawValue, $1.path, $1.digest) }
  }

  /// The longest folder, with its slash, in which all of some files lie.
  private static func commonFolder(_ paths: [String]) -> String {
    guard var common = paths.first?[...] else { return "" }
    for path in paths { while !path.hasPrefix(common) { common.removeLast() } }
    return common.lastIndex(of: "/").map { String(common[...$0]) } ?? ""
  }

  /// The line of a place, as a certificate states it.
  static func place(in sources: SourceMap) -> @Sendable (Derivation) -> String? {
    { derivation in derivation.primary.map { sources.place($0) } }
  }
}

extension SnapshotOptions {
  /// What of the options decides how inputs are read.
  var certified: Certificate.Options {
    Certificate.Options(isStrict: strict, ipBlocks: ipBlocks?.rawValue, external: external.rawValue)
  }
}
