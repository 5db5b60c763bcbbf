#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A file that appears whole or not at all: written beside its place, made durable, and moved there.
///
/// Whatever happens on the way (no space, no right, the process killed), the place holds what it held before or all of the new text.
/// A killed process may leave its draft behind, a file beside the place whose name ends in `.draft`.
struct OutputFile: Sendable {
  var path: String

  /// Why a file could not be written.
  struct Refusal: Error {
    var reason: String
    /// What to do about it, where that is not plain.
    var help: String?

    /// In the system's words.
    fileprivate static var system: Refusal { unsafe Refusal(reason: String(cString: strerror(errno))) }
  }

  /// Puts a text, piece after piece, in the file's place, or says on standard error why not and ends the command with `unusable`; then the place is as it was.
  func write(_ pieces: some Sequence<[UInt8]>) throws(ExitStatus) {
    do throws(Refusal) {
      try replace(by: pieces)
    } catch {
      let help = error.help.map { "  = help: \($0)\n" } ?? ""
      StandardStream.error.write("error: cannot write \(path): \(error.reason)\n\(help)")
      throw .unusable
    }
  }

  private func replace(by pieces: some Sequence<[UInt8]>) throws(Refusal) {
    let mode = try modeToKeep()
    let (draft, descriptor) = try openDraft()
    do throws(Refusal) {
      try fill(descriptor, with: pieces, mode: mode)
      guard unsafe rename(draft, path) == 0 else { throw .system }
    } catch {
      _ = unsafe unlink(draft)
      throw error
    }
    makeMoveDurable()
  }

  /// A new file beside the place, because a move between file systems is a copy.
  ///
  /// New for sure: a link that somebody laid there would lead the text elsewhere. The process's number keeps two runs apart, the second one
  /// what a killed run with the same number left (in a container numbers come again).
  private func openDraft() throws(Refusal) -> (path: String, descriptor: CInt) {
    for number in 0..<100 {
      let draft = "\(path).\(getpid())-\(number).draft"
      let descriptor = unsafe open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
      if descriptor >= 0 { return (draft, descriptor) }
      guard errno == EEXIST else { throw .system }
    }
    throw Refusal(reason: "a hundred drafts of it lie beside it", help: "remove the files `\(path).*.draft`")
  }

  /// The permissions of the file that is replaced; `nil` where there is none. Only ordinary files are replaced.
  private func modeToKeep() throws(Refusal) -> mode_t? {
    var status = stat()
    guard unsafe lstat(path, &status) == 0 else { return nil }
    switch status.st_mode & S_IFMT {
    case S_IFREG: return status.st_mode & 0o777
    case S_IFDIR: throw Refusal(reason: "it is a directory", help: "name a file in it")
    // It may lie in the repository that is checked, and whoever proposes a change to that would choose what is overwritten.
    case S_IFLNK: throw Refusal(reason: "it is a symbolic link", help: "name the file that the link leads to")
    default: throw Refusal(reason: "it is no ordinary file", help: "leave `=FILE` out to write to standard output")
    }
  }

  /// Writes all bytes and closes the file; they are on the disk before this returns.
  private func fill(_ descriptor: CInt, with pieces: some Sequence<[UInt8]>, mode: mode_t?) throws(Refusal) {
    do throws(Refusal) {
      for piece in pieces {
        guard FileDescriptor(descriptor).write(piece) else { throw .system }
      }
      if let mode, fchmod(descriptor, mode) != 0 { throw .system }
      guard fsync(descriptor) == 0 else { throw .system }
    } catch {
      close(descriptor)
      throw error
    }
    guard close(descriptor) == 0 else { throw .system }
  }

  /// Makes the directory remember the move. Not every file system can, and the file is whole either way.
  private func makeMoveDurable() {
    let end = path.lastIndex(of: "/")
    let folder = end.map { $0 == path.startIndex ? "/" : String(path[..<$0]) } ?? "."
    let descriptor = unsafe open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}
