package import Foundation

/// A folder of its own for a test, gone when the last reference is.
package final class Scratch: Sendable {
  package let folder: URL

  /// An empty folder, or one with these files in it, by path.
  package init(_ files: KeyValuePairs<String, String> = [:]) throws {
    folder = FileManager.default.temporaryDirectory.appending(path: "tierproof-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (path, text) in files { try write(text, to: path) }
  }

  /// The path of the folder, or of something below it.
  package func path(_ below: String = "") -> String {
    below.isEmpty ? folder.path : folder.path + "/" + below
  }

  /// Writes a file below the folder, with the folders that lead to it.
  package func write(_ text: String, to path: String) throws {
    try write(Data(text.utf8), to: path)
  }

  /// Writes a file of any bytes.
  package func write(_ bytes: Data, to path: String) throws {
    let file = folder.appending(path: path)
    try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
    try bytes.write(to: file)
  }

  /// Makes a link below the folder.
  package func link(_ path: String, to target: String) throws {
    try FileManager.default.createSymbolicLink(atPath: folder.path + "/" + path, withDestinationPath: target)
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }
}
