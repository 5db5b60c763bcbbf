import NetworkModel
import PacketSpace

/// VPCs, subnets and network ACLs.
extension AWSBuilder {
  /// Every VPC is a router whose gateways' traffic finds local destinations only: that is what makes peerings and gateways not
  /// transitive (VPC Peering Guide, "VPC peering limitations").
  mutating func buildVPCs() {
    for number in records.vpcs.indices {
      let vpc = records.vpcs[number]
      let blocks = effectiveBlocks(number)
      var ipv6Blocks: [IPPrefix] = []
      var open: UnknownID?
      for block in vpc.ipv6Blocks {
        if let prefix = block.value {
          ipv6Blocks.append(prefix)
        } else if let missing = block.missing {
          open = unknown(missing)
        }
      }
      ipv6Blocks += impliedIPv6Blocks(number).filter { prefix in !ipv6Blocks.contains { $0.contains(prefix) } }
      let router = network.add(
        Router(
          identity: vpc.header.identity, kind: "vpc", attributes: attributes(vpc.header, kind: "vpc"),
          derivation: vpc.header.derivation))
      let local = network.add(
        RouteTable(
          identity: Identity(key: vpc.header.key + "#local", name: "\(vpc.header.name) local routes"),
          routes: (blocks + ipv6Blocks).map {
            RouteTable.Route($0, next: .local, derivation: vpc.header.derivation)
          }, open: open, derivation: vpc.header.derivation))
      vpcs[number] = BuiltVPC(router: router, blocks: blocks, ipv6Blocks: ipv6Blocks, localTable: local)
    }
  }

  /// A subnet is a segment; its table is filled in when all gateways are known.
  mutating func buildSubnets() {
    for number in records.subnets.indices {
      let subnet = records.subnets[number]
      guard let vpc = resolve(.vpc, subnet.vpc, from: subnet.header, as: "VPC"), let built = vpcs[vpc] else {
        if !subnet.vpc.isAbsent || subnet.vpc.missing != nil {
          gap(
            .notPresent, subnet.header.name, "the VPC of the subnet is not known, so it is left out",
            subnet.header.derivation)
        }
        continue
      }
      let owner = records.vpcs[vpc].header
      var prefixes: [IPPrefix] = []
      if let block = standIns[number] ?? subnet.block.value { prefixes.append(block) }
      prefixes += knownAddresses(in: number)
      for block in [subnet.ipv6Block] {
        if let prefix = block.value {
          prefixes.append(prefix)
        } else if let missing = block.missing {
          gap(
            .notUnderstood, subnet.header.name, "a block of the subnet is not known: \(missing.reason)",
            missing.derivation)
        }
      }
      var attributes = attributes(subnet.header, kind: "subnet")
      for name in names(owner) { attributes.insert(name, for: .vpc) }
      for name in names(subnet.header) { attributes.insert(name, for: .subnet) }
      if let zone = subnet.zone.value { attributes.insert(zone, for: .az) }
      if let zone = subnet.zoneName { attributes.insert(zone, for: .az) }
      if attributes.values[.env] == nil, let env = owner.env ?? owner.tags["env"] ?? owner.tags["Environment"] {
        attributes.insert(env, for: .env)
      }
      let segment = network.add(
        Segment(
          identity: subnet.header.identity, prefixes: prefixes,
          availabilityZone: subnet.zone.value ?? subnet.zoneName ?? "unknown zone of \(subnet.header.key)",
          attributes: attributes, derivation: subnet.header.derivation))
      let attachment = network.add(
        Attachment(
          identity: Identity(key: subnet.header.key + "#attachment", name: subnet.header.name), router: built.router,
          farSide: .ports([Attachment.Port(segment: segment)]), derivation: subnet.header.derivation))
      network.segments[segment.offset].gateway = attachment
      subnets[number] = segment
      subnetVPC[number] = vpc
      attachACL(number, segment, vpc)
    }
  }

  /// What has an IPv6 address rests on what was assumed of the VPC's blocks.
  mutating func restOnAssumptions() {
    var assumptions: [SegmentID: [AssumptionID]] = [:]
    for (subnet, segment) in subnets.sorted(by: { $0.key < $1.key }) {
      guard let vpc = subnetVPC[subnet] else { continue }
      for assumption in records.vpcs[vpc].ipv6Assumptions {
        assumptions[segment, default: []].append(network.assume(assumption))
      }
    }
    guard !assumptions.isEmpty else { return }
    for index in network.endpoints.indices {
      for placement in network.endpoints[index].placements where placement.addresses.contains(where: isIPv6) {
        for assumption in assumptions[placement.segment] ?? []
        where !network.endpoints[index].assumptions.contains(assumption) {
          network.endpoints[index].assumptions.append(assumption)
        }
      }
    }
  }

  private func isIPv6(_ held: HeldAddress) -> Bool {
    switch held {
    case .prefix(let prefix): prefix.family == .v6
    case .unknown(let id): network[id].within.first?.family == .v6
    }
  }

  // MARK: Network ACLs

  /// Lowest number first, the first match decides, and what no entry matches is denied (VPC User Guide, "Network ACLs").
  private mutating func attachACL(_ number: Int, _ segment: SegmentID, _ vpc: Int) {
    let subnet = records.subnets[number].header
    if let missing = uncertainty(of: number, in: uncertainACLs) {
      let filter = openFilter(subnet, unknown(missing))
      network.segments[segment.offset].inFilters = [filter]
      network.segments[segment.offset].outFilters = [filter]
      return
    }
    let filter: FilterID
    if let acl = relations.aclOfSubnet[number] ?? relations.defaultACLOfVPC[vpc] {
      filter = self.filter(acl)
    } else {
      filter = defaultFilter(subnet)
    }
    network.segments[segment.offset].inFilters = [filter]
    network.segments[segment.offset].outFilters = [filter]
  }

  private mutating func filter(_ number: Int) -> FilterID {
    if let known = aclFilters[number] { return known }
    let acl = records.networkACLs[number]
    let filter = network.add(
      Filter(
        identity: acl.header.identity, kind: "network ACL", end: .deny,
        ingress: rules(acl, egress: false, open: openACLs[number]),
        egress: rules(acl, egress: true, open: openACLs[number]), derivation: acl.header.derivation))
    aclFilters[number] = filter
    return filter
  }

  /// An ACL of which nothing is known.
  private mutating func openFilter(_ subnet: ResourceHeader, _ missing: UnknownID) -> FilterID {
    let open = RuleList([], open: missing)
    return network.add(
      Filter(
        identity: Identity(key: subnet.key + "#acl", name: "network ACL of \(subnet.name)"), kind: "network ACL",
        end: .deny, ingress: open, egress: open))
  }

  private mutating func rules(_ acl: NetworkACLRecord, egress: Bool, open missing: Missing?) -> RuleList {
    var open = missing.map { unknown($0) }
    var numbered: [(number: Int, rule: Rule)] = []
    for entry in acl.entries {
      guard let isEgress = entry.isEgress.value else {
        open = unknown("the direction of an entry of \(acl.header.name) is not known", entry.derivation)
        continue
      }
      guard isEgress == egress else { continue }
      guard let number = entry.number.value, let allows = entry.allows.value else {
        open = unknown("the number or action of an entry of \(acl.header.name) is not known", entry.derivation)
        continue
      }
      var present = truth(entry.exists)
      var peers: [Peer]?
      if let block = entry.block.value {
        peers = self.peers(in: block)
      } else if let missing = entry.block.missing {
        present = present.and(.unknown(unknown(missing)))
      }
      var traffic = TrafficSet.any
      if let known = entry.traffic.value {
        traffic = known
      } else if let missing = entry.traffic.missing {
        present = present.and(.unknown(unknown(missing)))
      }
      numbered.append(
        (
          number,
          Rule(
            allows ? .allow : .deny, present: present, peers: peers, traffic: RuleTraffic(traffic),
            label: "rule \(number)", derivation: entry.derivation)
        ))
    }
    return RuleList(numbered.sorted { $0.number < $1.number }.map(\.rule), open: open)
  }

  /// A VPC always has a default ACL, which allows all unless somebody changed it: an assumption where none was collected, a gap where
  /// ACLs were collected and this one is not among them.
  private mutating func defaultFilter(_ header: ResourceHeader) -> FilterID {
    let everything = RuleList([Rule(.allow, label: "rule 100")])
    if records.collected.contains("\(header.account ?? "")/\(header.region ?? "")/network-acls") {
      let missing = unknown("the network ACL of \(header.name) is not in the snapshot", header.derivation)
      gap(.notPresent, header.name, "network ACLs were collected, but none for this subnet", header.derivation)
      return openFilter(header, missing)
    }
    let scope = [header.account, header.region].compactMap { $0 }.joined(separator: "/")
    if let known = defaultACLFilters[scope] { return known }
    let assumption = network.assume(
      Assumption(
        code: "default-network-acl",
        text:
          "subnets without a network ACL\(scope.isEmpty ? "" : " in \(scope)") have the default one, which allows all"))
    let filter = network.add(
      Filter(
        identity: Identity(key: scope + "#default-network-acl", name: "default network ACL"), kind: "network ACL",
        end: .deny, ingress: everything, egress: everything, assumptions: [assumption]))
    defaultACLFilters[scope] = filter
    return filter
  }
}
