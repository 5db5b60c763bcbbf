import Agreement
import Foundation
import TestSupport

/// Holds the engine against the interpreter on as many random networks as are asked for:
/// `soak walks|pairs|ways|completions|coverage FIRST-LAST [FOLDER]`; `soak explain FILE…` says what each makes of saved cases.
///
/// Where it stopped is noted in the folder, so that the same command goes on; a disagreement is shrunk and saved there.
@main struct Soak {
  enum Kind: String { case walks, pairs, ways, completions, coverage }

  let kind: Kind
  let seeds: ClosedRange<UInt64>
  let folder: URL

  static func main() throws {
    let words = CommandLine.arguments.dropFirst()
    if words.first == "explain" {
      for file in words.dropFirst() {
        let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: file)))
        print("\(file)\n\(CaseExplanation(try SavedCase(SavedValue(reading: bytes, named: file))).text)")
      }
      return
    }
    let ends = words.dropFirst().first?.split(separator: "-").compactMap { UInt64($0) } ?? []
    guard let kind = words.first.flatMap(Kind.init(rawValue:)), ends.count == 2, ends[0] <= ends[1] else {
      print("usage: soak walks|pairs|ways|completions|coverage FIRST-LAST [FOLDER]")
      exit(2)
    }
    if kind == .coverage {
      // In how many networks each construct is, and in how many of the first of them it decides.
      let counts = Coverage(ends[0]...ends[1]).counts.sorted { $0.key < $1.key }
      for (name, count) in counts { print("\(count.networks)\t\(count.decides)\t\(name)") }
      exit(counts.allSatisfy { $0.value.decides > 0 } ? 0 : 1)
    }
    let folder = URL(fileURLWithPath: words.dropFirst(2).first ?? ".build-soak/found")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let found = try Soak(kind: kind, seeds: ends[0]...ends[1], folder: folder).run()
    exit(found == 0 ? 0 : 1)
  }

  /// The last seed that is done, for these kinds and seeds.
  private var mark: URL {
    folder.appendingPathComponent("\(kind.rawValue)-\(seeds.lowerBound)-\(seeds.upperBound).done")
  }

  /// - Returns: how many networks showed a disagreement.
  func run() throws -> Int {
    let done = (try? String(contentsOf: mark, encoding: .utf8)).flatMap {
      UInt64($0.trimmingCharacters(in: .whitespacesAndNewlines))
    }
    var (networks, asked, differ, arriving, found) = (0, 0, 0, 0, 0)
    var shown = Date.now
    for seed in (done.map { $0 + 1 } ?? seeds.lowerBound)...max(seeds.upperBound, done.map { $0 + 1 } ?? 0)
    where seed <= seeds.upperBound {
      let counts = try judge(seed)
      networks += counts.isCounted ? 1 : 0
      asked += counts.asked
      differ += counts.differ
      arriving += counts.arriving
      found += counts.disagrees ? 1 : 0
      if Date.now.timeIntervalSince(shown) > 10 || seed == seeds.upperBound {
        shown = .now
        try "\(seed)\n".write(to: mark, atomically: true, encoding: .utf8)
        print(
          "\(kind.rawValue): \(networks) networks up to seed \(seed), \(asked) asked, \(arriving) may arrive, "
            + "\(differ) bounds differ, \(found) networks with a disagreement, \(Int(Self.cpuSeconds)) CPU seconds")
        fflush(nil)
      }
    }
    return found
  }

  private struct Counts {
    var isCounted = true
    var asked: Int
    var differ: Int
    var arriving: Int
    var disagrees: Bool
  }

  /// Every second network has nothing unknown.
  private func judge(_ seed: UInt64) throws -> Counts {
    let shape = seed % 2 == 0 ? RandomNetwork.Shape.known : RandomNetwork.Shape()
    let random = RandomNetwork(seed: seed, shape: shape)
    switch kind {
    case .coverage:
      return Counts(isCounted: false, asked: 0, differ: 0, arriving: 0, disagrees: false)
    case .walks:
      let posed = SavedCase(random.network, questions: random.questions(8))
      let agreement = WalkAgreement(posed)
      if let first = agreement.disagreements.first {
        print("seed \(seed): \(first.text)")
        try save(WalkAgreement.shrunk(posed), "walk-\(seed)")
      }
      return Counts(
        asked: agreement.asked, differ: agreement.differ, arriving: agreement.arriving,
        disagrees: !agreement.disagreements.isEmpty)
    case .completions:
      guard let whole = Completions(seed: seed) else {
        return Counts(isCounted: false, asked: 0, differ: 0, arriving: 0, disagrees: false)
      }
      let agreement = CompletionAgreement(whole)
      if let first = agreement.disagreements.first {
        print("seed \(seed): \(first)")
        let small = Shrinking.shrink(SavedCase(whole.network, questions: whole.questions), tries: 1500) { smaller in
          Completions(smaller.network, smaller.questions, seed: seed).map {
            CompletionAgreement($0).disagreements.first?.prefix(8) == first.prefix(8)
          } ?? false
        }
        try save(small, "completion-\(seed)")
      }
      return Counts(
        asked: agreement.asked, differ: agreement.undecided, arriving: agreement.completions,
        disagrees: !agreement.disagreements.isEmpty)
    case .ways:
      let agreement = WayAgreement(random.network)
      if let first = agreement.disagreements.first {
        print("seed \(seed): \(first)")
        let small = Shrinking.shrink(SavedCase(random.network), tries: 4000) {
          !WayAgreement($0.network).disagreements.isEmpty
        }
        try save(small, "way-\(seed)")
      }
      return Counts(
        asked: agreement.asked, differ: 0, arriving: agreement.arriving, disagrees: !agreement.disagreements.isEmpty)
    case .pairs:
      let agreement = PairAgreement(random.network, seed: seed)
      if let first = agreement.disagreements.first {
        print("seed \(seed): \(first)")
        let small = Shrinking.shrink(SavedCase(random.network), tries: 4000) {
          !PairAgreement($0.network, seed: seed).disagreements.isEmpty
        }
        try save(small, "pair-\(seed)")
      }
      return Counts(
        asked: agreement.asked, differ: agreement.differ, arriving: agreement.arriving,
        disagrees: !agreement.disagreements.isEmpty)
    }
  }

  private func save(_ small: SavedCase, _ name: String) throws {
    let file = folder.appendingPathComponent("\(name).json")
    try small.saved.fileText.write(to: file, atomically: true, encoding: .utf8)
    print("saved: \(file.path)")
  }

  /// User and system time of this process.
  private static var cpuSeconds: Double { Double(clock()) / Double(CLOCKS_PER_SEC) }
}
