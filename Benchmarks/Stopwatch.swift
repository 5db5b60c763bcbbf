import Glibc

/// CPU time of this process, which other work on the machine does not stretch as it does the wall's.
enum Stopwatch {
  /// Seconds of user and system time so far.
  static var seconds: Double {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return seconds(usage.ru_utime) + seconds(usage.ru_stime)
  }

  /// The most memory that the process has held, in megabytes.
  static var peakMegabytes: Int {
    var usage = rusage()
    _ = unsafe getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
    return usage.ru_maxrss / 1024
  }

  /// The best of several runs, and the last one's result.
  static func best<Result>(of runs: Int, _ body: () throws -> Result) rethrows -> (seconds: Double, result: Result) {
    var start = seconds
    var result = try body()
    var best = seconds - start
    for _ in 1..<max(runs, 1) {
      start = seconds
      result = try body()
      best = min(best, seconds - start)
    }
    return (best, result)
  }

  private static func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
}
