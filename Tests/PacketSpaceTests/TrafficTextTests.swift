import PacketSpace
import Testing

@Suite struct TrafficTextTests {
  @Test(arguments: [
    "any", "none", "tcp", "udp/53", "tcp/443", "tcp/80,443,udp/53", "tcp/80,443,1000-2000", "icmp", "icmp/8",
    "icmp/3/4",
    "icmpv6/128", "ip/107", "ip/0", "ip/255", "tcp/443 from 1024-65535", "tcp from 53", "tcp/80,tcp/443 from 5",
    "tcp/443 from 1-2,tcp/443 from 9", "sctp/0-1", "tcp/65535", "icmp/0-7,icmp/9-255", "icmp/0-255/3", "icmp/3/0-3",
    "tcp/22,udp,sctp/9,icmp/0,icmp/8,icmpv6,ip/47,ip/50",
  ])
  func `a canonical text is read and printed as it is`(text: String) throws {
    #expect(try TrafficSet.parse(text).description == text)
  }

  @Test(arguments: [
    ("tcp/443, udp/53", "tcp/443,udp/53"), ("udp/53,tcp/443", "tcp/443,udp/53"), ("tcp/443 , 80", "tcp/80,443"),
    ("tcp/80,81,82", "tcp/80-82"), ("TCP/443", "tcp/443"), ("icmp6/1", "icmpv6/1"), ("ip/6", "tcp"), ("ip/1", "icmp"),
    ("icmp/8,0", "icmp/0,icmp/8"), ("icmp/8/0,icmp/8", "icmp/8"), ("tcp/0-65535", "tcp"), ("tcp/5-5", "tcp/5"),
    ("tcp/80 from 1,443", "tcp/443,tcp/80 from 1"), ("  tcp/1  ", "tcp/1"), ("tcp/1  from  2", "tcp/1 from 2"),
    ("tcp,udp,sctp,icmp,icmpv6", "tcp,udp,sctp,icmp,icmpv6"),
  ])
  func `other ways to write it mean the same`(text: String, canonical: String) throws {
    #expect(try TrafficSet.parse(text).description == canonical)
  }

  @Test(arguments: [
    "", " ", ",", "tcp/443,", ",tcp/443", "tcp/443,,80", "tcp/", "tcp/70000", "tcp/65536", "tcp/-1", "tcp/+1",
    "tcp/080",
    "tcp/1-", "tcp/-", "tcp/2-1", "tcp/1-2-3", "tcp/http", "tcp/443/1", "443", "80,tcp/443", "tcp,443", "ip/47,50",
    "6/443",
    "6", "gre", "ip", "ip/", "ip/256", "ip/6/443", "ip/-1", "icmp/", "icmp/256", "icmp/8/256", "icmp/8/", "icmp/8/0/0",
    "icmp/8 from 5", "icmp from 5", "ip/47 from 5", "any from 5", "any,tcp/4", "tcp/4,any", "any,any", "none,tcp/1",
    "!any",
    "tcp/443 from", "tcp/443 from 70000", "tcp/443 from 2-1", "tcp/443 to 5", "tcp/443 from 1 2", "from 5", "tcp 443",
    "tcp:443", "tcp/443;udp/53", "ANY", "tcp/４４３", "tcp/443\n", "tcp/1\tfrom\t2",
  ])
  func `a text that is no traffic is refused with a reason`(text: String) {
    #expect(TrafficSet(text) == nil)
    #expect(throws: TrafficSyntaxError.self) { try TrafficSet.parse(text) }
  }

  @Test func `a refusal names the item and what should stand there`() {
    #expect(throws: TrafficSyntaxError(item: "tcp/70000", expected: "a port is 0 to 65535, a range is LOW-HIGH")) {
      try TrafficSet.parse("udp/53, tcp/70000")
    }
    #expect(TrafficSyntaxError(item: "x", expected: "expected y").description == "`x` is not traffic: expected y")
  }

  @Test func `what is printed is read back`() {
    var random = RandomSets(seed: 40)
    for _ in 0..<1_500 {
      let set = random.trafficSet()
      check(TrafficSet(set.description) == set, set.description)
    }
    for point in RandomSets.points { check(TrafficSet(point.description) == TrafficSet(point), point.description) }
  }

  @Test func `a text of very many items is refused before work is done`() {
    let text = (0..<100_000).map { "tcp/\($0 % 60_000) from \($0 % 50_000)" }.joined(separator: ",")
    #expect(TrafficSet(text) == nil)
    #expect(TrafficSet("tcp/1" + String(repeating: ",1", count: 4095))?.description == "tcp/1")
  }

  @Test func `random texts are refused or read, and never crash`() {
    var random = RandomSets(seed: 41)
    let pieces = [
      "tcp", "udp", "icmp", "ip", "any", "none", "/", "/", ",", " ", "-", "from", "0", "8", "443", "65535", "65536",
    ]
    var read = 0
    for _ in 0..<20_000 {
      let text = (0..<random.number(1...9)).map { _ in random.pick(pieces) }.joined()
      guard let set = TrafficSet(text) else { continue }
      read += 1
      check(TrafficSet(set.description) == set, text)
    }
    #expect(read > 200, "the texts must not all be nonsense")
  }

  @Test func `protocols are read by name or plain number`() {
    #expect(IPProtocol(name: "tcp") == .tcp && IPProtocol(name: "UDP") == .udp && IPProtocol(name: "58") == .icmpv6)
    for text in ["", "-1", "256", "+6", "06", "tcp ", "all", "1.0"] { #expect(IPProtocol(name: text) == nil) }
    #expect(IPProtocol(rawValue: 107).description == "ip/107")
    #expect([IPProtocol.tcp, .udp, .sctp].allSatisfy { $0.hasPorts && !$0.isICMP })
    #expect([IPProtocol.icmp, .icmpv6].allSatisfy { !$0.hasPorts && $0.isICMP })
    #expect(!IPProtocol(rawValue: 47).hasPorts && !IPProtocol(rawValue: 47).isICMP)
  }
}
