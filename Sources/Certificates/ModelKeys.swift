package import NetworkModel

/// The keys by which a certificate names things of the model: canonical ones, and where several things share one its number among them.
package struct ModelKeys: Sendable {
  package let endpoints: Table<Endpoint>
  package let zones: Table<Zone>
  package let segments: Table<Segment>
  package let attachments: Table<Attachment>
  package let relays: Table<Relay>

  package init(_ network: Network) {
    endpoints = Table(network.endpoints.map(\.identity))
    zones = Table(network.zones.map(\.identity))
    segments = Table(network.segments.map(\.identity))
    attachments = Table(network.attachments.map(\.identity))
    relays = Table(network.relays.map(\.identity))
  }

  /// The keys of one list of the network, both ways.
  package struct Table<Subject>: Sendable {
    private let keys: [String]
    private let offsets: [String: Int]

    init(_ identities: [Identity]) {
      var counts: [String: Int] = [:]
      keys = identities.map { identity in
        let number = counts[identity.key, default: 0] + 1
        counts[identity.key] = number
        return number == 1 ? identity.key : "\(identity.key)#\(number)"
      }
      offsets = Dictionary(keys.enumerated().map { ($0.element, $0.offset) }) { first, _ in first }
    }

    package subscript(_ id: Identifier<Subject>) -> String { keys[id.offset] }

    /// The thing of a key, if there is one.
    package subscript(_ key: String) -> Identifier<Subject>? { offsets[key].map { Identifier($0) } }
  }
}

extension Assumption {
  /// As a certificate states it.
  package var certified: String { "\(code): \(text)" }
}

extension Gap {
  /// As a certificate states it.
  package var certified: String { "\(kind.rawValue): \(subject): \(message)" }
}
