import ArgumentParser

/// The command line.
struct Tierproof: ParsableCommand {
  static let version = "0.1.0"

  static let configuration = CommandConfiguration(
    commandName: "tierproof",
    abstract: "Proves or refutes which traffic can flow in AWS networks and Kubernetes clusters.",
    version: version,
    subcommands: [CheckCommand.self, VerifyCommand.self, QueryCommand.self, ConnectivityCommand.self])
}

/// What the executable calls.
package enum EntryPoint {
  /// Reads the arguments, does what they ask and ends the process.
  package static func run() -> Never {
    do {
      var command = try Tierproof.parseAsRoot()
      try command.run()
    } catch let status as ExitStatus {
      status.endProcess()
    } catch {
      // Bad usage ends with the code of design section 8 and not with the parser's own; asked-for help is no error.
      let message = Tierproof.fullMessage(for: error)
      let failed = Tierproof.exitCode(for: error) != .success
      (failed ? StandardStream.error : .output).write(message.hasSuffix("\n") ? message : message + "\n")
      (failed ? ExitStatus.unusable : .passed).endProcess()
    }
    ExitStatus.passed.endProcess()
  }
}
