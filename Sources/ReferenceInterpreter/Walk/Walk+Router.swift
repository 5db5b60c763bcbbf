import NetworkModel
import PacketSpace

// ROUTER, in its order (the walk, section 4).
extension Walk {
  mutating func route(_ attachment: AttachmentID, _ packet: Packet, from segment: SegmentID?, due: [FilterID]) -> Step {
    let router = network[attachment].router
    // 1
    guard visits.insert(Visit(attachment: attachment, packet: packet)).inserted else {
      return stop(.attachment(attachment), .loop)
    }
    require(network[attachment].usable, .attachment(attachment), .notUsable)
    if let unknown = network[router].notUnderstood { require(.unknown(unknown), .router(router), .notUnderstood) }
    let came = packet
    var packet = packet
    judgeAdmission(attachment, .ingress, packet)
    // 2
    var isUndone = false
    if half == .answer {
      if let before = undo(packet, at: router) {
        packet = before
        isUndone = true
      } else if network[router].isSymmetric, !requestCrossed(router) {
        block(.router(router), .noState)
      }
    }
    // 3
    if !isUndone, network[attachment].translations != nil {
      guard let inside = translateInward(packet, at: attachment) else {
        return stop(.attachment(attachment), .noTranslationIn)
      }
      packet = inside
    }
    // 4
    let next = nextHop(of: packet.destination, at: attachment)
    let crossing = Crossing(
      router: router, entered: attachment, segment: segment, due: due, came: came, isUndone: isUndone)
    if case .port(let port)? = next { return cross(crossing, toPort: port, packet) }
    judgeDue(crossing)
    switch next {
    case nil: return stop(.attachment(attachment), .noRoute)
    case .drop?: return stop(.attachment(attachment), .drop)
    case .local?: return crossLocally(crossing, packet)
    case .link(let link)?: return cross(crossing, toLink: link, packet)
    case .port(let port)?: return cross(crossing, toPort: port, packet)
    case .unknown?: return stop(.attachment(attachment), .noRoute)
    }
  }

  /// What is known of a packet inside a router.
  private struct Crossing {
    var router: RouterID
    var entered: AttachmentID
    /// The segment that it comes out of.
    var segment: SegmentID?
    /// That segment's outward filters which are yet to judge it.
    var due: [FilterID]
    var came: Packet
    /// Step 2 applied: nothing is translated.
    var isUndone: Bool
  }

  private mutating func judgeDue(_ crossing: Crossing) {
    guard let segment = crossing.segment else { return }
    judgeBoundary(segment, crossing.due, .egress, crossing.came)
  }

  /// Cross: a request is recorded and loses what the attachments do not keep; an answer has crossed the router.
  private mutating func record(_ crossing: Crossing, left packet: Packet, over attachments: [AttachmentID]) {
    switch half {
    case .request:
      records.append(.crossing(crossing.router, came: crossing.came, left: packet))
      for attachment in attachments {
        if !network[attachment].keepsIngress { sender = nil }
        if !network[attachment].keepsEgress { waitingEgress?.keeps = false }
      }
    case .answer: crossedBack.insert(crossing.router)
    }
  }

  // MARK: 2

  /// The answer to what came, if the packet answers what left.
  private func undo(_ packet: Packet, at router: RouterID) -> Packet? {
    for record in records.reversed() {
      if case .crossing(router, let came, let left) = record, left.answer == packet { return came.answer }
    }
    return nil
  }

  // MARK: 5, local

  private mutating func crossLocally(_ crossing: Crossing, _ packet: Packet) -> Step {
    guard let (attachment, segment) = attachedSegment(of: crossing.router, holding: packet.destination) else {
      return stop(.router(crossing.router), .noSegment)
    }
    record(crossing, left: packet, over: [crossing.entered, attachment])
    judgeBoundary(segment, network[segment].inFilters, .ingress, packet)
    return .deliver(segment, packet)
  }

  /// The router's attached segment that holds an address, the most particular one first.
  private mutating func attachedSegment(
    of router: RouterID, holding address: PacketAddress
  ) -> (AttachmentID, SegmentID)? {
    var candidates: [(length: Int, prefix: IPPrefix, attachment: AttachmentID, segment: SegmentID)] = []
    for attachment in network[router].attachments {
      guard case .ports(let ports) = network[attachment].farSide else { continue }
      for port in ports {
        for prefix in network[port.segment].prefixes {
          candidates.append((prefix.length, prefix, attachment, port.segment))
        }
      }
    }
    let ordered = candidates.enumerated().sorted {
      ($1.element.length, $0.offset) < ($0.element.length, $1.offset)
    }
    for candidate in ordered.map(\.element) where completion.holds(candidate.prefix, address) {
      return (candidate.attachment, candidate.segment)
    }
    return nil
  }

  // MARK: 5, port

  private mutating func cross(_ crossing: Crossing, toPort attachment: AttachmentID, _ packet: Packet) -> Step {
    guard let port = port(of: attachment, enteredFrom: crossing.segment) else {
      judgeDue(crossing)
      return stop(.attachment(attachment), .noPortInZone)
    }
    let isExempt = port.segment == crossing.segment && !network[attachment].meetsOwnBoundary
    if !isExempt { judgeDue(crossing) }
    record(crossing, left: packet, over: [crossing.entered])
    if !isExempt { judgeBoundary(port.segment, network[port.segment].inFilters, .ingress, packet) }
    judgeLayersAtPort(port, of: network[attachment].router, .ingress, packet)
    return .router(attachment, packet, from: port.segment, due: [])
  }

  /// The port by which another router is entered: that of the sender's zone where it is bound to zones, else any.
  private mutating func port(of attachment: AttachmentID, enteredFrom segment: SegmentID?) -> Attachment.Port? {
    guard case .ports(var ports) = network[attachment].farSide else { return nil }
    if network[attachment].isSameZoneOnly, let segment {
      ports = ports.filter { network[$0.segment].availabilityZone == network[segment].availabilityZone }
    }
    if ports.isEmpty { return nil }
    return ports[completion.choose(of: ports.count)]
  }

  // MARK: 6 and 7, link

  private mutating func cross(_ crossing: Crossing, toLink link: AttachmentID, _ packet: Packet) -> Step {
    var packet = packet
    require(network[link].usable, .attachment(link), .notUsable)
    judgeAdmission(link, .egress, packet)
    if !crossing.isUndone, network[link].translations != nil {
      guard let outside = translateOutward(packet, at: link) else {
        return stop(.attachment(link), .noTranslationOut)
      }
      packet = outside
    }
    record(crossing, left: packet, over: [crossing.entered, link])
    switch network[link].farSide {
    case .attachment(let attachment): return .router(attachment, packet, from: nil, due: [])
    case .zones: return .zone(link, packet)
    case .ports(let ports):
      guard let port = port(among: ports, leavingBy: link) else { return stop(.attachment(link), .noPortInZone) }
      judgeLayersAtPort(port, of: crossing.router, .egress, packet)
      return sending(port.segment, packet)
    }
  }

  /// The port by which a router is left: hashed any, the same for both halves; else the one in the packet's zone; none there: any.
  private mutating func port(among ports: [Attachment.Port], leavingBy link: AttachmentID) -> Attachment.Port? {
    if ports.isEmpty { return nil }
    if network[link].isHashed { return ports[completion.choose(of: ports.count, key: .hashedPort(link))] }
    let near = ports.filter { zoneOfPacket != nil && network[$0.segment].availabilityZone == zoneOfPacket }
    let candidates = near.isEmpty ? ports : near
    return candidates[completion.choose(of: candidates.count)]
  }
}
