import ArgumentParser
import Foundation
import Mutation

@main struct Mutants: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Makes systematic mistakes in Tierproof's sources and sees whether its tests notice.",
    subcommands: [List.self, BuildAll.self, Run.self, Check.self])
}

struct Place: ParsableArguments {
  @Option(help: "The root of the repository.", completion: .directory) var repository = "."

  var tree: MutatedTree { MutatedTree(repository: URL(filePath: repository).standardizedFileURL) }

  func chosen() throws -> [Mutant] { Choice.chosen(of: try Choice.all(in: tree.repository)) }
}

func say(_ line: String) {
  print(line)
  fflush(nil)
}

struct List: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Print the mutants, or how many there are.")
  @OptionGroup var place: Place
  @Flag(help: "Print counts by target and operator instead.") var count = false

  func run() throws {
    let all = try Choice.all(in: place.tree.repository)
    let chosen = Choice.chosen(of: all)
    guard count else { return chosen.forEach { say($0.name) } }
    say("\(chosen.count) of \(all.count) sites are taken")
    for kind in MutationOperator.allCases {
      let cells = Choice.targets.map { target in
        let here = all.filter { $0.kind == kind && $0.target == target }
        return "\(target) \(Choice.chosen(of: here).count)/\(here.count)"
      }
      say("\(kind.rawValue): \(cells.joined(separator: ", "))")
    }
  }
}

struct BuildAll: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build", abstract: "Write the mutated copy of the repository and build its tests.")
  @OptionGroup var place: Place

  func run() throws {
    try Build(place.tree).run(place.chosen(), say: say)
  }
}

struct Run: ParsableCommand {
  static let configuration = CommandConfiguration(abstract: "Try the mutants that were not tried yet.")
  @OptionGroup var place: Place
  @Option(help: "Try only mutants whose name holds this text, and these again.") var matching: String?
  @Flag(help: "Try those again that lived.") var living = false
  @Flag(help: "Leave out the suites that take longer than a second; who lives is told and not recorded.") var quick =
    false

  func run() throws {
    try Trials(place.tree).run(Build(place.tree).last(), matching: matching, living: living, quick: quick, say: say)
  }
}

struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    abstract: "Write docs/mutants.md, list those that live, and fail unless enough died and the rest is explained.")
  @OptionGroup var place: Place

  func run() throws {
    let tree = place.tree
    let chosen = try place.chosen()
    let text = try String(contentsOf: tree.repository.appending(path: "Mutation/explained.txt"), encoding: .utf8)
    let (fates, stale) = try fates(of: chosen, tree)
    let balance = Balance(chosen: chosen, fates: fates, explanations: Explanations(text))
    try Data(balance.page().utf8).write(to: tree.repository.appending(path: "docs/mutants.md"))
    say(
      "\(balance.tried) tried, \(balance.dead) died, \(balance.harmless) of \(balance.living.count) that live are harmless:"
    )
    for mutant in balance.living { say("  \(mutant.name)") }
    var faults = balance.faults()
    if stale > 0 { faults.append("\(stale) lived when the tree was another, and were not tried again") }
    for fault in faults { say("fault: \(fault)") }
    if !faults.isEmpty { throw ExitCode.failure }
  }

  /// What became of each. One that lived in an older version of the tree counts as living until it is tried again; one that died in an
  /// older version of its file is not tried yet.
  private func fates(of chosen: [Mutant], _ tree: MutatedTree) throws -> (fates: [String: Fate], stale: Int) {
    let uncompiled = Build(tree).uncompiled()
    let table = try Table(tree)
    let versions = try tree.versions()
    var fates: [String: Fate] = [:]
    var stale = 0
    for mutant in chosen {
      if uncompiled.contains(mutant.name) {
        fates[mutant.name] = .uncompiled
      } else if let row = table.row(of: mutant.name, file: versions.file(of: mutant), all: versions.all) {
        fates[mutant.name] = row.fate
      } else if let row = table.rows[mutant.name], !row.fate.isDead {
        fates[mutant.name] = row.fate
        stale += 1
      }
    }
    return (fates, stale)
  }
}
