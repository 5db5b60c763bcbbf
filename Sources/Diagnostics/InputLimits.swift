/// How much the input may ask of a run: everything that is bounded, in one place.
///
/// Files come from pull requests. Each bound lies far above what people write and well below what would hold up a build; passing one is an
/// error with its place, and nothing is proved then. `docs/threat-model.md` lists them with the tests that show each.
package struct InputLimits: Hashable, Sendable {
  // MARK: One file

  /// Bytes of one file, and of standard input.
  package var bytes = 256 << 20
  /// Levels of lists and mappings in each other.
  package var depth = 500
  /// Values in one file.
  package var nodes = 50_000_000
  /// Values that the aliases of one file stand for, together.
  package var aliasedNodes = 1_000_000

  // MARK: One run

  /// Bytes of all files together, counted as often as they are read.
  package var totalBytes = 1 << 30
  /// Files below the folders that are looked through, counted as often as they are met.
  package var files = 100_000
  /// Folders in each other.
  package var folderDepth = 64
  /// Inputs of a project file, manifests of a cluster and parameter files of a stack counted one by one.
  package var inputs = 10_000
  /// Values of documents that are deployed again: the second cluster or stack of one file, and those after it.
  package var repeatedNodes = 10_000_000

  // MARK: Templates

  /// What the expressions of all templates cost together, and how much more for each value in them: one for each that is evaluated, for each
  /// element that one makes or uses, and for each 64 bytes of text.
  package var expressionSteps = 1_000_000
  package var expressionStepsOfValue = 50
  /// Expressions, conditions and imports that wait for each other.
  package var expressionDepth = 100
  /// Bytes of a text that is put together.
  package var expressionBytes = 1 << 20

  // MARK: Clusters

  /// Pairs of a selector and a set of pods that it is held against, and of a set of pods and a place where it may stand, in one cluster.
  package var clusterPairs = 20_000_000

  // MARK: The language

  /// Bytes of one statement.
  package var statementBytes = 16_384
  /// Parentheses and `!` in each other.
  package var statementDepth = 64
  /// `&` and `|` of one statement.
  package var statementSigns = 500
  /// Tiers and parameters that are defined by each other.
  package var definitionDepth = 16
  /// Definitions that one tier or parameter of a statement leads to.
  package var definitionUses = 1_000

  package init() {}

  package static let standard = InputLimits()
}
