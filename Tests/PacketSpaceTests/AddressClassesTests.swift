import PacketSpace
import Testing

@Suite struct AddressClassesTests {
  private func set(_ texts: String...) -> AddressSet { AddressSet(texts.compactMap { IPPrefix($0) }) }

  @Test func `without sets there is one class a family`() {
    let classes = AddressClasses(distinguishing: [])
    #expect(classes.count == 2)
    #expect(classes.region(0) == .allIPv4 && classes.region(1) == .allIPv6)
    #expect(AddressClasses(distinguishing: [.everything, .none, .allIPv4]).count == 2)
  }

  @Test func `far-apart ranges that no set tells apart are one class`() throws {
    let classes = AddressClasses(distinguishing: [set("10.0.0.0/8", "192.168.0.0/16")])
    #expect(classes.count == 3)
    let (one, other) = (try #require(IPAddress("10.1.2.3")), try #require(IPAddress("192.168.9.9")))
    #expect(classes.classIndex(of: one) == classes.classIndex(of: other))
    #expect(classes.region(classes.classIndex(of: one)) == set("10.0.0.0/8", "192.168.0.0/16"))
  }

  @Test func `a singled host has a class of its own`() throws {
    let host = try #require(IPAddress("10.0.0.5"))
    let classes = AddressClasses(distinguishing: [set("10.0.0.0/8")], alsoSingling: [host, host])
    #expect(classes.count == 4)
    #expect(classes.region(classes.classIndex(of: host)) == AddressSet(host))
  }

  @Test func `two addresses are in one class exactly if they are in the same sets`() {
    var random = RandomSets(seed: 20)
    for round in 0..<60 {
      // Every tenth round has enough sets for a tree of words.
      let sets = (0..<(round % 10 == 9 ? 200 : random.number(0...6))).map { _ in random.addressSet() }
      let hosts = (0..<random.number(0...2)).map { _ in random.address() }
      let classes = AddressClasses(distinguishing: sets, alsoSingling: hosts)
      let places = RandomSets.addresses + (0..<20).map { _ in random.address() }
      let told = places.map { place in sets.map { $0.contains(place) } + hosts.map { $0 == place } }
      for (left, one) in places.enumerated() {
        for (right, other) in places.enumerated() {
          let alike = one.family == other.family && told[left] == told[right]
          let together = classes.classIndex(of: one) == classes.classIndex(of: other)
          check(alike == together, "round \(round): \(one) and \(other)")
        }
      }
    }
  }

  @Test(arguments: [1, 63, 64, 65, 128, 129, 300])
  func `each of many sets with an address of its own has a class of its own`(count: Int) {
    // Any two sets are told apart, whichever words of the signature they stand in, and so is what is in none or in all of them.
    let shared = IPPrefix(IPAddress(v4: 0xC000_0000), length: 8)
    let hosts = (0..<count).map { IPAddress(v4: UInt32($0 * 3)) }
    let classes = AddressClasses(distinguishing: hosts.map { AddressSet($0).union(AddressSet(shared)) })
    #expect(Set(hosts.map(classes.classIndex)).count == count)
    #expect(classes.count == (count == 1 ? 3 : count + 3))
    for (number, host) in hosts.enumerated() where count > 1 {
      check(classes.region(classes.classIndex(of: host)) == AddressSet(host), "host \(number) of \(count)")
    }
  }

  @Test func `the classes are a partition in order of their first address`() {
    var random = RandomSets(seed: 21)
    for _ in 0..<60 {
      let classes = AddressClasses(distinguishing: (0..<5).map { _ in random.addressSet() })
      var seen = AddressSet.none
      var last: IPAddress?
      for index in 0..<classes.count {
        let region = classes.region(index)
        check(!region.isEmpty && !region.overlaps(seen), "class \(index)")
        seen.formUnion(region)
        guard let first = classes.representative(index) else { continue }
        check(classes.classIndex(of: first) == index, "class \(index)")
        if let last { check(last < first, "class \(index) is out of order") }
        last = first
      }
      check(seen == .everything, "the classes leave out \(seen.complement)")
    }
  }

  @Test func `sets in any order give the same classes`() {
    var random = RandomSets(seed: 22)
    for _ in 0..<20 {
      let sets = (0..<6).map { _ in random.addressSet() }
      let one = AddressClasses(distinguishing: sets)
      let other = AddressClasses(distinguishing: random.shuffled(sets + sets.prefix(2)))
      check((0..<one.count).map(one.region) == (0..<other.count).map(other.region), "\(sets)")
    }
  }

  @Test func `the classes that meet a set are those that share an address with it`() {
    var random = RandomSets(seed: 23)
    for _ in 0..<100 {
      let classes = AddressClasses(distinguishing: (0..<4).map { _ in random.addressSet() })
      let asked = random.addressSet()
      let expected = (0..<classes.count).filter { classes.region($0).overlaps(asked) }
      check(classes.classes(meeting: asked) == expected, "\(asked)")
      for index in 0..<classes.count {
        let address = classes.representative(index, within: asked)
        check((address != nil) == expected.contains(index), "class \(index) within \(asked)")
        if let address { check(asked.contains(address) && classes.classIndex(of: address) == index, "\(address)") }
      }
    }
  }

  @Test(.timeLimit(.minutes(1)))
  func `many sets that each hold half of the others' ends take no quadratic time`() {
    let sets = (0..<4_000).map { number in
      AddressSet(ranges: [AddressRange(IPAddress(v4: UInt32(number)), IPAddress(v4: .max - UInt32(number)))])
    }
    let classes = AddressClasses(distinguishing: sets)
    #expect(classes.count == 4_001)
  }
}
