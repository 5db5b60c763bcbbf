import PacketSpace

/// The ways in which sent headers read somewhere on the way: for each sent atom the atom it is there.
///
/// Relays rewrite the destination port to one number and hiding gives another source port; both keep atoms whole, because every such
/// port is a cut of the traffic space.
struct Mappings {
  private var tables: [[Int32]?] = [nil]
  /// By mapping: the atoms that it leaves as they are, and the others.
  private var fixed: [BitSet] = [BitSet(count: 0)]
  private var moved: [[Int32]] = [[]]
  private var known: [[Int32]: Int] = [:]
  private var hidings: [Hiding: Int] = [:]

  private struct Hiding: Hashable {
    var mapping: Int
    var port: UInt16
  }

  /// The atom that a sent atom is under a mapping.
  func current(_ atom: Int, _ mapping: Int) -> Int {
    guard let table = tables[mapping] else { return atom }
    return Int(table[atom])
  }

  /// The sent atoms that read as one of these under a mapping.
  func preimage(_ mask: BitSet, _ mapping: Int) -> BitSet {
    guard let table = tables[mapping] else { return mask }
    return mask.preimage(under: table, fixed: fixed[mapping], moved: moved[mapping])
  }

  /// How sent atoms read under a mapping.
  func image(_ mask: BitSet, _ mapping: Int) -> BitSet {
    guard let table = tables[mapping] else { return mask }
    return mask.image(under: table, fixed: fixed[mapping], moved: moved[mapping])
  }

  /// The mapping that gives what a mapping gives with another source port, where that is one which hiding never gives out.
  mutating func hiding(_ mapping: Int, behind port: UInt16, atoms: TrafficAtoms) -> Int {
    let key = Hiding(mapping: mapping, port: port)
    if let known = hidings[key] { return known }
    let found = composing(mapping, atoms: atoms) { point in
      guard point.protocol.hasPorts, point.sourcePort < PortRange.hiding.lower else { return point }
      return .ports(point.protocol, from: port, to: point.destinationPort)
    }
    hidings[key] = found
    return found
  }

  /// The mapping that rewrites what a mapping gives: each current atom by its representative packet.
  mutating func composing(_ mapping: Int, atoms: TrafficAtoms, rewrite: (TrafficPoint) -> TrafficPoint) -> Int {
    var table: [Int32] = []
    table.reserveCapacity(atoms.count)
    for atom in 0..<atoms.count {
      let point = atoms.representative(current(atom, mapping))
      table.append(Int32(atoms.atom(of: rewrite(point))))
    }
    if table.indices.allSatisfy({ Int(table[$0]) == $0 }) { return 0 }
    if let index = known[table] { return index }
    tables.append(table)
    var still = BitSet(count: table.count)
    var others: [Int32] = []
    for (atom, there) in table.enumerated() {
      if Int(there) == atom { still.insert(atom) } else { others.append(Int32(atom)) }
    }
    fixed.append(still)
    moved.append(others)
    known[table] = tables.count - 1
    return tables.count - 1
  }
}
