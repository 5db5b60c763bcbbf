import NetworkModel
import PacketSpace

/// Throws the dice for one network. What it needs to know of it while it is built stands here.
struct RandomNetworkBuilder {
  /// A router like a virtual network, with its prefixes and its segments.
  struct Site {
    var router: RouterID
    var prefix: IPPrefix
    var prefix6: IPPrefix?
    var segments: [SegmentID] = []
    /// Tables of its segments' attachments, to which routes are added.
    var tables: [RouteTableID] = []
    /// The attachment towards the internet, if it has one.
    var internet: AttachmentID?
    var outside: AttachmentID?

    var prefixes: [IPPrefix] { [prefix] + (prefix6.map { [$0] } ?? []) }
  }

  var network = Network()
  var dice: Dice
  let shape: RandomNetwork.Shape

  var sites: [Site] = []
  var memberships: [MembershipID] = []
  var internet = ZoneID(0)
  /// Addresses that are taken, by segment.
  private var nextHost: [SegmentID: Int] = [:]
  var machines: [MachineID] = []
  /// First and last addresses of segments that are taken.
  private var ends: Set<IPAddress> = []

  init(seed: UInt64, shape: RandomNetwork.Shape) {
    dice = Dice(seed: seed)
    self.shape = shape
  }

  mutating func build() {
    internet = network.add(
      Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
    for index in 0..<2 { machines.append(network.add(Machine(key: "machine-\(index)"))) }
    for index in 0..<dice.number(2...4) { memberships.append(network.add(membership(index))) }
    buildSites()
    buildGateways()
    buildHub()
    buildPeering()
    buildSide()
    buildEndpoints()
    shareInterfaces()
    if shape.hasRelays { for index in 0..<dice.number(0...2) { buildRelay(index) } }
    translateOutside()
    network.seal()
  }

  // MARK: What may be unknown

  mutating func unknown(_ reason: String) -> UnknownID { network.add(Unknown(reason)) }

  /// Yes; sometimes unknown; seldom no. Each unknown is one by itself: what one fact decides in two places is seldom met in one walk.
  mutating func truth(_ reason: String, no: Double = 0.03) -> Truth {
    if dice.chance(shape.unknowns) { return .unknown(unknown(reason)) }
    return dice.chance(no) ? .no : .yes
  }

  mutating func open(_ reason: String) -> UnknownID? {
    dice.chance(shape.unknowns * 0.4) ? unknown("open \(reason)") : nil
  }

  private mutating func membership(_ index: Int) -> Membership {
    let outside: Truth = dice.chance(shape.unknowns) ? .unknown(unknown("outside of group \(index)")) : .no
    return Membership(
      identity: Identity(key: "group-\(index)"), outside: outside,
      outsideWithin: dice.chance(0.5) ? .everything : AddressSet(.anyIPv4))
  }

  // MARK: Addresses

  /// A prefix that means something in this network, or is nearly one that does.
  mutating func prefix(_ family: IPFamily = .v4) -> IPPrefix {
    var candidates: [IPPrefix] = family == .v4 ? [.anyIPv4] : [.anyIPv6]
    for site in sites { candidates += site.prefixes.filter { $0.family == family } }
    for segment in network.segments { candidates += segment.prefixes.filter { $0.family == family } }
    if family == .v4 {
      let named = ["0.0.0.0/1", "128.0.0.0/1", "10.0.0.0/8", "8.8.8.0/24", "203.0.113.0/24", "192.168.0.0/16"]
      candidates += named.compactMap { IPPrefix($0) }
    }
    let prefix = dice.pick(candidates)
    switch dice.number(0...5) {
    case 0 where prefix.length < family.bitWidth:
      // One half of it.
      return IPPrefix(dice.chance(0.5) ? prefix.first : prefix.last, length: prefix.length + 1)
    case 1: return dice.address(in: AddressSet(prefix)).map { IPPrefix(host: $0) } ?? prefix
    default: return prefix
    }
  }

  mutating func addresses() -> AddressSet {
    var prefixes = [prefix()]
    if dice.chance(0.3) { prefixes.append(prefix()) }
    if dice.chance(0.3) { prefixes.append(prefix(.v6)) }
    let set = AddressSet(prefixes)
    // All but that, seldom; or the same with its ends moved by one.
    if dice.chance(0.05) { return set.complement }
    guard dice.chance(0.1), let range = set.ranges.first, let inner = range.lower.next, inner <= range.upper else {
      return set
    }
    return dice.chance(0.5)
      ? set.subtracting(AddressSet(range.lower)) : set.union(AddressSet(range.upper.next ?? range.upper))
  }

  /// An address of the segment that nothing holds yet; sometimes its first or its last.
  mutating func freshAddress(in segment: SegmentID, _ family: IPFamily = .v4) -> IPAddress? {
    guard let prefix = network[segment].prefixes.first(where: { $0.family == family }) else { return nil }
    let host = nextHost[segment, default: 4]
    nextHost[segment] = host + 1
    if dice.chance(0.08) {
      let end = dice.chance(0.5) ? prefix.first : prefix.last
      if ends.insert(end).inserted { return end }
    }
    // Half of the hosts lie in the upper half of the segment, so that halves tell them apart.
    let half = host % 2 == 0 ? 0 : UInt128(1) << UInt128(family.bitWidth - prefix.length - 1)
    return IPAddress(family: family, value: prefix.first.value + half + UInt128(host))
  }

  // MARK: Things that point at each other

  /// Two attachments of two routers that lead to each other.
  mutating func join(
    _ one: RouterID, _ oneName: String, _ other: RouterID, _ otherName: String
  ) -> (AttachmentID, AttachmentID) {
    let left = network.add(
      Attachment(identity: Identity(key: oneName), router: one, farSide: .zones([]), table: table(oneName)))
    let right = network.add(
      Attachment(
        identity: Identity(key: otherName), router: other, farSide: .attachment(left), table: table(otherName)))
    network.attachments[left.offset].farSide = .attachment(right)
    return (left, right)
  }

  mutating func table(_ name: String, _ routes: [RouteTable.Route] = []) -> RouteTableID {
    network.add(RouteTable(identity: Identity(key: name), routes: routes))
  }

  mutating func addRoute(_ prefix: IPPrefix, _ next: RouteTable.NextHop, precedence: Int = 0, to table: RouteTableID?) {
    guard let table else { return }
    if dice.chance(0.04) { return }
    var route = RouteTable.Route(prefix, precedence: precedence, next: next)
    route.present = truth("route \(prefix)", no: 0)
    if dice.chance(shape.unknowns * 0.3) { route.next = .unknown(unknown("next hop of \(prefix)")) }
    network.tables[table.offset].routes.append(route)
  }
}
