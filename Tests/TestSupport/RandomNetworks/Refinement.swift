package import NetworkModel

/// A network of which less is unknown, and a question as it reads there.
///
/// Each unknown that is settled takes a value that it could have, so an evaluator's *must* may only grow and its *may* may only shrink. That
/// holds for any evaluator, without a word about how it works.
package struct Refinement: Sendable {
  package let network: Network
  package let question: PosedQuestion

  /// Settles each unknown with the probability.
  package init(of network: Network, _ question: PosedQuestion, seed: UInt64, probability: Double = 0.7) {
    let settling = Settling(
      network, [question], Settler(seed: seed, probability: probability), settlesExistence: false)
    self.network = settling.network
    self.question = settling.questions[0] ?? question
  }
}
