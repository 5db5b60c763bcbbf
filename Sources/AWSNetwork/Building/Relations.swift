import NetworkModel

/// Which record belongs to which, read once: the lists of an account are long.
struct Relations {
  var listenersOfBalancer: [Int: [Int]] = [:]
  var rulesOfListener: [Int: [Int]] = [:]
  /// The first that names it.
  var tableOfSubnet: [Int: Int] = [:]
  var aclOfSubnet: [Int: Int] = [:]
  var mainTableOfVPC: [Int: Int] = [:]
  var defaultACLOfVPC: [Int: Int] = [:]
  /// Interfaces that something managed brings, by description.
  var claimed: [String: [Int]] = [:]

  init() {}

  init(_ records: AWSRecords, _ index: RecordIndex) {
    func find(_ kind: RecordIndex.Kind, _ reference: Attribute<Reference>, from header: ResourceHeader) -> Int? {
      reference.value.flatMap { index.find(kind, $0, from: header) }
    }
    for (number, listener) in records.listeners.enumerated() {
      guard let balancer = find(.loadBalancer, listener.loadBalancer, from: listener.header) else { continue }
      listenersOfBalancer[balancer, default: []].append(number)
    }
    for (number, rule) in records.listenerRules.enumerated() {
      guard let listener = find(.listener, rule.listener, from: rule.header) else { continue }
      rulesOfListener[listener, default: []].append(number)
    }
    for (number, table) in records.routeTables.enumerated() {
      for reference in table.subnets {
        guard let subnet = find(.subnet, reference, from: table.header) else { continue }
        if tableOfSubnet[subnet] == nil { tableOfSubnet[subnet] = number }
      }
      if table.isMain, let vpc = find(.vpc, table.vpc, from: table.header), mainTableOfVPC[vpc] == nil {
        mainTableOfVPC[vpc] = number
      }
    }
    for (number, acl) in records.networkACLs.enumerated() {
      for reference in acl.subnets {
        guard let subnet = find(.subnet, reference, from: acl.header) else { continue }
        if aclOfSubnet[subnet] == nil { aclOfSubnet[subnet] = number }
      }
      if acl.isDefault, let vpc = find(.vpc, acl.vpc, from: acl.header), defaultACLOfVPC[vpc] == nil {
        defaultACLOfVPC[vpc] = number
      }
    }
  }
}
