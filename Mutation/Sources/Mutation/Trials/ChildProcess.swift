import Foundation
import Glibc

/// A program that is run to its end or to its limit.
struct ChildProcess {
  enum End: Equatable {
    case exit(Int32)
    case signal(Int32)
    /// It used up its processor seconds, or did nothing for too long.
    case timeOut
  }

  var end: End
  /// What it and its children took of the processor, in seconds.
  var seconds: Double

  /// Runs a program with its output in a file.
  ///
  /// The limit is in processor seconds; the time on the clock may be twenty times as long, for the machine may be busy.
  static func run(
    _ arguments: [String], in folder: URL, environment: [String: String], output: URL, cpuLimit: Int? = nil
  ) throws -> ChildProcess {
    var words = arguments
    if let cpuLimit {
      // Ends a mutant that loops, and one that asks for all the memory there is.
      let limits = "ulimit -t \(cpuLimit) -v 16000000; exec \"$@\""
      words = ["/bin/bash", "-c", limits, "bash"] + arguments
    }
    let process = Process()
    process.executableURL = URL(filePath: words[0])
    process.arguments = Array(words.dropFirst())
    process.currentDirectoryURL = folder
    process.environment = environment
    try Data().write(to: output)
    let handle = try FileHandle(forWritingTo: output)
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = handle
    process.standardError = handle
    var before = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &before)
    try process.run()
    let isLate = Late()
    if let cpuLimit {
      let id = process.processIdentifier
      let timer = DispatchWorkItem {
        isLate.set()
        kill(id, SIGKILL)
      }
      DispatchQueue.global().asyncAfter(deadline: .now() + Double(cpuLimit * 20), execute: timer)
      process.waitUntilExit()
      timer.cancel()
    } else {
      process.waitUntilExit()
    }
    try handle.close()
    var after = rusage()
    getrusage(__rusage_who_t(RUSAGE_CHILDREN.rawValue), &after)
    let seconds = after.seconds - before.seconds
    if process.terminationReason == .uncaughtSignal {
      let signal = process.terminationStatus
      let isSpent = signal == SIGXCPU || cpuLimit.map { seconds >= Double($0) } ?? false
      return ChildProcess(end: isSpent || isLate.value ? .timeOut : .signal(signal), seconds: seconds)
    }
    return ChildProcess(end: .exit(process.terminationStatus), seconds: seconds)
  }

  private final class Late: @unchecked Sendable {
    private let lock = NSLock()
    private var late = false
    var value: Bool { lock.withLock { late } }
    func set() { lock.withLock { late = true } }
  }
}

extension rusage {
  fileprivate var seconds: Double {
    func value(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1_000_000 }
    return value(ru_utime) + value(ru_stime)
  }
}
