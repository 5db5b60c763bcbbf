import NetworkModel
import PacketSpace
import Reachability

extension Selecting {
  /// How many addresses of a literal or an empty segment are asked about as hosts: one for each part that rules tell apart.
  static let mostHosts = 64

  /// Whom a selector means as a source, and as a destination.
  mutating func selection(_ selector: Selector) throws(StatementError) -> Selection {
    selection(of: try value(selector))
  }

  func selection(of value: SelectionValue) -> Selection {
    var result = Selection(assumptions: assumptions, notes: notes)
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
        for prefix in network[segment].prefixes { addHosts(in: AddressSet(prefix), segment, to: &result) }
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

  private func add(_ literal: SelectionValue.Literal, to result: inout Selection) {
    let single = literal.addresses.ranges.count == 1 && literal.addresses.addressCount == 1
    if single, let address = literal.addresses.first {
      // The walk finds who bears it: an endpoint, or a zone.
      result.destinations.append(
        .init(end: .address(address), truth: .yes, name: literal.text, endpoint: nil, zone: nil))
    }
    var taken: Set<SegmentID> = []
    for index in network.endpoints.indices {
      let id = EndpointID(index)
      let truth = network.holds(id, within: literal.addresses).and(network[id].exists)
      guard truth.may else { continue }
      for placement in network[id].placements { taken.insert(placement.segment) }
      let name = network[id].identity.name
      let inside = ownAddresses(id, within: literal.addresses)
      for address in inside {
        result.sources.append(
          .init(end: .addressOf(id, address), truth: truth, name: "\(name) (\(address))", endpoint: id, zone: nil))
        if !single {
          result.destinations.append(.init(end: .address(address), truth: truth, name: name, endpoint: id, zone: nil))
        }
      }
      if inside.isEmpty {
        result.sources.append(.init(end: .endpoint(id), truth: truth, name: name, endpoint: id, zone: nil))
        if !single {
          result.destinations.append(.init(end: .endpoint(id), truth: truth, name: name, endpoint: id, zone: nil))
        }
      }
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
    for (index, segment) in network.segments.enumerated() where !taken.contains(SegmentID(index)) {
      let inside = AddressSet(segment.prefixes).intersection(literal.addresses)
      if !inside.isEmpty { addHosts(in: inside, SegmentID(index), to: &result) }
    }
  }

  /// The known addresses of an endpoint's own that lie in a set.
  private func ownAddresses(_ id: EndpointID, within: AddressSet) -> [IPAddress] {
    var found: [IPAddress] = []
    for placement in network[id].placements {
      for case .prefix(let prefix) in placement.addresses {
        if let address = AddressSet(prefix).intersection(within).first, !found.contains(address) {
          found.append(address)
        }
      }
    }
    return found
  }

  private func addHosts(in addresses: AddressSet, _ segment: SegmentID, to result: inout Selection) {
    let classes = engine.compiled.classes
    for index in classes.classes(meeting: addresses).prefix(Self.mostHosts) {
      guard let address = classes.representative(index, within: addresses) else { continue }
      let name = "a host at \(address) in \(network[segment].identity.name)"
      result.sources.append(.init(end: .host(address, segment), truth: .yes, name: name, endpoint: nil, zone: nil))
    }
  }
}
