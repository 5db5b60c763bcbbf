extension TrafficSet {
  /// A part of a traffic set in which every combination of its sets is: what a person would write as one item.
  package enum Box: Hashable, Sendable {
    /// Ports of a protocol that has them.
    case ports(IPProtocol, source: PortSet, destination: PortSet)
    /// Types and codes, 0 to 255, of one of the ICMP protocols.
    case icmp(IPProtocol, types: PortSet, codes: PortSet)
    /// All of a protocol that bears neither.
    case whole(IPProtocol)
  }

  /// Disjoint boxes whose union is the set: one for each set of source ports or codes that some rows share, in order of their first row;
  /// protocols in the order tcp, udp, sctp, icmp, icmpv6, then by number.
  package var boxes: [Box] {
    var result: [Box] = []
    for (index, proto) in Self.gridded.enumerated() {
      for (rows, columns) in grids[index].groups {
        result.append(
          proto.hasPorts
            ? .ports(proto, source: columns, destination: rows) : .icmp(proto, types: rows, codes: columns))
      }
    }
    return result + others.protocols.map { .whole($0) }
  }

  /// The set of a box.
  package init(_ box: Box) {
    switch box {
    case .ports(let proto, let source, let destination): self.init(proto, destination: destination, source: source)
    case .icmp(let proto, let types, let codes): self.init(icmp: proto, types: types, codes: codes)
    case .whole(let proto): self.init(protocol: proto)
    }
  }
}

extension Grid {
  /// Rows joined by equal columns, in order of the first row.
  fileprivate var groups: [(rows: PortSet, columns: PortSet)] {
    var order: [PortSet] = []
    var members: [PortSet: [PortRange]] = [:]
    for row in rows {
      if members[row.columns] == nil { order.append(row.columns) }
      members[row.columns, default: []].append(row.range)
    }
    return order.map { (PortSet(members[$0] ?? []), $0) }
  }
}
