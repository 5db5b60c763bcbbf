import PacketSpace
import TestSupport

/// Random sets whose ends, and random members whose places, come from the same few values and their neighbours: mistakes of an interval
/// algebra live at ends.
struct RandomSets {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  mutating func number(_ range: ClosedRange<Int>) -> Int { Int.random(in: range, using: &generator) }

  mutating func chance(_ probability: Double) -> Bool { Double.random(in: 0..<1, using: &generator) < probability }

  mutating func pick<T>(_ values: [T]) -> T { values[number(0...(values.count - 1))] }

  mutating func shuffled<T>(_ values: [T]) -> [T] { values.shuffled(using: &generator) }

  // MARK: Addresses

  static let addresses: [IPAddress] = [
    "0.0.0.0", "0.0.0.1", "9.255.255.255", "10.0.0.0", "10.0.0.1", "10.0.0.255", "10.0.1.0", "10.255.255.255",
    "11.0.0.0",
    "127.255.255.255", "128.0.0.0", "203.0.113.7", "255.255.255.254", "255.255.255.255", "::", "::1", "::ffff:10.0.0.0",
    "1fff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "2000::", "2001:db8::", "2001:db8::ffff:ffff:ffff:ffff", "fc00::",
    "ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe", "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff",
  ].compactMap { IPAddress($0) }

  mutating func address() -> IPAddress {
    let near = pick(Self.addresses)
    switch number(0...5) {
    case 0: return near.next ?? near
    case 1: return near.previous ?? near
    default: return near
    }
  }

  mutating func prefix() -> IPPrefix {
    let address = address()
    return IPPrefix(address, length: number(0...address.family.bitWidth))
  }

  mutating func addressRange() -> AddressRange {
    let (one, other) = (address(), address())
    if one.family != other.family { return AddressRange(one, IPAddress(family: one.family, value: one.family.highest)) }
    return AddressRange(min(one, other), max(one, other))
  }

  mutating func addressSet() -> AddressSet {
    let set =
      chance(0.3)
      ? AddressSet((0..<number(0...4)).map { _ in prefix() })
      : AddressSet(ranges: (0..<number(0...4)).map { _ in addressRange() })
    return chance(0.2) ? set.complement : set
  }

  // MARK: Ports

  static let ports: [UInt16] = [0, 1, 22, 23, 442, 443, 444, 1023, 1024, 32768, 65534, 65535]

  mutating func portRange() -> PortRange {
    let (one, other) = (pick(Self.ports), pick(Self.ports))
    return PortRange(lower: min(one, other), upper: chance(0.4) ? min(one, other) : max(one, other))
  }

  mutating func portSet() -> PortSet {
    let set = PortSet((0..<number(0...4)).map { _ in portRange() })
    return chance(0.2) ? set.complement : set
  }

  // MARK: Traffic

  static let otherProtocols: [UInt8] = [0, 47, 50, 127, 128, 255]

  static let points: [TrafficPoint] = {
    let few: [UInt16] = [0, 22, 443, 1023, 1024, 50000, 65535]
    var points = otherProtocols.map { TrafficPoint.other(IPProtocol(rawValue: $0)) }
    for proto in [IPProtocol.tcp, .udp, .sctp] {
      for source in few {
        for destination in few { points.append(.ports(proto, from: source, to: destination)) }
      }
    }
    for proto in [IPProtocol.icmp, .icmpv6] {
      for type: UInt8 in [0, 3, 8, 13, 14, 128, 129, 255] {
        for code: UInt8 in [0, 1, 4, 255] { points.append(.icmp(proto, type: type, code: code)) }
      }
    }
    return points
  }()

  private mutating func box() -> TrafficSet {
    switch number(0...9) {
    case 0: return TrafficSet(protocol: IPProtocol(rawValue: pick(Self.otherProtocols)))
    case 1: return TrafficSet(protocol: pick([.tcp, .udp, .sctp, .icmp, .icmpv6]))
    case 2, 3:
      return TrafficSet(
        icmp: pick([.icmp, .icmpv6]), type: chance(0.2) ? nil : pick([0, 3, 8, 13, 14, 128, 129, 255]),
        code: chance(0.5) ? nil : pick([0, 1, 4, 255]))
    default:
      let source = chance(0.5) ? PortSet.all : portSet()
      return TrafficSet(pick([.tcp, .tcp, .udp, .sctp]), destination: portSet(), source: source)
    }
  }

  mutating func trafficSet() -> TrafficSet {
    var set = TrafficSet.none
    for _ in 0..<number(0...4) { set.formUnion(box()) }
    return chance(0.2) ? set.complement : set
  }
}
