import Diagnostics

/// What is wrong in one file, kept to a number that people can read: files come from pull requests, and each line of one can be wrong.
struct Problems {
  /// How many of a file's problems are told one by one.
  static let limit = 100

  private var told: [Diagnostic] = []
  private var untold = 0

  mutating func append(_ diagnostic: Diagnostic) {
    if told.count < Problems.limit { told.append(diagnostic) } else { untold += 1 }
  }

  /// All of them, the last saying how many more there are; one more that ended the reading is never left out.
  func all(ending last: Diagnostic? = nil) -> [Diagnostic] {
    var result = told
    if untold > 0, let lastTold = told.indices.last {
      result[lastTold].notes.append("and \(untold) more like this in the file")
    }
    if let last { result.append(last) }
    return result
  }
}

// MARK: Messages

extension Problems {
  static func duplicateKey(_ key: String, _ range: SourceRange, earlier: SourceRange) -> Diagnostic {
    Diagnostic(
      code: "TP0120", severity: .error, message: "the key `\(key)` stands twice in one mapping",
      primary: Diagnostic.Label(range: range, text: "here again"),
      secondary: [Diagnostic.Label(range: earlier, text: "first here")],
      notes: ["the first value was used"], help: "remove one of them")
  }
}
