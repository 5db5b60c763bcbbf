import NetworkModel
package import PacketSpace

/// How AWS writes traffic: protocol names or numbers, `-1` for everything, ports or ICMP types in one pair of fields.
package enum AWSTraffic {
  /// A security group's rule: with protocol -1 ports are ignored even if present; a missing or -1 port is all; for ICMP the first field is
  /// the type and the second the code, -1 any (EC2 API, IpPermission).
  package static func group(protocol word: Attribute<String>, from: Attribute<Int>, to: Attribute<Int>)
    -> Attribute<TrafficSet>
  {
    combine(word, from, to) { proto, from, to in
      guard let proto else { return .any }
      if proto.isICMP { return icmp(proto, type: from, code: to) }
      guard proto.hasPorts else { return TrafficSet(protocol: proto) }
      return ports(proto, from: from, to: to)
    }
  }

  /// A network ACL's entry: ports only for TCP and UDP, ICMP by its own pair (EC2 API, NetworkAclEntry).
  package static func acl(
    protocol word: Attribute<String>, from: Attribute<Int>, to: Attribute<Int>, type: Attribute<Int>,
    code: Attribute<Int>
  ) -> Attribute<TrafficSet> {
    if let name = word.value, let proto = IPProtocol(name: name), proto.isICMP {
      return combine(word, type, code) { _, type, code in icmp(proto, type: type, code: code) }
    }
    return combine(word, from, to) { proto, from, to in
      guard let proto else { return .any }
      return proto.hasPorts ? ports(proto, from: from, to: to) : TrafficSet(protocol: proto)
    }
  }

  private static func icmp(_ proto: IPProtocol, type: Int?, code: Int?) -> TrafficSet? {
    func byte(_ value: Int?) -> UInt8?? {
      guard let value, value != -1 else { return .some(nil) }
      return UInt8(exactly: value).map { .some($0) }
    }
    guard let type = byte(type), let code = byte(code) else { return nil }
    return TrafficSet(icmp: proto, type: type, code: type == nil ? nil : code)
  }

  private static func ports(_ proto: IPProtocol, from: Int?, to: Int?) -> TrafficSet? {
    let low = from ?? -1
    let high = to ?? -1
    if low == -1 && high == -1 { return TrafficSet(proto) }
    guard let lower = UInt16(exactly: max(low, 0)), let upper = UInt16(exactly: high == -1 ? 65535 : high),
      lower <= upper
    else { return nil }
    return TrafficSet(proto, destination: PortSet(PortRange(lower: lower, upper: upper)))
  }

  private static func combine(
    _ word: Attribute<String>, _ first: Attribute<Int>, _ second: Attribute<Int>,
    _ make: (IPProtocol?, Int?, Int?) -> TrafficSet?
  ) -> Attribute<TrafficSet> {
    if let missing = word.missing ?? first.missing ?? second.missing { return .unknown(missing) }
    let derivation = word.derivation.followed(by: first.derivation).followed(by: second.derivation)
    guard let name = word.value else { return .known(make(nil, nil, nil) ?? .any, derivation) }
    if name == "-1" || name.lowercased() == "all" { return .known(.any, derivation) }
    guard let proto = IPProtocol(name: name) else {
      return .unknown(Missing("`\(name)` is not a protocol", derivation: word.derivation))
    }
    guard let set = make(proto, first.value, second.value) else {
      return .unknown(Missing("the ports of the rule are not ports", derivation: first.derivation))
    }
    return .known(set, derivation)
  }
}
