#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The process's own streams and what surrounds them: the one place that opens them or reads the environment.
enum StandardStream: Int32 {
  case input = 0
  case output = 1
  case error = 2

  /// Writes a text as far as it is taken; there is nobody left to tell when it is not.
  func write(_ text: String) {
    _ = FileDescriptor(rawValue).write(Array(text.utf8))
  }

  /// Writes all pieces of a text, or says on standard error why not (a full disk) and ends the command with `unusable`; what nobody reads any more
  /// (a closed pipe) is dropped.
  func writeAll(_ pieces: some Sequence<[UInt8]>) throws(ExitStatus) {
    guard pieces.contains(where: { !FileDescriptor(rawValue).write($0) }), errno != EPIPE else { return }
    let reason = unsafe String(cString: strerror(errno))
    StandardStream.error.write("error: cannot write to standard output: \(reason)\n")
    throw .unusable
  }

  /// All that comes, or `nil` when it is more than `limit` bytes or cannot be read.
  func read(limit: Int) -> [UInt8]? {
    var bytes: [UInt8] = []
    var chunk = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      let count = unsafe chunk.withUnsafeMutableBytes { unsafe systemRead(rawValue, $0.baseAddress, $0.count) }
      guard count >= 0 else { return nil }
      if count == 0 { return bytes }
      bytes.append(contentsOf: chunk[..<count])
      if bytes.count > limit { return nil }
    }
  }

  /// Whether a person is at the other end.
  var isTerminal: Bool {
    isatty(rawValue) == 1
  }

  /// Whether to write in colour: to a terminal that shows it, unless `NO_COLOR` holds anything (no-color.org).
  var takesColour: Bool {
    isTerminal && (Environment["NO_COLOR"] ?? "").isEmpty && Environment["TERM"] != "dumb"
  }

  /// Columns of the terminal, 80 at least; 80 too where there is none, so that files do not depend on a window.
  var width: Int {
    var size = winsize()
    guard isTerminal, unsafe ioctl(rawValue, UInt(TIOCGWINSZ), &size) == 0 else { return 80 }
    return max(Int(size.ws_col), 80)
  }
}

/// The environment's variables.
enum Environment {
  /// The value of a variable, if it is set.
  static subscript(_ name: String) -> String? {
    unsafe getenv(name).map { unsafe String(cString: $0) }
  }
}

private func systemRead(_ descriptor: Int32, _ buffer: UnsafeMutableRawPointer?, _ count: Int) -> Int {
  unsafe read(descriptor, buffer, count)
}
