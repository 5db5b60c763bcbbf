package import NetworkModel
import PacketSpace
import Reachability
import ReferenceInterpreter
import TestSupport

/// The engine's answer for every pair of a network against walks of the reference interpreter, put together by the walk, section 8: each
/// address of each placement, public ones and relays included. Between the two stand the classes, the bound by the ends, the folds and the
/// caches.
package struct PairAgreement {
  package private(set) var disagreements: [String] = []
  package private(set) var differ = 0
  package private(set) var asked = 0
  package private(set) var arriving = 0

  /// - Parameters:
  ///   - network: what is asked about.
  ///   - seed: which of the headers that the network tells apart are taken.
  ///   - mostHeaders: how many of them.
  package init(_ network: Network, seed: UInt64, mostHeaders: Int = 8) {
    let engine = Engine(network)
    let expansion = Expansion(network, classes: engine.compiled.classes)
    let headers = Self.headers(engine, seed, mostHeaders)
    for source in expansion.sources {
      for target in network.endpoints.indices.map({ EndpointID($0) }) where source != .endpoint(target) {
        let connection = engine.connection(source, .endpoint(target))
        for header in headers {
          asked += 1
          let plain = expansion.judge(source, .endpoint(target), header)
          if plain.arrives.may { arriving += 1 }
          for (word, one, other) in [
            ("arrives", plain.arrives, connection.arrives), ("answered", plain.answered, connection.answered),
          ] {
            let (may, must) = (other.may.contains(header), other.must.contains(header))
            // What arrives as this header may have been sent with another, where a relay rewrites ports.
            let overclaims = must && !one.may && !expansion.isRewritten(on: target)
            if overclaims || (one.must && !may) {
              disagreements.append(
                "\(source) -> \(network[target].identity.key) on \(header): \(word): interpreter \(one), "
                  + "engine may \(may) must \(must)")
            } else if may != one.may || must != one.must {
              differ += 1
            }
          }
        }
      }
    }
  }

  /// A few headers that the network tells apart, from ports that no translation changes.
  private static func headers(_ engine: Engine, _ seed: UInt64, _ most: Int) -> [TrafficPoint] {
    let atoms = engine.compiled.atoms
    let all = (0..<atoms.count).map { atoms.representative($0) }.filter {
      !$0.protocol.hasPorts || $0.sourcePort >= 1024
    }
    let stride = max(1, all.count / most)
    let first = Int(seed % UInt64(stride))
    return Swift.stride(from: first, to: all.count, by: stride).map { all[$0] }
  }
}
