import Diagnostics

/// The folder that paths must not leave: the repository that holds a place, or the project file's folder without one.
struct Repository: Equatable, Sendable {
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

  /// The same of a path that must not leave the repository by a link; `nil` and a diagnostic where it does.
  ///
  /// What is typed is the user's word, but whether a part of it is a link may be the word of whoever proposes a change.
  init?(typed: String, diagnostics: inout [Diagnostic]) {
    self.init(typed: typed)
    guard let here = FileSystem.realPath("."), let target = FileSystem.realPath(typed) else { return }
    let meant = FilePath.normalized(FilePath.join(here, typed))
    guard let repository = Repository.around(FilePath.nearest(to: meant)), repository.contains(meant) else { return }
    if repository.contains(target) { return }
    diagnostics.append(
      Diagnostic(
        code: "TP0221", severity: .error, message: "the path `\(typed)` leaves the repository",
        notes: ["a link leads out of `\(repository.root)`; nothing was read"], help: "name the place that is meant"))
    return nil
  }

  /// The lowest folder above a path that is reached without a link.
  private static func nearest(to path: String) -> String {
    var place = FilePath.parent(of: path)
    while place != "/", FileSystem.realPath(place) != place { place = FilePath.parent(of: place) }
    return place
  }
}
