import NetworkModel
import PacketSpace

/// What a layer makes of all traffic in one direction, for every kind of far end that its rules can tell apart.
///
/// Most layers look at a few groups and a few blocks: far ends that are alike in those share one evaluation, however many there are.
struct LayerFactor {
  private struct Key: Hashable {
    var addresses: Int32
    var memberships: Int32
    /// The endpoint whose named ports are looked at, or -1.
    var named: Int32
    var judged: Judged
  }

  /// The address sets that rules name, or that say where an unseen member may be.
  private let blocks: [BitSet]
  private let memberships: [MembershipID]
  let usesNames: Bool
  /// By address class; `unset` until asked for.
  private var kindOfClass: [Int32]
  /// The sets of memberships that have one which rules name, in order, with their kinds; all others are of kind 0.
  private(set) var kindsOfMemberships: [(set: Int32, kind: Int32)]
  private static let unset: Int32 = -2
  private var classKinds: [[Bool]: Int32] = [:]
  private let layer: LayerID
  private let direction: Direction
  private(set) var entries: [EvaluationCache.Entry] = []
  private var numbers: [Key: Int] = [:]

  init(_ id: LayerID, _ direction: Direction, _ compiled: CompiledNetwork) {
    layer = id
    self.direction = direction
    var blocks: [BitSet] = []
    var memberships: Set<MembershipID> = []
    for entry in compiled.network.layers[id.offset].tiers(direction).flatMap(\.entries) {
      for peer in compiled.filters[entry.filter.offset].rules(direction)?.rules.flatMap({ $0.peers ?? [] }) ?? [] {
        if let classes = peer.classes, !blocks.contains(classes) { blocks.append(classes) }
        if let membership = peer.membership { memberships.insert(membership) }
      }
    }
    for membership in memberships where compiled.network.memberships[membership.offset].outside != .no {
      var mask = BitSet(count: compiled.classes.count)
      for index in compiled.classes.classes(
        meeting: compiled.network.memberships[membership.offset].outsideWithin)
      {
        mask.insert(index)
      }
      if !blocks.contains(mask) { blocks.append(mask) }
    }
    self.blocks = blocks
    self.memberships = memberships.sorted()
    kindOfClass = [Int32](repeating: Self.unset, count: compiled.classes.count)
    kindsOfMemberships = Self.kinds(of: self.memberships, compiled)
    usesNames = compiled.layersWithNames.contains(id)
  }

  /// The position of the evaluation for a far end among `entries`, made when first asked for.
  mutating func entry(far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged, _ compiled: CompiledNetwork) -> Int {
    let number = far.bearer.map { compiled.membershipNumbers[$0.endpoint.offset][$0.placement] }
    let key = Key(
      addresses: kind(ofClass: far.addressClass), memberships: number.map { kind(ofMemberships: $0) } ?? -1,
      named: usesNames ? endpoint?.index ?? -1 : -1, judged: judged)
    if let known = numbers[key] { return known }
    var notes = Notes()
    let bounds = compiled.layer(
      layer, direction, far: far, named: usesNames ? endpoint.map { compiled.network.endpoints[$0.offset] } : nil,
      judged: judged, notes: &notes)
    entries.append(EvaluationCache.Entry(bounds: bounds, notes: notes))
    numbers[key] = entries.count - 1
    return entries.count - 1
  }

  mutating func kind(ofClass index: Int) -> Int32 {
    if kindOfClass[index] != Self.unset { return kindOfClass[index] }
    let signature = blocks.map { $0.contains(index) }
    let kind = classKinds[signature] ?? Int32(classKinds.count)
    classKinds[signature] = kind
    kindOfClass[index] = kind
    return kind
  }

  private func kind(ofMemberships number: Int) -> Int32 {
    var (low, high) = (0, kindsOfMemberships.count)
    while low < high {
      let middle = (low + high) / 2
      if kindsOfMemberships[middle].set < number { low = middle + 1 } else { high = middle }
    }
    return low < kindsOfMemberships.count && kindsOfMemberships[low].set == number ? kindsOfMemberships[low].kind : 0
  }

  private static func kinds(of memberships: [MembershipID], _ compiled: CompiledNetwork) -> [(set: Int32, kind: Int32)]
  {
    var sets: Set<Int32> = []
    for membership in memberships { sets.formUnion(compiled.bearers[membership] ?? []) }
    var known: [[Truth]: Int32] = [[Truth](repeating: .no, count: memberships.count): 0]
    return sets.sorted().map { set in
      let signature = memberships.map { compiled.membershipSets[Int(set)][$0] ?? .no }
      let kind = known[signature] ?? Int32(known.count)
      known[signature] = kind
      return (set, kind)
    }
  }
}
