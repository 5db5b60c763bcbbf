#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The operating system's files, as far as they are read: the one place with pointers in it.
///
/// The C library and not a file manager: that one looks up the name of every file's owner, which on a repository of a
/// few thousand files is most of the time.
enum FileSystem {
  /// What stands at a path.
  enum Kind: Equatable {
    case file(size: Int)
    case directory
    case symbolicLink
    /// A pipe, a socket, a device: reading one may never end.
    case special
  }

  /// What the system says when it refuses, in its own words.
  struct Refusal: Error, Equatable {
    var reason: String

    static var current: Refusal {
      unsafe Refusal(reason: String(cString: strerror(errno)))
    }
  }

  /// The kind of what a path leads to, or of the path itself when links are not followed; `nil` where nothing is.
  static func kind(of path: String, followingLinks: Bool = true) -> Kind? {
    var status = stat()
    guard unsafe (followingLinks ? stat(path, &status) : lstat(path, &status)) == 0 else { return nil }
    return switch status.st_mode & S_IFMT {
    case S_IFREG: .file(size: Int(status.st_size))
    case S_IFDIR: .directory
    case S_IFLNK: .symbolicLink
    default: .special
    }
  }

  /// The path with no link, `.` or `..` in it; `nil` where nothing is.
  static func realPath(_ path: String) -> String? {
    guard let resolved = unsafe realpath(path, nil) else { return nil }
    defer { unsafe free(resolved) }
    return unsafe String(cString: resolved)
  }

  /// The names in a directory, sorted by their bytes, so that no file system's order is seen.
  static func entries(of directory: String) throws(Refusal) -> [String] {
    guard let stream = unsafe opendir(directory) else { throw .current }
    defer { unsafe closedir(stream) }
    var names: [String] = []
    while let entry = unsafe readdir(stream) {
      let name = unsafe withUnsafePointer(to: &entry.pointee.d_name) { field in
        unsafe field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee)) {
          unsafe String(cString: $0)
        }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
  }

  /// The bytes of a regular file, no more of them than `limit` and one.
  static func read(_ path: String, limit: Int) throws(Refusal) -> [UInt8] {
    let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
    guard descriptor >= 0 else { throw .current }
    defer { close(descriptor) }
    var bytes: [UInt8] = []
    if case .file(let size) = kind(of: path) { bytes.reserveCapacity(min(size, limit) + 1) }
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while bytes.count <= limit {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe Self.read(descriptor, into: $0) }
      guard count >= 0 else { throw .current }
      guard count > 0 else { break }
      bytes.append(contentsOf: chunk[..<count])
    }
    return bytes
  }

  private static func read(_ descriptor: CInt, into buffer: UnsafeMutableRawBufferPointer) -> Int {
    #if canImport(Darwin)
      unsafe Darwin.read(descriptor, buffer.baseAddress, buffer.count)
    #elseif canImport(Musl)
      unsafe Musl.read(descriptor, buffer.baseAddress, buffer.count)
    #else
      unsafe Glibc.read(descriptor, buffer.baseAddress, buffer.count)
    #endif
  }
}
