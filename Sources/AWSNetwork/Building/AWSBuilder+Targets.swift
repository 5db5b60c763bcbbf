import NetworkModel
import PacketSpace

/// Where balancers send: target groups and what is registered in them.
extension AWSBuilder {
  mutating func targets(
    _ number: Int, transport: IPProtocol, isNetwork: Bool, open: inout UnknownID?
  ) -> [Relay.Target] {
    let group = records.targetGroups[number]
    let template = Relay.Target(
      .endpoint(EndpointID(0)), port: group.port.value.flatMap { UInt16(exactly: $0) },
      keepsClient: keepsClient(group, transport: transport, isNetwork: isNetwork), encryption: backEncryption(group),
      derivation: group.header.derivation)
    var targets: [Relay.Target] = []
    for registration in group.targets {
      var target = template
      target.derivation = registration.derivation
      if let port = registration.port.value.flatMap({ UInt16(exactly: $0) }) { target.port = port }
      switch registration.target {
      case .known(.resource(let reference), let derivation):
        if let found = self.target(reference, group, target) {
          targets.append(found)
        } else {
          missingTarget("\(reference)", "is not in the snapshot", group, derivation, &open)
          // An id says nothing of what a template has yet to create.
          if let open { targets += anyTarget(group, target, open) { $0.identity.isOfTemplate } }
        }
      case .known(.address(let address), let derivation):
        let found = self.targets(at: address, group, target)
        targets += found
        if found.isEmpty { missingTarget("\(address)", "is held by no interface of it", group, derivation, &open) }
      case .unknown(let missing):
        let id = unknown(missing)
        open = id
        targets += anyTarget(group, target, id) { _ in true }
      case .absent: break
      }
    }
    for (fleet, endpoint) in fleetEndpoints.sorted(by: { $0.key < $1.key }) {
      let record = records.fleets[fleet]
      for attribute in record.targetGroups {
        var target = template
        if let missing = attribute.missing {
          target.present = .unknown(unknown(missing))
        } else if attribute.value.flatMap({ index.find(.targetGroup, $0, from: record.header) }) != number {
          continue
        }
        target.destination = .endpoint(endpoint)
        target.derivation = record.header.derivation
        targets.append(target)
      }
    }
    return targets
  }

  /// A target that is not known may be any host of the group's VPC.
  private func anyTarget(
    _ group: TargetGroupRecord, _ template: Relay.Target, _ unknown: UnknownID, where isMeant: (Endpoint) -> Bool
  ) -> [Relay.Target] {
    let own = group.vpc.value.flatMap { index.find(.vpc, $0, from: group.header) }
    let near = own.map { Set(segments(of: $0)) }
    return network.endpoints.indices.filter { number in
      let endpoint = network.endpoints[number]
      return !["alb", "nlb", "lambda", "eks"].contains(endpoint.kind) && isMeant(endpoint)
        && endpoint.placements.contains { near?.contains($0.segment) ?? true }
    }.map { number in
      var target = template
      target.destination = .endpoint(EndpointID(number))
      target.present = .unknown(unknown)
      return target
    }
  }

  private mutating func missingTarget(
    _ name: String, _ text: String, _ group: TargetGroupRecord, _ derivation: Derivation, _ open: inout UnknownID?
  ) {
    gap(.notPresent, name, "\(group.header.name) has the target \(name), which \(text)", derivation)
    open = unknown("the target \(name) of \(group.header.name) \(text)", derivation)
  }

  /// An instance at its primary interface, or a balancer behind a balancer.
  private func target(_ reference: Reference, _ group: TargetGroupRecord, _ target: Relay.Target) -> Relay.Target? {
    var target = target
    if let balancer = index.find(.loadBalancer, reference, from: group.header), let relay = relays[balancer] {
      target.destination = .relay(relay)
      return target
    }
    guard let endpoint = hosts.find(reference, from: group.header).first else { return nil }
    target.destination = .endpoint(endpoint)
    return target
  }

  /// The endpoint that holds an address; those of unknown address that *may* hold it where none surely does.
  ///
  /// An address outside the group's VPC lies in another one or on premises.
  private func targets(
    at address: IPAddress, _ group: TargetGroupRecord, _ template: Relay.Target
  ) -> [Relay.Target] {
    let own = group.vpc.value.flatMap { index.find(.vpc, $0, from: group.header) }
    let blocks = own.flatMap { vpcs[$0] }.map { $0.blocks + $0.ipv6Blocks } ?? []
    let isOwn = blocks.contains { $0.contains(address) }
    var segments: [SegmentID: Int] = [:]
    for (subnet, segment) in subnets {
      guard let vpc = subnetVPC[subnet] else { continue }
      if !isOwn || vpc == own { segments[segment] = vpc }
    }
    var sure: [Relay.Target] = []
    var possible: [Relay.Target] = []
    for (number, endpoint) in network.endpoints.enumerated() {
      for placement in endpoint.placements {
        guard let vpc = segments[placement.segment] else { continue }
        for held in placement.addresses {
          var target = template
          target.destination = .endpoint(EndpointID(number))
          // Clients are kept for targets in the same VPC or one peered within the region (NLB guide, "Client IP preservation").
          if let own, vpc != own, !peeredVPCs.contains([min(own, vpc), max(own, vpc)]) { target.keepsClient = .no }
          switch held {
          case .prefix(let prefix) where prefix.contains(address):
            target.address = .prefix(IPPrefix(host: address))
            sure.append(target)
          case .unknown(let id) where network[id].within.contains(address):
            target.present = .unknown(network[id].unknown)
            target.address = held
            possible.append(target)
          default: break
          }
        }
      }
    }
    return sure.isEmpty ? possible : sure
  }

  /// Kept for instances and all UDP; not for addresses over TCP unless said (NLB guide, "Client IP preservation").
  mutating func keepsClient(_ group: TargetGroupRecord, transport: IPProtocol, isNetwork: Bool) -> Truth {
    guard isNetwork else { return .no }
    if group.targetType.value == "alb" || transport == .udp { return .yes }
    switch group.keepsClient {
    case .known(let keeps, _): return Truth(keeps)
    case .unknown(let missing): return .unknown(unknown(missing))
    case .absent: return Truth(group.targetType.value != "ip")
    }
  }

  mutating func backEncryption(_ group: TargetGroupRecord) -> Encryption {
    switch group.protocol.value?.uppercased() {
    case "HTTPS", "TLS": return .required(minimum: .tls10)
    case "HTTP": return .plaintext
    case nil: return .unknown(unknown("the protocol of \(group.header.name) is not known", group.header.derivation))
    default: return .passthrough
    }
  }
}

extension Identity {
  /// Whether it is known by a template's name: then what it is called once it is created is not known.
  fileprivate var isOfTemplate: Bool { aliases.contains { $0.form == .logicalID } }
}
