#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that appears whole or not at all: written beside its place and moved there.
struct OutputFile: Sendable {
  var path: String

  /// Why a file could not be written, in the system's words.
  struct Refusal: Error {
    var path: String
    var reason: String
  }

  /// Puts the text in the file's place; on failure the place is as it was.
  func write(_ text: String) throws(Refusal) {
    // Beside the file, because a move between file systems is a copy. The process's number keeps two runs apart.
    let draft = "\(path).\(getpid()).draft"
    guard let stream = unsafe fopen(draft, "wb") else { throw refusal }
    let bytes = Array(text.utf8)
    let written = unsafe fwrite(bytes, 1, bytes.count, stream) == bytes.count
    let closed = unsafe fclose(stream) == 0
    guard written, closed, unsafe rename(draft, path) == 0 else {
      let refusal = self.refusal
      _ = unsafe unlink(draft)
      throw refusal
    }
  }

  private var refusal: Refusal {
    unsafe Refusal(path: path, reason: String(cString: strerror(errno)))
  }
}
