/// A file's two names: where it is opened, and what people and reports call it.
struct FilePath: Hashable, Comparable, Sendable {
  /// The name that the system opens.
  var real: String
  /// Relative to the repository's root, so that a report's reader finds it; as it was typed where there is no repository.
  var shown: String

  static func < (one: FilePath, other: FilePath) -> Bool {
    one.shown.utf8.lexicographicallyPrecedes(other.shown.utf8)
  }

  /// A name in this directory.
  func appending(_ name: String) -> FilePath {
    FilePath(real: Self.join(real, name), shown: Self.join(shown, name))
  }

  /// The last part of the name.
  var name: String {
    String(shown.split(separator: "/").last ?? "")
  }

  /// The last part of the name without its suffix.
  var stem: String {
    suffix.isEmpty ? name : String(name.dropLast(suffix.count + 1))
  }

  /// The part of the last name behind its last dot, in small letters; empty where there is none.
  var suffix: String {
    let parts = name.split(separator: ".", omittingEmptySubsequences: false)
    return parts.count > 1 ? String(parts.last ?? "").lowercased() : ""
  }

  /// One path in a directory; an absolute one stands for itself, and `.` adds nothing.
  static func join(_ directory: String, _ path: String) -> String {
    if path.hasPrefix("/") || directory.isEmpty || directory == "." { return path }
    if path.isEmpty || path == "." { return directory }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
  }

  /// The directory that a path stands in.
  static func parent(of path: String) -> String {
    let parts = path.split(separator: "/").dropLast()
    return (path.hasPrefix("/") ? "/" : "") + parts.joined(separator: "/")
  }

  /// The path without what `.` and `..` in it say; a `..` that would climb out of a relative path stays.
  static func normalized(_ path: String) -> String {
    var parts: [Substring] = []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != ".." {
        parts.removeLast()
      } else if part != ".." || !path.hasPrefix("/") {
        parts.append(part)
      }
    }
    let joined = parts.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined
  }
}
