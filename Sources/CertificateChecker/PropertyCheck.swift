import Certificates
import Language
import NetworkModel
import PacketSpace

/// Checks the evidence of one property after another over one network.
struct PropertyCheck {
  let network: Network
  let names: Names
  let parameters: [String: String]
  let ground: CheckGround
  var selecting: Selecting
  /// The pods that a policy can select.
  let bindable: Set<EndpointID>

  /// What became of the evidence for a property, with a few words on what was looked at.
  mutating func check(_ claim: Certificate.Property) -> (outcome: Recheck.Outcome, remark: String) {
    let property: Property
    do {
      property = try Parser.property(claim.line)
    } catch {
      return (.doesNotHold(["the property cannot be read: \(error)"]), "")
    }
    do {
      let before = ground.walks
      var (faults, remark) = try check(property, claim)
      checkGiven(claim, &faults)
      let walks = ground.walks - before
      if walks > 0 { remark += (remark.isEmpty ? "" : ", ") + "\(walks) walks" }
      return (faults.outcome, remark)
    } catch {
      return (.doesNotHold(["the property cannot be asked of this network: \(error)"]), "")
    }
  }

  private mutating func check(_ property: Property, _ claim: Certificate.Property) throws(StatementError) -> (
    Faults, String
  ) {
    var faults = Faults()
    if claim.verdict == .undecided {
      faults.addUnclear("it is undecided, so nothing is claimed")
      if claim.evidence != .none { faults.add("there is evidence for what is undecided") }
      return (faults, "")
    }
    switch property {
    case .flow(let demand): return try check(demand, claim)
    case .isolated(let first, let second, let on):
      let (one, other) = (try selecting.value(first), try selecting.value(second))
      guard one.literals.isEmpty, other.literals.isEmpty else { return Self.writtenAsAddresses }
      let traffic = try on?.set(parameters) ?? .any
      return Directions.check(
        [(one, other), (other, one)].map { from, to in
          FlowCheck(
            ends: AskedEnds(from, to, ground.whole), wanted: traffic, isPath: true, leavesOutInternet: true,
            ground: ground, names: names)
        }, claim)
    case .same:
      faults.addUnclear("`same` is not checked again yet")
      return (faults, "")
    case .all(let subjects, let predicate):
      let value = try selecting.value(subjects)
      guard value.literals.isEmpty else { return Self.writtenAsAddresses }
      let members = AskedEnds(value, value, ground.whole).targets.compactMap { end in
        end.place.endpoint.map { ($0, end.isSure) }
      }
      let check = StructureCheck(
        network: network, names: names, predicate: predicate, members: members, bindable: bindable)
      if !claim.evidence.proofs.isEmpty { faults.add("a structural predicate has no closed set") }
      faults.add(check.faults(claim))
      return (faults, members.count == 1 ? "1 object" : "\(members.count) objects")
    }
  }

  private static var writtenAsAddresses: (Faults, String) {
    var faults = Faults()
    faults.addUnclear("a side is written as addresses, which is not checked again yet")
    return (faults, "")
  }

  private mutating func check(_ demand: FlowProperty, _ claim: Certificate.Property) throws(StatementError) -> (
    Faults, String
  ) {
    var source = try selecting.value(demand.source)
    let target = try selecting.value(demand.destination)
    let isEmpty = AskedEnds(source, target, ground.whole).sources.isEmpty
    guard source.literals.isEmpty, target.literals.isEmpty else { return Self.writtenAsAddresses }
    if demand.demand == .only { source = try selecting.value(.not(demand.source, demand.source.span)) }
    var ends = AskedEnds(source, target, ground.whole)
    // Who may not be is said of nobody where the one who may matches nothing.
    if isEmpty { ends.sources = [] }
    let wanted = try demand.on?.set(parameters)
    let entering = try demand.entering?.set(parameters)
    var flow = FlowCheck(
      ends: ends, wanted: wanted ?? .any, entering: entering, isPath: demand.arrow == .path, leavesOutInternet: true,
      ground: ground, names: names)
    switch demand.demand {
    case .forbid, .only: return Directions.check([flow], claim)
    case .every(let via):
      flow.leavesOutInternet = false
      flow.waypoints = try selecting.waypoints(via)
      return Directions.check([flow], claim)
    case .require:
      return Directions.check(
        [RequireCheck(ground: ground, names: names, ends: ends, wanted: wanted, isPath: flow.isPath)], claim)
    case .encrypted(let minimum):
      return Directions.check(
        [
          EncryptionCheck(
            ground: ground, names: names, ends: ends, wanted: flow.wanted, entering: entering, isPath: flow.isPath,
            minimum: try version(minimum, demand))
        ], claim)
    }
  }

  private func version(_ minimum: FlowProperty.Minimum?, _ demand: FlowProperty) throws(StatementError) -> TLSVersion? {
    switch minimum {
    case nil: return nil
    case .version(let version)?: return version
    case .parameter(let name)?:
      guard let version = parameters[name].flatMap({ TLSVersion($0) }) else {
        throw StatementError("the parameter `{\(name)}` is no version of TLS", demand.destination.span)
      }
      return version
    }
  }

  /// What the verdict is said to rest on must be what is taken for granted here too.
  private func checkGiven(_ claim: Certificate.Property, _ faults: inout Faults) {
    let known = Set((network.assumptions + selecting.assumptions).map(\.certified))
    for assumption in claim.assumptions where !known.contains(assumption) {
      faults.add("it is said to rest on `\(assumption)`, and nothing of that is assumed here")
    }
    let reasons = Set(network.unknowns.map(\.reason))
    for unknown in claim.unknowns where !reasons.contains(unknown) {
      faults.add("it is said to hang on `\(unknown)`, and that is not unknown here")
    }
    if claim.verdict != .undecided, !claim.unknowns.isEmpty { faults.add("what is decided hangs on nothing unknown") }
    if claim.verdict != .proved, !(claim.evidence.proofs.isEmpty && claim.evidence.subjects.isEmpty) {
      faults.add("there is a proof of what is not proved")
    }
    if claim.verdict != .violated, !claim.evidence.violations.isEmpty {
      faults.add("there is a witness against what is not violated")
    }
  }
}

/// The networks that properties are walked over, each prepared once.
final class CheckGround {
  let whole: Terrain
  let apart: Terrain
  private let asked: [TrafficSet]
  private var walksElsewhere = 0

  /// - Parameters:
  ///   - network: what was loaded.
  ///   - asked: the traffic that the properties speak of.
  init(_ network: Network, asked: [TrafficSet]) {
    self.asked = asked
    whole = Terrain(network, asked: asked)
    apart = Terrain(network.onMachinesApart, asked: asked)
  }

  private init(_ network: Network, like other: CheckGround) {
    asked = other.asked
    whole = Terrain(network, asked: asked)
    apart = Terrain(network.onMachinesApart, asked: asked)
  }

  /// The same over another network, for one property.
  func elsewhere(_ network: Network, _ body: (CheckGround) -> Void) {
    let other = CheckGround(network, like: self)
    body(other)
    walksElsewhere += other.walks
  }

  /// The networks in which a pair is judged: one of a pair that may be on one machine, or of twins both.
  func terrains(_ source: Sender, _ target: Receiver) -> [Terrain] {
    switch AskedEnds.company(source, target, whole.network) {
    case .apart: [whole]
    case .maybeTogether: [apart]
    case .surelyTogether: []
    case .twins: [whole, apart]
    }
  }

  /// Walks that were taken.
  var walks: Int { whole.walks + apart.walks + walksElsewhere }
}
