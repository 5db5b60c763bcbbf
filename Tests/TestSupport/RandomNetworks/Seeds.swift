import Foundation

/// The seeds that a test of random networks takes: its own, or those that `TIERPROOF_SEEDS` names, as in `1000-1999` (`make soak`).
package enum Seeds {
  package static func range(_ usual: ClosedRange<UInt64>) -> ClosedRange<UInt64> {
    guard let text = ProcessInfo.processInfo.environment["TIERPROOF_SEEDS"] else { return usual }
    let ends = text.split(separator: "-").compactMap { UInt64($0) }
    guard ends.count == 2, ends[0] <= ends[1] else { return usual }
    return ends[0]...ends[1]
  }

  /// Whether others than the usual ones are asked for.
  package static var areGiven: Bool { ProcessInfo.processInfo.environment["TIERPROOF_SEEDS"] != nil }
}
