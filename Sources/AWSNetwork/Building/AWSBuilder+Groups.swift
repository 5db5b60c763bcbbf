import NetworkModel
import PacketSpace

/// Security groups: allow rules only, stateful, the union of all groups of an interface (VPC User Guide, "Security group rules").
extension AWSBuilder {
  mutating func buildGroups() {
    // Memberships first: rules name other groups.
    for number in records.securityGroups.indices {
      let group = records.securityGroups[number]
      groupMemberships[number] = network.add(
        Membership(identity: group.header.identity, derivation: group.header.derivation))
    }
    for number in records.securityGroups.indices {
      let group = records.securityGroups[number]
      groupFilters[number] = network.add(
        Filter(
          identity: group.header.identity, kind: "security group", isStateful: true,
          present: truth(group.header.exists), ingress: list(group, group.ingress, open: group.openIngress, "ingress"),
          egress: list(group, group.egress, open: group.openEgress, "egress"), derivation: group.header.derivation))
    }
  }

  private mutating func list(
    _ group: SecurityGroupRecord, _ rules: [SecurityGroupRule], open: Missing?, _ word: String
  ) -> RuleList {
    var built: [Rule] = []
    for (number, rule) in rules.enumerated() {
      var present = truth(rule.exists)
      var traffic = TrafficSet.any
      if let known = rule.traffic.value {
        traffic = known
      } else if let missing = rule.traffic.missing {
        present = present.and(.unknown(unknown(missing)))
      }
      let (peers, certainty) = peers(rule, of: group)
      built.append(
        Rule(
          .allow, present: present.and(certainty), peers: peers, traffic: RuleTraffic(traffic),
          label: "\(word) rule \(number + 1)", derivation: rule.derivation))
    }
    return RuleList(built, open: open.map { unknown($0) })
  }

  private mutating func peers(_ rule: SecurityGroupRule, of group: SecurityGroupRecord) -> ([Peer]?, Truth) {
    switch rule.peer {
    case .block(.known(let prefix, _)): return (peers(in: prefix), .yes)
    case .block(.unknown(let missing)): return (nil, .unknown(unknown(missing)))
    case .block(.absent): return ([], .yes)
    case .group(.known(let reference, let derivation)):
      if let number = index.find(.group, reference, from: group.header), let membership = groupMemberships[number] {
        return ([Peer(membership: membership)], .yes)
      }
      return ([Peer(membership: absentGroup(reference, from: group.header, derivation).1)], .yes)
    case .group(.unknown(let missing)): return (nil, .unknown(unknown(missing)))
    case .group(.absent): return ([], .yes)
    case .prefixList(.known(let reference, let derivation)):
      guard let number = index.find(.prefixList, reference, from: group.header) else {
        gap(
          .notPresent, reference.text,
          "\(group.header.name) names the prefix list \(reference), whose entries are not seen",
          derivation)
        return (nil, .unknown(unknown("the entries of the prefix list \(reference) are not seen", derivation)))
      }
      let prefixes = records.prefixLists[number]
      if let entries = prefixes.entries { return (entries.flatMap { peers(in: $0) }, .yes) }
      // A provider's own list holds addresses of a service, of which no literal address is taken to be one.
      if prefixes.isAWSManaged { return ([], .yes) }
      return (nil, .unknown(unknown("the entries of the prefix list \(reference) are not seen", derivation)))
    case .prefixList(.unknown(let missing)): return (nil, .unknown(unknown(missing)))
    case .prefixList(.absent): return ([], .yes)
    }
  }

  /// A group that is referred to and absent *may* hold any address that no endpoint bears, and its rules may be anything: never assumed,
  /// never skipped.
  mutating func absentGroup(_ reference: Reference, from header: ResourceHeader, _ derivation: Derivation) -> (
    FilterID, MembershipID
  ) {
    if let known = absentGroups[reference.text] { return known }
    gap(
      .notPresent, reference.text,
      "\(header.name) refers to the security group \(reference), which is not in the snapshot", derivation)
    let missing = unknown("the security group \(reference) is not in the snapshot", derivation)
    let identity = Identity(key: reference.text, name: reference.text)
    let membership = network.add(Membership(identity: identity, outside: .unknown(missing), derivation: derivation))
    let open = RuleList([], open: missing)
    let filter = network.add(
      Filter(
        identity: identity, kind: "security group", isStateful: true, ingress: open, egress: open,
        derivation: derivation))
    absentGroups[reference.text] = (filter, membership)
    return (filter, membership)
  }

  /// What groups make of an interface: one layer that denies what no group allows, and memberships.
  struct GroupSet {
    var layers: [LayerID]
    var memberships: [MembershipID: Truth]
    var names: [String]
    /// Set where not every group is known.
    var unknown: UnknownID?

    /// Names the groups to selectors.
    func name(in attributes: inout Attributes) {
      for name in names { attributes.insert(name, for: .sg) }
      if let unknown { attributes.unknownKeys[.sg] = unknown }
    }
  }

  /// What names groups: equal lists in one account and region mean the same.
  struct GroupList: Hashable {
    var scope: RecordIndex.Scope
    var texts: [String]

    /// `nil` where not all of the groups are known.
    init?(_ groups: [Attribute<Reference>], of header: ResourceHeader) {
      scope = RecordIndex.Scope(header)
      texts = groups.compactMap(\.value?.text)
      if texts.count < groups.count { return nil }
    }
  }

  mutating func groupSet(_ groups: [Attribute<Reference>], of header: ResourceHeader) -> GroupSet {
    guard let list = GroupList(groups, of: header) else { return makeGroupSet(groups, of: header) }
    if let known = groupSets[list] { return known }
    let set = makeGroupSet(groups, of: header)
    groupSets[list] = set
    return set
  }

  private mutating func makeGroupSet(_ groups: [Attribute<Reference>], of header: ResourceHeader) -> GroupSet {
    var entries: [(key: String, filter: FilterID, membership: MembershipID?, selects: Truth, names: [String])] = []
    var missing: UnknownID?
    for group in groups {
      switch group {
      case .known(let reference, let derivation):
        if let number = index.find(.group, reference, from: header), let filter = groupFilters[number] {
          let record = records.securityGroups[number].header
          entries.append((record.key, filter, groupMemberships[number], .yes, names(record)))
        } else {
          let (filter, membership) = absentGroup(reference, from: header, derivation)
          entries.append((reference.text, filter, membership, .yes, [reference.text]))
        }
      case .unknown(let reason):
        let id = unknown(reason)
        missing = id
        let open = RuleList([], open: id)
        let filter = network.add(
          Filter(
            identity: Identity(key: header.key + "#unknown-group", name: "a security group that is not known"),
            kind: "security group", isStateful: true, ingress: open, egress: open, derivation: reason.derivation))
        entries.append((header.key + "#unknown-group", filter, nil, .unknown(id), []))
      case .absent: break
      }
    }
    var set = groupSet(entries)
    guard let missing else { return set }
    // A group that is not known may be any: what bears it may be a member of each.
    set.unknown = missing
    for membership in groupMemberships.values where set.memberships[membership] == nil {
      set.memberships[membership] = .unknown(missing)
    }
    return set
  }

  mutating func groupSet(
    _ entries: [(key: String, filter: FilterID, membership: MembershipID?, selects: Truth, names: [String])]
  ) -> GroupSet {
    let sorted = entries.sorted { $0.key < $1.key }
    let key = sorted.map { "\($0.key)|\($0.filter.index)" }
    let layer: LayerID
    if let known = groupLayers[key] {
      layer = known
    } else {
      let tier = Tier(.union, entries: sorted.map { Tier.Entry($0.filter, selects: $0.selects) })
      let name =
        sorted.isEmpty ? "no security group" : sorted.map { network[$0.filter].identity.name }.joined(separator: ", ")
      layer = network.add(
        Layer(
          identity: Identity(key: key.joined(separator: "+"), name: name), default: .deny, ingress: [tier],
          egress: [tier]))
      groupLayers[key] = layer
    }
    var memberships: [MembershipID: Truth] = [:]
    for entry in sorted { if let membership = entry.membership { memberships[membership] = .yes } }
    return GroupSet(layers: [layer], memberships: memberships, names: sorted.flatMap(\.names))
  }
}
