package import Foundation

/// Inputs with known answers that lie beside the repository and are not part of it.
///
/// They are looked for in the directory that `TIERPROOF_SHARED` names, or in `../shared` seen from the repository's root.
/// Tests that need them say that they skipped when they are absent.
package enum SharedCorpora {
  /// The directory that holds `corpora`, `schemas` and the like, if there is one.
  package static let root: URL? = {
    let named = ProcessInfo.processInfo.environment["TIERPROOF_SHARED"].map { URL(fileURLWithPath: $0) }
    let beside = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("shared")
    return [named, beside].compactMap { $0 }.first { isDirectory($0) }
  }()

  /// A directory below `corpora`, or `nil` with a line that says what was skipped.
  package static func directory(_ name: String) -> URL? {
    if let url = root?.appendingPathComponent("corpora").appendingPathComponent(name), isDirectory(url) { return url }
    print("skipped: the corpus \(name) is not there (../shared/corpora, or TIERPROOF_SHARED)")
    return nil
  }

  /// The files of a directory with an extension, by name, sub-folders included.
  package static func files(in directory: URL, withExtension ext: String) -> [URL] {
    guard let paths = FileManager.default.enumerator(atPath: directory.path) else { return [] }
    var result: [String] = []
    while let path = paths.nextObject() as? String {
      if path.hasSuffix("." + ext) { result.append(path) }
    }
    return result.sorted().map { directory.appendingPathComponent($0) }
  }

  /// Whether a directory is there, itself or by a link.
  package static func isDirectory(_ url: URL) -> Bool {
    (try? url.resolvingSymlinksInPath().resourceValues(forKeys: [.isDirectoryKey]).isDirectory) == true
  }
}
