import ArgumentParser
import Kubernetes
import Snapshots

/// What is loaded, and how: the options that all commands share, but for the paths.
struct SnapshotOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "The project file. Default: tierproof.yaml in the named folder or above it, up to the repository's root.",
      valueName: "file"))
  var config: String?

  @Option(
    help: ArgumentHelp(
      "A parameter file for every stack; may be repeated, a later one wins.", valueName: "file"))
  var parameters: [String] = []

  @Option(
    help: ArgumentHelp(
      "Whether an ipBlock holds pods: pods or external. Default: it may, and what hangs on it is undecided.",
      valueName: "reading"))
  var ipBlocks: IPBlockReading?

  @Option(
    help: ArgumentHelp(
      "What lies outside a cluster that stands alone: exposed, real entries only; policy, every address, as far as the policies alone let it.",
      valueName: "reading"))
  var external = ExternalReading.exposed

  @Flag(help: "Take nothing for granted: what would be an assumption is unknown.")
  var strict = false

  /// The largest standard input that is read, the same as for a file.
  private static let inputLimit = 256 << 20

  /// What the options ask for; standard input is read here if `-` is among the paths.
  func request(_ paths: [String]) throws -> SnapshotRequest {
    var request = SnapshotRequest(paths: paths, config: config)
    request.parameterFiles = parameters
    request.ipBlocks = ipBlocks
    request.external = external == .policy ? .policy : .exposed
    request.isStrict = strict
    if paths.contains(SnapshotRequest.standardInputPath) {
      guard let input = StandardStream.input.read(limit: Self.inputLimit) else {
        throw ValidationError("standard input could not be read, or is larger than \(Self.inputLimit) bytes")
      }
      request.standardInput = input
    }
    return request
  }
}

/// What `--external` may say.
enum ExternalReading: String, ExpressibleByArgument, CaseIterable {
  case exposed, policy
}

extension IPBlockReading: ExpressibleByArgument {}

extension ArgumentHelp {
  /// What every command says of its paths.
  static let paths = ArgumentHelp(
    "What to load: files and folders, or - for standard input.",
    discussion: """
      A folder that holds tierproof.yaml stands for the inputs listed there. In any other folder everything that shows \
      itself as a CloudFormation template, a Kubernetes manifest or the output of an AWS describe call is loaded. \
      Default: the project file's inputs, or the current folder.
      """, valueName: "path")
}
