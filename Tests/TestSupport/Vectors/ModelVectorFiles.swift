package import Foundation

/// The files of the model's vectors, in `corpora/model` or in the directory that `TIERPROOF_VECTORS` names instead.
package struct ModelVectorFiles: Sendable {
  /// `walk/scenarios`, `walk/random`, `layers/vectors`, `layers/random`, and whatever other folder holds files of that form.
  package var walk: [URL] = []
  package var layers: [URL] = []

  /// `nil`, with a line that says so, where there are none.
  package static func find() -> ModelVectorFiles? {
    let directory: URL?
    if let named = ProcessInfo.processInfo.environment["TIERPROOF_VECTORS"] {
      directory = URL(fileURLWithPath: named)
    } else {
      directory = SharedCorpora.directory("model")
    }
    guard let directory else { return nil }
    var files = ModelVectorFiles()
    for url in SharedCorpora.files(in: directory, withExtension: "json") {
      let folders = url.deletingLastPathComponent().pathComponents
      if folders.contains("layers") || folders.last == "vectors" {
        files.layers.append(url)
      } else if folders.contains("walk") || folders.last == "scenarios" {
        files.walk.append(url)
      } else if isWalk(url) {
        files.walk.append(url)
      } else {
        files.layers.append(url)
      }
    }
    if files.walk.isEmpty, files.layers.isEmpty {
      print("skipped: no vectors in \(directory.path)")
      return nil
    }
    return files
  }

  /// Files in a folder whose name does not tell: a walk vector says its format.
  private static func isWalk(_ url: URL) -> Bool {
    guard let text = try? String(contentsOf: url, encoding: .utf8) else { return false }
    return text.contains("tierproof-network-walk/")
  }

  package static func readWalk(_ url: URL) throws -> WalkVector {
    try WalkVectorReader.read(VectorNode(contentsOf: url))
  }

  package static func readLayers(_ url: URL) throws -> LayerVector {
    try LayerVectorReader.read(VectorNode(contentsOf: url))
  }
}
