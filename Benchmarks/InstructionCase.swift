import CertificateChecker
import Foundation
import Language
import NetworkModel
import Properties
import Reachability
import Snapshots

/// A small piece of work that does the same instructions each time: `scripts/instructions` counts them.
enum InstructionCase: String, CaseIterable {
  case json, load, pairs, certificate

  private static let endpoints = 400

  func run() throws {
    try EstateBenchmark.withFolder(of: Self.endpoints) { folder, _ in
      if self == .json {
        print(EstateBenchmark.nodes(in: folder))
        return
      }
      let snapshot = SnapshotLoader.load(SnapshotRequest(paths: [folder.path]))
      if self == .load {
        print(snapshot.network.endpoints.count)
        return
      }
      let basis = EngineBasis(snapshot.network)
      if self == .pairs {
        print(EstateBenchmark.table(basis).answers.count)
        return
      }
      let stage = CertificateStage(basis: basis, runs: 1)
      print(stage.check(try stage.write()).map { "\($0.outcome)" })
    }
  }
}
