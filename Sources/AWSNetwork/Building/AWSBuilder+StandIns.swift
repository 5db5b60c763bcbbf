import NetworkModel
import PacketSpace

/// Blocks that stand for those of subnets that are not known.
///
/// A block stands in the shared address space, where no VPC of the snapshot has one. Whether the unknown block lies in a block that a rule or
/// route names is unknown, each time.
extension AWSBuilder {
  mutating func standIn() {
    let taken = AddressSet(
      records.vpcs.flatMap(\.blocks).compactMap(\.value) + records.subnets.compactMap(\.block.value))
    var next: UInt32 = 0x647F_FF00
    for number in records.subnets.indices {
      guard let missing = records.subnets[number].block.missing else { continue }
      while next >= 0x6440_0000 {
        let prefix = IPPrefix(IPAddress(v4: next), length: 24)
        next -= 0x100
        if taken.overlaps(AddressSet(prefix)) { continue }
        standIns[number] = prefix
        standInSpace.formUnion(AddressSet(prefix))
        if standInUnknown == nil { standInUnknown = unknown(missing) }
        if impliedSubnets[number] == nil {
          let header = records.subnets[number].header
          gap(
            .notUnderstood, header.name, "the block of the subnet is not known: \(missing.reason)", missing.derivation)
        }
        break
      }
    }
  }

  /// The addresses of both families that are known to lie in an implied subnet, whose blocks are not.
  func knownAddresses(in subnet: Int) -> [IPPrefix] {
    guard impliedSubnets[subnet] != nil else { return [] }
    return records.interfaces.filter { interface in
      interface.subnet.value.flatMap { index.find(.subnet, $0, from: interface.header) } == subnet
    }.flatMap { interface in
      (interface.addresses.map(\.privateAddress) + interface.ipv6Addresses).compactMap(\.value)
    }.map { IPPrefix(host: $0) }
  }

  /// The IPv6 blocks of a VPC's implied subnets, as far as addresses show them.
  func impliedIPv6Blocks(_ number: Int) -> [IPPrefix] {
    let own = impliedSubnets.keys.sorted().filter { subnet in
      let record = records.subnets[subnet]
      return record.vpc.value.flatMap { index.find(.vpc, $0, from: record.header) } == number
    }
    return own.flatMap(knownAddresses).filter { $0.family == .v6 }
  }

  /// The IPv4 blocks of a VPC: those known, and where some are not, those of its subnets.
  func effectiveBlocks(_ number: Int) -> [IPPrefix] {
    let vpc = records.vpcs[number]
    var blocks = vpc.blocks.compactMap(\.value)
    let isOpen = vpc.blocks.contains { $0.missing != nil }
    for (subnet, record) in records.subnets.enumerated() {
      guard let reference = record.vpc.value, index.find(.vpc, reference, from: record.header) == number else {
        continue
      }
      guard let block = standIns[subnet] ?? (isOpen ? record.block.value : nil) else { continue }
      for prefix in [block] + knownAddresses(in: subnet)
      where prefix.family == .v4 && !blocks.contains(where: { $0.contains(prefix) }) {
        blocks.append(prefix)
      }
    }
    return blocks
  }

  /// Who is in a block: the addresses of it, and perhaps those of subnets whose block is not known.
  func peers(in block: IPPrefix) -> [Peer] {
    let peer = Peer(addresses: AddressSet(block))
    guard let standInUnknown, block.family == .v4, !AddressSet(block).contains(standInSpace) else { return [peer] }
    return [peer, Peer(addresses: standInSpace.subtracting(AddressSet(block)), present: .unknown(standInUnknown))]
  }

  /// What a route to a block leads to besides: perhaps the subnets whose block is not known, where no surer route does.
  func standInRoutes(_ route: RouteTable.Route) -> [RouteTable.Route] {
    guard let standInUnknown, route.prefix.family == .v4, route.prefix.length > 0, route.next != .local else {
      return []
    }
    return standIns.sorted { $0.key < $1.key }.compactMap { _, prefix in
      if route.prefix.contains(prefix) { return nil }
      var other = route
      other.prefix = prefix
      other.precedence += 1000
      other.present = route.present.and(.unknown(standInUnknown))
      return other
    }
  }
}
