import PacketSpace

/// Traffic as the vector files write it.
enum VectorTraffic {
  static func transport(_ name: String) -> IPProtocol? {
    IPProtocol(name: name.hasPrefix("ip/") ? String(name.dropFirst(3)) : name)
  }

  /// `any`, or items of which one must have the packet: `tcp/443`, `udp from 53`, `icmp/8/0`, `ip/47`.
  static func read(_ text: String) throws -> TrafficSet {
    if text == "any" { return .any }
    var result = TrafficSet.none
    for item in text.split(separator: ",") { result.formUnion(try read(item: item.drop { $0 == " " })) }
    return result
  }

  private static func read(item: Substring) throws -> TrafficSet {
    let words = item.split(separator: " ").map(String.init)
    let parts = words[0].split(separator: "/").map(String.init)
    if parts[0] == "ip", let transport = transport(words[0]) { return TrafficSet(protocol: transport) }
    guard let transport = transport(parts[0]) else { throw VectorError("unknown traffic \(item)") }
    if transport == .icmp || transport == .icmpv6 {
      return try term(protocol: parts[0], ports: nil, icmp: parts.dropFirst().compactMap { Int($0) })
    }
    let source = words.count == 3 && words[1] == "from" ? try ports(words[2]) : PortRange.all
    let destination = parts.count > 1 ? try ports(parts[1]) : PortRange.all
    return TrafficSet(transport, destination: PortSet(destination), source: PortSet(source))
  }

  private static func ports(_ text: String) throws -> PortRange {
    let ends = text.split(separator: "-").compactMap { UInt16($0) }
    guard let first = ends.first, let last = ends.last else { throw VectorError("unknown ports \(text)") }
    return PortRange(lower: first, upper: last)
  }

  /// A term of a layer vector: a protocol or any; and ports, or an ICMP type and perhaps code.
  static func term(protocol name: String?, ports: [Int]?, icmp: [Int]?) throws -> TrafficSet {
    let transport = name.flatMap(transport)
    if name != nil, transport == nil { throw VectorError("unknown protocol") }
    if let ports {
      let range = PortSet(PortRange(lower: UInt16(ports[0]), upper: UInt16(ports[1])))
      return (transport.map { [$0] } ?? [.tcp, .udp, .sctp]).reduce(into: .none) {
        $0.formUnion(TrafficSet($1, destination: range))
      }
    }
    if let icmp, let type = icmp.first {
      let code = icmp.count > 1 ? UInt8(icmp[1]) : nil
      return (transport.map { [$0] } ?? [.icmp, .icmpv6]).reduce(into: .none) {
        $0.formUnion(TrafficSet(icmp: $1, type: UInt8(type), code: code))
      }
    }
    return transport.map { TrafficSet(protocol: $0) } ?? .any
  }

  /// A layer vector names no source port: any will do.
  static func point(
    protocol name: String, sourcePort: Int?, destinationPort: Int?, type: Int?, code: Int?
  ) throws -> TrafficPoint {
    guard let transport = transport(name) else { throw VectorError("unknown protocol \(name)") }
    if transport.isICMP { return .icmp(transport, type: UInt8(type ?? 0), code: UInt8(code ?? 0)) }
    if !transport.hasPorts { return .other(transport) }
    return .ports(transport, from: UInt16(sourcePort ?? 50000), to: UInt16(destinationPort ?? 0))
  }
}
