package import Diagnostics

/// The packs that come with the program.
package enum RulePack: String, CaseIterable, Sendable {
  case core

  /// Its rules, read from the file that is built into the program; `sources` then holds that file.
  package func rules(_ sources: inout SourceMap) -> RuleFileReader {
    let file = sources.add(path: "rules/\(rawValue).yaml", bytes: bytes)
    return RuleFileReader(sources[file], isBuiltIn: true)
  }

  private var bytes: [UInt8] {
    switch self {
    case .core: PackageResources.core_yaml
    }
  }
}
