import Diagnostics
import NetworkModel
import Synchronization

/// Finds what of the network has a name, by each of its names.
///
/// Most runs ask for a few names, and are told sooner by looking at all of them than by an index; whoever asks for more gets one. Copies of
/// what holds it share it.
final class NameIndex: Sendable {
  private struct State {
    var lookups = 0
    var index: NamedThings?
  }

  private let network: Network
  private let state = Mutex(State())
  /// So many names are looked for one by one: an index costs as much as a few dozen of them.
  private static let few = 8

  init(_ network: Network) { self.network = network }

  /// What a name means, in the order of how exact names are; a glob means all that it matches.
  func things(named name: Pattern) -> [NamedThings.Thing] {
    let index = state.withLock { state in
      state.lookups += 1
      if state.index == nil, state.lookups > Self.few { state.index = NamedThings(network) }
      return state.index
    }
    return index?.things(named: name) ?? NamedThings.things(named: name, in: network)
  }

  /// A known name that is near a word.
  func nearest(to word: String) -> String? {
    Spelling.nearest(to: word, among: Set(state.withLock { $0.index ?? NamedThings(network) }.names).sorted())
  }
}
