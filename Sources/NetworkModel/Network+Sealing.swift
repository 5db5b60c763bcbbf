package import PacketSpace

extension Network {
  /// Completes the network once every loader has run.
  ///
  /// - An unknown address is not one that something else in its segment is known to hold.
  /// - `internet` is less the snapshot's own outside addresses and the public zones with no attachment said.
  package mutating func seal() {
    narrowUnknownAddresses()
    narrowInternet()
  }

  private mutating func narrowUnknownAddresses() {
    if unknownAddresses.isEmpty { return }
    var prefixes = [[IPPrefix]](repeating: [], count: segments.count)
    var unknowns: [(SegmentID, UnknownAddressID)] = []
    func note(_ addresses: [HeldAddress], in segment: SegmentID) {
      for address in addresses {
        switch address {
        case .prefix(let prefix): prefixes[segment.offset].append(prefix)
        case .unknown(let id): unknowns.append((segment, id))
        }
      }
    }
    for index in endpoints.indices {
      for placement in endpoints[index].placements { note(placement.addresses, in: placement.segment) }
    }
    for attachment in attachments {
      if case .ports(let ports) = attachment.farSide {
        for port in ports { note(port.addresses, in: port.segment) }
      }
    }
    let held = prefixes.map { AddressSet($0) }
    for (segment, id) in unknowns {
      unknownAddresses[id.offset].within = unknownAddresses[id.offset].within.subtracting(held[segment.offset])
    }
  }

  private mutating func narrowInternet() {
    guard let internet = zones.firstIndex(where: \.isInternet) else { return }
    var taken = AddressSet.none
    for zone in zones where !zone.isInternet && zone.behind.isEmpty { taken.formUnion(zone.addresses) }
    for attachment in attachments where leadsToInternet(attachment) {
      taken.formUnion(ownedKnownAddresses(attachment))
    }
    zones[internet].addresses = zones[internet].addresses.subtracting(taken)
    for index in unknownAddresses.indices {
      // An unknown public address of the snapshot is none of the known ones.
      if unknownAddresses[index].within == .internetSpace.restricted(to: .v4) {
        unknownAddresses[index].within = unknownAddresses[index].within.subtracting(taken)
      }
    }
  }

  /// Whether the attachment's far side is the internet.
  package func leadsToInternet(_ attachment: Attachment) -> Bool {
    guard case .zones(let ids) = attachment.farSide else { return false }
    return ids.contains { self[$0].isInternet }
  }

  /// The known outside addresses that an attachment towards the internet owns: those of its one-to-one entries and its keep prefixes.
  package func ownedKnownAddresses(_ attachment: Attachment) -> AddressSet {
    var owned = AddressSet.none
    for translation in attachment.translations ?? [] {
      switch translation.kind {
      case .oneToOne(_, outside: .prefix(let prefix)): owned.formUnion(AddressSet(prefix))
      case .keep(let prefix): owned.formUnion(AddressSet(prefix))
      case .oneToOne, .hide: break
      }
    }
    return owned
  }
}
