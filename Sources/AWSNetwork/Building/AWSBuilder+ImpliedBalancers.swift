import NetworkModel

/// Load balancers, and listeners of them, that something speaks of and that no record shows.
extension AWSBuilder {
  mutating func addImpliedBalancers() {
    for listener in records.listeners {
      imply(listener.loadBalancer, near: listener.header, type: type(ofListener: listener.protocol.value))
    }
    for group in records.targetGroups {
      for balancer in group.balancers { imply(balancer, near: group.header, type: nil) }
    }
    implyUnclaimed()
    implyListeners()
  }

  private func type(ofListener word: String?) -> String? {
    word.map { ["HTTP", "HTTPS"].contains($0.uppercased()) ? "application" : "network" }
  }

  /// `app/name/id` is what an ARN ends with, and what the interfaces of a balancer are described by ("Load balancer ARN format").
  private static func suffix(_ text: String) -> String? {
    guard let part = text.split(separator: ":").last, part.hasPrefix("loadbalancer/") else { return nil }
    return String(part.dropFirst("loadbalancer/".count))
  }

  private static func type(_ suffix: String?) -> String? {
    switch suffix?.prefix(while: { $0 != "/" }) {
    case "app": "application"
    case "net": "network"
    default: nil
    }
  }

  /// A listener or a target group names a balancer that is not there.
  private mutating func imply(_ balancer: Attribute<Reference>, near header: ResourceHeader, type: String?) {
    let text: String
    let missing: Missing
    switch balancer {
    case .known(let reference, let derivation):
      if index.find(.loadBalancer, reference, from: header) != nil { return }
      text = reference.text
      missing = Missing("the load balancer \(text) is not in the snapshot", derivation: derivation)
      gap(
        .notPresent, text, "\(header.name) belongs to the load balancer \(text), which is not in the snapshot",
        derivation)
    case .unknown(let reason):
      text = "\(header.stack ?? RecordIndex.scope(header))#load balancer:\(reason.reason)"
      missing = reason
      if index.find(.loadBalancer, Reference(text), from: header) == nil {
        gap(
          .notUnderstood, header.name, "its load balancer is not known: \(reason.reason)", reason.derivation)
      }
    case .absent: return
    }
    guard let type = Self.type(Self.suffix(text)) ?? type else { return }
    add(text, type, suffix: Self.suffix(text), missing, near: header)
    if case .unknown = balancer {
      for number in records.listeners.indices where records.listeners[number].loadBalancer.missing == missing {
        records.listeners[number].loadBalancer = .known(Reference(text), missing.derivation)
      }
    }
  }

  /// An interface of a balancer, and no balancer of that name.
  private mutating func implyUnclaimed() {
    for interface in records.interfaces where interface.description.hasPrefix("ELB ") {
      let suffix = String(interface.description.dropFirst("ELB ".count))
      guard let type = Self.type(suffix),
        !records.loadBalancers.contains(where: {
          $0.suffix == suffix && RecordIndex.scope($0.header) == RecordIndex.scope(interface.header)
        })
      else { continue }
      let text = "the load balancer of \(interface.header.name) is not in the snapshot"
      gap(.notPresent, interface.header.name, text, interface.header.derivation)
      add(
        suffix, type, suffix: suffix, Missing(text, derivation: interface.header.derivation), near: interface.header)
    }
  }

  private mutating func add(
    _ text: String, _ type: String, suffix: String?, _ missing: Missing, near header: ResourceHeader
  ) {
    if index.find(.loadBalancer, Reference(text), from: header) != nil { return }
    let shown = records.interfaces.filter { interface in
      suffix.map { interface.description == "ELB \($0)" } == true
        && RecordIndex.scope(interface.header) == RecordIndex.scope(header)
    }
    var own = header
    own.id = text
    own.logicalID = nil
    own.aliases = suffix.map { [Identity.Alias(.id, $0)] } ?? []
    own.tags = [:]
    own.tagsMissing = missing
    own.exists = .known(true, missing.derivation)
    own.derivation = missing.derivation
    records.loadBalancers.append(
      LoadBalancerRecord(
        header: own, type: .known(type, missing.derivation), isInternetFacing: .unknown(missing),
        subnets: shown.isEmpty ? [.unknown(missing)] : shown.map(\.subnet),
        groups: shown.first?.groups ?? [.unknown(missing)], hasGroups: true, crossZone: .unknown(missing),
        suffix: suffix))
    index.insert(.loadBalancer, own, at: records.loadBalancers.count - 1)
  }

  // MARK: Listeners

  /// A balancer listens somewhere: where no listener of it was collected, or a target group names it to which none of them sends, one may be
  /// missing that sends anywhere.
  private mutating func implyListeners() {
    var listeners: [Int: [Int]] = [:]
    var used: [Int: Set<Int>] = [:]
    var actions = records.listeners.map { $0.actions + $0.ruleActions }
    for rule in records.listenerRules {
      guard let listener = rule.listener.value.flatMap({ index.find(.listener, $0, from: rule.header) }) else {
        continue
      }
      actions[listener] += rule.actions
    }
    for (number, listener) in records.listeners.enumerated() {
      guard let balancer = find(.loadBalancer, listener.loadBalancer, from: listener.header) else { continue }
      listeners[balancer, default: []].append(number)
      for case .forward(let groups) in actions[number] {
        used[balancer, default: []].formUnion(groups.compactMap { find(.targetGroup, $0, from: listener.header) })
      }
    }
    var unused: [Int: ResourceHeader] = [:]
    for (number, group) in records.targetGroups.enumerated() {
      for case let balancer? in group.balancers.map({ find(.loadBalancer, $0, from: group.header) })
      where used[balancer]?.contains(number) != true && unused[balancer] == nil {
        unused[balancer] = group.header
      }
    }
    // A template says all that it makes.
    for (number, balancer) in records.loadBalancers.enumerated() where balancer.header.stack == nil {
      let name = balancer.header.name
      if listeners[number] == nil {
        imply("no listener of \(name) is in the snapshot", of: balancer, besides: [])
      } else if let group = unused[number] {
        imply(
          "\(group.name) names \(name), and no listener of it that is in the snapshot sends there", of: balancer,
          besides: listeners[number] ?? [])
      }
    }
  }

  private func find(_ kind: RecordIndex.Kind, _ reference: Attribute<Reference>, from header: ResourceHeader) -> Int? {
    reference.value.flatMap { index.find(kind, $0, from: header) }
  }

  /// A listener that may be there, or a rule of one that is.
  private mutating func imply(_ reason: String, of balancer: LoadBalancerRecord, besides listeners: [Int]) {
    let missing = Missing(reason, derivation: balancer.header.derivation)
    gap(.notPresent, balancer.header.name, reason, balancer.header.derivation)
    for number in listeners { records.listeners[number].ruleActions.append(.forward([.unknown(missing)])) }
    var header = balancer.header
    header.id += "#listener"
    header.aliases = []
    header.exists = .unknown(missing)
    records.listeners.append(
      ListenerRecord(
        header: header, loadBalancer: .known(Reference(balancer.header.id), missing.derivation),
        port: .unknown(missing),
        protocol: .known(balancer.type.value == "network" ? "TCP_UDP" : "HTTP", missing.derivation),
        policy: .unknown(missing), actions: [.forward([.unknown(missing)])]))
  }
}
