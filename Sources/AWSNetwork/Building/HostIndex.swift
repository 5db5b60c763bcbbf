import NetworkModel

/// The endpoints of each host, by the ids that other records call the host by.
struct HostIndex {
  private var own: [String: [EndpointID]] = [:]
  private var everywhere: [String: [EndpointID]] = [:]

  /// Notes an endpoint under the ids of its host and of the interface that it is reached by.
  mutating func insert(_ endpoint: EndpointID, _ headers: ResourceHeader...) {
    for header in headers {
      let ids = [header.id] + header.aliases.filter { $0.form == .id || $0.form == .arn }.map(\.text)
      for id in Set(ids) {
        let key = Self.key(id, header)
        if own[key]?.contains(endpoint) == true { continue }
        own[key, default: []].append(endpoint)
        everywhere[id, default: []].append(endpoint)
      }
    }
  }

  private static func key(_ id: String, _ header: ResourceHeader) -> String { "\(RecordIndex.scope(header))|\(id)" }

  /// A host's endpoints, the primary interface first; those of the caller's own account and region before others of the same id.
  func find(_ reference: Reference, from header: ResourceHeader) -> [EndpointID] {
    own[Self.key(reference.text, header)] ?? everywhere[reference.text] ?? []
  }
}
