package import Kubernetes

/// What a command asks to be loaded.
package struct SnapshotRequest: Sendable {
  /// The path that stands for standard input.
  package static let standardInputPath = "-"

  /// Files and folders as they were typed; none for the project file's own inputs, or the current folder.
  package var paths: [String]
  /// A project file named outright.
  package var config: String?
  /// Parameter files for every stack, behind those of the project file.
  package var parameterFiles: [String] = []
  /// Overrides what the project file says of its clusters.
  package var ipBlocks: IPBlockReading?
  /// What lies outside a cluster that stands alone.
  package var external = ClusterOptions.External.exposed
  /// Turns assumptions into unknowns.
  package var isStrict = false
  /// What came on standard input, where `paths` holds `-`.
  package var standardInput: [UInt8] = []

  package init(paths: [String], config: String? = nil) {
    self.paths = paths
    self.config = config
  }
}
