import Diagnostics
import Documents

/// Opens and parses files, each once, and keeps what is wrong with them.
struct SourceReader {
  private(set) var sources = SourceMap()
  var diagnostics: [Diagnostic] = []
  private var read: [String: ReadResult] = [:]
  private let limits: InputLimits
  /// How many bytes more may be read.
  private var room: Int

  init(limits: InputLimits = .standard) {
    self.limits = limits
    room = limits.totalBytes
  }

  /// The documents of a file that must load: what is wrong with it is reported, once.
  mutating func documents(of path: FilePath) -> ReadResult? {
    if let known = read[path.real] { return known }
    guard let bytes = bytes(of: path) else { return nil }
    let result = parse(path, bytes: bytes)
    diagnostics += result.diagnostics
    return result
  }

  /// The documents of bytes that were read already; what is wrong with them is the caller's to report.
  mutating func parse(_ path: FilePath, bytes: [UInt8]) -> ReadResult {
    let id = sources.add(path: path.shown, bytes: bytes)
    let result = DocumentReader.read(sources[id], limits: limits)
    read[path.real] = result
    return result
  }

  /// What became of a file that was parsed before.
  func known(_ path: FilePath) -> ReadResult? {
    read[path.real]
  }

  /// A file's beginning as a place, for what is said of the whole file.
  mutating func beginning(of path: FilePath) -> SourceRange? {
    guard let bytes = bytes(of: path) else { return nil }
    return SourceRange(file: sources.add(path: path.shown, bytes: bytes), start: 0, end: 0)
  }

  /// The bytes of a regular file, or `nil` with a diagnostic.
  mutating func bytes(of path: FilePath) -> [UInt8]? {
    switch FileSystem.kind(of: path.real) {
    case nil:
      diagnostics.append(.absent(path))
      return nil
    case .directory, .symbolicLink, .special:
      diagnostics.append(.unreadable(path, reason: "it is no regular file"))
      return nil
    case .file(let size) where size > limits.bytes:
      diagnostics.append(.unreadable(path, reason: "it is larger than \(limits.bytes) bytes"))
      return nil
    case .file(let size) where size > room:
      diagnostics.append(
        .unreadable(path, reason: "with it all that was read is larger than \(limits.totalBytes) bytes"))
      return nil
    case .file:
      do {
        let bytes = try FileSystem.read(path.real, limit: limits.bytes)
        room -= bytes.count
        return bytes
      } catch {
        diagnostics.append(.unreadable(path, reason: error.reason))
        return nil
      }
    }
  }
}

extension Diagnostic {
  static func absent(_ path: FilePath, at range: SourceRange? = nil) -> Diagnostic {
    Diagnostic(
      code: "TP0210", severity: .error, message: "there is no file `\(path.shown)`",
      primary: range.map { Label(range: $0, text: "named here") })
  }

  static func unreadable(_ path: FilePath, reason: String) -> Diagnostic {
    Diagnostic(code: "TP0211", severity: .error, message: "`\(path.shown)` could not be read: \(reason)")
  }
}
