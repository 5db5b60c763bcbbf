#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that an option names and that is no part of the snapshot, such as a list of questions; `-` is standard input.
struct InputFile {
  var path: String

  /// Its text. What is no UTF-8 becomes U+FFFD, which no word of the language holds.
  func text() throws -> String {
    let limit = 64 << 20
    if path == "-" {
      guard let bytes = StandardStream.input.read(limit: limit) else { throw refusal() }
      return String(decoding: bytes, as: UTF8.self)
    }
    guard let stream = unsafe fopen(path, "rb") else { throw refusal() }
    defer { _ = unsafe fclose(stream) }
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe fread(&chunk, 1, chunk.count, stream)
      bytes.append(contentsOf: chunk[..<count])
      if unsafe ferror(stream) != 0 || bytes.count > limit { throw refusal() }
      if count == 0 { return String(decoding: bytes, as: UTF8.self) }
    }
  }

  private func refusal() -> ExitStatus {
    let reason = errno == 0 ? "it is too large" : unsafe String(cString: strerror(errno))
    StandardStream.error.write("error: cannot read \(path): \(reason)\n")
    return .unusable
  }
}
