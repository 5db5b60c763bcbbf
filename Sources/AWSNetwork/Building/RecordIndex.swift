import NetworkModel

/// Finds records by what other records call them: id, ARN, name, `stack/LogicalId`; first in the caller's own account and region.
struct RecordIndex {
  private struct Key: Hashable {
    var kind: Kind
    var text: String
  }

  enum Kind: Hashable {
    case vpc, subnet, group, prefixList, internetGateway, natGateway, peering, interface, instance, loadBalancer
    case listener, targetGroup, subnetGroup, parameterGroup, cluster, fleet, service
  }

  private var entries: [Key: [(scope: String, index: Int)]] = [:]

  mutating func insert(_ kind: Kind, _ headers: [ResourceHeader]) {
    for (index, header) in headers.enumerated() {
      let scope = Self.scope(header)
      for text in Set([header.id] + header.aliases.filter { $0.form != .address }.map(\.text)) {
        entries[Key(kind: kind, text: text), default: []].append((scope, index))
      }
    }
  }

  private static func scope(_ header: ResourceHeader) -> String { "\(header.account ?? "")/\(header.region ?? "")" }

  /// The record that a reference names, as seen from another record.
  func find(_ kind: Kind, _ reference: Reference, from header: ResourceHeader) -> Int? {
    guard let found = entries[Key(kind: kind, text: reference.text)] else { return nil }
    let scope = Self.scope(header)
    if let own = found.first(where: { $0.scope == scope }) { return own.index }
    // An id of AWS's own names one thing wherever it is; a shared one comes from several dumps.
    return found.first?.index
  }
}
