extension TrafficSet: CustomStringConvertible {
  /// The way people write it, so that it can be read back: `tcp/80,443,udp/53`, `icmp/8`, `tcp/443 from 1024-65535`, `any`, `none`.
  package var description: String {
    if isEmpty { return "none" }
    if isAny { return "any" }
    // What asks for no source port comes first, so that a number can go on with its protocol.
    var (plain, narrowed): ([String], [String]) = ([], [])
    var items: [String] = []
    var last: IPProtocol?
    for box in boxes {
      let proto = box.protocol
      if proto != last {
        items += plain + narrowed
        (plain, narrowed) = ([], [])
        last = proto
      }
      if box.asksForSourcePorts { narrowed += box.items } else { plain += box.items }
    }
    return (items + plain + narrowed).joined(separator: ",")
  }
}

extension TrafficSet.Box {
  fileprivate var `protocol`: IPProtocol {
    switch self {
    case .ports(let proto, _, _), .icmp(let proto, _, _), .whole(let proto): proto
    }
  }

  fileprivate var asksForSourcePorts: Bool {
    if case .ports(_, let source, _) = self { !source.isEverything } else { false }
  }

  /// The box as items of a traffic text.
  fileprivate var items: [String] {
    switch self {
    case .whole(let proto): [proto.description]
    case .ports(let proto, let source, let destination) where source.isEverything:
      destination.isEverything
        ? [proto.description]
        : destination.ranges.enumerated().map { $0 == 0 ? "\(proto)/\($1)" : "\($1)" }
    case .ports(let proto, let source, let destination):
      destination.ranges.flatMap { ports in
        source.ranges.map { "\(ports == .all ? "\(proto)" : "\(proto)/\(ports)") from \($0)" }
      }
    case .icmp(let proto, let types, let codes) where codes == .bytes:
      types == .bytes ? [proto.description] : types.ranges.map { "\(proto)/\($0)" }
    case .icmp(let proto, let types, let codes):
      types.ranges.flatMap { type in codes.ranges.map { "\(proto)/\(type)/\($0)" } }
    }
  }
}
