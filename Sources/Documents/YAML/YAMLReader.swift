package import Diagnostics

/// Reads YAML through libyaml's events into nodes with places.
///
/// Scalars are read by the rules of Kubernetes clients; aliases share their anchor's nodes, within a budget; merge keys are resolved;
/// comments, which libyaml drops, are found in the text between its scalars.
package enum YAMLReader {
  package static func read(_ file: SourceFile, limits: InputLimits = .standard) -> ReadResult {
    if let problem = TextChecks.problem(file, limits: limits) { return ReadResult(diagnostics: [problem]) }
    var composer = YAMLComposer(file: file, limits: limits)
    do throws(YAMLStop) {
      try composer.run()
      return ReadResult(documents: composer.documents, diagnostics: composer.problems.all())
    } catch {
      return ReadResult(
        documents: composer.documents, diagnostics: composer.problems.all(ending: error.diagnostic(file)))
    }
  }
}
