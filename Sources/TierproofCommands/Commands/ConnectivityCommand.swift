import ArgumentParser
import Reachability
import Reporting
import Snapshots

/// `tierproof connectivity`.
struct ConnectivityCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "connectivity",
    abstract: "List every answered connection, folded by workload.",
    discussion: """
      csv and text list what is surely answered; json adds what may be. Standard error counts the difference.
      """)

  enum Format: String, CaseIterable {
    case text, csv, json
  }

  @Argument(help: .paths) var paths: [String] = []

  @Option(
    help: ArgumentHelp(
      "text, csv or json, and =FILE to write to a file; may be repeated. Default: text.", valueName: "format"),
    transform: { try OutputRequest.parse($0) })
  var format: [OutputRequest<Format>] = []

  @OptionGroup var options: SnapshotOptions

  func run() throws {
    let loaded = LoadedSnapshot(try options.request(paths))
    try loaded.requireWhole()
    let snapshot = loaded.snapshot
    let listing = ConnectivityListing(Engine(snapshot.network), clusters: snapshot.clusters)
    for output in format.isEmpty ? [OutputRequest(.text)] : format {
      switch output.format {
      case .text: try output.write(pieces: listing.text(colour: output.takesColour))
      case .csv: try output.write(pieces: listing.csv)
      case .json: try output.write(pieces: listing.json)
      }
    }
    let undecided = listing.undecidedRows
    if undecided > 0 {
      StandardStream.error.write(
        "\(undecided) of \(listing.rows) pairs may have more than is listed, which hangs on what is not known\n")
    }
  }
}
