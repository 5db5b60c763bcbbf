/// One fact about a platform, with a small network that shows it and questions with their right answers.
struct Fact: Sendable {
  struct Source: Sendable {
    /// The title of the vendor's page or guide.
    var title: String
    var section: String?
  }

  /// A line of Tierproof's language and what it must come to.
  struct Ask: Sendable {
    /// A question or a property.
    var line: String
    /// `reachable`, `unreachable`, `undecided`; `proved`, `violated`, `vacuous` of a property.
    var answer: String
    /// Words that stand in the evidence: of what lets through or blocks, or of the unknown that decides.
    var because: [String]
    /// Whether something surely arrives, answered or not.
    var arrives: Bool?
    /// What is answered today, where that is not right.
    var knownWrong: String?
  }

  /// The area and the file's name: `network-acls/stateless`.
  var id: String
  /// One sentence.
  var statement: String
  /// What is done instead, where the platform's behaviour is not modelled.
  var instead: String?
  var source: Source?
  /// The points of the index that it serves.
  var serves: [String]
  /// The network: texts by path. What is written as a mapping is given to the loaders as JSON.
  var files: [(path: String, text: String)]
  var asks: [Ask]
  /// The subjects of the gaps that the network has: all of them.
  var gaps: [String]
  /// Words of the errors that the input has: all of them. Of such input nothing is proved, and questions are asked all the same.
  var errors: [String]

  var area: String { String(id.prefix { $0 != "/" }) }
}

/// A point of the platform that matters: what a correct analyser must know, in a few words.
struct SemanticsIndex: Sendable {
  struct Area: Sendable {
    /// The name of its folder.
    var name: String
    var title: String
    var points: [(id: String, text: String)]
  }

  var areas: [Area]
}
