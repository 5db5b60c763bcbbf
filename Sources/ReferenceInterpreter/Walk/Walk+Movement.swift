import NetworkModel
import PacketSpace

// Movement, the same for request and answer (the walk, section 4).
extension Walk {
  /// Goes on until the half ends.
  mutating func move(from first: Step) -> Step {
    zoneOfPacket = nil
    visits = []
    var step = first
    while true {
      switch step {
      case .send(let segment, let packet, let due): step = send(segment, packet, due: due)
      case .deliver(let segment, let packet): step = deliver(segment, packet)
      case .router(let attachment, let packet, let segment, let due):
        step = route(attachment, packet, from: segment, due: due)
      case .zone(let attachment, let packet): step = handOver(attachment, packet)
      case .ended, .stopped: return step
      }
    }
  }

  /// SEND with the filters of the segment due.
  func sending(_ segment: SegmentID, _ packet: Packet) -> Step {
    .send(segment, packet, due: network[segment].outFilters)
  }

  /// SEND: inside a segment nothing is met.
  private mutating func send(_ segment: SegmentID, _ packet: Packet, due: [FilterID]) -> Step {
    zoneOfPacket = network[segment].availabilityZone
    if contains(segment, packet.destination) { return .deliver(segment, packet) }
    // What is held here by something of unknown address is here whatever its number is.
    if packet.destination.unknown != nil, holder(of: packet.destination, in: segment) != nil {
      return .deliver(segment, packet)
    }
    guard let gateway = network[segment].gateway else { return stop(.segment(segment), .noGateway) }
    return .router(gateway, packet, from: segment, due: due)
  }

  mutating func contains(_ segment: SegmentID, _ address: PacketAddress) -> Bool {
    for prefix in network[segment].prefixes where completion.holds(prefix, address) { return true }
    return false
  }

  /// DELIVER: by the holder of the destination.
  private mutating func deliver(_ segment: SegmentID, _ packet: Packet) -> Step {
    guard let holder = holder(of: packet.destination, in: segment) else {
      if half == .answer, question.origin == .host(segment), packet.destination == question.packet.source {
        return .ended(.host(segment, packet))
      }
      return stop(.segment(segment), .noEndpoint)
    }
    switch holder {
    case .port(let attachment, let port):
      judgeLayersAtPort(port, of: network[attachment].router, .ingress, packet)
      return .router(attachment, packet, from: segment, due: [])
    case .endpoint(let bearer):
      if half == .request {
        noteDelivery(to: bearer)
        if let step = relay(at: bearer, in: segment, packet) { return step }
      }
      return .ended(.endpoint(bearer, segment, packet))
    }
  }

  /// ZONE: the internet hands a packet to the attachment that owns its destination; zones forward nothing else.
  private mutating func handOver(_ attachment: AttachmentID, _ packet: Packet) -> Step {
    guard case .zones(let behind) = network[attachment].farSide else { return stop(.attachment(attachment), .noZone) }
    var candidates = behind
    if let internet = behind.first(where: { network[$0].isInternet }) {
      let owners = owners(of: packet.destination)
      if !owners.isEmpty {
        sender = nil
        lastMachine = nil
        waitingEgress?.keeps = false
        let owner = owners[completion.choose(of: owners.count)]
        pass(.attachment(owner), .entered(owner))
        return .router(owner, packet, from: nil, due: [])
      }
      let unsaid = network.zones.indices.map { ZoneID($0) }
        .filter { !network[$0].isInternet && network[$0].behind.isEmpty && !behind.contains($0) }
      candidates = unsaid + behind.filter { $0 != internet } + [internet]
    }
    for zone in candidates where packet.destination.unknown == nil {
      guard network[zone].addresses.contains(packet.destination.number) else { continue }
      if case .implicit(let unknown) = network[zone].kind {
        require(.unknown(unknown), .attachment(attachment), .noZone)
      }
      if half == .request { exit = attachment }
      return .ended(.zone(zone, by: attachment, packet))
    }
    return stop(.attachment(attachment), .noZone)
  }

  /// The attachments towards the internet that own an address: by their one-to-one entries and their keep prefixes (section 1).
  private mutating func owners(of address: PacketAddress) -> [AttachmentID] {
    var result: [AttachmentID] = []
    for index in network.attachments.indices {
      let attachment = AttachmentID(index)
      guard network.leadsToInternet(network[attachment]) else { continue }
      if owns(attachment, address) { result.append(attachment) }
    }
    return result
  }

  private mutating func owns(_ attachment: AttachmentID, _ address: PacketAddress) -> Bool {
    for (index, translation) in (network[attachment].translations ?? []).enumerated() {
      let isOwned =
        switch translation.kind {
        case .oneToOne(_, let outside): completion.particularity(outside, holding: address) != nil
        case .keep(let prefix): completion.holds(prefix, address)
        case .hide: false
        }
      if isOwned, completion.settle(translation.present, key: .translationPresent(attachment, index)) { return true }
    }
    return false
  }
}
