/// A set of packet headers in canonical form: by protocol the ports, source and destination, or the ICMP types and codes.
///
/// Equal sets are equal values. The five protocols with ports or types have a grid each; of all others a packet's header says no more
/// than the protocol.
package struct TrafficSet: Hashable, Sendable {
  /// Protocols with a grid, in the order of the grids.
  static let gridded: [IPProtocol] = [.tcp, .udp, .sctp, .icmp, .icmpv6]

  var grids: [Grid]
  /// Protocols without a grid, by number.
  var others: ProtocolSet

  static func index(of proto: IPProtocol) -> Int? {
    switch proto {
    case .tcp: 0
    case .udp: 1
    case .sctp: 2
    case .icmp: 3
    case .icmpv6: 4
    default: nil
    }
  }

  /// Every pair that a protocol's grid can have.
  static func full(_ proto: IPProtocol) -> Grid { proto.hasPorts ? .allPorts : .allBytes }

  init(grids: [Grid], others: ProtocolSet) {
    self.grids = grids
    self.others = others
  }

  /// No traffic.
  package static let none = TrafficSet(grids: gridded.map { _ in .empty }, others: .none)

  /// All traffic.
  package static let any: TrafficSet = {
    var others = ProtocolSet.all
    for proto in gridded { others.remove(proto.rawValue) }
    return TrafficSet(grids: gridded.map(full), others: others)
  }()

  /// No traffic.
  package init() { self = .none }

  /// Ports of a protocol that has them. Of any other protocol ports say nothing: it is all of it, unless either set is empty.
  package init(_ proto: IPProtocol, destination: PortSet = .all, source: PortSet = .all) {
    self = .none
    if destination.isEmpty || source.isEmpty { return }
    if let index = Self.index(of: proto), proto.hasPorts {
      grids[index] = Grid(rows: destination, columns: source)
    } else {
      self = TrafficSet(protocol: proto)
    }
  }

  /// ICMP by type and code; `nil` is every one. Of any other protocol they say nothing: it is all of it.
  package init(icmp proto: IPProtocol, type: UInt8?, code: UInt8?) {
    self.init(
      icmp: proto, types: type.map { PortSet(PortRange(UInt16($0))) } ?? .bytes,
      codes: code.map { PortSet(PortRange(UInt16($0))) } ?? .bytes)
  }

  init(icmp proto: IPProtocol, types: PortSet, codes: PortSet) {
    self = .none
    if let index = Self.index(of: proto), proto.isICMP {
      grids[index] = Grid(rows: types, columns: codes)
    } else {
      self = TrafficSet(protocol: proto)
    }
  }

  /// Everything of one protocol.
  package init(protocol proto: IPProtocol) {
    self = .none
    if let index = Self.index(of: proto) {
      grids[index] = Self.full(proto)
    } else {
      others.insert(proto.rawValue)
    }
  }

  /// One packet's header.
  package init(_ point: TrafficPoint) {
    let proto = point.protocol
    if proto.isICMP {
      self.init(icmp: proto, type: point.icmpType, code: point.icmpCode)
    } else {
      self.init(
        proto, destination: PortSet(PortRange(point.destinationPort)), source: PortSet(PortRange(point.sourcePort)))
    }
  }

  /// TCP to these destination ports.
  package static func tcp(_ ports: UInt16...) -> TrafficSet {
    TrafficSet(.tcp, destination: PortSet(ports.map { PortRange($0) }))
  }

  /// UDP to these destination ports.
  package static func udp(_ ports: UInt16...) -> TrafficSet {
    TrafficSet(.udp, destination: PortSet(ports.map { PortRange($0) }))
  }

  /// Whether it holds nothing.
  package var isEmpty: Bool { others.isEmpty && grids.allSatisfy(\.isEmpty) }

  /// Whether it holds everything.
  package var isAny: Bool { self == .any }

  /// Whether a packet of this header is in the set. O(log *n*), and allocates nothing.
  package func contains(_ point: TrafficPoint) -> Bool {
    guard let index = Self.index(of: point.protocol) else { return others.contains(point.protocol.rawValue) }
    if point.protocol.hasPorts {
      return grids[index].contains(row: point.destinationPort, column: point.sourcePort)
    }
    return grids[index].contains(row: UInt16(point.icmpType), column: UInt16(point.icmpCode))
  }

  /// Whether all of the other set is in this one.
  package func contains(_ other: TrafficSet) -> Bool { other.subtracting(self).isEmpty }

  /// Whether the sets share a header.
  package func overlaps(_ other: TrafficSet) -> Bool { !intersection(other).isEmpty }
}
