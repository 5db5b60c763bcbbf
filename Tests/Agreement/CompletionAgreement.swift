import Language
import NetworkModel
import PacketSpace
import Properties
import Reachability
import ReferenceInterpreter
package import TestSupport

/// What is said of a network in which something is unknown against what holds in every network that it may be.
///
/// Each completion is judged by the interpreter, packets and pairs, and each property by an evaluator of its own: what must be so is so in
/// all of them, what is so in one may be so, and no verdict of one contradicts a verdict of the whole.
package struct CompletionAgreement {
  package private(set) var disagreements: [String] = []
  package private(set) var completions: Int
  /// Comparisons of the whole with one completion.
  package private(set) var asked = 0
  /// Verdicts of the whole by name.
  package private(set) var verdicts: [String: Int] = [:]
  /// Walks that the interpreter leaves undecided over the whole.
  package private(set) var undecided = 0

  private let whole: Completions

  /// - Parameters:
  ///   - whole: the network and its completions.
  ///   - statements: how many lines of the language are judged.
  ///   - pairs: how many pairs are asked about.
  package init(_ whole: Completions, statements: Int = 8, pairs: Int = 4) {
    self.whole = whole
    completions = whole.all.count
    compareWalks(.interpreter)
    compareWalks(.engine)
    comparePairs(pairs)
    var source = Statements(whole.network, seed: whole.seed)
    compareVerdicts(source.lines(statements))
  }

  // MARK: Walks

  private mutating func compareWalks(_ judge: Judge) {
    let judging = judge.prepare(whole.network)
    let claims = whole.questions.map(judging)
    if judge.name == Judge.interpreter.name { undecided += claims.count { $0.arrives.isUndecided } }
    for (number, completion) in whole.all.enumerated() {
      let plain = Judge.interpreter.prepare(completion.network)
      for (index, claim) in claims.enumerated() {
        guard let question = completion.questions[index] else { continue }
        asked += 1
        for text in claim.overclaims(plain(question)) {
          disagreements.append("\(judge.name), question \(index), completion \(number): \(text)")
        }
      }
    }
  }

  // MARK: Pairs

  private struct Pair {
    var source: String
    var target: String
    var header: TrafficPoint
  }

  private mutating func comparePairs(_ count: Int) {
    let engine = Engine(whole.network)
    let pairs = choosePairs(count, engine)
    for completion in whole.all.indices {
      let network = whole.all[completion].network
      let expansion = Expansion(network, classes: CompiledNetwork(network).classes)
      for pair in pairs {
        guard let claim = claim(pair, engine), let source = source(pair.source, network),
          let target = endpoint(pair.target, network)
        else { continue }
        let plain = expansion.judge(source, .endpoint(target), pair.header)
        asked += 1
        var found = claim.overclaims(Judgement(arrives: plain.arrives, answered: plain.answered))
        // What arrives as this header may have been sent with another, where a relay rewrites ports.
        if expansion.isRewritten(on: target) { found.removeAll { $0.contains("surely, and") } }
        for text in found {
          disagreements.append(
            "pair \(pair.source) -> \(pair.target) on \(pair.header), completion \(completion): \(text)")
        }
      }
    }
  }

  private func choosePairs(_ count: Int, _ engine: Engine) -> [Pair] {
    var generator = SeededGenerator(seed: whole.seed)
    let relays = Set(whole.network.relays.flatMap(\.interfaces))
    let ends = whole.network.endpoints.indices.filter { !relays.contains(EndpointID($0)) }
    let headers = (0..<engine.compiled.atoms.count).map { engine.compiled.atoms.representative($0) }
      .filter { !$0.protocol.hasPorts || $0.sourcePort >= 1024 }
    var pairs: [Pair] = []
    for _ in 0..<count {
      guard let from = ends.randomElement(using: &generator), let header = headers.randomElement(using: &generator),
        let to = whole.network.endpoints.indices.randomElement(using: &generator), from != to
      else { continue }
      let source = Bool.random(using: &generator) ? whole.network.endpoints[from].identity.key : "internet"
      pairs.append(Pair(source: source, target: whole.network.endpoints[to].identity.key, header: header))
    }
    return pairs
  }

  private func source(_ name: String, _ network: Network) -> Source? {
    if name == "internet" {
      return network.zones.firstIndex(where: \.isInternet).map { .zone(ZoneID($0), within: .everything) }
    }
    return endpoint(name, network).map { .endpoint($0) }
  }

  private func endpoint(_ name: String, _ network: Network) -> EndpointID? {
    network.endpoints.firstIndex { $0.identity.key == name }.map { EndpointID($0) }
  }

  private func claim(_ pair: Pair, _ engine: Engine) -> Judgement? {
    guard let source = source(pair.source, whole.network), let target = endpoint(pair.target, whole.network) else {
      return nil
    }
    let connection = engine.connection(source, .endpoint(target))
    func certainty(_ bounds: Bounds<TrafficSet>) -> Certainty {
      Certainty(may: bounds.may.contains(pair.header), must: bounds.must.contains(pair.header))
    }
    return Judgement(arrives: certainty(connection.arrives), answered: certainty(connection.answered))
  }

  // MARK: Verdicts

  private mutating func compareVerdicts(_ lines: [String]) {
    let judged = lines.compactMap { line in Self.verdicts(whole.network, [line])[line].map { (line, $0) } }
    for (_, verdict) in judged { verdicts["\(verdict)", default: 0] += 1 }
    let decided = judged.filter { $0.1 != .undecided }
    if decided.isEmpty { return }
    for (number, completion) in whole.all.enumerated() {
      let settled = Self.verdicts(completion.network, decided.map(\.0))
      for (line, verdict) in decided {
        guard let other = settled[line] else { continue }
        asked += 1
        if Self.contradict(verdict, other) {
          disagreements.append("`\(line)`: \(verdict), and in completion \(number) \(other)")
        }
      }
    }
  }

  /// Verdicts by line; of a line that cannot be asked there is none.
  private static func verdicts(_ network: Network, _ lines: [String]) -> [String: Verdict] {
    let evaluator = Evaluator(Evaluator.Ground(network))
    var result: [String: Verdict] = [:]
    for line in lines {
      guard let property = try? Parser.property(line), let judged = try? evaluator.verdict(property) else { continue }
      result[line] = judged.verdict
    }
    return result
  }

  /// What was proved or found violated is never otherwise where more is known; one that speaks of nothing goes on doing so.
  private static func contradict(_ whole: Verdict, _ settled: Verdict) -> Bool {
    switch whole {
    case .proved: settled == .violated
    case .violated: settled == .proved || settled == .vacuous
    case .vacuous: settled != .vacuous
    case .undecided: false
    }
  }
}
