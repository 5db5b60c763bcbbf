import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

/// What AWS makes by itself, and what something speaks of that no record shows.
@Suite struct ImpliedTests {
  @Test func `a public address where no gateways were collected may be reached through one`() {
    var estate = Estate.twoSubnets()
    estate.records.internetGateways = []
    estate.records.routeTables[0].routes = [Estate.route("10.0.0.0/16", "local")]
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    let built = estate.built()
    #expect(built.arrives("8.8.8.8", "i-a") == .undecided)
    #expect(built.router("internet-gateway")?.identity.key.contains("internet-gateway") == true)
    #expect(built.network.gaps.contains { $0.subject == "vpc-1" && $0.kind == .notPresent })
  }

  @Test func `a gateway of another VPC is not the one that a table routes to`() {
    var estate = Estate.twoSubnets()
    estate.vpc("vpc-2", "10.2.0.0/16")
    estate.records.internetGateways[0].vpcs = [Estate.reference("vpc-2")]
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", public: "52.0.0.1", groups: ["sg-web"])
    let built = estate.built()
    #expect(built.connects("i-a", "8.8.8.8") == .undecided)
    #expect(built.network.gaps.contains { $0.subject == "igw-1" && $0.kind == .notPresent })
  }

  @Test func `a cluster whose group is known has that one and no other`() {
    var estate = Estate.twoSubnets()
    estate.group("sg-cluster", in: "vpc-1", ingress: [Estate.allow(.any, group: "sg-cluster")])
    estate.records.clusters.append(
      EKSClusterRecord(
        header: estate.header("prod"), subnets: [Estate.reference("subnet-a")], groups: [],
        clusterGroup: Estate.reference("sg-cluster")))
    estate.instance("i-member", in: "subnet-b", "10.0.2.10", groups: ["sg-cluster"])
    let built = estate.built()
    #expect(built.connects("i-member", "prod", .tcp(443)) == .connected)
    #expect(built.network.memberships.count == estate.records.securityGroups.count)
  }

  @Test func `the control plane stands where its interfaces are shown`() {
    var estate = Estate.twoSubnets()
    estate.records.clusters.append(
      EKSClusterRecord(
        header: estate.header("prod"), subnets: [Estate.reference("subnet-a"), Estate.reference("subnet-b")],
        groups: []))
    estate.interface(
      "eni-control", in: "subnet-b", ["10.0.2.77"], groups: ["sg-open"], description: "Amazon EKS prod")
    let endpoints = estate.built().network.endpoints.filter { $0.kind == "eks" && $0.attributes.values[.vpc] != nil }
    #expect(endpoints.map(\.placements.count) == [1])
    #expect(
      endpoints.first?.placements.first?.addresses == [HeldAddress(Estate.address("10.0.2.77"))])
    #expect(endpoints.first?.attributes.values[.subnet]?.contains("subnet-b") == true)
    #expect(endpoints.first?.attributes.values[.subnet]?.contains("subnet-a") == false)
  }

  @Test func `the instances of a group have public addresses as it says, else as the subnet does`() {
    func translations(_ own: Attribute<Bool>, subnet: Bool) -> Int {
      var estate = Estate()
      estate.vpc("vpc-1", "10.0.0.0/16")
      estate.subnet("subnet-a", in: "vpc-1", "10.0.1.0/24", mapsPublicAddress: subnet)
      estate.internetGateway("igw-1", "vpc-1")
      estate.group("sg-open", in: "vpc-1", ingress: Estate.all)
      estate.fleet("pool", in: "subnet-a", groups: ["sg-open"])
      estate.records.fleets[0].assignsPublicAddress = own
      return estate.built().network.attachments.reduce(0) { count, attachment in
        count + (attachment.translations ?? []).count { if case .oneToOne = $0.kind { true } else { false } }
      }
    }
    #expect(translations(.absent, subnet: true) == 1)
    #expect(translations(.absent, subnet: false) == 0)
    #expect(translations(Estate.known(true), subnet: false) == 1)
    #expect(translations(Estate.known(false), subnet: true) == 0)
  }

  @Test func `what has an IPv6 address rests on what was assumed of the VPC's blocks, once`() {
    var estate = Estate()
    estate.vpc("vpc-1", "10.0.0.0/16", ipv6: [Estate.known(Estate.prefix("2600:1f00::/56"))])
    let assumption = Assumption(code: "amazon-ipv6-block", text: "the block is Amazon's")
    estate.records.vpcs[0].ipv6Assumptions = [assumption]
    for (name, number) in [("subnet-a", 1), ("subnet-b", 2)] {
      estate.subnet(
        name, in: "vpc-1", "10.0.\(number).0/24", ipv6: Estate.known(Estate.prefix("2600:1f00:0:\(number)::/64")),
        assignsIPv6: true)
    }
    estate.group("sg-open", in: "vpc-1", ingress: Estate.all)
    estate.instance("i-both", in: "subnet-a", "10.0.1.10", ipv6: ["2600:1f00:0:1::10"], groups: ["sg-open"])
    estate.instance("i-four", in: "subnet-a", "10.0.1.11", groups: ["sg-open"])
    estate.fleet("pool", in: "subnet-a", "subnet-b", groups: ["sg-open"])
    let built = estate.built()
    func codes(_ name: String) -> [String]? { built.endpoint(name)?.assumptions.map { built.network[$0].code } }
    #expect(codes("i-both") == ["amazon-ipv6-block"])
    #expect(codes("pool") == ["amazon-ipv6-block"])
    #expect(codes("i-four") == [])
  }

  @Test func `a host is of its VPC's environment unless it says another`() {
    var estate = Estate.twoSubnets()
    estate.records.vpcs[0].header.tags["env"] = "prod"
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    estate.records.instances[1].header.tags["env"] = "dev"
    estate.database("db-1", in: "subnet-b", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.endpoint("i-a")?.attributes.values[.env] == ["prod"])
    #expect(built.endpoint("i-b")?.attributes.values[.env] == ["dev"])
    #expect(built.endpoint("db-1")?.attributes.values[.env] == ["prod"])
    #expect(built.endpoint("db-1")?.attributes.values[.vpc]?.contains("vpc-1") == true)
  }

  @Test func `a subnet whose block is not known is a gap`() {
    var estate = Estate.twoSubnets()
    estate.subnet("subnet-c", in: "vpc-1", nil)
    #expect(estate.built().network.gaps.contains { $0.subject == "subnet-c" && $0.kind == .notUnderstood })
  }

  @Test func `a lost host of a template may reach anything by its subnet's table`() {
    var estate = Estate()
    estate.stack = "app"
    estate.vpc("app/Vpc", "10.0.0.0/16")
    estate.group("app/Group", in: "app/Vpc", ingress: Estate.all)
    estate.instance("app/Lost", in: "?", "10.0.1.10", groups: ["app/Group"])
    estate.records.interfaces[0].subnet = .unknown(Missing("the parameter SubnetId has no value"))
    estate.records.interfaces[0].addresses[0].privateAddress = .absent
    estate.records.interfaces[0].addresses[0].isPublic = .unknown(Missing("it is the subnet's"))
    #expect(estate.built().arrives("app/Lost", "8.8.8.8") == .undecided)
  }
}
