import Diagnostics
import Documents
import NetworkModel

/// Finds and parses all inputs of a run and sorts them into deployments.
struct InputFinder {
  var reader = SourceReader()
  var deployments = Deployments()
  var gaps: [Gap] = []
  private(set) var project = ProjectFile()

  let request: SnapshotRequest
  /// Files taken already: a folder and a file in it may both be named.
  var taken: Set<String> = []
  /// Where each of the deployments' collections lies.
  var collectionPlaces: [CollectionPlace] = []
  /// What each file turned out to be; `nil` for none of ours.
  private var kinds: [String: InputKind?] = [:]

  init(_ request: SnapshotRequest) {
    self.request = request
  }

  /// Finds everything that the request names.
  mutating func run() {
    let located = ProjectLocator.locate(request, diagnostics: &reader.diagnostics)
    if let located { readProject(located) }
    var sharedParameters: [Document] = []
    for path in request.parameterFiles {
      guard let result = reader.documents(of: FilePath(typed: path)) else { continue }
      sharedParameters += result.documents
    }
    if request.paths.isEmpty {
      take(located?.folder ?? FilePath(typed: "."), project: located)
    }
    for path in request.paths {
      if path == SnapshotRequest.standardInputPath {
        takeStandardInput()
      } else {
        take(FilePath(typed: path), project: located)
      }
    }
    for index in deployments.stacks.indices { deployments.stacks[index].parameterFiles += sharedParameters }
    if let reading = request.ipBlocks {
      for index in deployments.clusters.indices { deployments.clusters[index].ipBlocks = reading }
    }
    if deployments.isEmpty, !reader.diagnostics.contains(where: { $0.severity == .error }) {
      reader.diagnostics.append(.nothingFound(census))
    }
  }

  /// How many files of each kind there were.
  var census: Census {
    var census = Census()
    for kind in kinds.values {
      switch kind {
      case .template: census.templates += 1
      case .manifests: census.manifests += 1
      case .describe: census.describeOutputs += 1
      case nil: census.others += 1
      }
    }
    return census
  }

  /// Counts a file, once; what it is wins over what it is not.
  mutating func count(_ path: FilePath, as kind: InputKind?) {
    if kind != nil || kinds[path.real] == nil { kinds.updateValue(kind, forKey: path.real) }
  }

  private mutating func readProject(_ located: LocatedProject) {
    guard let result = reader.documents(of: located.file) else { return }
    guard let root = result.documents.first?.root else {
      if result.diagnostics.isEmpty { reader.diagnostics.append(.emptyProject(located.file)) }
      return
    }
    var projectReader = ProjectFileReader()
    if let project = projectReader.read(root) { self.project = project }
    reader.diagnostics += projectReader.diagnostics
  }

  /// Takes a path of the command line: its project file's inputs where it holds one, else what it is or holds.
  private mutating func take(_ path: FilePath, project located: LocatedProject?) {
    if let located, located.folder.real == path.real, let inputs = project.inputs {
      for input in inputs { take(input, of: located) }
      return
    }
    switch FileSystem.kind(of: path.real) {
    case .directory:
      find(in: path, within: Repository.around(path.real) ?? Repository(root: path.real), kinds: InputKind.allCases)
    default:
      takeNamed(path)
    }
  }
}

extension Diagnostic {
  fileprivate static func emptyProject(_ path: FilePath) -> Diagnostic {
    Diagnostic(
      code: "TP0202", severity: .error, message: "the project file `\(path.shown)` is empty",
      help: "begin with `version: 1`")
  }

  fileprivate static func nothingFound(_ census: Census) -> Diagnostic {
    Diagnostic(
      code: "TP0230", severity: .error,
      message: "there is nothing to analyse: no template, no manifest and no output of a describe call was found",
      notes: census.others == 0 ? [] : ["\(census.others) other files were left alone"],
      help: "name a file or a folder that holds some, or list them in tierproof.yaml")
  }
}
