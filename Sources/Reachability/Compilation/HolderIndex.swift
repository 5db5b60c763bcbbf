import NetworkModel
import PacketSpace

/// Who holds an address in a segment: an endpoint in one of its placements, or a router's port.
enum Holder: Hashable, Sendable {
  case endpoint(EndpointID, placement: Int)
  case port(AttachmentID, port: Int)

  /// Whether the holder is that endpoint, in whatever placement.
  func `is`(_ endpoint: EndpointID) -> Bool { if case .endpoint(endpoint, _) = self { true } else { false } }
}

/// The holders of one segment. In a segment an address has one holder, the most particular one.
struct SegmentHolders: Sendable {
  private var hosts: [IPAddress: [Holder]] = [:]
  private var prefixes: [(prefix: IPPrefix, holder: Holder)] = []
  /// Several where an endpoint holds its address in more than one placement here.
  private var unknown: [UnknownAddressID: [Holder]] = [:]

  mutating func insert(_ holder: Holder, at address: HeldAddress) {
    switch address {
    case .prefix(let prefix) where prefix.isHost: hosts[prefix.first, default: []].append(holder)
    case .prefix(let prefix): prefixes.append((prefix, holder))
    case .unknown(let id): unknown[id, default: []].append(holder)
    }
  }

  /// Puts longer prefixes first.
  mutating func finish() {
    prefixes.sort { ($1.prefix.length, $0.prefix) < ($0.prefix.length, $1.prefix) }
  }

  /// Whether the address is one that is not known and is held here.
  func holds(unknown address: PacketAddress) -> Bool { address.unknown.map { unknown[$0] != nil } ?? false }

  /// Whether one holder has the address and nobody else. Allocates nothing.
  func isHeld(_ address: PacketAddress, only holder: Holder) -> Bool {
    if let id = address.unknown { return unknown[id].map { $0.count == 1 && $0[0] == holder } ?? false }
    let hosts = hosts[address.number]
    var count = hosts?.count ?? 0
    if count > 1 || (count == 1 && hosts?[0] != holder) { return false }
    for (prefix, other) in prefixes where prefix.contains(address.number) {
      if other != holder { return false }
      count += 1
    }
    return count == 1
  }

  /// The holders that the address may have, most particular first. Several of one prefix length are alternatives: which holds depends
  /// on where an endpoint with several placements is.
  ///
  /// - Parameters:
  ///   - address: where the packet goes.
  ///   - preferred: who is met first among those that share the address, as a node and what runs in its network do.
  /// - Returns: the holders in that order.
  func holders(of address: PacketAddress, preferring preferred: [EndpointID] = []) -> [Holder] {
    if let id = address.unknown { return (unknown[id] ?? []).first(preferred) }
    var found = (hosts[address.number] ?? []).first(preferred)
    var alike: [Holder] = []
    var length = 0
    for (prefix, holder) in prefixes where prefix.contains(address.number) {
      if prefix.length != length {
        found += alike.first(preferred)
        alike = []
        length = prefix.length
      }
      alike.append(holder)
    }
    return found + alike.first(preferred)
  }
}

extension [Holder] {
  /// Those of some endpoints before the others.
  fileprivate func first(_ preferred: [EndpointID]) -> [Holder] {
    if count < 2 || preferred.isEmpty { return self }
    func isPreferred(_ holder: Holder) -> Bool { preferred.contains { holder.is($0) } }
    return filter(isPreferred) + filter { !isPreferred($0) }
  }
}
