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

  private let memberships: [MembershipID]
  let usesNames: Bool
  /// By address class: by which of the address sets it is held that rules name, or that say where an unseen member may be.
  let kindsOfClasses: [Int32]
  private var knownKindsOfMemberships: [(set: Int32, kind: Int32)]?
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
    self.memberships = memberships.sorted()
    kindsOfClasses = Self.kinds(of: blocks, count: compiled.classes.count)
    usesNames = compiled.layersWithNames.contains(id)
  }

  /// The position of the evaluation for a far end among `entries`, made when first asked for.
  mutating func entry(far: FarEnd, namedBy endpoint: EndpointID?, judged: Judged, _ compiled: CompiledNetwork) -> Int {
    let number = far.bearer.map { compiled.membershipNumbers[$0.endpoint.offset][$0.placement] }
    let key = Key(
      addresses: kindsOfClasses[far.addressClass], memberships: number.map { kind(ofMemberships: $0, compiled) } ?? -1,
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

  /// By class its kind: two classes that the same blocks hold have one.
  private static func kinds(of blocks: [BitSet], count: Int) -> [Int32] {
    var kinds = [Int32](repeating: 0, count: count)
    var last: Int32 = 0
    for block in blocks {
      // What is in the block is parted from what is not.
      var inside: [Int32: Int32] = [:]
      block.forEach { index in
        if let known = inside[kinds[index]] {
          kinds[index] = known
        } else {
          last += 1
          inside[kinds[index]] = last
          kinds[index] = last
        }
      }
    }
    return kinds
  }

  /// The sets of memberships that have one which rules name, in order, with their kinds; all others are of kind 0.
  mutating func kindsOfMemberships(_ compiled: CompiledNetwork) -> [(set: Int32, kind: Int32)] {
    if let known = knownKindsOfMemberships { return known }
    let found = Self.kinds(of: memberships, compiled)
    knownKindsOfMemberships = found
    return found
  }

  private mutating func kind(ofMemberships number: Int, _ compiled: CompiledNetwork) -> Int32 {
    let kindsOfMemberships = kindsOfMemberships(compiled)
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
