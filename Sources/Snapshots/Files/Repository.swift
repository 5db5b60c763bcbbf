/// The folder that paths must not leave: the repository that holds a place, or the project file's folder without one.
struct Repository: Equatable {
  /// Without links.
  var root: String

  /// The nearest folder at or above a place that holds a `.git`: a directory, or a file in a worktree.
  static func around(_ place: String) -> Repository? {
    guard var folder = FileSystem.realPath(place) else { return nil }
    if FileSystem.kind(of: folder) != .directory { folder = FilePath.parent(of: folder) }
    while true {
      if FileSystem.kind(of: FilePath.join(folder, ".git")) != nil { return Repository(root: folder) }
      if folder == "/" || folder.isEmpty { return nil }
      folder = FilePath.parent(of: folder)
    }
  }

  /// Whether a path without links lies at or below the root.
  func contains(_ real: String) -> Bool {
    root == "/" || real == root || real.hasPrefix(root + "/")
  }

  /// What a path without links is called here, if it lies here; the root itself is `.`.
  func name(of real: String) -> String? {
    guard contains(real) else { return nil }
    if real == root { return "." }
    return String(real.dropFirst(root == "/" ? 1 : root.count + 1))
  }
}

extension FilePath {
  /// The two names of what was typed: the shown one is relative to the repository's root where the thing lies in one.
  init(typed: String) {
    let real = FileSystem.realPath(typed)
    self.init(
      real: real ?? typed,
      shown: real.flatMap { Repository.around($0)?.name(of: $0) } ?? FilePath.normalized(typed))
    if shown.isEmpty { shown = "." }
  }
}
