package import Diagnostics

/// Where a project file's own paths lead.
package struct ProjectFolder: Sendable {
  let located: LocatedProject

  /// Adds a file that the project file names to a map, or says why it is not read. What is said stands in the snapshot's own files.
  package func add(_ name: Ranged<String>, to files: inout SourceMap) -> (file: FileID?, diagnostics: [Diagnostic]) {
    var reader = SourceReader()
    guard let path = located.resolve(name, diagnostics: &reader.diagnostics), let bytes = reader.bytes(of: path) else {
      return (nil, reader.diagnostics)
    }
    return (files.add(path: path.shown, bytes: bytes), [])
  }
}
