import PacketSpace
import Testing

@Suite struct TrafficAtomsTests {
  private func texts(_ texts: String...) -> [TrafficSet] { texts.compactMap { TrafficSet($0) } }

  private func family(_ random: inout RandomSets) -> [TrafficSet] {
    (0..<random.number(0...6)).map { _ in random.trafficSet() }
  }

  @Test func `cuts are made only where a set has an end`() {
    // One atom each for tcp, udp, sctp, icmp, icmpv6 and everything else.
    #expect(TrafficAtoms(refining: []).count == 6)
    #expect(TrafficAtoms(refining: [.any, .none]).count == 6)
    #expect(TrafficAtoms(refining: texts("tcp/443")).count == 8)
    #expect(TrafficAtoms(refining: texts("tcp/443", "tcp/444-65535")).count == 8)
    #expect(TrafficAtoms(refining: texts("tcp from 1024-65535")).count == 7)
    #expect(TrafficAtoms(refining: texts("tcp/443", "tcp from 1024-65535")).count == 11)
    #expect(TrafficAtoms(refining: texts("icmp/8", "icmp/3/4")).count == 5 + 5 * 3)
    #expect(TrafficAtoms(refining: texts("ip/47,ip/50", "ip/50")).count == 8)
  }

  @Test func `every refining set is exactly a union of atoms`() {
    var random = RandomSets(seed: 70)
    for _ in 0..<120 {
      let sets = family(&random)
      let atoms = TrafficAtoms(refining: sets)
      for set in sets + [.any, .none] {
        let mask = atoms.mask(set)
        check(atoms.set(mask) == set, "\(set)")
        check(atoms.mask(meeting: set) == mask, "\(set)")
        check(atoms.mask(set.complement) == mask.complement, "not \(set)")
      }
      for (a, b) in zip(sets, sets.dropFirst()) {
        check(atoms.mask(a.union(b)) == atoms.mask(a).union(atoms.mask(b)), "\(a) ∪ \(b)")
        check(atoms.mask(a.intersection(b)) == atoms.mask(a).intersection(atoms.mask(b)), "\(a) ∩ \(b)")
        check(atoms.mask(a.subtracting(b)) == atoms.mask(a).subtracting(atoms.mask(b)), "\(a) − \(b)")
        check(atoms.mask(a).isSubset(of: atoms.mask(b)) == b.contains(a), "\(a) ⊆ \(b)")
      }
    }
  }

  @Test func `the atoms are a partition, and each has its representative`() {
    var random = RandomSets(seed: 71)
    for _ in 0..<40 {
      let sets = family(&random)
      let atoms = TrafficAtoms(refining: sets)
      for atom in 0..<atoms.count {
        let point = atoms.representative(atom)
        check(atoms.atom(of: point) == atom, "\(point)")
      }
      for point in RandomSets.points {
        let atom = atoms.atom(of: point)
        let same = atoms.representative(atom)
        for set in sets {
          check(set.contains(point) == set.contains(same), "\(set) tells \(point) from \(same)")
          check(atoms.mask(set).contains(atom) == set.contains(point), "\(set) at \(point)")
        }
      }
      check(atoms.set(atoms.everything) == .any && atoms.everything.population == atoms.count, "\(sets)")
    }
  }

  @Test func `a mask of any atoms is the union of their sets`() {
    var random = RandomSets(seed: 72)
    for _ in 0..<40 {
      let atoms = TrafficAtoms(refining: family(&random))
      var mask = BitSet(count: atoms.count)
      var expected = TrafficSet.none
      for atom in 0..<atoms.count where random.chance(0.4) {
        var single = BitSet(count: atoms.count)
        single.insert(atom)
        let set = atoms.set(single)
        check(set.contains(atoms.representative(atom)) && !set.overlaps(expected), "atom \(atom)")
        mask.insert(atom)
        expected.formUnion(set)
      }
      check(atoms.set(mask) == expected, "\(expected)")
      check(atoms.mask(expected) == mask, "\(expected)")
    }
  }

  @Test func `of a set that divides atoms, the masks are what lies inside and what meets it`() {
    var random = RandomSets(seed: 73)
    for _ in 0..<25 {
      let atoms = TrafficAtoms(refining: (0..<2).map { _ in random.trafficSet() })
      let asked = random.trafficSet()
      let (inside, meeting) = (atoms.mask(asked), atoms.mask(meeting: asked))
      for atom in 0..<atoms.count {
        var single = BitSet(count: atoms.count)
        single.insert(atom)
        let set = atoms.set(single)
        check(inside.contains(atom) == asked.contains(set), "\(set) inside \(asked)")
        check(meeting.contains(atom) == asked.overlaps(set), "\(set) meets \(asked)")
      }
    }
  }

  @Test func `sets in any order give the same atoms`() {
    var random = RandomSets(seed: 74)
    for _ in 0..<20 {
      let sets = family(&random)
      let (one, other) = (TrafficAtoms(refining: sets), TrafficAtoms(refining: random.shuffled(sets + sets)))
      let points = (0..<one.count).map(one.representative)
      check(one.count == other.count && points == (0..<other.count).map(other.representative), "\(sets)")
    }
  }

  @Test func `a header's swapped atom is the atom of its answer where sets and requests both cut`() {
    var random = RandomSets(seed: 75)
    for _ in 0..<20 {
      let sets = family(&random) + texts("icmp/8", "icmp/13", "icmpv6/128")
      let atoms = TrafficAtoms(refining: sets + sets.map(\.requests))
      for point in RandomSets.points {
        let same = atoms.representative(atoms.atom(of: point))
        check((point.answer == nil) == (same.answer == nil), "\(point), \(same)")
        guard let answer = point.answer, let other = same.answer else { continue }
        for set in sets { check(set.contains(answer) == set.contains(other), "\(set): \(answer), \(other)") }
      }
    }
  }
}
