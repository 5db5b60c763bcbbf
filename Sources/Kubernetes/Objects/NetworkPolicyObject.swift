import Diagnostics
import Documents
import NetworkModel
import PacketSpace

/// A NetworkPolicy of networking.k8s.io/v1.
struct NetworkPolicyObject {
  enum PeerSubject {
    /// Namespaces (`nil`: the policy's own) and pods in them (`nil`: all).
    case pods(namespaces: LabelSelector?, pods: LabelSelector?)
    case block(IPPrefix, except: [IPPrefix])
  }

  struct PolicyPeer {
    var subject: PeerSubject
    var range: SourceRange
  }

  /// A port called by name, and where it is.
  struct NamedPortUse {
    var name: String
    var transport: IPProtocol
    /// `spec.egress[0].ports[0].port`.
    var path: String
    var range: SourceRange
  }

  struct PolicyRule {
    /// `nil`: everyone.
    var peers: [PolicyPeer]?
    var traffic: RuleTraffic
    var namedPorts: [NamedPortUse] = []
    var range: SourceRange
  }

  var metadata: Metadata
  var selector: LabelSelector
  /// `nil`: it does not act in that direction.
  var ingress: [PolicyRule]?
  var egress: [PolicyRule]?
  /// Set when the API server would refuse it: what it then does is not known.
  var isRefused = false

  func rules(_ direction: Direction) -> [PolicyRule]? { direction == .ingress ? ingress : egress }
}

extension ObjectReader {
  func networkPolicy(_ object: Field, _ metadata: Metadata) -> NetworkPolicyObject {
    var policy = NetworkPolicyObject(metadata: metadata, selector: .everything)
    if let spec = object["spec"], mapping(spec) {
      expectKeys(spec, ["podSelector", "policyTypes", "ingress", "egress"])
      if let selector = spec["podSelector"] { policy.selector = self.selector(selector) }
      let ingress = items(spec["ingress"]).map { policyRule($0, "from") }
      let egress = items(spec["egress"]).map { policyRule($0, "to") }
      let types = policyTypes(spec["policyTypes"])
      // Defaults of the API: ingress always; egress only when it has a rule. Types that are given win.
      if types?.contains("Ingress") ?? true { policy.ingress = ingress }
      if types?.contains("Egress") ?? !egress.isEmpty { policy.egress = egress }
      if let types, !types.contains("Ingress"), !ingress.isEmpty, let field = spec["ingress"] {
        warn(field, "has no effect, for policyTypes does not name Ingress")
      }
      if let types, !types.contains("Egress"), !egress.isEmpty, let field = spec["egress"] {
        warn(field, "has no effect, for policyTypes does not name Egress")
      }
    } else {
      policy.ingress = []
    }
    policy.isRefused = isRefused
    return policy
  }

  /// The types that are given; an empty list counts as none given.
  private func policyTypes(_ field: Field?) -> [String]? {
    let types = items(field).compactMap { item -> String? in
      guard let word = string(item) else { return nil }
      if word != "Ingress" && word != "Egress" { error(item, "`\(word)` is no policy type", help: "Ingress or Egress") }
      return word
    }
    return types.isEmpty ? nil : types
  }

  private func policyRule(_ field: Field, _ side: String) -> NetworkPolicyObject.PolicyRule {
    var rule = NetworkPolicyObject.PolicyRule(traffic: .everything, range: field.node.range)
    if field.node.isNull { return rule }
    guard mapping(field) else { return rule }
    expectKeys(field, [side, "ports"])
    let peers = items(field[side])
    if !peers.isEmpty { rule.peers = peers.compactMap { policyPeer($0) } }
    let ports = items(field["ports"])
    if !ports.isEmpty {
      rule.traffic = RuleTraffic(.none)
      var numbers: [IPProtocol: [PortRange]] = [:]
      for port in ports { policyPort(port, into: &rule, &numbers) }
      // Together, because one by one each would be merged with all before it.
      for (transport, ranges) in numbers {
        rule.traffic.set.formUnion(TrafficSet(transport, destination: PortSet(ranges)))
      }
      let hasBlock = peers.contains { $0["ipBlock"] != nil }
      for case let named? in ports.map({ $0["port"] }) where side == "to" && hasBlock && named.node.string != nil {
        warn(named, "a port's name matches nothing outside the cluster, for only pods name their ports")
      }
    }
    return rule
  }

  private func policyPeer(_ field: Field) -> NetworkPolicyObject.PolicyPeer? {
    guard mapping(field) else { return nil }
    expectKeys(field, ["podSelector", "namespaceSelector", "ipBlock"])
    let pods = field["podSelector"]
    let namespaces = field["namespaceSelector"]
    guard let block = field["ipBlock"] else {
      if pods == nil && namespaces == nil {
        error(field, "a peer needs a podSelector, a namespaceSelector or an ipBlock")
        return nil
      }
      return NetworkPolicyObject.PolicyPeer(
        subject: .pods(namespaces: namespaces.map { selector($0) }, pods: pods.map { selector($0) }),
        range: field.node.range)
    }
    if pods != nil || namespaces != nil {
      error(field, "a peer with an ipBlock takes no selector")
      return nil
    }
    expectKeys(block, ["cidr", "except"])
    guard let prefix = prefix(block["cidr"]) else {
      if block["cidr"] == nil { error(block, "`cidr` is missing") }
      return nil
    }
    let except = items(block["except"]).compactMap { item -> IPPrefix? in
      guard let hole = self.prefix(item) else { return nil }
      if !prefix.contains(hole) || hole == prefix { error(item, "\(hole) is not strictly inside \(prefix)") }
      return hole
    }
    return NetworkPolicyObject.PolicyPeer(subject: .block(prefix, except: except), range: field.node.range)
  }

  private func policyPort(
    _ field: Field, into rule: inout NetworkPolicyObject.PolicyRule, _ numbers: inout [IPProtocol: [PortRange]]
  ) {
    guard mapping(field) else { return }
    expectKeys(field, ["port", "endPort", "protocol"])
    let transport = field["protocol"].map { self.transport($0) } ?? .tcp
    guard let transport else { return }
    guard let portField = field["port"] else {
      if let end = field["endPort"] { error(end, "endPort needs a port") }
      numbers[transport, default: []].append(.all)
      return
    }
    if let name = portField.node.string {
      if let end = field["endPort"] { error(end, "endPort needs a port that is a number") }
      checkPortName(name, portField)
      rule.traffic.named.append(RuleTraffic.Named(name, transport: transport))
      rule.namedPorts.append(
        NetworkPolicyObject.NamedPortUse(
          name: name, transport: transport, path: portField.path, range: portField.node.range))
      return
    }
    guard let first = port(portField) else { return }
    var range = PortRange(first)
    if let end = field["endPort"], let last = port(end) {
      if last < first { error(end, "endPort \(last) is less than port \(first)") } else { range.upper = last }
    }
    numbers[transport, default: []].append(range)
  }

  /// IANA service names: at most 15 of lower-case letters, digits and `-`, with a letter among them.
  private func checkPortName(_ name: String, _ field: Field) {
    let bytes = Array(name.utf8)
    let isLetter: (UInt8) -> Bool = { (97...122).contains($0) }
    let fits =
      (1...15).contains(bytes.count) && bytes.contains(where: isLetter)
      && bytes.allSatisfy { isLetter($0) || (48...57).contains($0) || $0 == 45 }
      && bytes.first != 45 && bytes.last != 45
    if !fits { error(field, "`\(name)` is no name of a port") }
  }
}
