import AWSNetwork
import Documents
import NetworkModel
import PacketSpace

/// Load balancers of the second version, their listeners and target groups.
extension DescribeReader {
  mutating func loadBalancer(_ node: Node) {
    guard let arn = node["LoadBalancerArn"]?.text else { return unnamed("load balancer", node) }
    var header = header(node, id: arn, arn: "LoadBalancerArn", name: "LoadBalancerName", dns: "DNSName")
    // The ARN's tail, `app/name/id`, is what interfaces and people call it by.
    let suffix = arn.split(separator: ":").last.map { String($0.dropFirst("loadbalancer/".count)) }
    if let suffix { header.aliases.append(Identity.Alias(.id, suffix)) }
    var subnets: [Attribute<Reference>] = []
    var fixed: [String: Attribute<IPAddress>] = [:]
    for zone in node["AvailabilityZones"].map({ Array($0.elements) }) ?? [] {
      subnets.append(reference(zone["SubnetId"]))
      if let subnet = zone["SubnetId"]?.text, let first = zone["LoadBalancerAddresses"]?.elements.first {
        fixed[subnet] = address(first["IpAddress"])
      }
    }
    records.loadBalancers.append(
      LoadBalancerRecord(
        header: header, type: text(node["Type"]),
        isInternetFacing: text(node["Scheme"]).map { $0 == "internet-facing" },
        subnets: subnets, groups: references(node["SecurityGroups"]), hasGroups: node["SecurityGroups"] != nil,
        fixedAddresses: fixed, suffix: suffix,
        hasIPv6: node["IpAddressType"]?.text?.hasPrefix("dualstack") == true))
  }

  mutating func listener(_ node: Node) {
    guard let arn = node["ListenerArn"]?.text else { return unnamed("listener", node) }
    let word = text(node["Protocol"])
    let isEncrypted = ["HTTPS", "TLS"].contains(word.value ?? "")
    records.listeners.append(
      ListenerRecord(
        header: header(node, id: arn, arn: "ListenerArn"), loadBalancer: reference(node["LoadBalancerArn"]),
        port: integer(node["Port"]), protocol: word, policy: isEncrypted ? text(node["SslPolicy"]) : .absent,
        actions: actions(node["DefaultActions"])))
  }

  private func actions(_ list: Node?) -> [ListenerRecord.Action] {
    (list.map { Array($0.elements) } ?? []).map { action in
      switch action["Type"]?.text {
      case "forward":
        var groups = references(action["ForwardConfig"]?["TargetGroups"], key: "TargetGroupArn")
        if groups.isEmpty { groups = [reference(action["TargetGroupArn"])] }
        return .forward(groups)
      case "redirect": return .redirect(protocol: action["RedirectConfig"]?["Protocol"]?.text)
      default: return .other(action["Type"]?.text ?? "")
      }
    }
  }

  mutating func listenerRule(_ node: Node) {
    guard let arn = node["RuleArn"]?.text else { return unnamed("listener rule", node) }
    // A rule's ARN is its listener's with one part more; nothing else in it names the listener.
    var parts = arn.split(separator: "/").map(String.init)
    if parts.count > 1 { parts.removeLast() }
    let listener = parts.joined(separator: "/").split(separator: ":", omittingEmptySubsequences: false).map(String.init)
      .enumerated().map { $0 == 5 ? $1.replacingPrefix("listener-rule/", with: "listener/") : $1 }.joined(
        separator: ":")
    records.listenerRules.append(
      ListenerRuleRecord(
        header: header(node, id: arn), listener: .known(Reference(listener), Derivation(node.range)),
        actions: actions(node["Actions"])))
  }

  mutating func targetGroup(_ node: Node) {
    guard let arn = node["TargetGroupArn"]?.text else { return unnamed("target group", node) }
    records.targetGroups.append(
      TargetGroupRecord(
        header: header(node, id: arn, arn: "TargetGroupArn", name: "TargetGroupName"), vpc: reference(node["VpcId"]),
        targetType: text(node["TargetType"]), protocol: text(node["Protocol"]), port: integer(node["Port"]),
        balancers: references(node["LoadBalancerArns"])))
  }

  /// What is registered in a group is said by a call of its own for each.
  mutating func finishTargetGroups() {
    for (number, group) in records.targetGroups.enumerated()
    where !registered.contains(number) && group.targetType.value != "lambda" {
      let missing = Missing(
        "the targets of \(group.header.name) were not collected", derivation: group.header.derivation)
      records.gaps.append(
        Gap(.notPresent, subject: group.header.name, message: missing.reason, derivation: missing.derivation))
      records.targetGroups[number].targets.append(
        TargetGroupRecord.Registration(
          target: .unknown(missing), port: .absent, derivation: group.header.derivation))
    }
  }

  /// Health and attributes: in a file a group named by the file, or in a list that names each group.
  mutating func finishBalancers(_ output: DescribeOutput) {
    let root = output.document.root
    for entry in root["LoadBalancerTargetHealth"].map({ Array($0.elements) }) ?? [] {
      if let arn = entry["TargetGroupArn"]?.text { register(entry["TargetHealthDescriptions"], at: arn) }
    }
    if let descriptions = root["TargetHealthDescriptions"], let name = output.parameters.first {
      register(descriptions, at: name)
    }
    for entry in root["LoadBalancerAttributes"].map({ Array($0.elements) }) ?? [] {
      if let arn = entry["LoadBalancerArn"]?.text { set(entry["Attributes"], at: arn) }
    }
    if let attributes = root["Attributes"], let name = output.parameters.first { set(attributes, at: name) }
  }

  private func isNamed(_ header: ResourceHeader, _ name: String) -> Bool {
    header.id == name || header.aliases.contains { $0.text == name }
  }

  private mutating func register(_ list: Node?, at name: String) {
    for index in records.targetGroups.indices where isNamed(records.targetGroups[index].header, name) {
      registered.insert(index)
      for description in list.map({ Array($0.elements) }) ?? [] {
        let target = description["Target"]
        let id = text(target?["Id"]).map { text -> TargetGroupRecord.Registration.Target in
          IPAddress(text).map { .address($0) } ?? .resource(Reference(text))
        }
        records.targetGroups[index].targets.append(
          TargetGroupRecord.Registration(
            target: id, port: integer(target?["Port"]), derivation: Derivation(description.range)))
      }
    }
  }

  /// Attributes of a balancer or of a target group: one may be named like the other, so the attributes themselves say which.
  private mutating func set(_ list: Node?, at name: String) {
    let attributes = list.map { Array($0.elements) } ?? []
    let isGroup = attributes.contains { attribute in
      guard let key = attribute["Key"]?.text else { return false }
      return ["deregistration_delay.", "stickiness.", "preserve_client_ip.", "target_group_health.", "slow_start."]
        .contains { key.hasPrefix($0) }
    }
    for attribute in attributes {
      let value = text(attribute["Value"])
      switch attribute["Key"]?.text {
      case "load_balancing.cross_zone.enabled" where !isGroup:
        for index in records.loadBalancers.indices where isNamed(records.loadBalancers[index].header, name) {
          records.loadBalancers[index].crossZone = value.map { $0 == "true" }
        }
      case "load_balancing.cross_zone.enabled" where value.value != "use_load_balancer_configuration":
        for index in records.targetGroups.indices where isNamed(records.targetGroups[index].header, name) {
          records.targetGroups[index].crossZone = value.map { $0 == "true" }
        }
      case "preserve_client_ip.enabled":
        for index in records.targetGroups.indices where isNamed(records.targetGroups[index].header, name) {
          records.targetGroups[index].keepsClient = value.map { $0 == "true" }
        }
      default: break
      }
    }
  }
}

extension String {
  fileprivate func replacingPrefix(_ prefix: String, with other: String) -> String {
    hasPrefix(prefix) ? other + dropFirst(prefix.count) : self
  }
}
