import PacketSpace
import Testing

#if canImport(Glibc)
  import Glibc
#endif

@Suite struct IPAddressTests {
  @Test(arguments: [
    ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"), ("10.20.30.40", "10.20.30.40"), ("::", "::"),
    ("::1", "::1"), ("1::", "1::"), ("2001:DB8::00A1", "2001:db8::a1"), ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"),
    ("2001:0:0:1:0:0:0:1", "2001:0:0:1::1"), ("2001:db8:0:1:1:1:1:1", "2001:db8:0:1:1:1:1:1"),
    ("1:2:3:4:5:6:7::", "1:2:3:4:5:6:7:0"), ("::2:3:4:5:6:7:8", "0:2:3:4:5:6:7:8"),
    ("0:0:0:0:0:0:0:0", "::"), ("::ffff:192.0.2.1", "::ffff:192.0.2.1"), ("::ffff:c000:201", "::ffff:192.0.2.1"),
    ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"), ("1:2:3:4:5:6:1.2.3.4", "1:2:3:4:5:6:102:304"),
    ("::1.2.3.4", "::102:304"), ("fe80::", "fe80::"),
  ])
  func `an address is read and printed in its canonical form`(text: String, canonical: String) throws {
    let address = try #require(IPAddress(text))
    #expect(address.description == canonical)
    #expect(IPAddress(canonical) == address)
    #expect(IPAddress(Substring(text)) == address)
  }

  @Test(arguments: [
    "", " ", "1", "1.2.3", "1.2.3.4.5", "1.2.3.", ".1.2.3", "1..2.3", "256.0.0.1", "1.2.3.999", "010.0.0.1", "1.2.3.04",
    "00.0.0.0", "+1.2.3.4", "-1.2.3.4", "1.2.3.4 ", " 1.2.3.4", "1.2.3.4\n", "0x1.2.3.4", "1,2,3,4", "1.2.3.a",
    "10.0.0.0/8",
    ":", ":::", "1::2::3", "::1::", ":1:2:3:4:5:6:7", "1:2:3:4:5:6:7:", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9",
    "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", "1:2:3:4::5:6:7:8", "12345::", "::12345", "::g", "1:::2", "1.2.3.4::",
    "1.2.3.4::1", "::1.2.3.4:5", "1:2:3:4:5:6:7:1.2.3.4", "::1.2.3", "::01.2.3.4", "::1.2.3.256", "fe80::1%eth0",
    "[::1]", "::１", "١.٢.٣.٤", "::ffff:", "1:2", "::-1", "::+1",
  ])
  func `a text that is no address is refused`(text: String) {
    #expect(IPAddress(text) == nil)
    #expect(IPAddress(text[...]) == nil)
  }

  @Test func `very long texts are refused`() {
    #expect(IPAddress(String(repeating: "1", count: 1_000_000)) == nil)
    #expect(IPAddress(String(repeating: "0:", count: 500_000)) == nil)
    #expect(IPAddress(String(repeating: ":", count: 1_000_000)) == nil)
    #expect(IPAddress("::" + String(repeating: "0", count: 1_000_000)) == nil)
  }

  @Test func `IPv4 sorts before IPv6, and the families do not touch`() throws {
    let (lastV4, firstV6) = (try #require(IPAddress("255.255.255.255")), try #require(IPAddress("::")))
    #expect(lastV4 < firstV6)
    #expect(lastV4.next == nil)
    #expect(firstV6.previous == nil)
    #expect(IPAddress("::ffff:10.0.0.1") != IPAddress("10.0.0.1"))
    #expect(IPAddress("10.0.0.255")?.next == IPAddress("10.0.1.0"))
    #expect(IPFamily.v4.bitWidth == 32 && IPFamily.v6.bitWidth == 128)
  }

  @Test func `what is printed is read back`() {
    var random = RandomSets(seed: 1)
    for _ in 0..<5_000 {
      // Words that are often zero, so that every place and length of `::` occurs.
      var value: UInt128 = 0
      for _ in 0..<8 { value = value << 16 | UInt128(random.chance(0.5) ? 0 : random.number(0...65535)) }
      let address = IPAddress(family: .v6, value: value)
      check(IPAddress(address.description) == address, address.description)
      let v4 = IPAddress(v4: UInt32(truncatingIfNeeded: value))
      check(IPAddress(v4.description) == v4, v4.description)
    }
  }

  #if canImport(Glibc)
    @Test func `the C library reads the same texts as the same addresses`() {
      var random = RandomSets(seed: 2)
      let pieces = [
        ":", ":", ":", "::", "::", ".", ".", "0", "1", "10", "255", "256", "01", "ffff", "12345", "a", "F", "g",
        "1.2.3.4",
        "0.0.0.0", " ", "2001:db8",
      ]
      var accepted = 0
      for _ in 0..<60_000 {
        var text: String
        if random.chance(0.5) {
          text = (0..<random.number(1...12)).map { _ in random.pick(pieces) }.joined()
        } else {
          text = random.address().description
          let place = text.index(text.startIndex, offsetBy: random.number(0...text.count))
          text.insert(contentsOf: random.pick(pieces), at: place)
        }
        let (ours, theirs) = (IPAddress(text), readByTheCLibrary(text))
        check(ours == theirs, "\(text): \(String(describing: ours)) and \(String(describing: theirs))")
        if ours != nil { accepted += 1 }
      }
      #expect(accepted > 1_000, "the texts must not all be nonsense")
    }

    private func readByTheCLibrary(_ text: String) -> IPAddress? {
      let isV6 = text.contains(":")
      var bytes = [UInt8](repeating: 0, count: 16)
      guard unsafe inet_pton(isV6 ? AF_INET6 : AF_INET, text, &bytes) == 1 else { return nil }
      let value = bytes.prefix(isV6 ? 16 : 4).reduce(UInt128(0)) { $0 << 8 | UInt128($1) }
      return IPAddress(family: isV6 ? .v6 : .v4, value: value)
    }
  #endif
}
