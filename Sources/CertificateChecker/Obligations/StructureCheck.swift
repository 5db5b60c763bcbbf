import Certificates
import Language
import NetworkModel
import PacketSpace

/// Whether everything has what a structural predicate asks for, read off the model's own layers, filters and labels.
struct StructureCheck {
  let network: Network
  let names: Names
  let predicate: StructuralPredicate
  /// Whom the property means, with how sure that is.
  let members: [(EndpointID, Bool)]
  /// The pods that a policy can select: all but those on their node's network.
  let bindable: Set<EndpointID>

  private var subjects: [(id: EndpointID, isSure: Bool)] {
    switch predicate {
    case .policyIngress, .policyEgress: members.filter { bindable.contains($0.0) }
    case .noAllowAll, .label: members
    }
  }

  /// What is wrong with the evidence.
  func faults(_ claim: Certificate.Property) -> Faults {
    var faults = Faults()
    switch claim.verdict {
    case .proved:
      let meant = Set(subjects.map { names.keys.endpoints[$0.id] })
      let said = Set(claim.evidence.subjects)
      for key in meant.subtracting(said).sorted() {
        faults.add("the property means \(key), and the certificate does not list it")
      }
      for key in said.subtracting(meant).sorted() {
        faults.add("the certificate lists \(key), and the property does not mean it")
      }
      if said.count != claim.evidence.subjects.count { faults.add("a subject is listed twice") }
      if meant.isEmpty { faults.add("the property means nothing here, and of nothing nothing is proved") }
      for subject in subjects where !has(subject.id) { faults.add("\(names.name(subject.id)) \(lack)") }
    case .violated:
      if claim.evidence.violations.isEmpty { faults.add("there is no object that lacks something") }
      for violation in claim.evidence.violations {
        guard let id = names.keys.endpoints[violation.source], violation.target == violation.source,
          subjects.contains(where: { $0.id == id }), violation.legs.isEmpty, violation.missing == nil
        else {
          faults.add("\(violation.source) is nothing that the property means")
          continue
        }
        if has(id) || isUnsure(id) { faults.add("\(names.name(id)) does not surely lack what is asked for") }
      }
    case .vacuous: if !subjects.isEmpty { faults.add("the property means something here") }
    case .undecided: break
    }
    return faults
  }

  private var lack: String {
    switch predicate {
    case .policyIngress: "is selected by no policy for ingress"
    case .policyEgress: "is selected by no policy for egress"
    case .noAllowAll: "is selected by a policy that admits everyone on everything"
    case .label(let key): "has no label \(key)"
    }
  }

  private func has(_ id: EndpointID) -> Bool {
    switch predicate {
    case .policyIngress: !policies(of: id, .ingress).isEmpty
    case .policyEgress: !policies(of: id, .egress).isEmpty
    case .noAllowAll:
      Direction.allCases.allSatisfy { direction in
        policies(of: id, direction).allSatisfy { filter in
          (network[filter].rules(direction)?.rules ?? []).allSatisfy { !admitsAll($0) }
        }
      }
    case .label(let key): network[id].attributes.labels[key] != nil || network[id].attributes.tags[key] != nil
    }
  }

  private func isUnsure(_ id: EndpointID) -> Bool {
    guard case .label = predicate else { return false }
    let attributes = network[id].attributes
    return attributes.labelsOpen != nil || attributes.tagsOpen != nil
      || members.contains { $0.0 == id && !$0.1 }
  }

  /// The filters of the endpoint's own layers that act in a direction and isolate.
  private func policies(of id: EndpointID, _ direction: Direction) -> [FilterID] {
    network[id].layers.flatMap { network[$0].tiers(direction) }.filter { $0.mode == .union && $0.isolates }
      .flatMap(\.entries).map(\.filter).filter { network[$0].rules(direction) != nil }
  }

  private func admitsAll(_ rule: Rule) -> Bool {
    rule.action == .allow && rule.present.may && rule.traffic.set.isAny && admitsEveryone(rule)
  }

  /// Nobody is named, or every address of both families or of IPv4.
  private func admitsEveryone(_ rule: Rule) -> Bool {
    guard let peers = rule.peers else { return true }
    let addresses = peers.filter { $0.membership == nil || $0.isComplement }.compactMap(\.addresses)
    return addresses.reduce(AddressSet.none) { $0.union($1) }.contains(.allIPv4)
  }
}
