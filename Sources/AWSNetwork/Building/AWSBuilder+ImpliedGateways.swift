import NetworkModel

/// Internet gateways that something speaks of and that no record attaches: they may be there, and then the internet comes in.
extension AWSBuilder {
  mutating func addImpliedGateways() {
    for table in records.routeTables {
      guard let vpc = table.vpc.value.flatMap({ index.find(.vpc, $0, from: table.header) }) else { continue }
      for route in table.routes {
        guard case .known(.resource(let target), let derivation) = route.target else { continue }
        imply(target, in: vpc, table.header, derivation)
      }
    }
    for interface in records.interfaces {
      guard interface.addresses.contains(where: { $0.publicAddress.value != nil }),
        let subnet = interface.subnet.value.flatMap({ index.find(.subnet, $0, from: interface.header) }),
        let vpc = records.subnets[subnet].vpc.value.flatMap({
          index.find(.vpc, $0, from: records.subnets[subnet].header)
        })
      else { continue }
      implyUncollected(vpc, because: interface)
    }
  }

  /// A route names a gateway that no record attaches to the table's VPC.
  private mutating func imply(_ target: Reference, in vpc: Int, _ table: ResourceHeader, _ derivation: Derivation) {
    let record = index.find(.internetGateway, target, from: table).map { records.internetGateways[$0] }
    let isEgressOnly = record?.isEgressOnly ?? target.text.hasPrefix("eigw-")
    guard record != nil || isEgressOnly || target.text.hasPrefix("igw-") else { return }
    if gateways(of: vpc, isEgressOnly: isEgressOnly).contains(where: { names($0.header).contains(target.text) }) {
      return
    }
    var header = record?.header ?? table
    if record == nil {
      header.id = target.text
      header.logicalID = nil
      header.aliases = []
      header.tags = [:]
      header.stack = nil
    }
    let text =
      record == nil
      ? "\(table.name) routes to the gateway \(target), which is not in the snapshot"
      : "\(table.name) routes to \(header.name), and nothing in the snapshot attaches that to the VPC"
    gap(.notPresent, target.text, text, derivation)
    header.exists = .unknown(Missing(text, derivation: derivation))
    records.internetGateways.append(
      InternetGatewayRecord(
        header: header, vpcs: [.known(Reference(records.vpcs[vpc].header.id), derivation)], isEgressOnly: isEgressOnly)
    )
  }

  /// An interface has a public address, and internet gateways were not collected at all.
  private mutating func implyUncollected(_ vpc: Int, because interface: InterfaceRecord) {
    let owner = records.vpcs[vpc].header
    let scope = RecordIndex.scope(owner)
    let isCollected =
      records.collected.contains("\(scope)/internet-gateways")
      || records.internetGateways.contains { RecordIndex.scope($0.header) == scope }
    guard owner.stack == nil, !isCollected, gateways(of: vpc, isEgressOnly: false).isEmpty else { return }
    let text = "\(interface.header.name) has a public address, and no internet gateway of the VPC was collected"
    gap(.notPresent, owner.name, text, interface.header.derivation)
    var header = owner
    header.id = owner.id + "#internet-gateway"
    header.aliases = []
    header.tags = [:]
    header.exists = .unknown(Missing(text, derivation: interface.header.derivation))
    records.internetGateways.append(
      InternetGatewayRecord(header: header, vpcs: [.known(Reference(owner.id), owner.derivation)]))
  }

  private func gateways(of vpc: Int, isEgressOnly: Bool) -> [InternetGatewayRecord] {
    records.internetGateways.filter { gateway in
      gateway.isEgressOnly == isEgressOnly
        && gateway.vpcs.contains { $0.value.map { index.find(.vpc, $0, from: gateway.header) == vpc } ?? false }
    }
  }
}
