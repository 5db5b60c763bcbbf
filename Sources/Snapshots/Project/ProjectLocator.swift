import Diagnostics

/// Where the project file is, and the folder that its paths are relative to.
struct LocatedProject: Equatable, Sendable {
  var file: FilePath
  /// The file's folder.
  var folder: FilePath
  /// The folder that no path may leave.
  var limit: Repository
}

/// Looks for `tierproof.yaml`.
enum ProjectLocator {
  static let fileName = "tierproof.yaml"

  /// The project file given, or the one that lies in a named folder or above it, up to the repository's root.
  ///
  /// Two paths that belong to two project files are an error: the settings of one would be taken for the other.
  static func locate(_ request: SnapshotRequest, diagnostics: inout [Diagnostic]) -> LocatedProject? {
    if let config = request.config {
      guard let file = FilePath(typed: config, diagnostics: &diagnostics) else { return nil }
      guard case .file = FileSystem.kind(of: file.real) else {
        diagnostics.append(.absent(file))
        return nil
      }
      return LocatedProject(file)
    }
    var found: [LocatedProject] = []
    for path in request.paths.isEmpty ? ["."] : request.paths where path != SnapshotRequest.standardInputPath {
      if let project = nearest(to: FilePath(typed: path), diagnostics: &diagnostics), !found.contains(project) {
        found.append(project)
      }
    }
    if found.count > 1 {
      let names = found.map { "`\($0.file.shown)`" }.joined(separator: " and ")
      diagnostics.append(
        Diagnostic(
          code: "TP0220", severity: .error, message: "the paths belong to several project files: \(names)",
          help: "give one with --config"))
      return nil
    }
    return found.first
  }

  private static func nearest(to path: FilePath, diagnostics: inout [Diagnostic]) -> LocatedProject? {
    guard let kind = FileSystem.kind(of: path.real) else { return nil }
    var folder = kind == .directory ? path.real : FilePath.parent(of: path.real)
    let top = Repository.around(folder)?.root ?? folder
    while true {
      let file = FilePath.join(folder, fileName)
      switch FileSystem.kind(of: file, followingLinks: false) {
      case .file: return LocatedProject(FilePath(typed: file))
      case .symbolicLink:
        // The folder that paths are relative to is the one where the file lies, so that is no place for a guess.
        diagnostics.append(
          .unreadable(FilePath(typed: folder).appending(fileName), reason: "it is a link; name the file with --config"))
        return nil
      case .directory, .special:
        diagnostics.append(.unreadable(FilePath(typed: folder).appending(fileName), reason: "it is no regular file"))
        return nil
      case nil: break
      }
      if folder == top || folder == "/" { return nil }
      folder = FilePath.parent(of: folder)
    }
  }
}

extension LocatedProject {
  fileprivate init(_ file: FilePath) {
    let real = FilePath.parent(of: file.real)
    let shown = FilePath.parent(of: file.shown)
    self.init(
      file: file, folder: FilePath(real: real, shown: shown.isEmpty ? "." : shown),
      limit: Repository.around(real) ?? Repository(root: real))
  }

  /// A path that the project file names, if it is there and leaves neither the repository nor, without one, the folder.
  func resolve(_ path: Ranged<String>, diagnostics: inout [Diagnostic]) -> FilePath? {
    let joined = FilePath.normalized(FilePath.join(folder.shown, path.value))
    guard !path.value.hasPrefix("/") else {
      diagnostics.append(.leavesProject(path.value, why: "it is absolute", at: path.range))
      return nil
    }
    // By its parts first: what lies outside is not even looked at.
    let intended = FilePath.normalized(FilePath.join(folder.real, path.value))
    guard limit.contains(intended) else {
      diagnostics.append(.leavesProject(path.value, why: "it leads out of `\(limit.root)`", at: path.range))
      return nil
    }
    guard let real = FileSystem.realPath(intended) else {
      diagnostics.append(.absent(FilePath(real: intended, shown: joined), at: path.range))
      return nil
    }
    guard limit.contains(real) else {
      diagnostics.append(.leavesProject(path.value, why: "a link leads out of `\(limit.root)`", at: path.range))
      return nil
    }
    return FilePath(real: real, shown: joined.isEmpty ? "." : joined)
  }
}

extension Diagnostic {
  fileprivate static func leavesProject(_ path: String, why: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0221", severity: .error, message: "the path `\(path)` leaves the repository",
      primary: Label(range: range, text: why), notes: ["the input was not read"],
      help: "name a path below the repository's root, relative to the project file")
  }
}
