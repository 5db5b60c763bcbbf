import Diagnostics
import Documents

/// The standard limits with one of them changed.
func limits(_ limit: WritableKeyPath<InputLimits, Int>, _ value: Int) -> InputLimits {
  var limits = InputLimits.standard
  limits[keyPath: limit] = value
  return limits
}

/// A document, with the map that its file is in.
func document(_ text: String) -> (document: Document?, sources: SourceMap, diagnostics: [Diagnostic]) {
  var sources = SourceMap()
  let file = sources.add(path: "a.yaml", bytes: Array(text.utf8))
  let result = DocumentReader.read(sources[file])
  return (result.documents.first, sources, result.diagnostics)
}
