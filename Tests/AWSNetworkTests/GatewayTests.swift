import AWSNetwork
import NetworkModel
import PacketSpace
import ReferenceInterpreter
import Testing

@Suite struct InternetGatewayTests {
  @Test func `what comes in needs a public address, and is answered by the route back`() {
    var estate = Estate.twoSubnets()
    estate.table("rtb-b", in: "vpc-1", subnets: ["subnet-b"])
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    estate.instance("i-bare", in: "subnet-a", "10.0.1.11", groups: ["sg-web"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", public: "52.0.0.2", groups: ["sg-web"])
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "i-a") == .connected)
    #expect(built.connects("8.8.8.8", "i-a", .tcp(80)) == .blocked)
    #expect(built.connects("8.8.8.8", "i-bare") == .blocked)
    #expect(built.arrives("8.8.8.8", "i-b") == .connected)
    #expect(built.connects("8.8.8.8", "i-b") == .blocked)
  }

  @Test func `what goes out needs a public address`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-open"])
    estate.instance("i-bare", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-a", "8.8.8.8") == .connected)
    #expect(built.connects("i-bare", "8.8.8.8") == .blocked)
  }

  @Test func `private and shared address space passes in neither direction`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-open"])
    let built = estate.built()
    for destination in ["192.168.1.1", "172.16.0.1", "100.64.0.1"] {
      #expect(built.arrives("i-a", destination) == .blocked)
    }
  }

  @Test func `a public address of the snapshot is reached through the gateway, by a translated source`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-peer", in: "vpc-1", ingress: [Estate.allow(.tcp(443), from: "52.0.0.1/32")])
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-open"])
    estate.instance("i-c", in: "subnet-a", "10.0.1.11", public: "52.0.0.3", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", public: "52.0.0.2", groups: ["sg-peer"])
    let built = estate.built()
    #expect(built.connects("i-a", "52.0.0.2") == .connected)
    #expect(built.connects("i-c", "52.0.0.2") == .blocked)
    #expect(built.connects("i-a", "10.0.2.10") == .blocked)
  }

  @Test func `an IPv6 address is public by itself`() {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16", ipv6: [Estate.known(Estate.prefix("2600:1f00:1::/56"))])
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24", ipv6: Estate.known(Estate.prefix("2600:1f00:1:1::/64")))
    estate.internetGateway("igw-1", "vpc-1")
    estate.table("rtb-1", in: "vpc-1", main: true, [Estate.route("::/0", "igw-1")])
    estate.group("sg-six", in: "vpc-1", ingress: [Estate.allow(.tcp(443), from: "::/0")])
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", ipv6: ["2600:1f00:1:1::a"], groups: ["sg-six"])
    let built = estate.built()
    #expect(built.connects("2a00:1450::1", "i-a") == .connected)
    #expect(built.connects("i-a", "2a00:1450::1") == .connected)
    #expect(built.connects("8.8.8.8", "i-a") == .blocked)
  }

  @Test func `an egress-only gateway lets IPv6 out and answers in`() {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16", ipv6: [Estate.known(Estate.prefix("2600:1f00:1::/56"))])
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24", ipv6: Estate.known(Estate.prefix("2600:1f00:1:1::/64")))
    estate.internetGateway("eigw-1", "vpc-1", egressOnly: true)
    estate.table("rtb-1", in: "vpc-1", main: true, [Estate.route("::/0", "eigw-1")])
    estate.group("sg-open", in: "vpc-1", ingress: Estate.all)
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", ipv6: ["2600:1f00:1:1::a"], groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-a", "2a00:1450::1") == .connected)
    #expect(built.arrives("2a00:1450::1", "i-a") == .blocked)
  }

  @Test func `a gateway that is routed to and absent may be there`() {
    var estate = Estate.twoSubnets()
    estate.records.internetGateways = []
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "i-a") == .undecided)
    #expect(built.connects("8.8.8.8", "i-a", .tcp(80)) == .blocked)
    #expect(built.network.gaps.contains { $0.subject == "igw-1" && $0.kind == .notPresent })
  }

  @Test func `a gateway attached under a condition that is not known may be there`() {
    var estate = Estate.twoSubnets()
    estate.records.internetGateways[0].vpcs = []
    estate.part(
      "attachment", of: Estate.reference("igw-1"), exists: .unknown(Missing("the condition Public is not known")),
      .gatewayVPC(Estate.reference("vpc-1")))
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    #expect(estate.built().connects("8.8.8.8", "i-a") == .undecided)
  }

  @Test func `a VPC without gateway is reached by nobody outside`() {
    var estate = Estate.twoSubnets()
    estate.records.internetGateways = []
    estate.records.routeTables[0].routes = []
    estate.records.collected = ["\(estate.account)/\(estate.region)/internet-gateways"]
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    #expect(estate.built().arrives("8.8.8.8", "i-a") == .blocked)
  }
}

@Suite struct NATGatewayTests {
  private func estate(_ entries: [NetworkACLRecord.Entry]? = nil, public outside: String? = "52.0.0.9") -> Estate {
    var estate = Estate.twoSubnets()
    estate.nat("nat-1", in: "subnet-a", "10.0.1.200", public: outside)
    estate.table(
      "rtb-b", in: "vpc-1", subnets: ["subnet-b"],
      [Estate.route("10.0.0.0/16", "local"), Estate.route("0.0.0.0/0", "nat-1")])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    if let entries {
      estate.acl("acl-a", in: "vpc-1", subnets: ["subnet-a"], entries)
      estate.acl("acl-0", in: "vpc-1", isDefault: true, [Estate.entry(100), Estate.entry(100, egress: true)])
    }
    return estate
  }

  @Test func `a NAT gateway hides its clients behind its public address and lets in answers only`() {
    let built = estate().built()
    #expect(built.connects("i-b", "8.8.8.8") == .connected)
    #expect(built.ask("i-b", "8.8.8.8")?.arrivedPacket?.source.number == Estate.address("52.0.0.9"))
    #expect(built.arrives("8.8.8.8", "52.0.0.9") == .blocked)
  }

  @Test func `a NAT gateway takes TCP, UDP and ICMP only`() {
    let built = estate().built()
    #expect(built.connects("i-b", "8.8.8.8", .udp(53)) == .connected)
    #expect(built.connects("i-b", "8.8.8.8", .ping) == .connected)
    #expect(built.connects("i-b", "8.8.8.8", .other(IPProtocol(rawValue: 47))) == .blocked)
  }

  @Test func `the ACL of a NAT gateway's subnet applies on both of its sides`() {
    let entries = [
      Estate.entry(100, "10.0.0.0/16"), Estate.entry(100, egress: true, "0.0.0.0/0", .tcp(443)),
      Estate.entry(110, egress: true, "10.0.0.0/16"),
    ]
    #expect(estate(entries).built().arrives("i-b", "8.8.8.8") == .connected)
    #expect(estate(entries).built().connects("i-b", "8.8.8.8") == .blocked, "answers come in from outside")
    let answers = Estate.entry(
      120, "0.0.0.0/0", TrafficSet(.tcp, destination: PortSet(PortRange(lower: 1024, upper: .max))))
    #expect(estate(entries + [answers]).built().connects("i-b", "8.8.8.8") == .connected)
  }

  @Test func `a private NAT gateway's packets are dropped by the internet gateway`() {
    #expect(estate(public: nil).built().arrives("i-b", "8.8.8.8") == .blocked)
  }

  @Test func `a route to a NAT gateway in the client's own subnet loops`() {
    var estate = Estate.twoSubnets()
    estate.nat("nat-1", in: "subnet-a", "10.0.1.200", public: "52.0.0.9")
    estate.records.routeTables[0].routes = [Estate.route("0.0.0.0/0", "nat-1")]
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    #expect(estate.built().arrives("i-a", "8.8.8.8") == .blocked)
  }

  @Test func `a NAT gateway that is not available drops`() {
    var estate = estate()
    estate.records.natGateways[0].isAvailable = Estate.known(false)
    #expect(estate.built().arrives("i-b", "8.8.8.8") == .blocked)
  }

  @Test func `a NAT gateway of a peer is not used over the peering`() {
    var estate = estate()
    estate.vpc("vpc-2", "10.2.0.0/16")
    estate.subnet("subnet-c", in: "vpc-2", "10.2.1.0/24")
    estate.peering("pcx-1", "vpc-2", "vpc-1")
    estate.table("rtb-c", in: "vpc-2", main: true, [Estate.route("0.0.0.0/0", "pcx-1")])
    estate.group("sg-2", in: "vpc-2", ingress: Estate.all)
    estate.instance("i-c", in: "subnet-c", "10.2.1.10", groups: ["sg-2"])
    #expect(estate.built().arrives("i-c", "8.8.8.8") == .blocked)
  }
}

@Suite struct PeeringTests {
  private func estate(
    active: Attribute<Bool> = .known(true, .none), accepterRegion: String? = nil, back: Bool = true
  ) -> Estate {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16")
    estate.vpc("vpc-2", "10.2.0.0/16")
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24")
    estate.subnet("subnet-c", in: "vpc-2", "10.2.1.0/24")
    estate.peering("pcx-1", "vpc-1", "vpc-2", active: active, accepterRegion: accepterRegion)
    estate.table("rtb-1", in: "vpc-1", main: true, [Estate.route("10.2.0.0/16", "pcx-1")])
    estate.table("rtb-2", in: "vpc-2", main: true, back ? [Estate.route("10.0.0.0/16", "pcx-1")] : [])
    estate.group("sg-1", in: "vpc-1")
    estate.group("sg-2", in: "vpc-2", ingress: [Estate.allow(.tcp(443), group: "sg-1")])
    estate.group("sg-3", in: "vpc-2", ingress: Estate.all)
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-1"])
    estate.instance("i-c", in: "subnet-c", "10.2.1.10", groups: ["sg-2"])
    estate.instance("i-d", in: "subnet-c", "10.2.1.11", groups: ["sg-3"])
    return estate
  }

  @Test func `a group of the peer may be named within a region`() {
    #expect(estate().built().connects("i-a", "i-c") == .connected)
  }

  @Test func `a group of the peer is not known across regions`() {
    let built = estate(accepterRegion: "us-east-1").built()
    #expect(built.connects("i-a", "i-c") == .blocked)
    #expect(built.connects("i-a", "i-d") == .connected)
  }

  @Test func `a peering that is not active passes nothing, and one of unknown state perhaps`() {
    #expect(estate(active: Estate.known(false)).built().connects("i-a", "i-d") == .blocked)
    #expect(
      estate(active: .unknown(Missing("the status is not known"))).built().connects("i-a", "i-d") == .undecided)
  }

  @Test func `both sides need a route`() {
    let built = estate(back: false).built()
    #expect(built.arrives("i-a", "i-d") == .connected)
    #expect(built.connects("i-a", "i-d") == .blocked)
  }

  @Test func `a peering is not transitive`() {
    var estate = estate()
    estate.vpc("vpc-3", "10.3.0.0/16")
    estate.subnet("subnet-e", in: "vpc-3", "10.3.1.0/24")
    estate.peering("pcx-2", "vpc-2", "vpc-3")
    estate.records.routeTables[0].routes.append(Estate.route("10.3.0.0/16", "pcx-1"))
    estate.records.routeTables[1].routes.append(Estate.route("10.3.0.0/16", "pcx-2"))
    estate.table("rtb-3", in: "vpc-3", main: true, [Estate.route("10.0.0.0/8", "pcx-2")])
    estate.group("sg-4", in: "vpc-3", ingress: Estate.all)
    estate.instance("i-e", in: "subnet-e", "10.3.1.10", groups: ["sg-4"])
    let built = estate.built()
    #expect(built.arrives("i-a", "i-e") == .blocked)
    #expect(built.connects("i-d", "i-e") == .connected)
  }

  @Test func `the internet gateway of a peer is not used`() {
    var estate = estate()
    estate.internetGateway("igw-2", "vpc-2")
    estate.records.routeTables[0].routes.append(Estate.route("0.0.0.0/0", "pcx-1"))
    estate.records.routeTables[1].routes.append(Estate.route("0.0.0.0/0", "igw-2"))
    #expect(estate.built().arrives("i-a", "8.8.8.8") == .blocked)
  }

  @Test func `a far side that is not in the snapshot may be anybody`() {
    var estate = estate()
    estate.records.peerings[0].accepter = PeeringRecord.Side(
      vpc: Estate.reference("vpc-9"), account: "999999999999", region: estate.region,
      blocks: [Estate.prefix("10.9.0.0/16")])
    estate.records.routeTables[0].routes = [Estate.route("10.9.0.0/16", "pcx-1")]
    let built = estate.built()
    #expect(built.arrives("i-a", "10.9.0.5") == .undecided)
    #expect(built.network.gaps.contains { $0.subject == "vpc-9" })
  }

  @Test func `a peering in the dumps of both its accounts is one peering`() {
    var estate = estate()
    estate.account = "222222222222"
    estate.peering("pcx-1", "vpc-1", "vpc-2")
    let built = estate.built()
    #expect(built.network.routers.filter { $0.kind == "peering" }.count == 1)
    #expect(built.connects("i-a", "i-d") == .connected)
  }
}
