package import Diagnostics
package import NetworkModel

/// Everything that a run reads, found, parsed and sorted, before any of it is understood.
package struct SnapshotInputs: Sendable {
  /// The project file's settings; the defaults where there is none.
  package var project: ProjectFile
  /// Where the project file's own paths lead; `nil` where there is none.
  package var folder: ProjectFolder?
  package var deployments: Deployments
  package var sources: SourceMap
  /// What is wrong with the inputs, in the order in which they were read. Where one is an error, nothing may be passed.
  package var diagnostics: [Diagnostic]
  /// Inputs that were seen and cannot be read as they are, such as a chart that is not rendered.
  package var gaps: [Gap]
  package var census: Census

  /// Finds and parses the inputs. Nothing is thrown: what cannot be read is among the diagnostics.
  package init(_ request: SnapshotRequest, limits: InputLimits = .standard) {
    var finder = InputFinder(request, limits: limits)
    finder.run()
    project = finder.project
    folder = finder.folder
    deployments = finder.deployments
    sources = finder.reader.sources
    diagnostics = finder.reader.diagnostics
    gaps = finder.gaps
    census = finder.census
  }
}
