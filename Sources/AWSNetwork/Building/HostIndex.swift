import NetworkModel

/// The endpoints of each host, by the ids that other records call the host by.
struct HostIndex {
  private struct Key: Hashable {
    var id: String
    var scope: RecordIndex.Scope
  }

  private var own: [Key: [EndpointID]] = [:]
  private var everywhere: [String: [EndpointID]] = [:]

  /// Notes an endpoint under the ids of its host and of the interface that it is reached by.
  mutating func insert(_ endpoint: EndpointID, _ headers: ResourceHeader...) {
    for header in headers {
      let scope = RecordIndex.Scope(header)
      for id in [header.id] + header.aliases.filter({ $0.form == .id || $0.form == .arn }).map(\.text) {
        let key = Key(id: id, scope: scope)
        // The host and its interface may be one.
        if own[key]?.last == endpoint { continue }
        own[key, default: []].append(endpoint)
        everywhere[id, default: []].append(endpoint)
      }
    }
  }

  /// A host's endpoints, the primary interface first; those of the caller's own account and region before others of the same id.
  func find(_ reference: Reference, from header: ResourceHeader) -> [EndpointID] {
    own[Key(id: reference.text, scope: RecordIndex.Scope(header))] ?? everywhere[reference.text] ?? []
  }
}
