import Foundation
import TestSupport
import Testing

/// Files that are written appear whole or not at all, whatever stands in their place and whatever ends the run.
@Suite struct OutputFileTests {
  private let old = "what stood here before\n"

  private func estate() throws -> Scratch {
    try Scratch(["network.yaml": SmallEstate.template(admitting: "0.0.0.0/1")])
  }

  private func expectUntouched(_ place: String, in scratch: Scratch, at location: SourceLocation = #_sourceLocation)
    throws
  {
    #expect(try String(contentsOfFile: scratch.path(place), encoding: .utf8) == old, sourceLocation: location)
    let drafts = try FileManager.default.subpathsOfDirectory(atPath: scratch.path()).filter { $0.hasSuffix(".draft") }
    #expect(drafts == [], sourceLocation: location)
  }

  @Test func `a file is replaced, keeps its permissions, and no draft stays`() throws {
    let scratch = try estate()
    try scratch.write(old, to: "out.sarif")
    try FileManager.default.setAttributes([.posixPermissions: 0o640], ofItemAtPath: scratch.path("out.sarif"))
    #expect(try Program.run("check", "--format", "sarif=out.sarif", "network.yaml", in: scratch.folder).code == 1)
    let written = try String(contentsOfFile: scratch.path("out.sarif"), encoding: .utf8)
    #expect(written.hasPrefix("{") && written.hasSuffix("}\n"))
    let attributes = try FileManager.default.attributesOfItem(atPath: scratch.path("out.sarif"))
    #expect(attributes[.posixPermissions] as? Int == 0o640)
    #expect(try FileManager.default.contentsOfDirectory(atPath: scratch.path()).count == 2)
  }

  @Test(arguments: [
    ("a directory", "it is a directory", "name a file in it"),
    ("a link", "it is a symbolic link", "name the file that the link leads to"),
    ("a pipe", "it is no ordinary file", "leave `=FILE` out"),
  ])
  func `what is no ordinary file is not replaced`(kind: String, reason: String, help: String) throws {
    let scratch = try estate()
    try scratch.write(old, to: "elsewhere")
    switch kind {
    case "a directory": try scratch.write("", to: "place/file")
    case "a link": try scratch.link("place", to: "elsewhere")
    default: #expect(unsafe mkfifo(scratch.path("place"), 0o600) == 0)
    }
    let outcome = try Program.run("check", "--format", "sarif=place", "network.yaml", in: scratch.folder)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("cannot write place: \(reason)"), "\(outcome.errors)")
    #expect(outcome.errors.contains(help), "\(outcome.errors)")
    try expectUntouched("elsewhere", in: scratch)
  }

  @Test func `a directory that may not be written`() throws {
    let scratch = try estate()
    try scratch.write(old, to: "shut/out.sarif")
    let manager = FileManager.default
    try manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path())
    try manager.setAttributes([.posixPermissions: 0o555], ofItemAtPath: scratch.path("shut"))
    defer { try? manager.setAttributes([.posixPermissions: 0o755], ofItemAtPath: scratch.path("shut")) }
    // The superuser may write everything: somebody else is asked.
    let outcome = try Program.run(
      "check", "--format", "sarif=shut/out.sarif", "network.yaml", in: scratch.folder, asNobody: getuid() == 0)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("cannot write shut/out.sarif: Permission denied"), "\(outcome.errors)")
    try expectUntouched("shut/out.sarif", in: scratch)
  }

  @Test func `a directory that is not there`() throws {
    let scratch = try estate()
    let outcome = try Program.run(
      "check", "--format", "sarif=nowhere/out.sarif", "network.yaml", in: scratch.folder)
    #expect(outcome.code == 2)
    #expect(outcome.errors.contains("cannot write nowhere/out.sarif: No such file or directory"), "\(outcome.errors)")
  }

  /// A name space of mounts of one's own, which needs no superuser; where the system gives none, the test says that it was skipped.
  private static let givesMounts = shell("unshare -rm mount -t tmpfs none /mnt", in: URL(filePath: "/")).code == 0

  @Test(.enabled(if: givesMounts, "no small file system can be mounted here"))
  func `a full disk`() throws {
    let scratch = try estate()
    try scratch.write(old, to: "old")
    let program = Program.executable.path()
    // One page is left beside the old file, less than the findings need.
    let outcome = Self.shell(
      """
      unshare -rm sh -c 'mkdir disk && mount -t tmpfs -o size=8k none disk && cp old disk/out.sarif || exit 99
      \(program) check --format sarif=disk/out.sarif network.yaml; echo "code $?"; cat disk/out.sarif; ls disk'
      """, in: scratch.folder)
    #expect(
      outcome.output == "error: cannot write disk/out.sarif: No space left on device\ncode 2\n\(old)out.sarif\n")
  }

  @Test(.enabled(if: FileManager.default.fileExists(atPath: "/dev/full"), "there is no /dev/full here"))
  func `a full disk behind standard output`() throws {
    let scratch = try estate()
    let program = Program.executable.path()
    let outcome = Self.shell("\(program) check network.yaml > /dev/full; echo \"code $?\"", in: scratch.folder)
    #expect(outcome.output == "error: cannot write to standard output: No space left on device\ncode 2\n")
  }

  /// Runs a line of the shell; both its streams are in the output.
  private static func shell(_ line: String, in folder: URL) -> (code: Int32, output: String) {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", line]
    process.currentDirectoryURL = folder
    let pipe = Pipe()
    process.standardOutput = pipe
    process.standardError = pipe
    guard (try? process.run()) != nil else { return (127, "") }
    let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
    process.waitUntilExit()
    return (process.terminationStatus, output)
  }

  // MARK: kill -9

  /// Questions whose answers fill a file that takes a while to be written.
  private static let questions = String(repeating: "why internet ~> any\n", count: 60)

  @Test func `a process that is killed while it writes`() throws {
    let scratch = try estate()
    try scratch.write(Self.questions, to: "questions")
    let arguments = ["query", "--format", "json=out.json", "--file", "questions", "network.yaml"]
    let whole = Program.process(arguments, in: scratch.folder)
    try whole.run()
    whole.waitUntilExit()
    #expect(whole.terminationStatus == 0)
    let new = try String(contentsOfFile: scratch.path("out.json"), encoding: .utf8)
    #expect(new.utf8.count > 1 << 16)

    var killedInTheMiddle = 0
    for round in 0..<5 {
      try scratch.write(old, to: "out.json")
      let process = Program.process(arguments, in: scratch.folder)
      try process.run()
      while process.isRunning, try drafts(in: scratch).isEmpty {}
      // Sooner and later in the write, by the round.
      usleep(UInt32(round * 200))
      kill(process.processIdentifier, SIGKILL)
      process.waitUntilExit()
      let found = try String(contentsOfFile: scratch.path("out.json"), encoding: .utf8)
      let left = try drafts(in: scratch)
      if left.isEmpty {
        #expect(found == new)
      } else {
        killedInTheMiddle += 1
        #expect(found == old)
      }
      for draft in left { try FileManager.default.removeItem(atPath: scratch.path(draft)) }
    }
    #expect(killedInTheMiddle > 0, "no round hit the write; the test shows nothing")
  }

  private func drafts(in scratch: Scratch) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: scratch.path()).filter { $0.hasSuffix(".draft") }
  }

  @Test func `what a killed run left does not stand in the way of the next`() throws {
    let scratch = try estate()
    let program = Program.executable.path()
    // The shell replaces itself by the program, so that both have one number and the draft's name is known.
    let outcome = Self.shell(
      """
      ln -s elsewhere out.sarif.$$-0.draft; echo left > out.sarif.$$-1.draft
      exec \(program) check --format sarif=out.sarif network.yaml
      """, in: scratch.folder)
    #expect(outcome.code == 1, "\(outcome.output)")
    let names = try FileManager.default.contentsOfDirectory(atPath: scratch.path())
    #expect(names.contains("out.sarif") && !names.contains("elsewhere"))
  }
}
