import Language
import NetworkModel
import PacketSpace
import Properties
import Reachability

/// One router with two segments and a gateway to the internet, for tests of what selectors mean.
struct SmallNetwork {
  var network = Network()
  let internet: ZoneID
  /// 10.0.0.0/24, where endpoints are.
  let used: SegmentID
  /// 10.1.0.0/16, where nothing is.
  let empty: SegmentID
  let outside: AttachmentID

  init() {
    internet = network.add(Zone(identity: Identity(key: "internet"), kind: .internet, addresses: .internetSpace))
    let vpc = network.add(Router(identity: Identity(key: "vpc-1"), kind: "vpc"))
    let gateway = network.add(Router(identity: Identity(key: "igw-1"), kind: "internet-gateway"))
    used = network.add(
      Segment(identity: Identity(key: "subnet-used"), prefixes: Self.prefixes("10.0.0.0/24"), gateway: AttachmentID(0)))
    empty = network.add(
      Segment(identity: Identity(key: "subnet-empty"), prefixes: Self.prefixes("10.1.0.0/16"), gateway: AttachmentID(1))
    )
    // The attachments refer to each other by number, in the order in which they are added.
    let (toGateway, toNetwork, toInternet) = (AttachmentID(2), AttachmentID(3), AttachmentID(4))
    let inside = Self.prefixes("10.0.0.0/8").map { RouteTable.Route($0, next: .local) }
    let out = network.add(
      RouteTable(
        identity: Identity(key: "rt-1"), routes: inside + [RouteTable.Route(.anyIPv4, next: .link(toGateway))]))
    let local = network.add(RouteTable(identity: Identity(key: "rt-edge"), routes: inside))
    func everything(by link: AttachmentID) -> [RouteTable.Route] { [RouteTable.Route(.anyIPv4, next: .link(link))] }
    let outward = network.add(RouteTable(identity: Identity(key: "rt-out"), routes: everything(by: toInternet)))
    let inward = network.add(RouteTable(identity: Identity(key: "rt-in"), routes: everything(by: toNetwork)))
    for segment in [used, empty] {
      _ = network.add(
        Attachment(
          identity: Identity(key: "to-\(segment.index)"), router: vpc,
          farSide: .ports([Attachment.Port(segment: segment)]), table: out))
    }
    _ = network.add(
      Attachment(
        identity: Identity(key: "vpc-igw"), router: vpc, farSide: .attachment(toNetwork), table: local))
    _ = network.add(
      Attachment(
        identity: Identity(key: "igw-vpc"), router: gateway, farSide: .attachment(toGateway), table: outward))
    outside = network.add(
      Attachment(
        identity: Identity(key: "igw-out"), router: gateway, farSide: .zones([internet]), table: inward,
        translations: []))
  }

  static func prefixes(_ texts: String...) -> [IPPrefix] { texts.compactMap { IPPrefix($0) } }

  static func held(_ text: String) -> [HeldAddress] { prefixes(text).map { .prefix($0) } }

  /// An endpoint in the used segment that takes what its rules let in, or everything.
  mutating func add(_ name: String, _ addresses: [HeldAddress], admits rules: [Rule]? = nil) {
    var layers: [LayerID] = []
    if let rules {
      let filter = network.add(
        Filter(
          identity: Identity(key: "sg-\(name)"), kind: "security group", isStateful: true, ingress: RuleList(rules)))
      layers = [
        network.add(
          Layer(
            identity: Identity(key: "layer-\(name)"), default: .deny,
            ingress: [Tier(.union, entries: [Tier.Entry(filter)])], egress: [Tier(.first)]))
      ]
      network.layers[layers[0].offset].egress = [
        Tier(.union, entries: [Tier.Entry(network.add(Self.lettingOut(name)))])
      ]
    }
    _ = network.add(
      Endpoint(
        identity: Identity(key: name), kind: "instance",
        placements: [Placement(segment: used, addresses: addresses, layers: layers)]))
  }

  private static func lettingOut(_ name: String) -> Filter {
    Filter(
      identity: Identity(key: "out-\(name)"), kind: "security group", isStateful: true,
      egress: RuleList([Rule(.allow)]))
  }

  /// A rule for addresses, on all traffic or some.
  static func admitting(_ block: String, _ traffic: TrafficSet = .any) -> Rule {
    Rule(.allow, peers: [Peer(addresses: AddressSet(prefixes(block)))], traffic: RuleTraffic(traffic))
  }

  mutating func publish(_ inside: String, as outside: String) {
    for (one, other) in zip(Self.held(inside), Self.held(outside)) {
      network.attachments[self.outside.offset].translations?.append(
        Translation(.oneToOne(inside: one, outside: other)))
    }
  }

  /// The verdict on a property.
  func verdict(_ line: String) throws -> Verdict { try judged(line).verdict }

  /// The verdict with its evidence.
  func judged(_ line: String) throws -> PropertyVerdict {
    var network = network
    network.seal()
    return try Evaluator(Evaluator.Ground(network)).verdict(Parser.property(line))
  }
}
