import NetworkModel
import PacketSpace

/// Where balancers send: target groups and what is registered in them.
extension AWSBuilder {
  mutating func targets(
    _ number: Int, transport: IPProtocol, isNetwork: Bool, open: inout UnknownID?
  ) -> [Relay.Target] {
    let group = records.targetGroups[number]
    let keeps = keepsClient(group, transport: transport, isNetwork: isNetwork)
    let encryption = backEncryption(group)
    let groupPort = group.port.value.flatMap { UInt16(exactly: $0) }
    var targets: [Relay.Target] = []
    for registration in group.targets {
      let port = registration.port.value.flatMap { UInt16(exactly: $0) } ?? groupPort
      switch registration.target {
      case .known(.resource(let reference), let derivation):
        if let balancer = index.find(.loadBalancer, reference, from: group.header), let relay = relays[balancer] {
          targets.append(
            Relay.Target(
              .relay(relay), port: port, keepsClient: isNetwork ? .yes : .no, encryption: encryption,
              derivation: registration.derivation))
          continue
        }
        guard let endpoints = hostEndpoints[reference.text] else {
          gap(
            .notPresent, reference.text,
            "\(group.header.name) has the target \(reference), which is not in the snapshot",
            derivation)
          open = unknown("the target \(reference) is not in the snapshot", derivation)
          continue
        }
        if let endpoint = endpoints.first {
          targets.append(
            Relay.Target(
              .endpoint(endpoint), port: port, keepsClient: keeps, encryption: encryption,
              derivation: registration.derivation))
        }
      case .known(.address(let address), let derivation):
        targets += self.targets(at: address, group, port: port, keeps: keeps, encryption, registration.derivation)
        if targets.isEmpty {
          gap(
            .notPresent, address.description,
            "\(group.header.name) has the target \(address), which no interface holds",
            derivation)
          open = unknown("nothing in the snapshot holds the target \(address)", derivation)
        }
      case .unknown(let missing): open = unknown(missing)
      case .absent: break
      }
    }
    for (fleet, endpoint) in fleetEndpoints.sorted(by: { $0.key < $1.key }) {
      let record = records.fleets[fleet]
      for attribute in record.targetGroups {
        guard let reference = attribute.value,
          index.find(.targetGroup, reference, from: record.header) == number
        else { continue }
        targets.append(
          Relay.Target(
            .endpoint(endpoint), port: groupPort, keepsClient: keeps, encryption: encryption,
            derivation: record.header.derivation))
      }
    }
    return targets
  }

  /// The endpoint that holds an address in the group's VPC; those of unknown address that *may* hold it where none surely does.
  private mutating func targets(
    at address: IPAddress, _ group: TargetGroupRecord, port: UInt16?, keeps: Truth, _ encryption: Encryption,
    _ derivation: Derivation
  ) -> [Relay.Target] {
    let vpc = group.vpc.value.flatMap { index.find(.vpc, $0, from: group.header) }
    var segments: Set<SegmentID> = []
    for (subnet, segment) in subnets where vpc == nil || subnetVPC[subnet] == vpc { segments.insert(segment) }
    var sure: [Relay.Target] = []
    var possible: [Relay.Target] = []
    for (number, endpoint) in network.endpoints.enumerated() {
      for placement in endpoint.placements where segments.contains(placement.segment) {
        for held in placement.addresses {
          var target = Relay.Target(
            .endpoint(EndpointID(number)), port: port, keepsClient: keeps, encryption: encryption,
            derivation: derivation)
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
