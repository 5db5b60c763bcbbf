import NetworkModel
import PacketSpace

/// A filter's rules in one direction, with their traffic as masks over the snapshot's atoms.
struct CompiledRules: Sendable {
  /// The far ends of a rule that addresses alone decide, or whose membership is asked.
  struct CompiledPeer: Sendable {
    var present: Truth
    /// The address classes that the peer's addresses cover; `nil`: any.
    var classes: BitSet?
    var membership: MembershipID?
    var isComplement: Bool
  }

  struct CompiledRule: Sendable {
    var action: Rule.Action
    var present: Truth
    var peers: [CompiledPeer]?
    var nearClasses: BitSet?
    /// Requests that the rule's set has.
    var requests: BitSet
    /// Requests whose answer the rule's set has.
    var answers: BitSet
    var named: [RuleTraffic.Named]
  }

  var rules: [CompiledRule]
  var open: UnknownID?
}

/// A filter ready to be asked.
struct CompiledFilter: Sendable {
  var present: Truth
  var end: Filter.End
  var isStateful: Bool
  var ingress: CompiledRules?
  var egress: CompiledRules?

  func rules(_ direction: Direction) -> CompiledRules? { direction == .ingress ? ingress : egress }
}

/// Turns filters into masks; equal traffic and address sets are turned once.
struct FilterCompiler {
  let atoms: TrafficAtoms
  let classes: AddressClasses
  private var requestMasks: [TrafficSet: BitSet] = [:]
  private var answerMasks: [TrafficSet: BitSet] = [:]
  private var classMasks: [AddressSet: BitSet] = [:]

  init(atoms: TrafficAtoms, classes: AddressClasses) {
    self.atoms = atoms
    self.classes = classes
  }

  mutating func compile(_ filter: Filter) -> CompiledFilter {
    CompiledFilter(
      present: filter.present, end: filter.end, isStateful: filter.isStateful,
      ingress: filter.ingress.map { compile($0) }, egress: filter.egress.map { compile($0) })
  }

  private mutating func compile(_ list: RuleList) -> CompiledRules {
    var compiled: [CompiledRules.CompiledRule] = []
    compiled.reserveCapacity(list.rules.count)
    for rule in list.rules where rule.present != .no {
      compiled.append(
        CompiledRules.CompiledRule(
          action: rule.action, present: rule.present,
          peers: rule.peers.map { peers in peers.map { compile($0) } },
          nearClasses: rule.near.map { classMask($0) },
          requests: requestMask(rule.traffic.set), answers: answerMask(rule.traffic.set), named: rule.traffic.named))
    }
    return CompiledRules(rules: compiled, open: list.open)
  }

  private mutating func compile(_ peer: Peer) -> CompiledRules.CompiledPeer {
    CompiledRules.CompiledPeer(
      present: peer.present, classes: peer.addresses.map { classMask($0) }, membership: peer.membership,
      isComplement: peer.isComplement)
  }

  private mutating func requestMask(_ set: TrafficSet) -> BitSet {
    if let known = requestMasks[set] { return known }
    let mask = atoms.mask(set)
    requestMasks[set] = mask
    return mask
  }

  private mutating func answerMask(_ set: TrafficSet) -> BitSet {
    if let known = answerMasks[set] { return known }
    let mask = atoms.mask(set.requests)
    answerMasks[set] = mask
    return mask
  }

  private mutating func classMask(_ set: AddressSet) -> BitSet {
    if let known = classMasks[set] { return known }
    var mask = BitSet(count: classes.count)
    for index in classes.classes(meeting: set) { mask.insert(index) }
    classMasks[set] = mask
    return mask
  }
}
