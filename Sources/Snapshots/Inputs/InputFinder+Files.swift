import Diagnostics
import Documents
import NetworkModel

/// What is named, and what is found below a folder.
extension InputFinder {
  /// Takes a file that must be an input.
  mutating func takeNamed(_ path: FilePath) {
    guard taken.insert(path.real).inserted, let result = reader.documents(of: path) else { return }
    let understood = sort(result.documents, of: path, kinds: InputKind.allCases)
    guard !understood, result.diagnostics.isEmpty else { return }
    if result.documents.contains(where: { $0.root.isParameterFile }) {
      reader.diagnostics.append(.isParameterFile(path))
    } else {
      reader.diagnostics.append(.isNoInput(path, at: result.documents.first?.root.range))
    }
  }

  mutating func takeStandardInput() {
    let path = FilePath(real: SnapshotRequest.standardInputPath, shown: "stdin")
    guard taken.insert(path.real).inserted else { return }
    let result = reader.parse(path, bytes: request.standardInput)
    reader.diagnostics += result.diagnostics
    if !sort(result.documents, of: path, kinds: InputKind.allCases), result.diagnostics.isEmpty {
      reader.diagnostics.append(.isNoInput(path, at: result.documents.first?.root.range))
    }
  }

  /// Takes every file below a folder that shows one of these kinds.
  mutating func find(in folder: FilePath, within limit: Repository, kinds: [InputKind]) {
    let walk = FileWalk(folder, within: limit, limits: limits, walked: walked)
    walked += walk.count
    for refused in walk.refused { reader.diagnostics.append(.unreadable(refused.path, reason: refused.reason)) }
    for link in walk.outward {
      reader.diagnostics.append(.outwardLink(link))
      if InputKind.isCandidate(link) { noteUnread(link, "the link leads out of the repository and was not followed") }
    }
    // Whoever applies the folder may follow them, so they are not passed over in silence.
    for (link, reason) in walk.loose { noteUnread(link, reason) }
    if let bound = walk.exceeded { reader.diagnostics.append(.tooMuch(folder, bound)) }
    if kinds.contains(.manifests) {
      for chart in walk.charts {
        note(chart.appending("Chart.yaml"), "the chart is not rendered: pipe `helm template` to `-`")
      }
      for overlay in walk.overlays {
        note(overlay, "the kustomization is not built, its files are read as they are: pipe `kustomize build` to `-`")
      }
    }
    for file in walk.files where file.name != ProjectLocator.fileName {
      takeFound(file, in: folder, kinds: kinds)
    }
  }

  private mutating func takeFound(_ path: FilePath, in folder: FilePath, kinds: [InputKind]) {
    guard InputKind.isCandidate(path) else { return count(path, as: nil) }
    guard taken.insert(path.real).inserted else { return }
    if let known = reader.known(path) {
      // Parsed for another deployment, and what is wrong with it is said already.
      _ = sort(known.documents, of: path, kinds: kinds)
      return
    }
    guard let bytes = reader.bytes(of: path) else { return }
    guard let kind = InputKind.shown(by: path, bytes: bytes), kinds.contains(kind) else {
      // Nothing can be said of a binary file but that its name promises text.
      if bytes.contains(0) { reader.diagnostics.append(.binary(path)) }
      return count(path, as: nil)
    }
    let result = reader.parse(path, bytes: bytes)
    if !result.diagnostics.isEmpty, kind != .describe, bytes.holdTemplateActions {
      note(path, "the file is a template of manifests and is not rendered: pipe the rendered text to `-`")
      return count(path, as: nil)
    }
    reader.diagnostics += result.diagnostics
    if !sort(result.documents, of: path, kinds: kinds) { count(path, as: nil) }
  }

  /// Puts a file's documents where they belong; false where none belongs anywhere.
  private mutating func sort(_ documents: [Document], of path: FilePath, kinds: [InputKind]) -> Bool {
    if kinds.contains(.describe), let name = DescribeName(fileName: path.name), let document = documents.first,
      document.root.kind == .mapping
    {
      add(Collection.Output(name: name, document: document), from: path)
      count(path, as: .describe)
      return true
    }
    let templates = kinds.contains(.template) ? documents.filter { InputKind.of($0.root) == .template } : []
    for template in templates {
      count(path, as: .template)
      deployments.stacks.append(StackDeployment(name: unusedName(for: path), template: template))
    }
    let manifests = kinds.contains(.manifests) ? documents.filter { InputKind.of($0.root) == .manifests } : []
    if !manifests.isEmpty {
      count(path, as: .manifests)
      // All manifests that no project file tells apart are one cluster's.
      if deployments.clusters.isEmpty { deployments.clusters.append(ClusterDeployment()) }
      deployments.clusters[deployments.clusters.count - 1].documents += manifests
    }
    return !templates.isEmpty || !manifests.isEmpty
  }

  private mutating func add(_ output: Collection.Output, from path: FilePath) {
    let place = CollectionPlace(of: path)
    if let last = deployments.collections.indices.last(where: { collectionPlaces[$0] == place }) {
      deployments.collections[last].outputs.append(output)
    } else {
      deployments.collections.append(
        Collection(account: place.account, region: place.region, outputs: [output]))
      collectionPlaces.append(place)
    }
  }

  /// The template's file name, or its whole path where another stack has that name.
  private mutating func unusedName(for path: FilePath) -> String {
    if stackNames.insert(path.stem).inserted { return path.stem }
    return FilePath.join(FilePath.parent(of: path.shown), path.stem)
  }

  private mutating func note(_ path: FilePath, _ message: String) {
    // A link is not opened for this: it may lead to what is nobody's to see.
    guard case .file = FileSystem.kind(of: path.real, followingLinks: false), let range = reader.beginning(of: path)
    else { return noteUnread(path, message) }
    gaps.append(Gap(.notModelled, subject: path.shown, message: message, derivation: Derivation(range)))
  }

  private mutating func noteUnread(_ path: FilePath, _ message: String) {
    gaps.append(Gap(.notModelled, subject: path.shown, message: message, derivation: .none))
  }
}

extension Node {
  /// Whether this is a list of parameters as the AWS command line takes it.
  fileprivate var isParameterFile: Bool {
    elements.contains { $0["ParameterKey"] != nil }
  }
}

extension [UInt8] {
  /// Whether the text holds `{{`, as templates of manifests do before they are rendered.
  fileprivate var holdTemplateActions: Bool {
    zip(self, dropFirst()).contains { $0 == UInt8(ascii: "{") && $1 == UInt8(ascii: "{") }
  }
}

extension Diagnostic {
  fileprivate static func isNoInput(_ path: FilePath, at range: SourceRange?) -> Diagnostic {
    Diagnostic(
      code: "TP0232", severity: .error, message: "`\(path.shown)` is nothing that is read",
      primary: range.map {
        Label(
          range: SourceRange(file: $0.file, start: $0.start, end: $0.start),
          text: "expected `Resources` with an `AWS::` type, or `apiVersion` and `kind`")
      },
      notes: ["outputs of describe calls are known by their file's name, such as describe-vpcs.json"])
  }

  fileprivate static func isParameterFile(_ path: FilePath) -> Diagnostic {
    Diagnostic(
      code: "TP0233", severity: .error, message: "`\(path.shown)` is a parameter file and no input by itself",
      help: "give it with --parameters, or as `parameters` of a stack in tierproof.yaml")
  }

  fileprivate static func outwardLink(_ path: FilePath) -> Diagnostic {
    Diagnostic(
      code: "TP0234", severity: .warning, message: "the link `\(path.shown)` leads out of the repository",
      notes: ["it was not followed"])
  }

  fileprivate static func tooMuch(_ folder: FilePath, _ bound: String) -> Diagnostic {
    Diagnostic(
      code: "TP0235", severity: .error, message: "not all of `\(folder.shown)` was looked at: \(bound)",
      help: "name the folders that hold the inputs, or list them in tierproof.yaml")
  }

  fileprivate static func binary(_ path: FilePath) -> Diagnostic {
    Diagnostic(
      code: "TP0236", severity: .warning, message: "`\(path.shown)` is not text, whatever its name says",
      notes: ["it was not read"])
  }
}
