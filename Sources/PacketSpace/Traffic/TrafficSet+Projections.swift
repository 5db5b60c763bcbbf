extension TrafficSet {
  /// The protocols of which something is in the set, in order of number.
  package var protocols: [IPProtocol] {
    let present = Self.gridded.indices.filter { !grids[$0].isEmpty }.map { Self.gridded[$0] }
    return (present + others.protocols).sorted()
  }

  /// The destination ports of which some source port is in the set. Empty for a protocol without ports.
  package func destinationPorts(of proto: IPProtocol) -> PortSet {
    guard let index = Self.index(of: proto), proto.hasPorts else { return .none }
    return grids[index].occupiedRows
  }

  /// The source ports of which some destination port is in the set. Empty for a protocol without ports.
  package func sourcePorts(of proto: IPProtocol) -> PortSet {
    guard let index = Self.index(of: proto), proto.hasPorts else { return .none }
    return grids[index].occupiedColumns
  }

  /// Each destination port of which some source port is in the set, with every source port. The smallest set above this one that does
  /// not ask for source ports.
  package var forgettingSourcePorts: TrafficSet {
    var result = self
    for (index, proto) in Self.gridded.enumerated() where proto.hasPorts {
      result.grids[index] = Grid(rows: grids[index].occupiedRows, columns: .all)
    }
    return result
  }

  /// One header of the set, of the lowest destination port: with a client's usual source port where the set has one.
  package var sample: TrafficPoint? {
    for (index, proto) in Self.gridded.enumerated() {
      guard let row = grids[index].rows.first, let column = row.columns.ranges.first else { continue }
      if proto.hasPorts {
        let usual: UInt16 = 50000
        return .ports(proto, from: row.columns.contains(usual) ? usual : column.upper, to: row.range.lower)
      }
      return .icmp(proto, type: UInt8(row.range.lower), code: UInt8(column.lower))
    }
    return others.protocols.first.map { .other($0) }
  }
}
