import PacketSpace
import Testing

@Suite struct IPPrefixTests {
  @Test(arguments: [
    ("10.0.0.0/8", "10.0.0.0/8"), ("10.1.2.3/8", "10.0.0.0/8"), ("0.0.0.0/0", "0.0.0.0/0"), ("1.2.3.4", "1.2.3.4/32"),
    ("255.255.255.255/1", "128.0.0.0/1"), ("::/0", "::/0"), ("2001:db8::1/32", "2001:db8::/32"), ("::1", "::1/128"),
    ("ffff::/1", "8000::/1"), ("::ffff:10.1.2.3/104", "::ffff:10.0.0.0/104"),
  ])
  func `a block is read and its host bits are masked`(text: String, canonical: String) {
    #expect(IPPrefix(text)?.description == canonical)
    #expect(IPPrefix(Substring(text)) == IPPrefix(canonical))
  }

  @Test(arguments: [
    "", "/", "/8", "10.0.0.0/", "10.0.0.0/33", "10.0.0.0/-1", "10.0.0.0/+8", "10.0.0.0/08", "10.0.0.0/8/8",
    "10.0.0.0/8 ",
    "10.0.0.0 /8", "10.0.0/8", "::/129", "::/0128", "::1/", "10.0.0.0/255.0.0.0", "10.0.0.0/99999999999999999999",
    "any",
  ])
  func `a text that is no block is refused`(text: String) {
    #expect(IPPrefix(text) == nil)
    #expect(!IPPrefix.hasHostBits(text))
  }

  @Test func `host bits are noticed`() {
    #expect(IPPrefix.hasHostBits("10.0.0.1/8"))
    #expect(IPPrefix.hasHostBits("2001:db8::1/32"))
    #expect(!IPPrefix.hasHostBits("10.0.0.0/8"))
    #expect(!IPPrefix.hasHostBits("10.0.0.1"))
    #expect(!IPPrefix.hasHostBits("10.0.0.1/32"))
  }

  @Test func `a block holds what shares its leading bits, in its family`() throws {
    let ten = try #require(IPPrefix("10.0.0.0/8"))
    #expect(ten.first == IPAddress("10.0.0.0") && ten.last == IPAddress("10.255.255.255"))
    #expect(try ten.contains(#require(IPAddress("10.255.255.255"))))
    #expect(try !ten.contains(#require(IPAddress("11.0.0.0"))))
    #expect(try !ten.contains(#require(IPAddress("::a00:0"))), "the number of 10.0.0.0, in IPv6")
    #expect(try ten.contains(#require(IPPrefix("10.1.0.0/16"))))
    #expect(try !ten.contains(#require(IPPrefix("8.0.0.0/5"))))
    #expect(try ten.overlaps(#require(IPPrefix("8.0.0.0/5"))))
    #expect(!ten.overlaps(.anyIPv6) && ten.overlaps(.anyIPv4))
    #expect(!ten.isHost && IPPrefix(host: ten.first).isHost)
    #expect(IPPrefix.anyIPv6.last.value == .max)
  }

  @Test func `a length beyond the family's is the nearest`() {
    #expect(IPPrefix(IPAddress(v4: 1), length: 40).length == 32)
    #expect(IPPrefix(IPAddress(v4: 1), length: -1) == .anyIPv4)
  }

  @Test func `containment agrees with the range of addresses`() {
    var random = RandomSets(seed: 3)
    for _ in 0..<5_000 {
      let (one, other, address) = (random.prefix(), random.prefix(), random.address())
      let range = AddressRange(one)
      check(one.contains(address) == range.contains(address), "\(one) \(address)")
      check(one.contains(other) == (range.contains(other.first) && range.contains(other.last)), "\(one) \(other)")
      check(one.overlaps(other) == AddressSet(one).overlaps(AddressSet(other)), "\(one) \(other)")
      check(IPPrefix(one.description) == one, "\(one)")
    }
  }
}
