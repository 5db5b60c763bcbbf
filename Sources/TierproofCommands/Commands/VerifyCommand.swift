import ArgumentParser
import CertificateChecker
import Certificates
import Diagnostics
import Kubernetes
import Reporting
import Rules
import Snapshots

/// `tierproof verify`.
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Check a certificate again, with code that is not the engine's.",
    discussion: """
      tierproof check --certificate proof.json infra/
      tierproof verify proof.json infra/

      Exits with 0 when every verdict of the certificate is confirmed, 1 when evidence does not hold or an input is another than it \
      was, 2 when the file is no certificate or input could not be read, 3 when something could not be checked again. \
      docs/certificates.md says what is checked and what is trusted.
      """)

  @Argument(help: ArgumentHelp("What `tierproof check --certificate` wrote.", valueName: "file"))
  var file: String

  @Argument(help: .paths) var paths: [String] = []

  @Flag(help: "Go on where inputs are others than they were: does the evidence hold for these?")
  var ignoreHashes = false

  @OptionGroup var options: SnapshotOptions

  func run() throws {
    let certificate = try readCertificate()
    let loaded = LoadedSnapshot(try options.request(paths))
    try loaded.requireWhole()
    let (rules, files) = try loaded.rules()
    let checker = CertificateChecker(
      loaded.snapshot.network, tiers: loaded.snapshot.tiers, parameters: loaded.snapshot.parameters(rules),
      bindable: Set(loaded.snapshot.clusters.flatMap(\.pods).filter { !$0.isHostNetwork }.map(\.endpoint)))
    var report = VerificationReport(file: file)
    report.differences =
      certificate.differences(fromInputs: loaded.certifiedInputs(files), options.certified)
      + checker.givenThatDiffers(certificate)
    if report.differences.isEmpty || ignoreHashes {
      report.rechecks = checker.check(
        certificate,
        rules: rules.map { CertificateChecker.RuleLines(id: $0.id, lines: $0.properties.map(\.text)) })
    } else {
      report.isStopped = true
    }
    let stream = StandardStream.output
    try stream.writeAll([Array(report.text(colour: stream.takesColour).utf8)])
    switch report.outcome {
    case .confirmed: break
    case .doesNotHold: throw ExitStatus.violated
    case .notRechecked: throw ExitStatus.undecided
    }
  }

  private func readCertificate() throws -> Certificate {
    var sources = SourceMap()
    let id = sources.add(path: file, bytes: Array(try InputFile(path: file).text().utf8))
    let reader = CertificateReader(sources[id])
    guard let certificate = reader.certificate else {
      let stream = StandardStream.error
      let renderer = DiagnosticRenderer(colour: stream.takesColour, width: stream.width)
      stream.write(reader.diagnostics.map { renderer.render($0, in: sources) }.joined(separator: "\n"))
      throw ExitStatus.unusable
    }
    if reader.statedDigest != certificate.contentDigest {
      let stream = StandardStream.output
      let text = VerificationReport.changed(
        file: file, stated: reader.statedDigest, found: certificate.contentDigest, colour: stream.takesColour)
      try stream.writeAll([Array(text.utf8)])
      throw ExitStatus.violated
    }
    return certificate
  }
}
