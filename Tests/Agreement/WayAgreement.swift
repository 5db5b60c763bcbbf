package import NetworkModel
import PacketSpace
import Reachability

/// Ways that pairs share against each pair walked by itself: the same bounds, whatever the network holds.
package struct WayAgreement {
  package private(set) var disagreements: [String] = []
  package private(set) var asked = 0
  package private(set) var arriving = 0

  package init(_ network: Network) {
    let basis = EngineBasis(network)
    let (sharing, walking) = (Engine(basis), Engine(basis, walksEachPair: true))
    let endpoints = network.endpoints.indices.map { EndpointID($0) }
    let zones = network.zones.indices.map { ZoneID($0) }
    let sources = endpoints.map { Source.endpoint($0) } + zones.map { Source.zone($0, within: .everything) }
    let destinations =
      endpoints.map { Destination.endpoint($0) } + zones.map { Destination.zone($0, within: .everything) }
    for source in sources {
      for destination in destinations {
        if case (.zone, .zone) = (source, destination) { continue }
        let (one, other) = (sharing.connection(source, destination), walking.connection(source, destination))
        asked += 1
        if !other.arrives.may.isEmpty { arriving += 1 }
        for (word, shared, walked) in [
          ("arrives", one.arrives, other.arrives), ("answered", one.answered, other.answered),
        ] where shared != walked {
          let (more, less) = (shared.may.subtracting(walked.may), walked.may.subtracting(shared.may))
          disagreements.append(
            "\(source) -> \(destination): \(word): shared ways may let through \(more) more and \(less) less, and must "
              + "\(shared.must.subtracting(walked.must)) more and \(walked.must.subtracting(shared.must)) less")
        }
      }
    }
  }
}
