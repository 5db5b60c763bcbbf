import NetworkModel

/// Finds records by what other records call them: id, ARN, name, `stack/LogicalId`; first in the caller's own account and region.
struct RecordIndex {
  private struct Key: Hashable {
    var kind: Kind
    var text: String
  }

  private struct Entry {
    var scope: Scope
    var index: Int
    /// Whether the text names one thing wherever it is: an id or ARN, no name that people choose.
    var isGlobal: Bool
  }

  /// An account and a region.
  struct Scope: Hashable {
    var account: String
    var region: String

    init(_ header: ResourceHeader) {
      account = header.account ?? ""
      region = header.region ?? ""
    }
  }

  enum Kind: Hashable {
    case vpc, subnet, group, prefixList, internetGateway, natGateway, peering, interface, instance, loadBalancer
    case listener, targetGroup, subnetGroup, parameterGroup, cluster, fleet, service, routeTable, networkACL
  }

  private var entries: [Key: [Entry]] = [:]

  mutating func insert(_ kind: Kind, _ headers: [ResourceHeader]) {
    for (number, header) in headers.enumerated() { insert(kind, header, at: number) }
  }

  mutating func insert(_ kind: Kind, _ header: ResourceHeader, at number: Int) {
    let scope = Scope(header)
    if header.aliases.isEmpty {
      entries[Key(kind: kind, text: header.id), default: []].append(
        Entry(scope: scope, index: number, isGlobal: true))
      return
    }
    let global = Set([header.id] + header.aliases.filter { $0.form == .id || $0.form == .arn }.map(\.text))
    let local = Set(header.aliases.filter { $0.form != .address }.map(\.text)).subtracting(global)
    for (texts, isGlobal) in [(global, true), (local, false)] {
      for text in texts {
        entries[Key(kind: kind, text: text), default: []].append(
          Entry(scope: scope, index: number, isGlobal: isGlobal))
      }
    }
  }

  static func scope(_ header: ResourceHeader) -> String { "\(header.account ?? "")/\(header.region ?? "")" }

  /// The record that a reference names, as seen from another record.
  func find(_ kind: Kind, _ reference: Reference, from header: ResourceHeader) -> Int? {
    guard let found = entries[Key(kind: kind, text: reference.text)] else { return nil }
    let scope = Scope(header)
    if let own = found.first(where: { $0.scope == scope }) { return own.index }
    return found.first(where: \.isGlobal)?.index
  }
}
