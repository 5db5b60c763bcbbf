import Diagnostics
import Snapshots

/// A snapshot as a command gets it: what is wrong with the inputs has been said on standard error.
struct LoadedSnapshot {
  let snapshot: Snapshot

  init(_ request: SnapshotRequest) {
    snapshot = SnapshotLoader.load(request)
    say(snapshot.diagnostics, in: snapshot.sources)
  }

  /// Says on standard error what is wrong.
  func say(_ diagnostics: [Diagnostic], in sources: SourceMap) {
    let stream = StandardStream.error
    let renderer = DiagnosticRenderer(colour: stream.takesColour, width: stream.width)
    stream.write(
      diagnostics.filter { $0.severity > .note }.map { renderer.render($0, in: sources) }.joined(separator: "\n"))
  }

  /// Ends the command where input that had to be read was not: what is left of it proves nothing.
  func requireWhole() throws {
    if !snapshot.isWhole { throw ExitStatus.unusable }
  }
}
