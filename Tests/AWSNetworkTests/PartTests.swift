import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

/// Pieces that are declared apart from what they belong to, where that is not known.
@Suite struct PartTests {
  private static let missing = Missing("the parameter Owner has no value")

  /// One VPC in each of two accounts, with a host of its own public address and no route out.
  private func twoAccounts() -> Estate {
    var estate = Estate()
    for (number, account) in ["111111111111", "222222222222"].enumerated() {
      estate.account = account
      estate.vpc("vpc-\(number)", "10.\(number).0.0/16")
      estate.subnet("subnet-\(number)", in: "vpc-\(number)", "10.\(number).1.0/24")
      estate.internetGateway("igw-\(number)", "vpc-\(number)")
      estate.table(
        "rtb-\(number)", in: "vpc-\(number)", main: true, [Estate.route("10.\(number).0.0/16", "local")])
      estate.group("sg-\(number)", in: "vpc-\(number)", ingress: Estate.all)
      estate.instance("i-\(number)", in: "subnet-\(number)", "10.\(number).1.10", public: "52.0.0.\(number)")
      estate.records.interfaces[number].groups = [Estate.reference("sg-\(number)")]
    }
    return estate
  }

  @Test func `a route whose table is not known may be in any of its account, and in no other's`() {
    var estate = twoAccounts()
    #expect(estate.built().connects("i-0", "8.8.8.8") == .blocked)
    estate.account = "111111111111"
    estate.part("route", of: .unknown(Self.missing), .route(Estate.route("0.0.0.0/0", "igw-0")))
    let built = estate.built()
    #expect(built.connects("i-0", "8.8.8.8") == .undecided)
    #expect(built.connects("i-1", "8.8.8.8") == .blocked)
  }

  @Test func `a rule whose group is not known may be in any of its account, and in no other's`() {
    var estate = twoAccounts()
    for number in 0...1 {
      estate.records.securityGroups[number].ingress = []
      estate.records.routeTables[number].routes.append(Estate.route("0.0.0.0/0", "igw-\(number)"))
    }
    estate.account = "222222222222"
    estate.part(
      "rule", of: .unknown(Self.missing), .groupRule(Estate.allow(.tcp(443), from: "0.0.0.0/0"), isEgress: false))
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "i-0") == .blocked)
    #expect(built.connects("8.8.8.8", "i-1") == .undecided)
  }

  @Test func `a block whose VPC is not known may be any's of its account, and no other's`() {
    var estate = twoAccounts()
    estate.account = "111111111111"
    estate.part("block", of: .unknown(Self.missing), .vpcBlock(Estate.known(Estate.prefix("2001:db8::/56"))))
    let local = estate.built().network.tables.filter { $0.identity.key.hasSuffix("#local") }
    #expect(local.map { $0.open != nil } == [true, false])
  }

  @Test func `a gateway that is not known may be attached where it is said`() {
    var estate = twoAccounts()
    estate.records.internetGateways = []
    for number in 0...1 {
      estate.records.interfaces[number].addresses[0].publicAddress = .absent
    }
    #expect(estate.built().router("internet-gateway") == nil)
    estate.account = "111111111111"
    estate.part("attachment", of: .unknown(Self.missing), .gatewayVPC(Estate.reference("vpc-0")))
    let network = estate.built().network
    let outward = network.attachments.filter { network.leadsToInternet($0) }
    #expect(outward.map(\.usable.may) == [true])
    #expect(outward.map(\.usable.must) == [false])
  }

  @Test func `an entry of which the block or the traffic is not known may be there`() {
    for unknown in ["block", "traffic"] {
      var estate = Estate.twoSubnets()
      var entry = Estate.entry(100, "10.0.1.0/24", .tcp(443))
      if unknown == "block" { entry.block = .unknown(Self.missing) }
      if unknown == "traffic" { entry.traffic = .unknown(Self.missing) }
      estate.acl("acl-b", in: "vpc-1", subnets: ["subnet-b"], [entry, Estate.entry(100, egress: true)])
      estate.acl("acl-default", in: "vpc-1", isDefault: true, [Estate.entry(100), Estate.entry(100, egress: true)])
      estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
      estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
      #expect(estate.built().connects("i-a", "i-b") == .undecided, "\(unknown)")
    }
  }
}
