import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

/// What is not known of where something stands leaves undecided what hangs on it, and nothing else.
@Suite struct UnplacedTests {
  private static let missing = Missing("the parameter SubnetId has no value")

  private func estate(_ subnet: Attribute<Reference>) -> Estate {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-web")])
    estate.instance("i-web", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    estate.instance("i-other", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    estate.instance("i-lost", in: "?", "10.7.0.1", groups: ["sg-db"])
    estate.records.interfaces[2].subnet = subnet
    estate.records.interfaces[2].addresses[0].privateAddress = .unknown(Self.missing)
    return estate
  }

  @Test func `what a host's groups refuse is refused wherever it stands, the rest is undecided`() {
    for subnet in [.unknown(Self.missing), Estate.reference("subnet-absent"), Attribute<Reference>.absent] {
      let built = estate(subnet).built()
      #expect(built.connects("i-web", "i-lost", .tcp(5432)) == .undecided)
      #expect(built.connects("i-other", "i-lost", .tcp(5432)) == .blocked)
      #expect(built.connects("i-web", "i-lost", .tcp(22)) == .blocked)
      #expect(built.connects("i-lost", "i-other") == .undecided)
      #expect(built.connects("i-web", "8.8.8.8") == .connected, "nothing else is less known")
      #expect(built.connects("i-web", "i-other") == .connected)
    }
  }

  @Test func `a lost host is reached at the IPv6 address that is known of it`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-six", in: "vpc-1", ingress: [Estate.allow(.tcp(443), from: "::/0")])
    estate.instance("i-lost", in: "subnet-absent", "10.7.0.1", ipv6: ["2001:db8:7::1"], groups: ["sg-six"])
    #expect(estate.built().arrives("2001:4860::1", "2001:db8:7::1") == .undecided)
    #expect(estate.built().arrives("2001:4860::1", "2001:db8:7::1", .tcp(22)) == .blocked)
  }

  @Test func `a lost host may be anywhere, so selectors by place may hold`() {
    let built = estate(.unknown(Self.missing)).built()
    #expect(built.endpoint("i-lost")?.attributes.unknownKeys[.vpc] != nil)
    #expect(built.endpoint("i-web")?.attributes.unknownKeys[.vpc] == nil)
    #expect(built.network.gaps.contains { $0.subject == "i-lost" || $0.subject == "eni-i-lost" })
  }

  @Test func `two hosts that are lost may or may not reach each other`() {
    var estate = estate(.unknown(Self.missing))
    estate.instance("i-lost-too", in: "?", "10.7.0.2", groups: ["sg-open"])
    estate.records.interfaces[3].subnet = .unknown(Missing("the parameter OtherSubnet has no value"))
    estate.records.interfaces[3].addresses[0].privateAddress = .unknown(Self.missing)
    #expect(estate.built().connects("i-lost", "i-lost-too") == .undecided)
  }

  @Test func `a database whose subnet group is absent may be reached from outside only if its groups let it`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-inner", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), from: "10.0.0.0/8")])
    estate.database("db-1", in: "subnet-a", groups: ["sg-inner"], isPublic: Estate.known(true))
    estate.database("db-2", in: "subnet-a", groups: ["sg-open"], isPublic: Estate.known(true))
    for number in 0...1 { estate.records.services[number].subnetGroup = .unknown(Self.missing) }
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "db-1", .tcp(5432)) == .blocked)
    #expect(built.connects("8.8.8.8", "db-2", .tcp(5432)) == .undecided)
  }

  private func unknownBlock() -> Estate {
    var estate = Estate()
    estate.stack = "net"
    estate.vpc("net/Vpc", "10.0.0.0/16")
    estate.records.vpcs[0].blocks = [.unknown(Missing("the parameter Cidr has no value"))]
    estate.subnet("net/A", in: "net/Vpc", nil)
    estate.subnet("net/B", in: "net/Vpc", nil)
    estate.internetGateway("net/Igw", "net/Vpc")
    estate.table("net/Table", in: "net/Vpc", subnets: ["net/A", "net/B"], [Estate.route("0.0.0.0/0", "net/Igw")])
    estate.group("net/Ten", in: "net/Vpc", ingress: [Estate.allow(.tcp(443), from: "10.0.0.0/8")])
    estate.group("net/Web", in: "net/Vpc", ingress: [Estate.allow(.tcp(443), from: "0.0.0.0/0")])
    estate.group("net/Db", in: "net/Vpc", ingress: [Estate.allow(.tcp(443), group: "net/Web")])
    for (name, subnet) in [("Ten", "A"), ("Web", "A"), ("Db", "B")] {
      estate.instance("net/\(name)Host", in: "net/\(subnet)", "10.0.0.1", groups: ["net/\(name)"])
      let last = estate.records.interfaces.count - 1
      estate.records.interfaces[last].addresses[0].privateAddress = .absent
    }
    estate.records.interfaces[1].addresses[0].isPublic = Estate.known(true)
    return estate
  }

  @Test func `subnets of unknown block reach each other, and a rule by block may hold for them`() {
    let built = unknownBlock().built()
    #expect(built.connects("net/WebHost", "net/DbHost") == .connected)
    #expect(built.connects("net/TenHost", "net/DbHost") == .blocked)
    #expect(built.connects("net/WebHost", "net/TenHost") == .undecided)
    #expect(built.connects("8.8.8.8", "net/WebHost") == .connected)
    #expect(built.connects("8.8.8.8", "net/TenHost") == .blocked)
  }

  @Test func `a route to a block may lead to a VPC whose block is not known`() {
    var estate = unknownBlock()
    estate.vpc("net/Peer", "10.9.0.0/16")
    estate.subnet("net/C", in: "net/Peer", "10.9.1.0/24")
    estate.peering("net/Peering", "net/Peer", "net/Vpc")
    estate.records.routeTables[0].routes.append(Estate.route("10.9.0.0/16", "net/Peering"))
    estate.table("net/PeerTable", in: "net/Peer", subnets: ["net/C"], [Estate.route("10.1.0.0/16", "net/Peering")])
    estate.group("net/PeerGroup", in: "net/Peer")
    estate.instance("net/PeerHost", in: "net/C", "10.9.1.10", groups: ["net/PeerGroup"])
    #expect(estate.built().connects("net/PeerHost", "net/WebHost") == .undecided)
  }
}
