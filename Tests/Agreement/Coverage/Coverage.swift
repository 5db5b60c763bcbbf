import NetworkModel
import TestSupport

/// How often random networks have each construct, and how often it decides an answer.
package struct Coverage {
  package struct Count: Sendable {
    package var networks = 0
    package var decides = 0
  }

  package private(set) var counts: [String: Count] = [:]

  /// - Parameters:
  ///   - seeds: the networks; every second has nothing unknown.
  ///   - enough: a construct that decided so often is only counted from there on; 0: all are only counted.
  package init(_ seeds: ClosedRange<UInt64>, enough: Int = 3) {
    for construct in Construct.all { counts[construct.name] = Count() }
    for seed in seeds {
      let shape = seed % 2 == 0 ? RandomNetwork.Shape.known : RandomNetwork.Shape()
      let random = RandomNetwork(seed: seed, shape: shape)
      let questions = random.questions(8)
      var plain: [Judgement]?
      for construct in Construct.all where construct.count(random.network) > 0 {
        counts[construct.name]?.networks += 1
        if counts[construct.name].map({ $0.decides >= enough }) ?? true { continue }
        var network = random.network
        construct.remove(&network)
        let before = plain ?? questions.map(Judge.interpreter.prepare(random.network))
        plain = before
        let judging = Judge.interpreter.prepare(network)
        let decides = zip(questions, before).contains { question, judgement in
          question.fits(network) && judging(question) != judgement
        }
        if decides { counts[construct.name]?.decides += 1 }
      }
    }
  }
}

extension PosedQuestion {
  /// Whether the placements that the question names are there.
  fileprivate func fits(_ network: Network) -> Bool {
    if case .endpoint(let id, let placement) = origin, !network[id].placements.indices.contains(placement) {
      return false
    }
    if case .endpoint(let id) = asked, let placement = askedPlacement {
      return network[id].placements.indices.contains(placement)
    }
    return true
  }
}
