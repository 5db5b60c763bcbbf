package import NetworkModel
import PacketSpace

/// Turns AWS records into the model. The semantics of AWS are written here and nowhere else.
///
/// One router a VPC, with an attachment a subnet; gateways and peerings are routers of their own ("Traps for the builder", the walk,
/// section 10).
package struct AWSBuilder {
  var records: AWSRecords
  var network: Network
  var index = RecordIndex()
  var relations = Relations()
  var internet: ZoneID
  var vpcs: [Int: BuiltVPC] = [:]
  var subnets: [Int: SegmentID] = [:]
  var subnetVPC: [Int: Int] = [:]
  var groupFilters: [Int: FilterID] = [:]
  var groupMemberships: [Int: MembershipID] = [:]
  var absentGroups: [String: (FilterID, MembershipID)] = [:]
  var groupLayers: [[String]: LayerID] = [:]
  var groupSets: [GroupList: GroupSet] = [:]
  var hosts = HostIndex()
  var interfaceEndpoints: [Int: EndpointID] = [:]
  var fleetEndpoints: [Int: EndpointID] = [:]
  var relays: [Int: RelayID] = [:]
  var gaps: Set<Gap> = []
  /// Interfaces that something managed brings, and those among them that were built with it.
  var claimedInterfaces: Set<Int> = []
  var ownedInterfaces: Set<Int> = []
  var aclFilters: [Int: FilterID] = [:]
  var defaultACLFilters: [String: FilterID] = [:]
  var appliances: [EndpointID: AttachmentID] = [:]
  /// The side of each VPC at what joins VPCs.
  var hubSides: [Int: AttachmentID] = [:]
  var inspections: [String: AttachmentID] = [:]
  /// By an attachment behind which something unknown lies, the way by which that may lead to the internet.
  var internetsBeyond: [AttachmentID: AttachmentID] = [:]
  /// By the attachment behind which they lie: targets of routes that are not in the snapshot, where else they may lead, and by their ids
  /// the sides of the VPCs that they may join.
  var absent: [AttachmentID: AbsentTarget] = [:]
  var waysThroughAbsent: [AttachmentID: [RouteTable.NextHop]] = [:]
  var passages: [String: [Int: AttachmentID]] = [:]
  var unroutableFilter: FilterID?
  /// Main route tables that templates do not declare, by VPC.
  var silentTables: [Int: RouteTableID] = [:]
  var openTables: [OpenTable] = []
  /// Associations that may hold, and why it is not known.
  var uncertainTables: [UncertainAssociation] = []
  var uncertainACLs: [UncertainAssociation] = []
  /// Places that are implied by what stands there, and why they are not known.
  var impliedSubnets: [Int: Missing] = [:]
  var impliedVPCs: [Int: Missing] = [:]
  var impliedPeerings: [ImpliedPeering] = []
  /// Blocks that stand for those of subnets that are not known.
  var standIns: [Int: IPPrefix] = [:]
  var standInSpace = AddressSet.none
  var standInUnknown: UnknownID?
  /// ACLs that may have more entries than are seen.
  var openACLs: [Int: Missing] = [:]
  /// Pairs of VPCs that are peered within a region.
  var peeredVPCs: Set<[Int]> = []
  var listenersByTargetGroup: [Int: [AWSBuildResult.TargetGroup.Listener]] = [:]

  /// What a VPC became.
  struct BuiltVPC {
    var router: RouterID
    var blocks: [IPPrefix]
    var ipv6Blocks: [IPPrefix]
    var localTable: RouteTableID
    var gateways: [String: RouteTable.NextHop] = [:]
    /// The outer sides of its internet gateways: one, unless it is not sure which is attached.
    var internetGateways: [AttachmentID] = []
  }

  private init(_ records: AWSRecords, _ network: Network, internet: ZoneID) {
    self.records = records
    self.network = network
    self.internet = internet
  }

  /// Builds everything and says what became of it.
  package static func build(_ records: AWSRecords, into network: inout Network) -> AWSBuildResult {
    let internet =
      network.zones.firstIndex(where: \.isInternet).map { ZoneID($0) }
      ?? network.add(
        Zone(identity: Identity(key: "internet", name: "internet"), kind: .internet, addresses: .internetSpace))
    var builder = AWSBuilder(records, network, internet: internet)
    builder.run()
    network = builder.network
    return builder.result()
  }

  private mutating func run() {
    records.mergeTwins()
    records.tellApart()
    addImpliedGroups()
    makeIndex()
    placeParts()
    addImpliedBalancers()
    addUnplaced()
    standIn()
    addImpliedGateways()
    relations = Relations(records, index)
    claimInterfaces()
    network.gaps += records.gaps
    for assumption in records.assumptions { _ = network.assume(assumption) }
    buildVPCs()
    buildGroups()
    buildSubnets()
    buildGateways()
    buildPeerings()
    buildRemoteGateways()
    buildHosts()
    buildServices()
    buildClusters()
    buildLoadBalancers()
    buildUnownedInterfaces()
    buildListeners()
    buildTables()
    restOnAssumptions()
  }

  private mutating func makeIndex() {
    index.insert(.vpc, records.vpcs.map(\.header))
    index.insert(.subnet, records.subnets.map(\.header))
    index.insert(.group, records.securityGroups.map(\.header))
    index.insert(.prefixList, records.prefixLists.map(\.header))
    index.insert(.internetGateway, records.internetGateways.map(\.header))
    index.insert(.natGateway, records.natGateways.map(\.header))
    index.insert(.peering, records.peerings.map(\.header))
    index.insert(.interface, records.interfaces.map(\.header))
    index.insert(.instance, records.instances.map(\.header))
    index.insert(.loadBalancer, records.loadBalancers.map(\.header))
    index.insert(.listener, records.listeners.map(\.header))
    index.insert(.targetGroup, records.targetGroups.map(\.header))
    index.insert(.subnetGroup, records.subnetGroups.map(\.header))
    index.insert(.parameterGroup, records.parameterGroups.map(\.header))
    index.insert(.cluster, records.clusters.map(\.header))
    index.insert(.fleet, records.fleets.map(\.header))
    index.insert(.service, records.services.map(\.header))
    index.insert(.routeTable, records.routeTables.map(\.header))
    index.insert(.networkACL, records.networkACLs.map(\.header))
  }
}

extension AWSBuilder {
  /// Notes something unknown.
  mutating func unknown(_ missing: Missing) -> UnknownID {
    network.add(Unknown(missing.reason, derivation: missing.derivation))
  }

  mutating func unknown(_ reason: String, _ derivation: Derivation) -> UnknownID {
    network.add(Unknown(reason, derivation: derivation))
  }

  /// Whether something exists, three-valued.
  mutating func truth(_ attribute: Attribute<Bool>, otherwise: Bool = true) -> Truth {
    switch attribute {
    case .known(let value, _): Truth(value)
    case .unknown(let missing): .unknown(unknown(missing))
    case .absent: Truth(otherwise)
    }
  }

  mutating func gap(_ kind: Gap.Kind, _ subject: String, _ message: String, _ derivation: Derivation) {
    let gap = Gap(kind, subject: subject, message: message, derivation: derivation)
    if gaps.insert(gap).inserted { network.gaps.append(gap) }
  }

  /// The record that an attribute refers to; a reference to nothing is a gap.
  mutating func resolve(
    _ kind: RecordIndex.Kind, _ attribute: Attribute<Reference>, from header: ResourceHeader, as word: String
  ) -> Int? {
    guard case .known(let reference, let derivation) = attribute else { return nil }
    if let found = index.find(kind, reference, from: header) { return found }
    gap(
      .notPresent, reference.text, "\(header.name) refers to the \(word) \(reference), which is not in the snapshot",
      derivation)
    return nil
  }

  /// Attributes that selectors find a thing by.
  mutating func attributes(_ header: ResourceHeader, kind: String) -> Attributes {
    var attributes = Attributes(tags: header.tags)
    if let missing = header.tagsMissing {
      let id = unknown(missing)
      attributes.tagsOpen = id
      if header.env == nil { attributes.unknownKeys[.env] = id }
      attributes.unknownKeys[.data] = id
    }
    attributes.insert(kind, for: .kind)
    if let account = header.account { attributes.insert(account, for: .account) }
    if let region = header.region { attributes.insert(region, for: .region) }
    if let stack = header.stack { attributes.insert(stack, for: .stack) }
    if let env = header.env ?? header.tags["env"] ?? header.tags["Environment"] ?? header.tags["environment"] {
      attributes.insert(env, for: .env)
    }
    if let data = header.tags["data"] ?? header.tags["data-class"] ?? header.tags["DataClassification"] {
      attributes.insert(data, for: .data)
    }
    return attributes
  }

  /// Every name of a record, for selectors such as `vpc:` and `sg:`.
  func names(_ header: ResourceHeader) -> [String] {
    var names = [header.name, header.id, header.key]
    names += header.aliases.map(\.text)
    if let logicalID = header.logicalID { names.append(logicalID) }
    var unique: [String] = []
    for name in names where !unique.contains(name) { unique.append(name) }
    return unique
  }
}
