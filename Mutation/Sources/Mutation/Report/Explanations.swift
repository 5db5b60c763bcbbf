import Foundation

/// Why mutants that no test notices are let live: `Mutation/explained.txt`.
///
/// An entry is a mutant's name at the start of a line, and the reason on the indented lines after it. `#` starts a comment. The reason
/// starts with one of `Explanations.grounds`.
package struct Explanations {
  package struct Entry {
    package var name: String
    package var line: Int
    package var reason: String
  }

  /// What may let a mutant live: it does the same; it only costs more time; or what it breaks cannot be brought about from outside.
  package static let grounds = ["equivalent:", "only slower:", "only words:", "out of reach:"]

  /// Grounds by which a mutant is no mistake: every answer is as it was.
  static let harmless = ["equivalent:", "only slower:"]

  package private(set) var entries: [Entry] = []

  package init(_ text: String) {
    for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
      if line.hasPrefix("#") || line.allSatisfy(\.isWhitespace) { continue }
      let words = line.split(whereSeparator: \.isWhitespace).joined(separator: " ")
      if line.first?.isWhitespace == true, let last = entries.indices.last {
        entries[last].reason += (entries[last].reason.isEmpty ? "" : " ") + words
      } else {
        entries.append(Entry(name: String(line), line: number + 1, reason: ""))
      }
    }
  }

  /// What is wrong with the entries themselves: no reason, no ground for it, twice the same.
  package func faults() -> [String] {
    var seen = Set<String>()
    return entries.compactMap { entry in
      if !seen.insert(entry.name).inserted { return "explained.txt:\(entry.line): explained twice: \(entry.name)" }
      guard Self.grounds.contains(where: { entry.reason.hasPrefix($0) && entry.reason.count > $0.count + 10 }) else {
        return
          "explained.txt:\(entry.line): a reason starts with one of \(Self.grounds.joined(separator: " ")): \(entry.name)"
      }
      return nil
    }
  }
}
