import Agreement
import Foundation
import NetworkModel
import TestSupport
import Testing

/// Networks as files, and what is found made small.
@Suite struct `Saved networks` {
  @Test func `are read as they were written`() throws {
    for seed in UInt64(1)...30 {
      let random = RandomNetwork(seed: seed)
      let posed = SavedCase(random.network, questions: random.questions(6), statements: ["forbid internet -> any"])
      let text = posed.saved.fileText
      let read = try SavedCase(SavedValue(reading: Array(text.utf8), named: "seed \(seed)"))
      #expect(read.saved == posed.saved, "seed \(seed)")
      let (before, after) = (Judge.interpreter.prepare(posed.network), Judge.interpreter.prepare(read.network))
      #expect(posed.questions.map(before) == read.questions.map(after), "seed \(seed)")
    }
  }

  @Test func `refer to nothing that is not there`() {
    let text = #"{"network": {"endpoint": [{"key": "a", "placements": [{"segment": "segment#0"}]}]}}"#
    #expect(throws: (any Error).self) { try SavedCase(SavedValue(reading: Array(text.utf8), named: "test")) }
  }

  /// A judge that takes every deny for a pass: a fault planted on purpose.
  private static let faulty = Judge("faulty") { network in
    var network = network
    for filter in network.filters.indices {
      for rule in (network.filters[filter].ingress?.rules ?? []).indices
      where network.filters[filter].ingress?.rules[rule].action == .deny {
        network.filters[filter].ingress?.rules[rule].action = .next
      }
    }
    return Judge.interpreter.prepare(network)
  }

  @Test func `of a fault are small`() throws {
    var shrunk = 0
    for seed in UInt64(1)...200 where shrunk < 2 {
      let random = RandomNetwork(seed: seed, shape: .known)
      let posed = SavedCase(random.network, questions: random.questions(8))
      if WalkAgreement(posed, .interpreter, Self.faulty).disagreements.isEmpty { continue }
      let small = WalkAgreement.shrunk(posed, .interpreter, Self.faulty, tries: 3000)
      #expect(!WalkAgreement(small, .interpreter, Self.faulty).disagreements.isEmpty, "seed \(seed)")
      #expect(small.questions.count == 1)
      let rules = small.network.filters.flatMap { ($0.ingress?.rules ?? []) + ($0.egress?.rules ?? []) }
      #expect(rules.count <= 3, "seed \(seed): \(rules.count) rules of \(posed.saved.size) values are left")
      #expect(small.saved.size < posed.saved.size / 5, "seed \(seed): \(small.saved.size) of \(posed.saved.size)")
      shrunk += 1
    }
    #expect(shrunk == 2, "the fault is found")
  }

  /// `fixtures/disagreements`: what engine and interpreter once said differently.
  private static let kept: [URL] = {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    return SharedCorpora.files(in: root.appendingPathComponent("fixtures/disagreements"), withExtension: "json")
  }()

  @Test func `on which engine and interpreter once differed`() throws {
    #expect(!Self.kept.isEmpty)
    for file in Self.kept {
      let posed = try SavedCase(SavedValue(contentsOf: file))
      let name = file.lastPathComponent
      #expect(WalkAgreement(posed).disagreements.map(\.text) == [], "\(name)")
      #expect(PairAgreement(posed.network, seed: 0).disagreements == [], "\(name)")
      #expect(WayAgreement(posed.network).disagreements == [], "\(name)")
      guard let whole = Completions(posed.network, posed.questions, seed: 0) else { continue }
      #expect(CompletionAgreement(whole).disagreements == [], "\(name)")
    }
  }
}
