import PacketSpace
import Testing

@Suite struct AddressSetTests {
  private func set(_ texts: String...) -> AddressSet { AddressSet(texts.compactMap { IPPrefix($0) }) }

  @Test func `addresses obey the laws of sets`() {
    var random = RandomSets(seed: 10)
    for _ in 0..<1_500 { expectLaws(random.addressSet(), random.addressSet(), random.addressSet()) }
  }

  @Test func `membership follows the operations, and the form is canonical`() {
    var random = RandomSets(seed: 11)
    for _ in 0..<1_500 {
      let (a, b, address) = (random.addressSet(), random.addressSet(), random.address())
      let (inA, inB) = (a.contains(address), b.contains(address))
      check(a.union(b).contains(address) == (inA || inB), "\(a) ∪ \(b) at \(address)")
      check(a.intersection(b).contains(address) == (inA && inB), "\(a) ∩ \(b) at \(address)")
      check(a.subtracting(b).contains(address) == (inA && !inB), "\(a) − \(b) at \(address)")
      check(a.complement.contains(address) == !inA, "not \(a) at \(address)")
      check(inA == a.ranges.contains { $0.contains(address) }, "\(a) at \(address)")
      check(a.firstAddress(commonWith: b) == a.intersection(b).first, "\(a), \(b)")
      for result in [a, a.union(b), a.intersection(b), a.subtracting(b), a.complement] { expectCanonical(result) }
    }
  }

  private func expectCanonical(_ set: AddressSet) {
    for range in set.ranges { check(!range.isEmpty, "\(set)") }
    for (one, next) in zip(set.ranges, set.ranges.dropFirst()) {
      let apart = one.upper < next.lower && one.upper.next != next.lower
      check(apart, "\(set) has ranges that overlap, touch or are out of order")
    }
  }

  /// All 64 sets of six addresses around the border between the families and their ends, in all pairs.
  @Test func `every pair of small sets is combined as bits are`() {
    let edge: [IPAddress] = [
      IPAddress(v4: 0), IPAddress(v4: .max - 1), IPAddress(v4: .max), IPAddress(family: .v6, value: 0),
      IPAddress(family: .v6, value: 1), IPAddress(family: .v6, value: .max),
    ]
    let sets = (0..<64).map { bits in
      AddressSet(
        ranges: edge.indices.reversed().filter { bits >> $0 & 1 == 1 }.map { AddressRange(edge[$0], edge[$0]) })
    }
    for (left, a) in sets.enumerated() {
      for (right, b) in sets.enumerated() {
        check(a.union(b) == sets[left | right], "\(a) ∪ \(b)")
        check(a.intersection(b) == sets[left & right], "\(a) ∩ \(b)")
        check(a.subtracting(b) == sets[left & ~right], "\(a) − \(b)")
        check(a.contains(b) == (right & ~left == 0), "\(a) ⊇ \(b)")
        check(a.overlaps(b) == (right & left != 0), "\(a) meets \(b)")
      }
      check(a.complement.intersection(sets[63]) == sets[63 & ~left], "not \(a)")
    }
  }

  @Test func `neighbours join and families do not`() {
    #expect(set("10.0.0.0/25", "10.0.0.128/25") == set("10.0.0.0/24"))
    #expect(set("0.0.0.0/1", "128.0.0.0/1") == .allIPv4)
    #expect(AddressSet.everything.ranges.count == 2)
    #expect(AddressSet.everything.restricted(to: .v6) == .allIPv6)
    #expect(AddressSet.all(.v4) == .allIPv4)
  }

  @Test func `a range out of order or across families holds nothing`() {
    let (v4, v6) = (IPAddress(v4: 5), IPAddress(family: .v6, value: 1))
    #expect(AddressSet(ranges: [AddressRange(v4, IPAddress(v4: 4))]).isEmpty)
    #expect(AddressSet(ranges: [AddressRange(v4, v6)]).isEmpty)
    #expect(!AddressRange(v4, v6).contains(v4))
    #expect(AddressRange(v4, v6).prefixes.isEmpty)
  }

  @Test func `the cover by blocks is exact and the smallest`() {
    var random = RandomSets(seed: 12)
    for _ in 0..<600 {
      let set = random.addressSet()
      let blocks = set.prefixes
      check(AddressSet(blocks) == set, "\(set)")
      check(blocks == blocks.sorted(), "\(set)")
      for (one, next) in zip(blocks, blocks.dropFirst()) {
        let joined = IPPrefix(one.address, length: one.length - 1)
        let couldJoin = one.length == next.length && one.length > 0 && joined.contains(next)
        check(!couldJoin && !one.overlaps(next), "\(one) and \(next) of \(set)")
      }
    }
    #expect(AddressSet.everything.prefixes == [.anyIPv4, .anyIPv6])
    let odd = AddressRange(IPAddress(v4: 1), IPAddress(v4: .max - 1))
    #expect(odd.prefixes.count == 62)
  }

  @Test func `addresses are counted up to the highest number`() {
    #expect(AddressSet.none.addressCount == 0)
    #expect(set("10.0.0.0/24", "10.0.2.0/24").addressCount == 512)
    #expect(AddressSet.allIPv4.addressCount == 1 << 32)
    #expect(set("8000::/1").addressCount == 1 << 127)
    #expect(AddressSet.allIPv6.addressCount == .max)
    #expect(AddressSet.everything.addressCount == .max)
    let allButOne = AddressSet.allIPv6.subtracting(set("::"))
    #expect(allButOne.addressCount == .max, "exactly the highest number")
    #expect(allButOne.union(set("10.0.0.0")).addressCount == .max)
  }

  @Test(arguments: [
    ("8.8.8.8", true), ("203.0.113.7", true), ("192.0.2.1", true), ("198.51.100.1", true), ("198.18.0.1", true),
    ("1.0.0.0", true), ("223.255.255.255", true), ("172.32.0.0", true), ("100.128.0.0", true), ("2001:db8::1", true),
    ("2000::", true), ("3fff:ffff::", true), ("0.1.2.3", false), ("10.0.0.1", false), ("100.64.0.1", false),
    ("127.0.0.1", false), ("169.254.169.254", false), ("172.31.255.255", false), ("192.168.0.1", false),
    ("224.0.0.1", false), ("240.0.0.1", false), ("255.255.255.255", false), ("::1", false), ("fc00::1", false),
    ("fe80::1", false), ("4000::", false), ("::ffff:8.8.8.8", false),
  ])
  func `the internet is public unicast space`(text: String, isPublic: Bool) throws {
    #expect(AddressSet.internetSpace.contains(try #require(IPAddress(text))) == isPublic)
  }

  @Test func `private space is no part of the internet`() {
    #expect(!AddressSet.privateSpace.overlaps(.internetSpace))
    #expect(
      AddressSet.privateSpace == set("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7"))
  }

  @Test func `a set is printed the way people write it`() {
    #expect(AddressSet.none.description == "none")
    #expect(AddressSet.everything.description == "any")
    #expect(AddressSet.allIPv4.description == "0.0.0.0/0")
    #expect(set("10.0.0.0/8", "1.2.3.4", "::/0").description == "1.2.3.4, 10.0.0.0/8, ::/0")
    let odd = AddressSet(ranges: [AddressRange(IPAddress(v4: 1), IPAddress(v4: 254))])
    #expect(odd.description == "0.0.0.1-0.0.0.254")
  }
}
