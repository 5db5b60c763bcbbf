import NetworkModel

/// What a subnet is associated with, where that is not sure: a condition, an owner or a subnet that is not known.
struct UncertainAssociation {
  /// The table or ACL; `nil`: any.
  var owner: Int?
  /// The subnet; `nil`: any near.
  var subnet: Int?
  /// Where the association was read: it concerns its own account and region only.
  var header: ResourceHeader
  var missing: Missing
}

extension AWSBuilder {
  /// Notes an association that a record lists without saying with which subnet.
  mutating func noteUncertainAssociations() {
    for number in records.routeTables.indices {
      let table = records.routeTables[number]
      note(table.subnets, of: number, table.header, in: \.uncertainTables, kind: "route table")
    }
    for number in records.networkACLs.indices {
      let acl = records.networkACLs[number]
      note(acl.subnets, of: number, acl.header, in: \.uncertainACLs, kind: "network ACL")
    }
  }

  private mutating func note(
    _ subnets: [Attribute<Reference>], of owner: Int, _ header: ResourceHeader,
    in list: WritableKeyPath<AWSBuilder, [UncertainAssociation]>, kind: String
  ) {
    for subnet in subnets {
      switch subnet {
      case .unknown(let missing):
        self[keyPath: list].append(
          UncertainAssociation(owner: owner, subnet: nil, header: header, missing: missing))
      case .known(let reference, _):
        // What may not exist is associated with nothing for sure.
        guard let missing = header.exists.missing, let number = index.find(.subnet, reference, from: header) else {
          continue
        }
        self[keyPath: list].append(
          UncertainAssociation(owner: owner, subnet: number, header: header, missing: missing))
      case .absent: break
      }
    }
  }

  /// Places an association that is declared by itself: with its owner if it surely holds, else among the uncertain ones.
  mutating func associate(
    _ subnet: Attribute<Reference>, owner: Int, _ part: PartRecord,
    _ subnets: (inout AWSRecords, Attribute<Reference>) -> Void,
    uncertain list: WritableKeyPath<AWSBuilder, [UncertainAssociation]>
  ) {
    switch part.header.exists {
    case .known(false, _): break
    case .known(true, _), .absent: subnets(&records, subnet)
    case .unknown(let missing):
      self[keyPath: list].append(
        UncertainAssociation(
          owner: owner, subnet: subnet.value.flatMap { index.find(.subnet, $0, from: part.header) },
          header: part.header, missing: missing))
    }
  }

  /// Why it is not sure with what a subnet is associated; `nil` where it is.
  func uncertainty(of subnet: Int, in list: [UncertainAssociation]) -> Missing? {
    let header = records.subnets[subnet].header
    return list.first { association in
      association.subnet == subnet
        || association.subnet == nil && RecordIndex.scope(association.header) == RecordIndex.scope(header)
    }?.missing
  }
}
