/// Every file below a folder that might be an input, in a fixed order and within bounds.
struct FileWalk {
  /// How far a walk goes before it says so and stops.
  ///
  /// Far above what a repository of definitions holds; below what would keep a build waiting.
  struct Bounds {
    var files = 100_000
    var depth = 64
  }

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
  /// The bound that ended the walk, if one did.
  private(set) var exceeded: String?

  private let bounds: Bounds
  private let limit: Repository

  /// Walks a folder; links are followed to files inside `limit` and never to folders, so that a walk always ends.
  init(_ folder: FilePath, within limit: Repository, bounds: Bounds = Bounds()) {
    self.bounds = bounds
    self.limit = limit
    walk(folder, depth: 0)
    files.sort()
  }

  private mutating func walk(_ folder: FilePath, depth: Int) {
    guard exceeded == nil else { return }
    guard depth <= bounds.depth else {
      exceeded = "folders lie more than \(bounds.depth) deep at \(folder.shown)"
      return
    }
    let names: [String]
    do {
      names = try FileSystem.entries(of: folder.real)
    } catch {
      refused.append((folder, error.reason))
      return
    }
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
      guard case .file = FileSystem.kind(of: path.real), let target = FileSystem.realPath(path.real) else { return }
      if limit.contains(target) { append(path) } else { outward.append(path) }
    case .special, nil:
      return
    }
  }

  private mutating func append(_ path: FilePath) {
    guard files.count < bounds.files else {
      exceeded = "there are more than \(bounds.files) files"
      return
    }
    files.append(path)
  }

  private static let kustomizations: Set<String> = ["kustomization.yaml", "kustomization.yml", "Kustomization"]

  /// Hidden folders hold tools' own state (`.git`, `.terraform`), `node_modules` other people's examples.
  private static func isSkipped(_ name: String) -> Bool {
    name.hasPrefix(".") || name == "node_modules"
  }
}
