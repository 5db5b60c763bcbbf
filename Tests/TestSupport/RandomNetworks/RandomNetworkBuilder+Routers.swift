import NetworkModel
import PacketSpace

extension RandomNetworkBuilder {
  /// Two routers like virtual networks, with three to six segments.
  mutating func buildSites() {
    for index in 0..<2 {
      let router = network.add(Router(identity: Identity(key: "site-\(index)"), kind: "router"))
      // Seldom both have the same addresses.
      let number = index == 1 && dice.chance(0.06) ? 0 : UInt32(index)
      let prefix = IPPrefix(IPAddress(v4: 10 << 24 | number << 16), length: 16)
      let high = UInt128(0x2600) << 112 | UInt128(index + 1) << 96
      let prefix6 = dice.chance(0.4) ? IPPrefix(IPAddress(family: .v6, value: high), length: 56) : nil
      sites.append(Site(router: router, prefix: prefix, prefix6: prefix6))
      for number in 0..<dice.number(index == 0 ? 2...3 : 1...3) { buildSegment(number, at: index) }
    }
  }

  private mutating func buildSegment(_ number: Int, at index: Int) {
    let site = sites[index]
    let name = "segment-\(index)-\(number)"
    // Side by side; seldom small ones.
    let length = dice.pick([24, 24, 24, 24, 26, 28])
    var prefixes = [
      IPPrefix(IPAddress(v4: UInt32(site.prefix.first.value) | UInt32(number) << UInt32(32 - length)), length: length)
    ]
    if let prefix6 = site.prefix6, dice.chance(0.8) {
      prefixes.append(
        IPPrefix(IPAddress(family: .v6, value: prefix6.first.value | UInt128(number) << 64), length: 64))
    }
    let inward = dice.chance(0.6) ? [network.add(boundaryFilter("boundary of \(name)"))] : []
    var outward = inward
    if dice.chance(0.08) { outward.append(network.add(boundaryFilter("second boundary of \(name)"))) }
    if dice.chance(0.05) { outward = [] }
    let segment = network.add(
      Segment(
        identity: Identity(key: name), prefixes: prefixes,
        availabilityZone: dice.chance(0.9) ? dice.pick(["a", "b"]) : nil,
        inFilters: inward, outFilters: outward))
    let table = table("table of \(name)")
    if dice.chance(shape.unknowns * 0.3) { network.tables[table.offset].open = unknown("open table of \(name)") }
    let attachment = network.add(
      Attachment(
        identity: Identity(key: "site-\(index)/\(name)"), router: site.router,
        farSide: .ports([.init(segment: segment)]),
        table: dice.chance(0.02) ? nil : table))
    if !dice.chance(0.03) { network.segments[segment.offset].gateway = attachment }
    sites[index].segments.append(segment)
    sites[index].tables.append(table)
    for prefix in site.prefixes { addRoute(prefix, .local, to: table) }
  }

  /// The tables of attachments that lead out of a site know the site only.
  private mutating func addLocalRoutes(of site: Site, to attachment: AttachmentID) {
    for prefix in site.prefixes { addRoute(prefix, .local, to: network[attachment].table) }
  }

  /// A gateway to the internet, and behind some a router that hides.
  mutating func buildGateways() {
    for index in sites.indices where dice.chance(index == 0 ? 0.9 : 0.5) {
      let site = sites[index]
      let gateway = network.add(Router(identity: Identity(key: "gateway-\(index)"), kind: "gateway"))
      let (near, far) = join(site.router, "site-\(index)/gateway", gateway, "gateway-\(index)/in")
      addLocalRoutes(of: site, to: near)
      let admission = [network.add(privateFilter("no private addresses \(index)"))]
      let outside = network.add(
        Attachment(
          identity: Identity(key: "gateway-\(index)/out"), router: gateway, farSide: .zones([internet]),
          usable: truth("gateway", no: 0.02), table: table("gateway-\(index)/out"), inFilters: admission,
          outFilters: admission, translations: outsideTranslations(of: site)))
      addRoute(.anyIPv4, .link(outside), to: network[far].table)
      addRoute(.anyIPv6, .link(outside), to: network[far].table)
      for prefix in site.prefixes { addRoute(prefix, .link(far), to: network[outside].table) }
      sites[index].internet = near
      sites[index].outside = outside
      var defaults: [RouteTable.NextHop] = [.link(near)]
      if dice.chance(0.6) { defaults.append(buildHiding(index)) }
      for table in site.tables {
        if dice.chance(0.8) { addRoute(.anyIPv4, dice.pick(defaults), precedence: 1, to: table) }
        if dice.chance(0.7) { addRoute(.anyIPv6, .link(near), precedence: 1, to: table) }
        // Sometimes two that are equal.
        if dice.chance(0.05) { addRoute(.anyIPv4, dice.pick(defaults + [.drop]), precedence: 1, to: table) }
      }
    }
  }

  /// The site's own IPv6 addresses pass as they are; seldom its IPv4 addresses are hidden at the gateway itself, or pass too.
  private mutating func outsideTranslations(of site: Site) -> [Translation] {
    var result = site.prefix6.map { [Translation(.keep($0))] } ?? []
    if dice.chance(0.08) { result.append(Translation(.keep(dice.pick(["10.0.0.0/8", "8.8.8.0/24"]).asPrefix))) }
    if dice.chance(0.08) {
      result.append(
        Translation(
          .hide(prefix(), behind: HeldAddress(IPAddress(v4: 54 << 24 | 255))),
          present: truth("hiding at the gateway", no: 0)))
    }
    return result
  }

  private mutating func buildHiding(_ index: Int) -> RouteTable.NextHop {
    let site = sites[index]
    let router = network.add(Router(identity: Identity(key: "hiding-\(index)"), kind: "hiding"))
    let segment = dice.pick(site.segments)
    var address = HeldAddress(freshAddress(in: segment) ?? site.prefix.first)
    if dice.chance(shape.unknowns) {
      let within = AddressSet(network[segment].prefixes).restricted(to: .v4)
      address = .unknown(
        network.add(UnknownAddress(within: within, unknown: unknown("the address of hiding \(index)"))))
    }
    let keeps = dice.chance(0.3)
    let inner = network.add(
      Attachment(
        identity: Identity(key: "hiding-\(index)/inner"), router: router, farSide: .ports([.init(segment: segment)]),
        table: table("hiding-\(index)/inner"), keepsIngress: keeps, keepsEgress: keeps))
    let outer = network.add(
      Attachment(
        identity: Identity(key: "hiding-\(index)/outer"), router: router,
        farSide: .ports([.init(segment: segment, addresses: [address])]), table: table("hiding-\(index)/outer"),
        translations: [Translation(.hide(dice.chance(0.8) ? .anyIPv4 : prefix(), behind: address))],
        keepsIngress: keeps, keepsEgress: keeps))
    addRoute(.anyIPv4, .link(outer), to: network[inner].table)
    addRoute(.anyIPv4, .link(inner), to: network[outer].table)
    return .port(inner)
  }

  /// A router with ports in segments of both sites.
  mutating func buildHub() {
    guard dice.chance(0.5) else { return }
    let hub = network.add(
      Router(identity: Identity(key: "hub"), kind: "hub", isSymmetric: dice.chance(0.2)))
    var attached: [AttachmentID] = []
    let keeps = dice.chance(0.3)
    for index in sites.indices {
      let ports = Array(sites[index].segments.prefix(dice.number(1...2)))
      attached.append(
        network.add(
          Attachment(
            identity: Identity(key: "hub/site-\(index)"), router: hub,
            farSide: .ports(ports.map { Attachment.Port(segment: $0) }), usable: truth("hub", no: 0.02),
            table: table("hub/site-\(index)"), keepsIngress: keeps, keepsEgress: dice.chance(0.3),
            isSameZoneOnly: dice.chance(0.4), isHashed: dice.chance(0.2), meetsOwnBoundary: dice.chance(0.7))))
    }
    for index in sites.indices {
      let other = 1 - index
      let target = dice.chance(0.8) ? sites[other].prefix : .anyIPv4
      addRoute(target, .link(attached[other]), to: network[attached[index]].table)
      for table in sites[index].tables where dice.chance(0.7) {
        addRoute(dice.chance(0.8) ? sites[other].prefix : prefix(), .port(attached[index]), precedence: 1, to: table)
      }
    }
  }

  mutating func buildPeering() {
    guard dice.chance(0.75) else { return }
    let peering = network.add(Router(identity: Identity(key: "peering"), kind: "peering"))
    let (near0, far0) = join(sites[0].router, "site-0/peering", peering, "peering/0")
    let (near1, far1) = join(sites[1].router, "site-1/peering", peering, "peering/1")
    let keeps = dice.chance(0.7)
    for (index, near, far, other) in [(0, near0, far0, far1), (1, near1, far1, far0)] {
      addLocalRoutes(of: sites[index], to: near)
      network.attachments[far.offset].inFilters = [
        network.add(sideFilter("peering \(index)", from: sites[index].prefixes))
      ]
      if dice.chance(0.1) {
        network.attachments[far.offset].outFilters = [network.add(boundaryFilter("admission of peering \(index)"))]
      }
      network.attachments[far.offset].keepsIngress = keeps
      network.attachments[far.offset].keepsEgress = keeps
      for prefix in sites[1 - index].prefixes {
        addRoute(prefix, .link(other), to: network[far].table)
        for table in sites[index].tables where dice.chance(0.85) {
          addRoute(prefix, .link(near), precedence: dice.number(0...1), to: table)
        }
      }
    }
  }

  /// A line to a zone elsewhere, and an appliance in the way of some packets.
  mutating func buildSide() {
    if dice.chance(0.3) {
      _ = network.add(
        Zone(identity: Identity(key: "partner"), addresses: AddressSet("203.0.113.0/24".asPrefix)))
    }
    // A zone that lies behind the gateway beside the internet.
    if let outside = sites[0].outside, dice.chance(0.1) {
      let zone = network.add(
        Zone(
          identity: Identity(key: "beside"), addresses: AddressSet("198.18.0.0/15".asPrefix), behind: [outside]))
      network.attachments[outside.offset].farSide = .zones([internet, zone])
    }
    if dice.chance(0.4) { buildLine() }
    if dice.chance(0.3) { buildAppliance() }
  }

  private mutating func buildLine() {
    let site = sites[0]
    let router = network.add(Router(identity: Identity(key: "line"), kind: "line"))
    let (near, far) = join(site.router, "site-0/line", router, "line/in")
    addLocalRoutes(of: site, to: near)
    let kind: Zone.Kind = dice.chance(shape.unknowns * 3) ? .implicit(unknown("what is behind the line")) : .declared
    let prefix = IPPrefix(IPAddress(v4: 192 << 24 | 168 << 16), length: 16)
    let zone = network.add(Zone(identity: Identity(key: "premises"), kind: kind, addresses: AddressSet(prefix)))
    let outside = network.add(
      Attachment(
        identity: Identity(key: "line/out"), router: router, farSide: .zones([zone]), table: table("line/out")))
    network.zones[zone.offset].behind = [outside]
    if dice.chance(0.15) {
      let filter = network.add(boundaryFilter("admission of the line"))
      network.attachments[outside.offset].inFilters = [filter]
      network.attachments[outside.offset].outFilters = [filter]
    }
    if dice.chance(0.2), let open = open("table of the line") {
      network.tables[network[far].table?.offset ?? 0].open = open
    }
    addRoute(prefix, .link(outside), to: network[far].table)
    addRoute(.anyIPv4, .link(far), to: network[outside].table)
    for table in site.tables where dice.chance(0.7) { addRoute(prefix, .link(near), precedence: 1, to: table) }
  }

  private mutating func buildAppliance() {
    let site = sites[0]
    var router = Router(identity: Identity(key: "appliance"), kind: "appliance", isSymmetric: dice.chance(0.4))
    if dice.chance(shape.unknowns * 2) { router.notUnderstood = unknown("what the appliance does") }
    let id = network.add(router)
    let port = network.add(
      Attachment(
        identity: Identity(key: "appliance/port"), router: id,
        farSide: .ports([.init(segment: dice.pick(site.segments))]), table: table("appliance/port")))
    addRoute(.anyIPv4, .link(port), to: network[port].table)
    addRoute(prefix(), .port(port), precedence: 1, to: dice.pick(site.tables))
  }

  /// Gives some endpoints an address outside, once they stand.
  mutating func translateOutside() {
    var next: UInt32 = 54 << 24 | 1
    for index in sites.indices {
      guard let outside = sites[index].outside else { continue }
      for segment in sites[index].segments {
        for held in network.heldAddresses(in: segment) where dice.chance(0.4) {
          var external = HeldAddress(IPAddress(v4: next))
          next += 1
          if dice.chance(shape.unknowns) {
            external = .unknown(
              network.add(
                UnknownAddress(
                  within: .internetSpace.restricted(to: .v4), unknown: unknown("an address outside"))))
          }
          let present = truth("translation", no: 0.02)
          network.attachments[outside.offset].translations?.append(
            Translation(.oneToOne(inside: held, outside: external), present: present))
        }
      }
    }
  }
}

extension String {
  fileprivate var asPrefix: IPPrefix { IPPrefix(self) ?? .anyIPv4 }
}

extension Network {
  /// The single IPv4 addresses that ports and endpoints hold in a segment, in the order of the network.
  fileprivate func heldAddresses(in segment: SegmentID) -> [HeldAddress] {
    var result: [HeldAddress] = []
    func add(_ held: HeldAddress) {
      switch held {
      case .prefix(let prefix): if prefix.isHost, prefix.family == .v4, !result.contains(held) { result.append(held) }
      case .unknown(let id):
        if self[id].within.first?.family == .v4, !result.contains(held) { result.append(held) }
      }
    }
    for endpoint in endpoints {
      for placement in endpoint.placements where placement.segment == segment { placement.addresses.forEach(add) }
    }
    for attachment in attachments {
      if case .ports(let ports) = attachment.farSide {
        for port in ports where port.segment == segment { port.addresses.forEach(add) }
      }
    }
    return result
  }
}
