#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What the process ends with (design section 8).
///
/// Thrown by a command that has already said why.
enum ExitStatus: Int32, Error {
  /// Nothing violated or undecided; a question answered.
  case passed = 0
  /// A violation at or above the level of `--fail-on`.
  case violated = 1
  /// Bad usage, or input that could not be read.
  case unusable = 2
  /// Nothing violated, but something undecided.
  case undecided = 3

  func endProcess() -> Never {
    exit(rawValue)
  }
}
