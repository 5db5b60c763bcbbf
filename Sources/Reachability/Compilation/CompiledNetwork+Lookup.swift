package import NetworkModel
import PacketSpace

extension CompiledNetwork {
  /// A known number as rules see it.
  func wayNumber(_ number: IPAddress) -> Int { classes.classIndex(of: number) }

  func way(_ address: PacketAddress) -> WayAddress {
    WayAddress(address: address, addressClass: classes.classIndex(of: address.number))
  }

  /// The addresses that a held address may be, one for each class that rules can tell apart.
  func cases(of held: HeldAddress) -> [WayAddress] {
    switch held {
    case .prefix(let prefix): return [way(PacketAddress(prefix.first))]
    case .unknown(let id):
      let within = network[id].within
      return classes.classes(meeting: within).compactMap { index in
        classes.representative(index, within: within).map {
          WayAddress(address: PacketAddress($0, unknown: id), addressClass: index)
        }
      }
    }
  }

  /// Whether a held address may be one of the family.
  func mayBe(_ held: HeldAddress, _ family: IPFamily) -> Bool {
    switch held {
    case .prefix(let prefix): prefix.first.family == family
    case .unknown: cases(of: held).contains { $0.address.family == family }
    }
  }

  /// The addresses of a held one that are asked about, one for each class that rules can tell apart: of an unknown one those that it may be,
  /// of which one is, and of a prefix those that are all held.
  func parts(of held: HeldAddress) -> [WayAddress] {
    guard case .prefix(let prefix) = held, !prefix.isHost else { return cases(of: held) }
    let within = AddressSet(prefix)
    return classes.classes(meeting: within).compactMap { index in
      classes.representative(index, within: within).map {
        WayAddress(address: PacketAddress($0), addressClass: index)
      }
    }
  }

  /// Whether a held address is the one that a packet bears.
  func `is`(_ held: HeldAddress, _ address: PacketAddress) -> Bool {
    switch held {
    case .prefix(let prefix): address.unknown == nil && prefix.contains(address.number)
    case .unknown(let id): address.unknown == id
    }
  }

  /// Whether an address is one of an endpoint's own in a placement.
  func holds(_ bearer: Bearer, _ address: PacketAddress) -> Bool {
    network[bearer.endpoint].placements[bearer.placement].addresses.contains { self.is($0, address) }
  }

  /// The first address of a family that an endpoint has in a placement.
  func address(of bearer: Bearer, family: IPFamily) -> WayAddress? {
    for held in network[bearer.endpoint].placements[bearer.placement].addresses {
      if let found = cases(of: held).first(where: { $0.address.family == family }) { return found }
    }
    return nil
  }

  /// The front by whose interface an endpoint sends to an address; one that has no address of that family is none.
  func front(of origin: Bearer, towards destination: IPAddress) -> Bearer? {
    guard let front = network[origin.endpoint].placements[origin.placement].front, front.applies(to: destination)
    else { return nil }
    let bearer = Bearer(endpoint: front.endpoint, placement: front.placement)
    return address(of: bearer, family: destination.family) == nil ? nil : bearer
  }

  /// The attachment of a router whose segment holds a destination, longest prefix first.
  func attachedSegment(of router: RouterID, holding number: IPAddress) -> (AttachmentID, SegmentID)? {
    attachedPrefixes[router.offset].first { $0.prefix.contains(number) }.map { ($0.attachment, $0.segment) }
  }

  /// The attachments towards the internet that own an address, in the network's order.
  func owners(of address: PacketAddress) -> [AttachmentID] {
    guard address.unknown == nil else { return internetAttachments.filter { owns($0, address) } }
    let known = ownersByNumber[address.number] ?? []
    if manifoldOwners.isEmpty { return known }
    return (known + manifoldOwners.filter { !known.contains($0) && owns($0, address) }).sorted()
  }

  /// Whether an attachment towards the internet owns an address: an outside address of its one-to-one entries, or one in a keep prefix.
  func owns(_ attachment: AttachmentID, _ address: PacketAddress) -> Bool {
    (network[attachment].translations ?? []).contains { translation in
      guard translation.present != .no else { return false }
      switch translation.kind {
      case .oneToOne(inside: _, let outside): return self.is(outside, address)
      // An unknown address of the prefix is in it whichever it is: subnets lie wholly inside.
      case .keep(let prefix): return prefix.contains(address.number)
      case .hide: return false
      }
    }
  }

  /// Whether a zone holds an address. An unknown address of the snapshot is somebody's, and in no zone.
  func zone(_ zone: ZoneID, holds address: PacketAddress) -> Bool {
    address.unknown == nil && network[zone].addresses.contains(address.number)
  }

  /// The relays at the source that take packets for an address.
  func sourceRelays(at address: PacketAddress) -> [RelayID] {
    if let unknown = address.unknown { return sourceRelaysByUnknown[unknown] ?? [] }
    return sourceRelaysByNumber[address.number] ?? []
  }
}

extension CompiledNetwork {
  /// The zone that is the internet, if the network has one.
  package var internetZone: ZoneID? { internet }
}
