import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

@Suite struct RoutingTests {
  /// Hosts a and b in two subnets, under one open group.
  private func hosts(_ estate: inout Estate) {
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", public: "52.0.0.2", groups: ["sg-open"])
  }

  @Test func `a route whose target is not known may lead to a peering or to the internet that no input shows`() {
    var estate = Estate()
    estate.stack = "net"
    for (number, vpc) in ["net/A", "net/B"].enumerated() {
      estate.vpc(vpc, "10.\(number).0.0/16")
      estate.subnet(vpc + "Subnet", in: vpc, "10.\(number).1.0/24")
      estate.group(vpc + "Group", in: vpc, ingress: [Estate.allow(.tcp(443), from: "10.0.0.0/8")])
      estate.instance(vpc + "Host", in: vpc + "Subnet", "10.\(number).1.10", groups: [vpc + "Group"])
    }
    var route = Estate.route("0.0.0.0/0", "?")
    route.target = .unknown(Missing("the export shared-gateway is not there"))
    estate.table("net/Table", in: "net/A", subnets: ["net/ASubnet"], [route])
    let built = estate.built()
    #expect(built.arrives("net/AHost", "8.8.8.8") == .undecided)
    #expect(built.arrives("net/AHost", "net/BHost") == .undecided)
    #expect(built.arrives("net/AHost", "net/BHost", .tcp(22)) == .blocked)
    #expect(built.arrives("net/BHost", "8.8.8.8") == .blocked)
    #expect(built.network.gaps.contains { $0.subject.contains("shared-gateway") })
  }

  @Test func `a subnet has its own table, else the VPC's main one`() {
    var estate = Estate.twoSubnets()
    estate.table("rtb-b", in: "vpc-1", subnets: ["subnet-b"], [Estate.route("10.0.0.0/16", "local")])
    hosts(&estate)
    let built = estate.built()
    #expect(built.connects("i-a", "8.8.8.8") == .connected)
    #expect(built.connects("i-b", "8.8.8.8") == .blocked)
    #expect(built.connects("i-a", "i-b") == .connected)
  }

  @Test func `the longest prefix wins, and a black hole drops`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables[0].routes.append(Estate.route("8.8.8.0/24", "blackhole"))
    hosts(&estate)
    let built = estate.built()
    #expect(built.connects("i-a", "8.8.8.8") == .blocked)
    #expect(built.connects("i-a", "8.8.4.4") == .connected)
  }

  @Test func `a static route beats a propagated one to the same block`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables[0].routes += [
      Estate.route("9.0.0.0/8", "blackhole", propagated: true), Estate.route("9.0.0.0/8", "igw-1"),
    ]
    hosts(&estate)
    #expect(estate.built().connects("i-a", "9.9.9.9") == .connected)
  }

  @Test func `a propagated route inside a local block never wins`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables[0].routes.append(Estate.route("10.0.2.0/24", "blackhole", propagated: true))
    hosts(&estate)
    #expect(estate.built().connects("i-a", "i-b") == .connected)
  }

  @Test func `IPv4 and IPv6 routes are independent`() {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16", ipv6: [Estate.known(Estate.prefix("2600:1f00:1::/56"))])
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24", ipv6: Estate.known(Estate.prefix("2600:1f00:1:1::/64")))
    estate.internetGateway("igw-1", "vpc-1")
    estate.table("rtb-1", in: "vpc-1", main: true, [Estate.route("0.0.0.0/0", "igw-1")])
    estate.group("sg-open", in: "vpc-1", ingress: Estate.all)
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", ipv6: ["2600:1f00:1:1::a"], groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("2a00:1450::1", "i-a") == .blocked)
    #expect(built.arrives("2a00:1450::1", "i-a") == .connected, "what comes in needs no route")
  }

  @Test func `each secondary block has its local route`() {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16", "10.1.0.0/16")
    estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24")
    estate.subnet("subnet-b", in: "vpc-1", "10.1.1.0/24")
    estate.table("rtb-1", in: "vpc-1", main: true)
    estate.group("sg-open", in: "vpc-1", ingress: Estate.all)
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.1.1.10", groups: ["sg-open"])
    #expect(estate.built().connects("i-a", "i-b") == .connected)
  }

  @Test func `a table association that may not exist leaves the routes undecided`() {
    var estate = Estate.twoSubnets()
    estate.table("rtb-b", in: "vpc-1", [])
    estate.part(
      "assoc", of: Estate.reference("rtb-b"), exists: .unknown(Missing("the condition Private is not known")),
      .tableSubnet(Estate.reference("subnet-b")))
    hosts(&estate)
    let built = estate.built()
    #expect(built.connects("i-b", "8.8.8.8") == .undecided)
    #expect(built.connects("i-a", "8.8.8.8") == .connected)
  }

  @Test func `a route table with a subnet that is not known may be anybody's`() {
    var estate = Estate.twoSubnets()
    estate.table("rtb-b", in: "vpc-1", [])
    estate.part(
      "assoc", of: Estate.reference("rtb-b"), .tableSubnet(.unknown(Missing("the parameter Subnet has no value"))))
    hosts(&estate)
    #expect(estate.built().connects("i-a", "8.8.8.8") == .undecided)
  }

  @Test func `a table that was not collected is a gap, and routes from its subnets are undecided`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables = []
    hosts(&estate)
    let built = estate.built()
    #expect(built.connects("i-a", "8.8.8.8") == .undecided)
    #expect(built.network.gaps.contains { $0.subject == "subnet-a" })
  }

  @Test func `a route by a list of prefixes that is not seen is undecided`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables[0].routes = [
      RouteRecord(
        destination: .absent, prefixList: Reference("pl-partners"),
        target: Estate.known(.resource(Reference("igw-1"))), derivation: .none)
    ]
    hosts(&estate)
    #expect(estate.built().connects("i-a", "8.8.8.8") == .undecided)
  }

  @Test func `a target that is not modelled is a gap, and what lies behind it is undecided`() {
    var estate = Estate.twoSubnets()
    estate.records.routeTables[0].routes.append(Estate.route("172.16.0.0/12", "tgw-1"))
    hosts(&estate)
    let built = estate.built()
    #expect(built.arrives("i-a", "172.16.0.9") == .undecided)
    #expect(built.zone("behind:tgw-1") != nil)
    #expect(built.network.gaps.contains { $0.subject == "tgw-1" && $0.kind == .notModelled })
  }

  @Test func `a host with its check on drops what is not for it, and one with it off may pass it on`() {
    for (checks, verdict) in [(true, Verdict.blocked), (false, .undecided)] {
      var estate = Estate.twoSubnets()
      estate.instance("i-fw", in: "subnet-a", "10.0.1.5", public: "52.0.0.9", groups: ["sg-open"], checks: checks)
      estate.table(
        "rtb-b", in: "vpc-1", subnets: ["subnet-b"],
        [Estate.route("10.0.0.0/16", "local"), Estate.route("0.0.0.0/0", "eni-i-fw")])
      hosts(&estate)
      #expect(estate.built().arrives("i-b", "8.8.8.8") == verdict)
    }
  }

  @Test func `a gateway's own table sends what comes in through an appliance`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-fw", in: "subnet-a", "10.0.1.5", groups: ["sg-open"], checks: false)
    estate.table("rtb-edge", in: "vpc-1", [Estate.route("10.0.2.0/24", "eni-i-fw")])
    estate.records.routeTables[1].gateways = [Reference("igw-1")]
    hosts(&estate)
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "i-a") == .connected)
    #expect(built.arrives("8.8.8.8", "i-b") == .undecided)
  }
}
