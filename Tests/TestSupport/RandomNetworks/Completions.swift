package import NetworkModel
import ReferenceInterpreter

/// A network in which a few things are unknown, and every network that it may be.
package struct Completions: Sendable {
  /// One of them, with the questions as they read there; `nil` where one does not fit: its origin stands elsewhere, or is not there.
  package struct Completion: Sendable {
    package var network: Network
    package var questions: [PosedQuestion?]
  }

  package let seed: UInt64
  package let network: Network
  package let questions: [PosedQuestion]
  package let unknowns: Int
  package let all: [Completion]

  /// Makes a random network and settles it until at most six things are unknown; `nil` where nothing is, or it has too many completions.
  ///
  /// Of a few ways to settle it the one is taken in which what is left unknown decides most.
  package init?(seed: UInt64, most: Int = 120) {
    let random = RandomNetwork(seed: seed, shape: RandomNetwork.Shape(unknowns: 0.25))
    let questions = random.questions(24)
    var best: (undecided: Int, network: Network, questions: [PosedQuestion])?
    for variant in UInt64(0)..<6 {
      guard let (network, questions) = Self.settled(random.network, questions, seed: seed &* 131 &+ variant) else {
        continue
      }
      let interpreter = Interpreter(network)
      let isOpen = questions.map { interpreter.judge(WalkQuestion($0)).arrives.isUndecided }
      let count = isOpen.count { $0 }
      // Those that are undecided come first.
      let sorted = zip(questions, isOpen).filter(\.1).map(\.0) + zip(questions, isOpen).filter { !$0.1 }.map(\.0)
      if count > best?.undecided ?? -1 { best = (count, network, Array(sorted.prefix(8))) }
      if count > 3 { break }
    }
    guard let best else { return nil }
    self.init(best.network, best.questions, seed: seed, most: most)
  }

  /// Settles things by chance until at most six are unknown.
  private static func settled(
    _ network: Network, _ questions: [PosedQuestion], seed: UInt64
  ) -> (Network, [PosedQuestion])? {
    var (network, questions) = (network, questions)
    for attempt in UInt64(0)..<16 {
      if decisions(network, questions, seed: seed) <= 6 { return (network, questions) }
      let settled = Settling(
        network, questions, Settler(seed: seed &* 31 &+ attempt, probability: 0.35), settlesExistence: attempt > 2)
      guard let next = without(settled.absent, settled.network, settled.questions) else { return nil }
      network = next.network
      questions = next.questions.compactMap { $0 }
    }
    return nil
  }

  /// Every completion of a network.
  package init?(_ network: Network, _ questions: [PosedQuestion], seed: UInt64, most: Int = 300) {
    self.seed = seed
    self.network = network
    self.questions = questions
    unknowns = Self.decisions(network, questions, seed: seed)
    guard (1...6).contains(unknowns) else { return nil }
    var all: [Completion] = []
    var script: Settler? = Settler(scripted: seed)
    while let current = script {
      if all.count == most { return nil }
      let settled = Settling(network, questions, current, settlesExistence: true)
      if let completion = Self.without(settled.absent, settled.network, settled.questions) { all.append(completion) }
      script = settled.settler.next(scripted: seed)
    }
    self.all = all
  }

  /// How many decisions a completion takes.
  private static func decisions(_ network: Network, _ questions: [PosedQuestion], seed: UInt64) -> Int {
    Settling(network, questions, Settler(scripted: seed), settlesExistence: true).settler.count
  }

  /// The network without the endpoints that do not exist.
  private static func without(
    _ absent: Set<EndpointID>, _ network: Network, _ questions: [PosedQuestion?]
  ) -> Completion? {
    if absent.isEmpty { return Completion(network: network, questions: questions) }
    var current = SavedCase(network, questions: questions.compactMap { $0 })
    var kept = questions.indices.filter { questions[$0] != nil }
    for endpoint in absent.sorted().reversed() {
      let fitting = current.questions.map { !$0.names(endpoint) }
      kept = zip(kept, fitting).filter(\.1).map(\.0)
      current.questions = zip(current.questions, fitting).filter(\.1).map(\.0)
      guard let smaller = current.saved.takingOut("endpoint", endpoint.offset..<endpoint.offset + 1),
        let read = try? SavedCase(smaller), read.questions.count == kept.count
      else { return nil }
      current = read
    }
    var result = [PosedQuestion?](repeating: nil, count: questions.count)
    for (place, question) in zip(kept, current.questions) { result[place] = question }
    return Completion(network: current.network, questions: result)
  }
}

extension PosedQuestion {
  /// Whether the endpoint is one that the question is about.
  fileprivate func names(_ endpoint: EndpointID) -> Bool {
    if case .endpoint(endpoint, _) = origin { return true }
    return asked == .endpoint(endpoint) || target == endpoint
  }
}
