import ArgumentParser
import Certificates
import Diagnostics
import Reporting
import Rules
import Snapshots

/// `tierproof check`.
struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Evaluate the rules: prove or refute each, with evidence.",
    discussion: """
      Exits with 0 when nothing is violated or undecided, 1 on a violation at or above --fail-on, 2 when the usage is bad or \
      input could not be read, 3 when nothing is violated but something is undecided.
      """)

  enum Format: String, CaseIterable {
    case text, sarif
  }

  @Argument(help: .paths) var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "text or sarif, and =FILE to write to a file; may be repeated. Default: text.", valueName: "format"),
    transform: { try OutputRequest.parse($0) })
  var format: [OutputRequest<Format>] = []

  @Option(help: ArgumentHelp("The lowest level of a violation that fails: note, warning or error.", valueName: "level"))
  var failOn = Rule.Level.note

  @Flag(help: "Exit with 0 where nothing is violated, though something is undecided.")
  var allowUndecided = false

  @Option(
    help: ArgumentHelp(
      "Write the evidence for every verdict to a file, for `tierproof verify` to check again.", valueName: "file"))
  var certificate: String?

  @Flag(name: [.customShort("v"), .long], help: "List every finding in full, every gap and every assumption.")
  var verbose = false

  @OptionGroup var options: SnapshotOptions

  func run() throws {
    let loaded = LoadedSnapshot(try options.request(paths))
    let (report, ruleFiles) = try loaded.check(certify: certificate != nil)
    for output in format.isEmpty ? [OutputRequest(.text)] : format {
      // Of input that could not be read there is nothing to say to people but what was said; machines get it as a log.
      if output.format == .text, !loaded.snapshot.isWhole { continue }
      try output.write { colour in
        switch output.format {
        case .text: report.text(colour: colour, width: StandardStream.output.width, isVerbose: verbose)
        case .sarif: report.sarif(version: Tierproof.version)
        }
      }
    }
    try loaded.requireWhole()
    if let certificate {
      let text = loaded.certificate(report.verdicts, rulesIn: ruleFiles, options).text
      try OutputFile(path: certificate).write([Array(text.utf8)])
    }
    if let worst = report.worst, worst >= failOn { throw ExitStatus.violated }
    if report.hangsOnSomething, !allowUndecided { throw ExitStatus.undecided }
  }
}

extension Rule.Level: ExpressibleByArgument {}
