import NetworkModel
import PacketSpace

/// Random values of the kinds that networks are made of, boundary-biased; the same seed gives the same values.
struct Dice {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  /// One of the values; they are never empty where this is called.
  mutating func pick<T>(_ values: [T]) -> T { values[number(0...values.count - 1)] }

  /// Some of the values, each with the probability, in their order.
  mutating func some<T>(_ values: [T], _ probability: Double = 0.5) -> [T] {
    var result: [T] = []
    for value in values where chance(probability) { result.append(value) }
    return result
  }

  /// An address of the set, its ends more often than others.
  mutating func address(in set: AddressSet) -> IPAddress? {
    if set.ranges.isEmpty { return nil }
    let range = pick(set.ranges)
    if chance(0.2) { return range.lower }
    if chance(0.2) { return range.upper }
    let span = min(range.upper.value - range.lower.value, UInt128(UInt32.max))
    return IPAddress(
      family: range.lower.family, value: range.lower.value + UInt128(number(0...Int(span))))
  }

  /// A port near one that rules like to name.
  mutating func port() -> UInt16 {
    let port = pick([0, 22, 80, 443, 1023, 1024, 5432, 8080, 30080, 32768, 50000, 60999, 65535])
    return UInt16(min(max(port + pick([-1, 0, 0, 0, 0, 1]), 0), 65535))
  }

  mutating func ports() -> PortSet {
    if chance(0.2) { return .all }
    let first = port()
    if chance(0.5) { return PortSet(PortRange(first)) }
    let second = chance(0.5) ? UInt16.max : port()
    return PortSet(PortRange(lower: min(first, second), upper: max(first, second)))
  }

  mutating func traffic() -> TrafficSet {
    switch number(0...19) {
    case 0...4: .any
    case 5...11: TrafficSet(.tcp, destination: ports(), source: chance(0.1) ? ports() : .all)
    case 12...13: TrafficSet(.udp, destination: ports())
    case 14...15: icmp()
    case 16: TrafficSet(protocol: IPProtocol(rawValue: pick([47, 50])))
    case 17: TrafficSet(.sctp, destination: ports())
    case 18: TrafficSet(.tcp, destination: ports()).complement
    default: TrafficSet(.tcp, destination: ports()).union(TrafficSet(.udp, destination: ports()))
    }
  }

  private mutating func icmp() -> TrafficSet {
    let type: UInt8? = chance(0.4) ? nil : pick([0, 3, 8, 128, 129])
    return TrafficSet(icmp: chance(0.7) ? .icmp : .icmpv6, type: type, code: type != nil && chance(0.3) ? 0 : nil)
  }

  mutating func point(_ family: IPFamily) -> TrafficPoint {
    switch number(0...19) {
    case 0...10: .ports(.tcp, from: sourcePort(), to: port())
    case 11...14: .ports(.udp, from: sourcePort(), to: port())
    case 15...17:
      family == .v4
        ? .icmp(.icmp, type: pick([8, 8, 0, 3, 13]), code: pick([0, 0, 1]))
        : .icmp(.icmpv6, type: pick([128, 128, 129, 1]), code: pick([0, 0, 1]))
    case 18: .ports(.sctp, from: sourcePort(), to: port())
    default: .other(IPProtocol(rawValue: 47))
    }
  }

  private mutating func sourcePort() -> UInt16 { chance(0.8) ? UInt16(number(32768...60999)) : port() }
}
