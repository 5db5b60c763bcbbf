import ArgumentParser
import Diagnostics
import Properties
import Reachability
import Reporting
import Snapshots

/// `tierproof query`.
struct QueryCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "query",
    abstract: "Answer a question about what connects.",
    usage: """
      tierproof query 'EXPR' [PATH…]
      tierproof query --file QUESTIONS [PATH…]
      """,
    discussion: """
      tierproof query 'internet ~> tier:database'
      tierproof query 'why tier:app -> tier:database on postgres'
      tierproof query 'why not internet -> orders-db on tcp/5432' aws/

      -> is one connection, ~> a path through relays. The language is described in docs/language.md. \
      Exits with 0 when it answered, whatever the answer.
      """)

  enum Format: String, CaseIterable {
    case text, json
  }

  @Argument(help: ArgumentHelp("The question, and what to load as for check.", valueName: "expr and paths"))
  var words: [String] = []

  @Option(help: ArgumentHelp("A file with a question a line; then every argument is a path.", valueName: "questions"))
  var file: String?

  @Option(
    help: ArgumentHelp(
      "text or json (one object a question, in order), and =FILE to write to a file.", valueName: "format"),
    transform: { try OutputRequest.parse($0) })
  var format: [OutputRequest<Format>] = []

  @OptionGroup var options: SnapshotOptions

  func run() throws {
    let (questions, paths) = try questionsAndPaths()
    let loaded = LoadedSnapshot(try options.request(paths))
    let snapshot = loaded.snapshot
    let context = ReportContext(network: snapshot.network, sources: snapshot.sources)
    let reports = loaded.answer(questions)
    for output in format.isEmpty ? [OutputRequest(.text)] : format {
      try output.write { colour in
        switch output.format {
        case .text: text(reports, context, colour: colour)
        case .json: reports.map { $0.json(context) }.joined()
        }
      }
    }
    if !snapshot.isWhole || reports.contains(where: \.hasFailed) { throw ExitStatus.unusable }
  }

  private func questionsAndPaths() throws -> (questions: [String], paths: [String]) {
    guard let file else {
      guard let question = words.first else { throw ValidationError("a question is missing") }
      return ([question], Array(words.dropFirst()))
    }
    let lines = try InputFile(path: file).text().split(whereSeparator: \.isNewline)
    let questions = lines.map { Substring($0).trimmed }.filter { !$0.isEmpty && !$0.hasPrefix("#") }
    return (questions, words)
  }

  /// The answers; several are headed by their questions.
  private func text(_ reports: [QueryReport], _ context: ReportContext, colour: Bool) -> String {
    if reports.count == 1 { return reports[0].text(context, colour: colour) }
    let style = TextStyle(isColoured: colour)
    return reports.map { style.bold(TerminalText.safe($0.question)) + "\n" + $0.text(context, colour: colour) }
      .joined(separator: "\n")
  }
}

extension Substring {
  /// Without blanks at both ends.
  fileprivate var trimmed: String {
    var text = drop { $0.isWhitespace }
    while text.last?.isWhitespace == true { text.removeLast() }
    return String(text)
  }
}
