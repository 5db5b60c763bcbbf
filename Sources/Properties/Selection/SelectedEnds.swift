import Language
import NetworkModel
import PacketSpace
import Reachability

/// Turns what a selector means into the ends that an engine is asked about.
struct SelectedEnds {
  let network: Network
  /// The parts of the address space that nothing in the network tells apart.
  let classes: AddressClasses

  /// Whom a selector means as a source, and as a destination.
  func selection(of value: SelectionValue) -> Selection {
    var result = Selection()
    for (index, truth) in value.endpoints.enumerated() {
      let id = EndpointID(index)
      let member = truth.and(network[id].exists)
      guard member.may else { continue }
      let name = network[id].identity.name
      result.sources.append(.init(end: .endpoint(id), truth: member, name: name, endpoint: id, zone: nil))
      result.destinations.append(.init(end: .endpoint(id), truth: member, name: name, endpoint: id, zone: nil))
    }
    for (index, within) in value.zones.enumerated() where !within.isEmpty {
      let id = ZoneID(index)
      let name = zoneName(id, within)
      result.sources.append(.init(end: .zone(id, within: within), truth: .yes, name: name, endpoint: nil, zone: id))
      result.destinations.append(
        .init(end: .zone(id, within: within), truth: .yes, name: name, endpoint: nil, zone: id))
    }
    for segment in value.segments {
      let holdsNothing = !network.endpoints.contains { endpoint in
        endpoint.placements.contains { $0.segment == segment }
      }
      if holdsNothing {
        addHosts(in: AddressSet(network[segment].prefixes), segment, .yes, to: &result)
      }
    }
    for literal in value.literals { add(literal, to: &result) }
    return result
  }

  private func zoneName(_ id: ZoneID, _ within: AddressSet) -> String {
    let zone = network[id]
    if within == zone.addresses { return zone.identity.name }
    return "\(zone.identity.name) (\(Self.shortened(within)))"
  }

  static func shortened(_ addresses: AddressSet) -> String {
    let text = addresses.description
    let parts = text.split(separator: ",")
    if parts.count <= 4 { return text }
    return parts.prefix(3).joined(separator: ",") + " and \(parts.count - 3) more"
  }

  // MARK: Addresses

  /// Everything that a literal holds: what is left out here is never asked about.
  private func add(_ literal: SelectionValue.Literal, to result: inout Selection) {
    let single = literal.addresses.ranges.count == 1 && literal.addresses.addressCount == 1
    if single, let address = literal.addresses.first {
      // The walk finds who bears it: an endpoint, or a zone.
      result.destinations.append(
        .init(end: .address(address), truth: .yes, name: literal.text, endpoint: nil, zone: nil))
    }
    for index in network.endpoints.indices {
      addEndpoint(EndpointID(index), literal.addresses, isSingle: single, to: &result)
    }
    for (index, zone) in network.zones.enumerated() {
      let within = zone.addresses.intersection(literal.addresses)
      if within.isEmpty { continue }
      let id = ZoneID(index)
      let name = single ? "\(literal.text) (\(zone.identity.name))" : zoneName(id, within)
      result.sources.append(.init(end: .zone(id, within: within), truth: .yes, name: name, endpoint: nil, zone: id))
      if !single {
        result.destinations.append(
          .init(end: .zone(id, within: within), truth: .yes, name: name, endpoint: nil, zone: id))
      }
    }
    for (index, segment) in network.segments.enumerated() {
      let id = SegmentID(index)
      let inside = AddressSet(segment.prefixes).intersection(literal.addresses)
      if inside.isEmpty { continue }
      let taken = taken(in: id)
      let free = inside.subtracting(taken.surely)
      addHosts(in: free.subtracting(taken.perhaps), id, .yes, to: &result)
      addHosts(in: free.intersection(taken.perhaps), id, .undetermined, to: &result)
    }
  }

  /// An endpoint at each of its addresses that lie in a set; one of unknown address as a whole, and then it may be another that is meant.
  private func addEndpoint(
    _ id: EndpointID, _ addresses: AddressSet, isSingle: Bool, to result: inout Selection
  ) {
    let truth = network.holds(id, within: addresses).and(network[id].exists)
    guard truth.may else { return }
    let name = network[id].identity.name
    var (sources, destinations) = (AddressSet.none, AddressSet.none)
    var isUnknown: Truth = .no
    func note(_ held: HeldAddress) -> AddressSet {
      switch held {
      case .prefix(let prefix): return AddressSet(prefix).intersection(addresses)
      case .unknown(let unknown):
        if network[unknown].within.overlaps(addresses) { isUnknown = .unknown(network[unknown].unknown) }
        return .none
      }
    }
    for placement in network[id].placements {
      for held in placement.addresses {
        let inside = note(held)
        sources.formUnion(inside)
        destinations.formUnion(inside)
        for outside in network.outsideAddresses(of: held) {
          // No single public address is taken to be one that the provider has still to assign.
          if isSingle, case .unknown = outside { continue }
          let published = note(outside)
          destinations.formUnion(published)
          // What is sent from the inside address bears the outside one beyond the translation.
          if !published.isEmpty, case .prefix(let prefix) = held { sources.formUnion(AddressSet(prefix)) }
        }
      }
    }
    for address in representatives(of: sources) {
      result.sources.append(
        .init(end: .addressOf(id, address), truth: truth, name: "\(name) (\(address))", endpoint: id, zone: nil))
    }
    if !isSingle {
      for address in representatives(of: destinations) {
        result.destinations.append(.init(end: .address(address), truth: truth, name: name, endpoint: id, zone: nil))
      }
    }
    if isUnknown != .no {
      let isWhole = truth.must && sources.isEmpty && destinations.isEmpty
      let member = isWhole ? truth : truth.and(isUnknown)
      result.sources.append(.init(end: .endpoint(id), truth: member, name: name, endpoint: id, zone: nil))
      result.destinations.append(.init(end: .endpoint(id), truth: member, name: name, endpoint: id, zone: nil))
    }
  }

  /// One address for each part of a set that anything in the network tells apart.
  private func representatives(of addresses: AddressSet) -> [IPAddress] {
    classes.classes(meeting: addresses).compactMap { classes.representative($0, within: addresses) }
  }

  /// The addresses of a segment that something there surely holds, and those that something of unknown address may hold.
  private func taken(in segment: SegmentID) -> (surely: AddressSet, perhaps: AddressSet) {
    var (surely, perhaps) = (AddressSet.none, AddressSet.none)
    func note(_ held: HeldAddress, isSure: Bool) {
      switch held {
      case .prefix(let prefix):
        if isSure { surely.formUnion(AddressSet(prefix)) } else { perhaps.formUnion(AddressSet(prefix)) }
      case .unknown(let id): perhaps.formUnion(network[id].within)
      }
    }
    for endpoint in network.endpoints {
      for placement in endpoint.placements where placement.segment == segment {
        let isSure = endpoint.exists.must && endpoint.placements.count == 1
        for held in placement.addresses { note(held, isSure: isSure) }
      }
    }
    for attachment in network.attachments {
      guard case .ports(let ports) = attachment.farSide else { continue }
      for port in ports where port.segment == segment {
        for held in port.addresses { note(held, isSure: true) }
      }
    }
    return (surely, perhaps)
  }

  private func addHosts(in addresses: AddressSet, _ segment: SegmentID, _ truth: Truth, to result: inout Selection) {
    for address in representatives(of: addresses) {
      let name = "a host at \(address) in \(network[segment].identity.name)"
      result.sources.append(.init(end: .host(address, segment), truth: truth, name: name, endpoint: nil, zone: nil))
    }
  }
}
