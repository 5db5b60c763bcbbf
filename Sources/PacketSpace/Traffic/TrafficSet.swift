/// A set of packet headers in canonical form: by protocol the ports, source and destination, or the ICMP types and codes.
///
/// Equal sets are equal values. The five protocols with ports or types have a grid each; of all others a packet's header says no more
/// than the protocol.
package struct TrafficSet: Hashable, Sendable {
  /// Protocols with a grid, in the order of the grids.
  static let gridded: [IPProtocol] = [.tcp, .udp, .sctp, .icmp, .icmpv6]

  var grids: [Grid]
  /// Other protocols, by number.
  var others: BitSet

  init(grids: [Grid], others: BitSet) {
    self.grids = grids
    self.others = others
  }

  static func index(of proto: IPProtocol) -> Int? { gridded.firstIndex(of: proto) }

  /// The highest row and column of a protocol's grid.
  static func full(_ proto: IPProtocol) -> Grid {
    if proto.hasPorts { return Grid(rows: .all, columns: .all) }
    let byte = PortSet(PortRange(lower: 0, upper: 255))
    return Grid(rows: byte, columns: byte)
  }

  package static let none = TrafficSet(grids: gridded.map { _ in .empty }, others: BitSet(count: 256))

  package static let any: TrafficSet = {
    var others = BitSet.all(256)
    for proto in gridded { others.remove(Int(proto.rawValue)) }
    return TrafficSet(grids: gridded.map(full), others: others)
  }()

  package init() { self = .none }

  /// Ports of a protocol that has them.
  package init(_ proto: IPProtocol, destination: PortSet = .all, source: PortSet = .all) {
    self = .none
    if let index = Self.index(of: proto), proto.hasPorts {
      grids[index] = Grid(rows: destination, columns: source)
    } else {
      self = TrafficSet(protocol: proto)
    }
  }

  /// ICMP by type and code; `nil` is every one.
  package init(icmp proto: IPProtocol, type: UInt8?, code: UInt8?) {
    self = .none
    let byte = PortSet(PortRange(lower: 0, upper: 255))
    guard let index = Self.index(of: proto), proto.isICMP else { return }
    grids[index] = Grid(
      rows: type.map { PortSet(PortRange(UInt16($0))) } ?? byte,
      columns: code.map { PortSet(PortRange(UInt16($0))) } ?? byte)
  }

  /// Everything of one protocol.
  package init(protocol proto: IPProtocol) {
    self = .none
    if let index = Self.index(of: proto) {
      grids[index] = Self.full(proto)
    } else {
      others.insert(Int(proto.rawValue))
    }
  }

  package static func tcp(_ ports: UInt16...) -> TrafficSet {
    TrafficSet(.tcp, destination: PortSet(ports.map { PortRange($0) }))
  }

  package static func udp(_ ports: UInt16...) -> TrafficSet {
    TrafficSet(.udp, destination: PortSet(ports.map { PortRange($0) }))
  }

  package var isEmpty: Bool { grids.allSatisfy(\.isEmpty) && others.isEmpty }
  package var isAny: Bool { self == .any }

  package func contains(_ point: TrafficPoint) -> Bool {
    guard let index = Self.index(of: point.protocol) else { return others.contains(Int(point.protocol.rawValue)) }
    if point.protocol.hasPorts { return grids[index].contains(point.destinationPort, point.sourcePort) }
    return grids[index].contains(UInt16(point.icmpType), UInt16(point.icmpCode))
  }

  package func contains(_ other: TrafficSet) -> Bool { other.subtracting(self).isEmpty }

  package func overlaps(_ other: TrafficSet) -> Bool { !intersection(other).isEmpty }

  /// The protocols of which something is in the set, in order of number.
  package var protocols: [IPProtocol] {
    var found = Self.gridded.indices.filter { !grids[$0].isEmpty }.map { Self.gridded[$0] }
    others.forEach { found.append(IPProtocol(rawValue: UInt8($0))) }
    return found.sorted()
  }

  /// The destination ports of which some source port is in the set.
  package func destinationPorts(of proto: IPProtocol) -> PortSet {
    guard let index = Self.index(of: proto), proto.hasPorts else { return .none }
    return PortSet(grids[index].rows.map(\.range))
  }

  /// The source ports of which some destination port is in the set.
  package func sourcePorts(of proto: IPProtocol) -> PortSet {
    guard let index = Self.index(of: proto), proto.hasPorts else { return .none }
    return grids[index].rows.reduce(.none) { $0.union($1.columns) }
  }
}

extension TrafficSet {
  private func combined(
    _ other: TrafficSet, _ operation: (PortSet, PortSet) -> PortSet, _ bits: (BitSet, BitSet) -> BitSet
  ) -> TrafficSet {
    TrafficSet(
      grids: grids.indices.map { index in
        if grids[index].isEmpty && other.grids[index].isEmpty { return .empty }
        return grids[index].combined(with: other.grids[index], operation)
      }, others: bits(others, other.others))
  }

  package func union(_ other: TrafficSet) -> TrafficSet {
    combined(other, { $0.union($1) }, { $0.union($1) })
  }

  package func intersection(_ other: TrafficSet) -> TrafficSet {
    if other.isAny { return self }
    return combined(other, { $0.intersection($1) }, { $0.intersection($1) })
  }

  package func subtracting(_ other: TrafficSet) -> TrafficSet {
    combined(other, { $0.subtracting($1) }, { $0.subtracting($1) })
  }

  package mutating func formUnion(_ other: TrafficSet) { self = union(other) }

  package mutating func formIntersection(_ other: TrafficSet) { self = intersection(other) }

  package var complement: TrafficSet { TrafficSet.any.subtracting(self) }
}

extension TrafficSet {
  /// The headers of the answers to what is in the set.
  package var answers: TrafficSet { exchanged { ICMPPairs.answers($0) } }

  /// What is answered by something in the set: a header is here exactly if its answer is in the set.
  package var requests: TrafficSet {
    exchanged { proto in
      Dictionary(uniqueKeysWithValues: ICMPPairs.answers(proto).map { ($0.value, $0.key) })
    }
  }

  private func exchanged(_ types: (IPProtocol) -> [UInt8: UInt8]) -> TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() {
      if proto.hasPorts {
        result.grids[index] = grids[index].transposed
      } else {
        var rows: [Grid.Row] = []
        for (from, to) in types(proto) {
          rows.append(Grid.Row(range: PortRange(UInt16(to)), columns: grids[index].columns(at: UInt16(from))))
        }
        result.grids[index] = Grid(merging: rows.sorted { $0.range < $1.range })
      }
    }
    return result
  }

  /// What in the set has an answer of its own.
  package var answerable: TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() where proto.isICMP {
      let types = PortSet(ICMPPairs.answers(proto).keys.map { PortRange(UInt16($0)) })
      result.grids[index] = grids[index].combined(
        with: Grid(rows: types, columns: PortSet(PortRange(lower: 0, upper: 255)))
      ) { $0.intersection($1) }
    }
    return result
  }

  /// Each destination port of which some source port is in the set, with all source ports.
  package var forgettingSourcePorts: TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() where proto.hasPorts {
      result.grids[index] = Grid(merging: grids[index].rows.map { Grid.Row(range: $0.range, columns: .all) })
    }
    return result
  }

  /// One header of the set, the lowest: with a client's usual source port where the set has one.
  package var sample: TrafficPoint? {
    for (index, proto) in Self.gridded.enumerated() {
      guard let row = grids[index].rows.first, let column = row.columns.ranges.first else { continue }
      if proto.hasPorts {
        let source = row.columns.contains(50000) ? 50000 : column.upper
        return .ports(proto, from: source, to: row.range.lower)
      }
      return .icmp(proto, type: UInt8(row.range.lower), code: UInt8(column.lower))
    }
    var first: UInt8?
    others.forEach { if first == nil { first = UInt8($0) } }
    return first.map { .other(IPProtocol(rawValue: $0)) }
  }
}
