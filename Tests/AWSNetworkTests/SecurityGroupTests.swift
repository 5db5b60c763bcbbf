import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

@Suite struct SecurityGroupTests {
  @Test func `the rules of all groups of an interface are united`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-ssh", in: "vpc-1", ingress: [Estate.allow(.tcp(22), from: "10.0.0.0/16")])
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-web", "sg-ssh"])
    let built = estate.built()
    #expect(built.connects("i-1", "i-2", .tcp(443)) == .connected)
    #expect(built.connects("i-1", "i-2", .tcp(22)) == .connected)
    #expect(built.connects("i-1", "i-2", .tcp(80)) == .blocked)
  }

  @Test func `a group without rules in a direction lets nothing begin that way`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-mute", in: "vpc-1", ingress: Estate.all, egress: [])
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-mute"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-1", "i-2") == .blocked)
    #expect(built.connects("i-2", "i-1") == .connected, "an answer passes whatever the rules say")
  }

  @Test func `a reference matches the private addresses of members, not who comes by a public one`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-web")])
    estate.instance("i-web", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    estate.instance("i-other", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", public: "52.0.0.2", groups: ["sg-db"])
    let built = estate.built()
    #expect(built.connects("i-web", "10.0.2.10", .tcp(5432)) == .connected)
    #expect(built.connects("i-other", "10.0.2.10", .tcp(5432)) == .blocked)
    #expect(built.connects("i-web", "52.0.0.2", .tcp(5432)) == .blocked)
  }

  @Test func `secondary addresses and delegated prefixes belong to the interface's groups`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-web")])
    estate.instance("i-web", in: "subnet-a", "10.0.1.10", "10.0.1.11", prefixes: ["10.0.1.48/28"], groups: ["sg-web"])
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", groups: ["sg-db"])
    let built = estate.built()
    let held = built.endpoint("i-web")?.placements.first?.addresses ?? []
    #expect(held.count == 3)
    #expect(held.contains(.prefix(Estate.prefix("10.0.1.48/28"))))
    #expect(built.arrives("i-db", "10.0.1.50", .tcp(443)) == .connected)
  }

  @Test func `protocol -1 is everything, and ICMP is matched by type and code`() {
    var estate = Estate.twoSubnets()
    let echo = TrafficSet(icmp: .icmp, type: 8, code: nil)
    estate.group("sg-ping", in: "vpc-1", ingress: [Estate.allow(echo, from: "0.0.0.0/0")])
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-ping"])
    let built = estate.built()
    #expect(built.connects("i-1", "i-2", .ping) == .connected)
    #expect(built.connects("i-1", "i-2", .icmp(.icmp, type: 13, code: 0)) == .blocked)
    #expect(built.connects("i-2", "i-1", .other(IPProtocol(rawValue: 50))) == .connected)
  }

  @Test func `rules declared apart are part of their group`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-shut", in: "vpc-1")
    estate.part(
      "sgr-1", of: Estate.reference("sg-shut"), .groupRule(Estate.allow(.tcp(22), from: "10.0.0.0/16"), isEgress: false)
    )
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-shut"])
    let built = estate.built()
    #expect(built.connects("i-1", "i-2", .tcp(22)) == .connected)
    #expect(built.connects("i-1", "i-2", .tcp(23)) == .blocked)
  }

  @Test func `a rule under a condition that is not known is undecided`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-shut", in: "vpc-1")
    estate.part(
      "sgr-1", of: Estate.reference("sg-shut"), exists: .unknown(Missing("the condition IsProd is not known")),
      .groupRule(Estate.allow(.tcp(22), from: "10.0.0.0/16"), isEgress: false))
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-shut"])
    let built = estate.built()
    #expect(built.connects("i-1", "i-2", .tcp(22)) == .undecided)
    #expect(built.connects("i-1", "i-2", .tcp(23)) == .blocked)
  }

  @Test func `a rule whose owner is not known may belong to any group of its account and region`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-shut", in: "vpc-1")
    estate.part(
      "sgr-1", of: .unknown(Missing("the parameter GroupId has no value")),
      .groupRule(Estate.allow(.tcp(22), from: "10.0.0.0/16"), isEgress: false))
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-2", in: "subnet-b", "10.0.2.10", groups: ["sg-shut"])
    #expect(estate.built().connects("i-1", "i-2", .tcp(22)) == .undecided)
  }

  @Test func `a group that is absent may hold what the rule is asked about, and is a gap`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-absent")])
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-lost", in: "subnet-a", "10.0.1.11", groups: ["sg-absent"])
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", groups: ["sg-db"])
    let built = estate.built()
    #expect(built.connects("i-lost", "i-db", .tcp(5432)) == .undecided, "its own rules are not seen")
    #expect(built.connects("10.0.1.77", "i-db", .tcp(5432)) == .undecided)
    #expect(built.connects("i-1", "i-db", .tcp(5432)) == .blocked)
    #expect(built.network.gaps.contains { $0.subject == "sg-absent" && $0.kind == .notPresent })
  }

  @Test func `an interface under a group that is not known may be a member of any group`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-web")])
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: [])
    estate.records.interfaces[0].groups = [.unknown(Missing("the parameter Groups has no value"))]
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", groups: ["sg-db"])
    #expect(estate.built().connects("i-1", "i-db", .tcp(5432)) == .undecided)
  }

  @Test func `an interface without a group named is under its VPC's default group`() {
    var estate = Estate()
    estate.stack = "net"
    estate.vpc("net/Vpc", "10.0.0.0/16")
    estate.subnet("net/A", in: "net/Vpc", "10.0.1.0/24")
    estate.group("net/Open", in: "net/Vpc", ingress: Estate.all)
    estate.instance("net/One", in: "net/A", "10.0.1.10")
    estate.instance("net/Two", in: "net/A", "10.0.1.11")
    estate.instance("net/Other", in: "net/A", "10.0.1.12", groups: ["net/Open"])
    let built = estate.built()
    #expect(built.connects("net/One", "net/Two") == .connected, "members of the default group reach each other")
    #expect(built.connects("net/One", "net/Other") == .connected, "and everyone")
    #expect(built.connects("net/Other", "net/One") == .blocked, "nobody else reaches them")
  }

  @Test func `one group in the dumps of two accounts is one group`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-shared")])
    estate.group("sg-shared", in: "vpc-1")
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", groups: ["sg-db"])
    estate.account = "222222222222"
    estate.group("sg-shared", in: "vpc-1")
    estate.instance("i-app", in: "subnet-a", "10.0.1.10", groups: ["sg-shared"])
    let built = estate.built()
    #expect(built.connects("i-app", "i-db", .tcp(5432)) == .connected)
    #expect(built.network.memberships.filter { $0.identity.key.hasSuffix("sg-shared") }.count == 1)
  }

  @Test func `a prefix list admits its entries, and what is not seen of one is undecided`() {
    var estate = Estate.twoSubnets()
    func rule(_ list: String) -> SecurityGroupRule {
      SecurityGroupRule(
        peer: .prefixList(Estate.reference(list)), traffic: Estate.known(.tcp(443)), derivation: .none)
    }
    estate.records.prefixLists = [
      PrefixListRecord(header: estate.header("pl-1"), entries: [Estate.prefix("10.0.1.0/24")], isAWSManaged: false),
      PrefixListRecord(header: estate.header("pl-2"), entries: nil, isAWSManaged: false),
      PrefixListRecord(header: estate.header("pl-3"), entries: nil, isAWSManaged: true),
    ]
    for number in 1...4 {
      estate.group("sg-\(number)", in: "vpc-1", ingress: [rule("pl-\(number)")])
      estate.instance("i-\(number)", in: "subnet-b", "10.0.2.\(number + 10)", groups: ["sg-\(number)"])
    }
    estate.instance("i-in", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-in", "i-1") == .connected)
    #expect(built.connects("i-in", "i-2") == .undecided)
    #expect(built.connects("i-in", "i-3") == .blocked, "a provider's own list holds addresses of its service only")
    #expect(built.connects("i-in", "i-4") == .undecided)
  }
}
