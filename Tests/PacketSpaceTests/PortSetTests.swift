import PacketSpace
import Testing

@Suite struct PortSetTests {
  @Test func `ports obey the laws of sets`() {
    var random = RandomSets(seed: 30)
    for _ in 0..<1_000 { expectLaws(random.portSet(), random.portSet(), random.portSet()) }
  }

  /// All sets of three lowest and three highest ports, in all pairs.
  @Test func `every pair of small sets is combined as bits are`() {
    let edge: [UInt16] = [0, 1, 2, 65533, 65534, 65535]
    let sets = (0..<64).map { bits in
      PortSet(edge.indices.reversed().filter { bits >> $0 & 1 == 1 }.map { PortRange(edge[$0]) })
    }
    for (left, a) in sets.enumerated() {
      for (right, b) in sets.enumerated() {
        check(a.union(b) == sets[left | right], "\(a) ∪ \(b)")
        check(a.intersection(b) == sets[left & right], "\(a) ∩ \(b)")
        check(a.subtracting(b) == sets[left & ~right], "\(a) − \(b)")
        check(a.contains(b) == (right & ~left == 0), "\(a) ⊇ \(b)")
        check(a.overlaps(b) == (right & left != 0), "\(a) meets \(b)")
      }
      for (number, port) in edge.enumerated() {
        check(a.contains(port) == (left >> number & 1 == 1), "\(a) at \(port)")
      }
      check(a.complement.intersection(sets[63]) == sets[63 & ~left], "not \(a)")
    }
  }

  @Test func `membership follows the operations`() {
    var random = RandomSets(seed: 31)
    for _ in 0..<1_000 {
      let (a, b) = (random.portSet(), random.portSet())
      for port in RandomSets.ports {
        let (inA, inB) = (a.contains(port), b.contains(port))
        check(a.union(b).contains(port) == (inA || inB), "\(a) ∪ \(b) at \(port)")
        check(a.intersection(b).contains(port) == (inA && inB), "\(a) ∩ \(b) at \(port)")
        check(a.subtracting(b).contains(port) == (inA && !inB), "\(a) − \(b) at \(port)")
      }
      let range = random.portRange()
      check(a.contains(range) == PortSet(range).subtracting(a).isEmpty, "\(a) ⊇ \(range)")
    }
  }

  @Test func `a range out of order holds nothing`() {
    let backwards = PortRange(lower: 9, upper: 2)
    #expect(PortSet(backwards).isEmpty)
    #expect(PortSet([backwards, PortRange(5)]) == PortSet(PortRange(5)))
    #expect(!backwards.contains(5))
  }

  @Test func `a set is printed the way people write it`() {
    let set = PortSet([PortRange(lower: 1000, upper: 2000), PortRange(443), PortRange(80), PortRange(81)])
    #expect(set.description == "80-81,443,1000-2000")
    #expect(PortSet.none.description == "none")
    #expect(PortSet.all.isEverything && PortSet.all.description == "0-65535")
    #expect(!PortSet(PortRange(lower: 1, upper: .max)).isEverything)
  }
}
