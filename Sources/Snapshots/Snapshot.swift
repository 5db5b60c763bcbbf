package import Diagnostics
package import Kubernetes
package import NetworkModel

/// Everything loaded in one run, with its source files.
package struct Snapshot: Sendable {
  /// Sealed. Its gaps and assumptions are those of the inputs too.
  package var network: Network
  package var sources: SourceMap
  /// What is wrong with the inputs. Where one is an error, nothing may be passed.
  package var diagnostics: [Diagnostic]
  /// Tiers, zones, parameters and rules as the project file gives them.
  package var project: ProjectFile
  /// Where the project file's own paths lead; `nil` where there is none.
  package var folder: ProjectFolder?
  package var census: Census
  /// How many resources of each provider's type were read.
  package var counts: [String: Int]
  /// The same of those that may not exist.
  package var uncertainCounts: [String: Int]
  /// What became of each cluster, for structural questions.
  package var clusters: [KubernetesBuildResult]

  package init(
    network: Network, sources: SourceMap, diagnostics: [Diagnostic], project: ProjectFile, folder: ProjectFolder? = nil,
    census: Census,
    counts: [String: Int] = [:], uncertainCounts: [String: Int] = [:],
    clusters: [KubernetesBuildResult] = []
  ) {
    self.network = network
    self.sources = sources
    self.diagnostics = diagnostics
    self.project = project
    self.folder = folder
    self.census = census
    self.counts = counts
    self.uncertainCounts = uncertainCounts
    self.clusters = clusters
  }

  /// Whether all input that had to be read was.
  package var isWhole: Bool {
    !diagnostics.contains { $0.severity == .error }
  }
}
