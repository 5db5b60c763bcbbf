import AWSNetwork
import NetworkModel
import PacketSpace
import ReferenceInterpreter
import Testing

@Suite struct HostTests {
  @Test func `an interface endpoint never starts a connection, and a function never accepts one`() {
    var estate = Estate.twoSubnets()
    estate.interface("eni-vpce", in: "subnet-a", ["10.0.1.20"], groups: ["sg-open"], type: "vpc_endpoint")
    estate.interface("eni-lambda", in: "subnet-a", ["10.0.1.30"], groups: ["sg-open"], type: "lambda")
    estate.instance("i-1", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    let built = estate.built()
    #expect(built.connects("i-1", "eni-vpce") == .connected)
    #expect(built.connects("eni-vpce", "i-1") == .blocked)
    #expect(built.connects("eni-lambda", "i-1") == .connected)
    #expect(built.connects("i-1", "eni-lambda") == .blocked)
  }

  @Test func `each private address has its own public one`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", "10.0.1.11", groups: ["sg-web"])
    estate.records.interfaces[0].addresses[1].publicAddress = Estate.known(Estate.address("52.0.0.11"))
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "52.0.0.11") == .connected)
    #expect(built.ask("8.8.8.8", "52.0.0.11")?.arrivedPacket?.destination.number == Estate.address("10.0.1.11"))
  }

  @Test func `a public address that may be given leaves undecided what comes in by it`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-web"])
    estate.records.interfaces[0].addresses[0].isPublic = .unknown(Missing("the parameter Public has no value"))
    #expect(estate.built().connects("8.8.8.8", "i-1") == .undecided)
    estate.records.interfaces[0].addresses[0].isPublic = Estate.known(true)
    #expect(estate.built().connects("8.8.8.8", "i-1") == .connected)
  }

  @Test func `a host under a condition that is not known may not exist`() {
    var estate = Estate.twoSubnets()
    estate.instance("i-1", in: "subnet-a", "10.0.1.10", groups: ["sg-web"])
    estate.records.instances[0].header.exists = .unknown(Missing("the condition Debug is not known"))
    let endpoint = estate.built().endpoint("i-1")
    #expect(endpoint?.exists.must == false && endpoint?.exists.may == true)
  }

  @Test func `zones are compared by id where the id is known`() {
    var estate = Estate.twoSubnets()
    estate.records.subnets[0].zoneName = "eu-west-1a"
    let segment = estate.built().network.segments.first { $0.identity.name == "subnet-a" }
    #expect(segment?.availabilityZone == "euw1-az1")
    #expect(segment?.attributes.values[.az] == ["euw1-az1", "eu-west-1a"])
  }

  @Test func `a private NAT gateway's packets follow the table of its own subnet`() {
    var estate = Estate.twoSubnets()
    estate.vpc("vpc-2", "10.2.0.0/16")
    estate.subnet("subnet-c", in: "vpc-2", "10.2.1.0/24")
    estate.peering("pcx-1", "vpc-1", "vpc-2")
    estate.nat("nat-1", in: "subnet-a", "10.0.1.200")
    estate.records.routeTables[0].routes.append(Estate.route("10.2.0.0/16", "pcx-1"))
    estate.table("rtb-b", in: "vpc-1", subnets: ["subnet-b"], [Estate.route("10.2.0.0/16", "nat-1")])
    estate.table("rtb-c", in: "vpc-2", main: true, [Estate.route("10.0.1.0/24", "pcx-1")])
    estate.group("sg-c", in: "vpc-2", ingress: [Estate.allow(.tcp(443), from: "10.0.1.200/32")])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-c", in: "subnet-c", "10.2.1.10", groups: ["sg-c"])
    let built = estate.built()
    #expect(built.connects("i-b", "i-c") == .connected, "it arrives with the gateway's address")
    #expect(built.connects("i-a", "i-c") == .blocked)
  }

  @Test func `a host that names an absent one's interface is left a host of its own`() {
    var estate = Estate.twoSubnets()
    estate.interface("eni-1", in: "subnet-a", ["10.0.1.10"], groups: ["sg-open"], instance: "i-absent")
    estate.interface("eni-2", in: "subnet-b", ["10.0.2.10"], groups: ["sg-open"], instance: "i-absent")
    let built = estate.built()
    #expect(built.network.endpoints.map(\.kind) == ["instance", "instance"])
    #expect(Set(built.network.endpoints.map(\.host)) == ["i-absent"])
  }

  @Test func `records that name nothing that exists are gaps, never faults`() {
    var estate = Estate()
    estate.subnet("subnet-a", in: "vpc-absent", "10.0.1.0/24")
    estate.internetGateway("igw-1", "vpc-absent-too")
    estate.nat("nat-1", in: "subnet-absent", "10.0.1.200", public: "52.0.0.9")
    estate.peering("pcx-1", "vpc-gone", "vpc-gone-too")
    estate.table("rtb-1", in: "vpc-absent", subnets: ["subnet-absent"], [Estate.route("0.0.0.0/0", "nat-absent")])
    estate.acl("acl-1", in: "vpc-absent", subnets: ["subnet-absent"], [])
    estate.instance("i-1", in: "subnet-absent", "10.0.1.10", groups: ["sg-absent"])
    estate.balancer("alb-1", "application", in: "subnet-absent", groups: ["sg-absent"])
    estate.listener("l-1", of: "alb-absent", 443, "HTTPS", to: "tg-absent")
    estate.database("db-1", in: "subnet-absent", groups: ["sg-absent"])
    estate.fleet("asg-1", in: "subnet-absent", groups: ["sg-absent"], targetGroups: ["tg-absent"])
    let built = estate.built()
    for subject in ["vpc-absent", "subnet-absent", "sg-absent"] {
      #expect(built.network.gaps.contains { $0.subject == subject && $0.kind == .notPresent }, "\(subject)")
    }
    #expect(built.endpoints("i-1").count == 1 && built.endpoints("db-1").count == 1)
  }
}
