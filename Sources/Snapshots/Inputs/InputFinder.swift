import Diagnostics
import Documents
import NetworkModel

/// Finds and parses all inputs of a run and sorts them into deployments.
struct InputFinder {
  var reader: SourceReader
  var deployments = Deployments()
  var gaps: [Gap] = []
  private(set) var project = ProjectFile()

  let request: SnapshotRequest
  let limits: InputLimits
  /// How many files and folders were met.
  var walked = 0
  private(set) var folder: ProjectFolder?
  /// Files taken already: a folder and a file in it may both be named.
  var taken: Set<String> = []
  /// The names of stacks that were found.
  var stackNames: Set<String> = []
  /// Where each of the deployments' collections lies.
  var collectionPlaces: [CollectionPlace] = []
  /// What each file turned out to be; `nil` for none of ours.
  private var kinds: [String: InputKind?] = [:]

  init(_ request: SnapshotRequest, limits: InputLimits = .standard) {
    self.request = request
    self.limits = limits
    reader = SourceReader(limits: limits)
  }

  /// Finds everything that the request names.
  mutating func run() {
    let located = ProjectLocator.locate(request, diagnostics: &reader.diagnostics)
    if let located { readProject(located) }
    var sharedParameters: [Document] = []
    for path in request.parameterFiles {
      guard let file = FilePath(typed: path, diagnostics: &reader.diagnostics), let result = reader.documents(of: file)
      else { continue }
      sharedParameters += result.documents
    }
    if request.paths.isEmpty {
      take(located?.folder ?? FilePath(typed: "."), project: located)
    }
    for path in request.paths {
      if path == SnapshotRequest.standardInputPath {
        takeStandardInput()
      } else {
        if let path = FilePath(typed: path, diagnostics: &reader.diagnostics) { take(path, project: located) }
      }
    }
    refuseRepetition()
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
    folder = ProjectFolder(located: located)
  }

  /// A project file may deploy one large document any number of times, and each costs what the first one did.
  private mutating func refuseRepetition() {
    var seen: Set<DocumentName> = []
    var room = limits.repeatedNodes
    func take(_ documents: [Document]) -> Bool {
      for document in documents where !seen.insert(DocumentName(document)).inserted { room -= document.nodeCount }
      return room >= 0
    }
    for stack in deployments.stacks where !take([stack.template] + stack.parameterFiles) {
      reader.diagnostics.append(.repeats(stack.range ?? stack.template.root.range, limits.repeatedNodes))
      return deployments = Deployments()
    }
    for cluster in deployments.clusters where !take(cluster.documents) {
      guard let first = cluster.documents.first else { continue }
      reader.diagnostics.append(.repeats(first.root.range, limits.repeatedNodes))
      return deployments = Deployments()
    }
  }

  private struct DocumentName: Hashable {
    var file: FileID
    var index: Int

    init(_ document: Document) {
      file = document.file
      index = document.index
    }
  }

  /// Takes a path of the command line: its project file's inputs where it holds one, else what it is or holds.
  private mutating func take(_ path: FilePath, project located: LocatedProject?) {
    if let located, located.folder.real == path.real, let inputs = project.inputs {
      var room = limits.inputs
      for input in inputs {
        room -= input.pathCount
        guard room >= 0 else { return reader.diagnostics.append(.tooManyInputs(input.range, limits.inputs)) }
        take(input, of: located)
      }
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
  fileprivate static func tooManyInputs(_ range: SourceRange?, _ limit: Int) -> Diagnostic {
    Diagnostic(
      code: "TP0222", severity: .error, message: "the project file names more than \(limit) inputs",
      primary: range.map { Label(range: $0, text: "reading stopped before this") },
      help: "name folders instead of files")
  }

  fileprivate static func repeats(_ range: SourceRange, _ limit: Int) -> Diagnostic {
    Diagnostic(
      code: "TP0237", severity: .error,
      message: "documents that are deployed several times hold more than \(limit) values together",
      primary: Label(range: range, text: "the limit is passed here"), notes: ["nothing of them was read"],
      help: "check the deployments in several runs")
  }

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
