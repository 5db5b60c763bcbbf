import NetworkModel
import PacketSpace

/// A target of routes that is not modelled or not in the snapshot, and the VPC from which it is reached.
struct AbsentTarget {
  enum Kind {
    /// Joins the VPC with others: a peering, a transit gateway.
    case passage
    /// A NAT gateway.
    case translator
    /// A machine or its interface.
    case machine
    /// Leads out of every VPC, whether it is in the snapshot or not.
    case outside
  }

  var reference: Reference
  var vpc: Int
  /// Where it is known otherwise than by the id.
  var kind: Kind?
  var derivation: Derivation

  /// What the ways by it are called, beside the thing itself.
  var name: String { "unseen \(reference)" }

  /// What it may be: an id tells by its prefix ("Resource IDs", EC2 User Guide), a template's name does not.
  var kinds: [Kind] {
    if let kind { return [kind] }
    switch reference.text.prefix(while: { $0 != "-" }) {
    case "pcx", "tgw": return [.passage]
    case "nat": return [.translator]
    case "eni", "i": return [.machine]
    case "vgw", "cagw", "lgw", "vpce": return [.outside]
    default: return [.passage, .translator, .machine]
    }
  }
}

/// What a target that no input shows may do with what it is handed, besides what `beyond` says of it: a peering hands packets to one other
/// VPC, which may be any of the snapshot; a NAT gateway, an interface and a machine stand in the VPC itself and send them on from one of its
/// subnets.
extension AWSBuilder {
  /// The next hops that packets for an absent target may take into the snapshot's own networks.
  mutating func waysThrough(_ target: AbsentTarget) -> [RouteTable.NextHop] {
    target.kinds.compactMap { kind in
      switch kind {
      case .passage: passage(target)[target.vpc].map { .link($0) }
      case .translator: translator(target).map { .port($0) }
      case .machine: .port(machine(target))
      case .outside: nil
      }
    }
  }

  // MARK: Peerings and hubs

  /// The side of each VPC at a peering or hub that is absent: of those whose tables name it where there are two, else of all.
  private mutating func passage(_ target: AbsentTarget) -> [Int: AttachmentID] {
    let (reference, derivation) = (target.reference, target.derivation)
    if let known = passages[reference.text] { return known }
    let id = unknown("what \(reference) joins is not in the snapshot", derivation)
    let identity = Identity(key: "#absent \(reference)", name: target.name)
    let router = network.add(Router(identity: identity, kind: "absent", derivation: derivation))
    let table = network.add(RouteTable(identity: identity, derivation: derivation))
    let naming = vpcsNaming(reference)
    var sides: [Int: AttachmentID] = [:]
    for vpc in naming.count > 1 ? naming : vpcs.keys.sorted() {
      guard let built = vpcs[vpc] else { continue }
      let part = Identity(key: "\(identity.key)#\(records.vpcs[vpc].header.key)", name: target.name)
      let inner = network.add(
        Attachment(identity: part, router: router, farSide: .zones([]), table: table, derivation: derivation))
      let side = network.add(
        Attachment(
          identity: Identity(key: part.key + "#vpc", name: target.name), router: built.router,
          farSide: .attachment(inner), table: built.localTable, derivation: derivation))
      network.attachments[inner.offset].farSide = .attachment(side)
      network.tables[table.offset].routes += (built.blocks + built.ipv6Blocks).map {
        RouteTable.Route($0, next: .link(inner), present: .unknown(id), derivation: derivation)
      }
      sides[vpc] = side
    }
    passages[reference.text] = sides
    return sides
  }

  private func vpcsNaming(_ reference: Reference) -> [Int] {
    let naming = records.routeTables.filter { table in
      table.routes.contains { route in
        switch route.target {
        case .known(.resource(reference), _), .known(.hub(reference), _): true
        default: false
        }
      }
    }.compactMap { table in table.vpc.value.flatMap { index.find(.vpc, $0, from: table.header) } }
    return Set(naming).sorted()
  }

  // MARK: NAT gateways and machines

  /// A NAT gateway that may stand in any subnet of the VPC, with an address there that nobody saw.
  private mutating func translator(_ target: AbsentTarget) -> AttachmentID? {
    let (reference, vpc, derivation) = (target.reference, target.vpc, target.derivation)
    let places = segments(of: vpc).filter { family(.v4, in: $0) }
    guard !places.isEmpty else { return nil }
    let header = far(reference, records.vpcs[vpc].header)
    let id = unknown("where \(reference) stands is not in the snapshot", derivation)
    let identity = Identity(key: "\(records.vpcs[vpc].header.key)#absent \(reference)", name: target.name)
    let router = network.add(Router(identity: identity, kind: "absent", isSymmetric: true, derivation: derivation))
    let inner = network.add(
      Attachment(
        identity: identity, router: router, farSide: .ports(places.map { Attachment.Port(segment: $0) }),
        keepsIngress: false, keepsEgress: false, derivation: derivation))
    var outward: [RouteTable.Route] = []
    let inward = network.add(
      RouteTable(identity: identity, routes: [RouteTable.Route(.anyIPv4, next: .link(inner))]))
    for place in places {
      let address = unknownAddress(in: place, family: .v4, of: header)
      let outer = network.add(
        Attachment(
          identity: Identity(key: "\(identity.key)#\(network[place].identity.key)", name: target.name),
          router: router, farSide: .ports([Attachment.Port(segment: place, addresses: [address])]), table: inward,
          translations: [Translation(.hide(.anyIPv4, behind: address), derivation: derivation)], keepsIngress: false,
          keepsEgress: false, derivation: derivation))
      outward.append(RouteTable.Route(.anyIPv4, next: .link(outer), present: .unknown(id), derivation: derivation))
      publish(address, in: vpc, as: .absent, present: .unknown(id), of: header)
    }
    network.attachments[inner.offset].table = network.add(RouteTable(identity: identity, routes: outward))
    return inner
  }

  /// A machine that may stand in any subnet of the VPC.
  private mutating func machine(_ target: AbsentTarget) -> AttachmentID {
    let owner = records.vpcs[target.vpc].header.key
    return sender(
      Identity(key: "\(owner)#absent \(target.reference)#machine", name: target.name),
      "what \(target.reference) does with packets for others is not known", in: target.vpc, target.derivation)
  }
}
