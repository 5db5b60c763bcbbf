import NetworkModel
import PacketSpace

/// Where something stands: a subnet that was built, its segment and its VPC.
struct Site: Hashable {
  var subnet: Int
  var segment: SegmentID
  var vpc: Int
}

extension AWSBuilder {
  func site(_ subnet: Int) -> Site? {
    guard let segment = subnets[subnet], let vpc = subnetVPC[subnet] else { return nil }
    return Site(subnet: subnet, segment: segment, vpc: vpc)
  }

  /// The subnets that a record names, each once; what is not known or not present of them is a gap.
  mutating func sites(_ references: [Attribute<Reference>], of header: ResourceHeader) -> [Site] {
    var found: [Site] = []
    for reference in references {
      if let missing = reference.missing {
        gap(.notUnderstood, header.name, "a subnet of it is not known: \(missing.reason)", missing.derivation)
      }
      guard let subnet = resolve(.subnet, reference, from: header, as: "subnet"), let site = site(subnet),
        !found.contains(site)
      else { continue }
      found.append(site)
    }
    return found
  }

  /// Lets selectors find a thing by its subnet, zone and VPC.
  mutating func add(_ site: Site, to attributes: inout Attributes) {
    if let missing = impliedSubnets[site.subnet] {
      let id = unknown(missing)
      for key in [Attributes.Key.vpc, .subnet, .az] { attributes.unknownKeys[key] = id }
    } else if let missing = impliedVPCs[site.vpc] {
      attributes.unknownKeys[.vpc] = unknown(missing)
    }
    let own = network[site.segment].attributes
    for key in [Attributes.Key.vpc, .subnet, .az] {
      for value in own.values[key] ?? [] { attributes.insert(value, for: key) }
    }
    if attributes.values[.env] == nil {
      for value in own.values[.env] ?? [] { attributes.insert(value, for: .env) }
    }
  }

  func family(_ family: IPFamily, in segment: SegmentID) -> Bool {
    network[segment].prefixes.contains { $0.family == family }
  }

  // MARK: Addresses

  /// An address of a segment that is not known.
  mutating func unknownAddress(in segment: SegmentID, family: IPFamily, of header: ResourceHeader) -> HeldAddress {
    let within = AddressSet(network[segment].prefixes.filter { $0.family == family })
    let id = unknown("the address of \(header.name) is not known", header.derivation)
    return .unknown(network.add(UnknownAddress(within: within, unknown: id)))
  }

  /// Gives an inside address a public one at the VPC's internet gateway; without a gateway a public address leads nowhere.
  mutating func publish(
    _ inside: HeldAddress, in vpc: Int, as address: Attribute<IPAddress>, present: Truth = .yes,
    of header: ResourceHeader
  ) {
    guard let gateways = vpcs[vpc]?.internetGateways, !gateways.isEmpty else { return }
    let outside: HeldAddress
    if let known = address.value {
      outside = HeldAddress(known)
    } else {
      let id = unknown("the public address of \(header.name) is not known", header.derivation)
      outside = .unknown(
        network.add(UnknownAddress(within: AddressSet.internetSpace.restricted(to: .v4), unknown: id)))
    }
    let translation = Translation(
      .oneToOne(inside: inside, outside: outside), present: present,
      derivation: address.derivation.steps.isEmpty ? header.derivation : address.derivation)
    for gateway in gateways { network.attachments[gateway.offset].translations?.append(translation) }
  }

  struct Placed {
    var held: [HeldAddress]
    /// Inside addresses with the public one that is translated to them.
    var published: [(HeldAddress, Attribute<IPAddress>, Truth)]
  }

  mutating func place(
    addresses: [InterfaceRecord.Address], ipv6: [Attribute<IPAddress>], prefixes: [IPPrefix], segment: SegmentID,
    of header: ResourceHeader
  ) -> Placed {
    var placed = Placed(held: [], published: [])
    for address in addresses {
      let held =
        address.privateAddress.value.map { HeldAddress($0) }
        ?? unknownAddress(in: segment, family: .v4, of: header)
      placed.held.append(held)
      let present = truth(address.isPublic, otherwise: !address.publicAddress.isAbsent)
      if present != .no { placed.published.append((held, address.publicAddress, present)) }
    }
    for address in ipv6 {
      if let known = address.value {
        placed.held.append(HeldAddress(known))
      } else if family(.v6, in: segment) {
        placed.held.append(unknownAddress(in: segment, family: .v6, of: header))
      }
    }
    placed.held += prefixes.map { HeldAddress.prefix($0) }
    return placed
  }
}
