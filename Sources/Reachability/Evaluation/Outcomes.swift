import NetworkModel
import PacketSpace

/// For every atom the set of outcomes that a filter or tier may have (layers, section 5), one mask an outcome.
struct Outcomes {
  var allow: BitSet
  var deny: BitSet
  /// Leaves the tier.
  var next: BitSet
  /// The list says nothing.
  var miss: BitSet
  /// The filter is not there, or does not select.
  var gone: BitSet

  init(count: Int) {
    let none = BitSet(count: count)
    allow = none
    deny = none
    next = none
    miss = none
    gone = none
  }

  mutating func add(_ action: Rule.Action, _ mask: BitSet) {
    switch action {
    case .allow: allow.formUnion(mask)
    case .deny: deny.formUnion(mask)
    case .next: next.formUnion(mask)
    }
  }
}

/// What was met on the way to an answer: the unknowns that may decide it and the defaults it rests on.
struct Notes {
  private(set) var unknowns: [UnknownID] = []
  private(set) var assumptions: [AssumptionID] = []

  mutating func note(_ truth: Truth) {
    if let unknown = truth.unknown { note(unknown) }
  }

  mutating func note(_ unknown: UnknownID) {
    if !unknowns.contains(unknown) { unknowns.append(unknown) }
  }

  mutating func note(_ ids: [AssumptionID]) {
    for id in ids where !assumptions.contains(id) { assumptions.append(id) }
  }

  mutating func merge(_ other: Notes) {
    for unknown in other.unknowns { note(unknown) }
    note(other.assumptions)
  }
}
