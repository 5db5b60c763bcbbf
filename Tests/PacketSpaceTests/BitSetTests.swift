import PacketSpace
import Testing

@Suite struct BitSetTests {
  private static let counts = [0, 1, 2, 63, 64, 65, 127, 128, 129, 200]

  private func bits(_ set: BitSet) -> [Int] {
    var result: [Int] = []
    set.forEach { result.append($0) }
    return result
  }

  private func random(_ random: inout RandomSets, count: Int) -> (BitSet, Set<Int>) {
    var (set, model) = (BitSet(count: count), Set<Int>())
    for bit in 0..<count where random.chance(0.3) {
      set.insert(bit)
      model.insert(bit)
    }
    return (set, model)
  }

  @Test(arguments: counts)
  func `bits are combined as sets of numbers are`(count: Int) {
    var generator = RandomSets(seed: UInt64(count))
    for _ in 0..<50 {
      let ((a, modelA), (b, modelB)) = (random(&generator, count: count), random(&generator, count: count))
      check(bits(a) == modelA.sorted(), "\(count)")
      check(bits(a.union(b)) == modelA.union(modelB).sorted(), "\(count)")
      check(bits(a.intersection(b)) == modelA.intersection(modelB).sorted(), "\(count)")
      check(bits(a.subtracting(b)) == modelA.subtracting(modelB).sorted(), "\(count)")
      check(bits(a.complement) == Set(0..<count).subtracting(modelA).sorted(), "\(count)")
      check(a.complement.complement == a && a.union(a.complement) == .all(count), "\(count)")
      check(a.isSubset(of: b) == modelA.isSubset(of: modelB), "\(count)")
      check(a.intersection(b).isSubset(of: b), "\(count)")
      check(a.intersects(b) == !modelA.isDisjoint(with: modelB), "\(count)")
      check(a.isEmpty == modelA.isEmpty && a.population == modelA.count && a.first == modelA.min(), "\(count)")
    }
  }

  @Test(arguments: counts.filter { $0 > 0 })
  func `a table moves bits as it moves numbers`(count: Int) {
    var generator = RandomSets(seed: UInt64(count) + 7)
    for _ in 0..<50 {
      let (sources, _) = random(&generator, count: count)
      // Half of the bits stay, the others go to the next one that is in another set.
      let table = (0..<count).map { bit in Int32(sources.contains(bit) ? (bit * 7 + 3) % count : bit) }
      var fixed = BitSet(count: count)
      for bit in 0..<count where Int(table[bit]) == bit { fixed.insert(bit) }
      let moved = (0..<count).filter { Int(table[$0]) != $0 }.map { Int32($0) }
      let (set, model) = random(&generator, count: count)
      check(
        bits(set.preimage(under: table, fixed: fixed, moved: moved))
          == (0..<count).filter { model.contains(Int(table[$0])) }, "\(count)")
      check(
        bits(set.image(under: table, fixed: fixed, moved: moved)) == Set(model.map { Int(table[$0]) }).sorted(),
        "\(count)")
    }
  }

  /// Every range of every count: the last word never holds a bit too many.
  @Test(arguments: counts)
  func `consecutive bits are set as one by one`(count: Int) {
    for lower in 0...count {
      for upper in lower...count {
        var (whole, single) = (BitSet(count: count), BitSet(count: count))
        whole.insert(contentsOf: lower..<upper)
        for bit in lower..<upper { single.insert(bit) }
        check(whole == single, "\(lower)..<\(upper) of \(count)")
      }
    }
    #expect(BitSet.all(count).population == count)
    #expect(BitSet(count: count).isEmpty)
  }

  @Test func `a bit removed is no longer there`() {
    var set = BitSet.all(70)
    set.remove(69)
    #expect(!set.contains(69) && set.contains(68) && set.population == 69)
    set.insert(69)
    #expect(set == .all(70))
  }
}
