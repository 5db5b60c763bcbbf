import NetworkModel
import PacketSpace

/// Addresses that a rule behind a door names, and who it names them for.
struct Block: Hashable {
  /// The classes of the addresses.
  var classes: BitSet
  /// The membership that the rule wants beside the address, or wants not to be there.
  var membership: MembershipID?
  var isComplement = false

  /// Whether the rule may match somebody with these memberships; `nil`: none are borne, and what lies outside has what the number says.
  func matters(to memberships: [MembershipID: Truth]?) -> Bool {
    guard let membership, let memberships else { return true }
    return memberships[membership] ?? .no != (isComplement ? .yes : .no)
  }

  /// The blocks of all rules of a door's layers, and those that say where an unseen member may be.
  static func all(of door: Door, _ compiled: CompiledNetwork) -> [Block] {
    var found: [Block] = []
    var seen: Set<Block> = []
    var named: Set<MembershipID> = []
    for entry in door.layers.flatMap({ compiled.network.layers[$0.offset].tiers(door.direction) }).flatMap(\.entries) {
      for rule in compiled.filters[entry.filter.offset].rules(door.direction)?.rules ?? [] {
        for peer in rule.peers ?? [] {
          if let membership = peer.membership { named.insert(membership) }
          guard let classes = peer.classes else { continue }
          let block = Block(classes: classes, membership: peer.membership, isComplement: peer.isComplement)
          if seen.insert(block).inserted { found.append(block) }
        }
      }
    }
    for membership in named.sorted() where compiled.network.memberships[membership.offset].outside != .no {
      var classes = BitSet(count: compiled.classes.count)
      for index in compiled.classes.classes(
        meeting: compiled.network.memberships[membership.offset].outsideWithin)
      {
        classes.insert(index)
      }
      found.append(Block(classes: classes))
    }
    return found
  }
}
