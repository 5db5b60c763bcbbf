import PacketSpace

/// One network in the words of the model, no provider's among them: the six kinds of thing, and what is not known of them.
///
/// Loaders add to it; `seal()` is called once when everything is there. After that it is only read.
package struct Network: Sendable {
  package var segments: [Segment] = []
  package var endpoints: [Endpoint] = []
  package var memberships: [Membership] = []
  package var filters: [Filter] = []
  package var layers: [Layer] = []
  package var routers: [Router] = []
  package var attachments: [Attachment] = []
  package var tables: [RouteTable] = []
  package var relays: [Relay] = []
  package var zones: [Zone] = []
  package var machines: [Machine] = []

  package var unknowns: [Unknown] = []
  package var unknownAddresses: [UnknownAddress] = []
  package var assumptions: [Assumption] = []
  package var gaps: [Gap] = []
  /// Facts about objects that are not endpoints, for structural predicates (`all S have …`).
  package var subjects: [Subject] = []

  private var assumptionIndex: [Assumption: AssumptionID] = [:]

  package init() {}

  package mutating func add(_ segment: Segment) -> SegmentID { append(segment, to: \.segments) }
  package mutating func add(_ endpoint: Endpoint) -> EndpointID { append(endpoint, to: \.endpoints) }
  package mutating func add(_ membership: Membership) -> MembershipID { append(membership, to: \.memberships) }
  package mutating func add(_ filter: Filter) -> FilterID { append(filter, to: \.filters) }
  package mutating func add(_ layer: Layer) -> LayerID { append(layer, to: \.layers) }
  package mutating func add(_ router: Router) -> RouterID { append(router, to: \.routers) }
  package mutating func add(_ table: RouteTable) -> RouteTableID { append(table, to: \.tables) }
  package mutating func add(_ relay: Relay) -> RelayID { append(relay, to: \.relays) }
  package mutating func add(_ zone: Zone) -> ZoneID { append(zone, to: \.zones) }
  package mutating func add(_ machine: Machine) -> MachineID { append(machine, to: \.machines) }
  package mutating func add(_ unknown: Unknown) -> UnknownID { append(unknown, to: \.unknowns) }
  package mutating func add(_ address: UnknownAddress) -> UnknownAddressID { append(address, to: \.unknownAddresses) }

  /// Adds an attachment and lists it at its router.
  package mutating func add(_ attachment: Attachment) -> AttachmentID {
    let id: AttachmentID = append(attachment, to: \.attachments)
    routers[attachment.router.offset].attachments.append(id)
    return id
  }

  /// Notes an assumption; the same one twice is one.
  package mutating func assume(_ assumption: Assumption) -> AssumptionID {
    if let known = assumptionIndex[assumption] { return known }
    let id: AssumptionID = append(assumption, to: \.assumptions)
    assumptionIndex[assumption] = id
    return id
  }

  private mutating func append<T>(_ thing: T, to list: WritableKeyPath<Network, [T]>) -> Identifier<T> {
    self[keyPath: list].append(thing)
    return Identifier(self[keyPath: list].count - 1)
  }
}

// Lent and not copied: a copy of a thing retains all that it holds, which costs more than most questions about it.
extension Network {
  package subscript(_ id: SegmentID) -> Segment { _read { yield segments[id.offset] } }
  package subscript(_ id: EndpointID) -> Endpoint { _read { yield endpoints[id.offset] } }
  package subscript(_ id: MembershipID) -> Membership { _read { yield memberships[id.offset] } }
  package subscript(_ id: FilterID) -> Filter { _read { yield filters[id.offset] } }
  package subscript(_ id: LayerID) -> Layer { _read { yield layers[id.offset] } }
  package subscript(_ id: RouterID) -> Router { _read { yield routers[id.offset] } }
  package subscript(_ id: AttachmentID) -> Attachment { _read { yield attachments[id.offset] } }
  package subscript(_ id: RouteTableID) -> RouteTable { _read { yield tables[id.offset] } }
  package subscript(_ id: RelayID) -> Relay { _read { yield relays[id.offset] } }
  package subscript(_ id: ZoneID) -> Zone { _read { yield zones[id.offset] } }
  package subscript(_ id: MachineID) -> Machine { _read { yield machines[id.offset] } }
  package subscript(_ id: UnknownID) -> Unknown { _read { yield unknowns[id.offset] } }
  package subscript(_ id: UnknownAddressID) -> UnknownAddress { _read { yield unknownAddresses[id.offset] } }
  package subscript(_ id: AssumptionID) -> Assumption { _read { yield assumptions[id.offset] } }
}
