import Foundation

// What the work costs, stage by stage: `benchmarks estate N [runs]` makes an AWS estate of N interfaces, `benchmarks cluster FOLDER [runs]`
// reads manifests. One line a stage: CPU seconds, the best of the runs. Each size wants a process of its own, for the memory's peak.
// `benchmarks case NAME` does one small piece of work once, for its instructions to be counted.

let arguments = CommandLine.arguments.dropFirst()
guard let mode = arguments.first, let what = arguments.dropFirst().first else {
  print("usage: benchmarks estate N [runs] | benchmarks cluster FOLDER [runs] | benchmarks case NAME")
  exit(2)
}
let runs = arguments.dropFirst(2).first.flatMap { Int($0) } ?? 5
switch mode {
case "estate":
  guard let endpoints = Int(what) else { fatalError("a number of interfaces") }
  try EstateBenchmark(endpoints: endpoints, runs: runs).run()
case "cluster": ClusterBenchmark(folder: what, runs: runs).run()
case "case":
  guard let piece = InstructionCase(rawValue: what) else {
    fatalError("one of \(InstructionCase.allCases.map(\.rawValue))")
  }
  try piece.run()
default: fatalError("estate, cluster or case")
}
