import Diagnostics

/// Every file below a folder that might be an input, in a fixed order and within bounds.
struct FileWalk {
  /// The files, by name.
  private(set) var files: [FilePath] = []
  /// Folders that hold a `Chart.yaml`: their templates are no manifests before they are rendered.
  private(set) var charts: [FilePath] = []
  /// Folders that hold a kustomization: their files are not yet what is deployed.
  private(set) var overlays: [FilePath] = []
  /// What could not be looked at, with the system's reason.
  private(set) var refused: [(path: FilePath, reason: String)] = []
  /// Links that lead out of the repository.
  private(set) var outward: [FilePath] = []
  /// Links that are not followed, and why: to folders, and to nothing.
  private(set) var loose: [(path: FilePath, reason: String)] = []
  /// The bound that ended the walk, if one did.
  private(set) var exceeded: String?
  /// How many files and folders were met.
  var count: Int { limits.files - walked - room }

  private let limits: InputLimits
  private let limit: Repository
  /// How many files more there may be.
  private var room: Int
  private let walked: Int

  /// Walks a folder; links are followed to files inside `limit` and never to folders, so that a walk always ends.
  ///
  /// It stops, and says so, at the folders' depth and at the number of files that other walks leave.
  init(_ folder: FilePath, within limit: Repository, limits: InputLimits = .standard, walked: Int = 0) {
    self.limits = limits
    self.limit = limit
    self.walked = walked
    room = limits.files - walked
    walk(folder, depth: 0)
    files.sort()
  }

  private mutating func walk(_ folder: FilePath, depth: Int) {
    guard exceeded == nil else { return }
    guard room > 0 else { return tooMany() }
    guard depth <= limits.folderDepth else {
      exceeded = "folders lie more than \(limits.folderDepth) deep at \(folder.shown)"
      return
    }
    let names: [String]
    do {
      names = try FileSystem.entries(of: folder.real)
    } catch {
      refused.append((folder, error.reason))
      return
    }
    room -= 1
    let isChart = names.contains("Chart.yaml")
    if isChart { charts.append(folder) }
    if names.contains(where: Self.kustomizations.contains) { overlays.append(folder) }
    for name in names where !Self.isSkipped(name) {
      if isChart, name == "templates" || name == "charts" { continue }
      visit(folder.appending(name), depth: depth)
      if exceeded != nil { return }
    }
  }

  private mutating func visit(_ path: FilePath, depth: Int) {
    switch FileSystem.kind(of: path.real, followingLinks: false) {
    case .directory:
      walk(path, depth: depth + 1)
    case .file:
      append(path)
    case .symbolicLink:
      guard let target = FileSystem.realPath(path.real) else {
        return loose.append((path, "the link leads to nothing"))
      }
      switch FileSystem.kind(of: target) {
      case .file where limit.contains(target): append(path)
      case .file: outward.append(path)
      case .directory: loose.append((path, "links to folders are not followed"))
      default: return
      }
    case .special, nil:
      return
    }
  }

  private mutating func append(_ path: FilePath) {
    guard room > 0 else { return tooMany() }
    room -= 1
    files.append(path)
  }

  private mutating func tooMany() {
    exceeded = "there are more than \(limits.files) files and folders"
  }

  private static let kustomizations: Set<String> = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Hidden folders hold tools' own state (`.git`, `.terraform`), `node_modules` other people's examples.
  private static func isSkipped(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "node_modules"
  }
}
