import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

/// Records of several files, told apart and put together.
@Suite struct RecordTests {
  @Test func `a stack in one place needs no place in its keys`() {
    var estate = Estate()
    estate.stack = "app"
    estate.vpc("app/Vpc", "10.0.0.0/16")
    estate.subnet("app/A", in: "app/Vpc", "10.0.1.0/24")
    estate.group("app/Group", in: "app/Vpc", ingress: Estate.all)
    estate.instance("app/Web", in: "app/A", "10.0.1.10", groups: ["app/Group"])
    let keys = estate.built().network.endpoints.map(\.host)
    #expect(keys.count == 1 && keys.allSatisfy { !$0.contains(estate.account) }, "\(keys)")
  }

  @Test func `a listener in the dumps of two accounts is one listener`() {
    var estate = Estate.twoSubnets()
    for account in ["111111111111", "222222222222"] {
      estate.account = account
      estate.balancer("alb-1", "application", in: "subnet-a", "subnet-b", groups: ["sg-web"])
      estate.targetGroup("tg-1", in: "vpc-1", "instance", "HTTP", 8080, "i-web")
      estate.listener("listener-1", of: "alb-1", 443, "HTTPS", to: "tg-1")
    }
    estate.account = "111111111111"
    estate.instance("i-web", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    #expect(estate.built().network.relays.map(\.listeners.count) == [1])
  }

  @Test func `the add-ons of another file are added`() {
    var records = AWSRecords()
    var other = AWSRecords()
    other.addons = [
      AddonRecord(
        header: Estate().header("vpc-cni"), cluster: Estate.reference("prod"), enforcesPolicies: Estate.known(true))
    ]
    records.merge(other)
    records.merge(other)
    #expect(records.addons.count == 2)
  }

  @Test func `a web ACL may be named by the balancer itself`() {
    var estate = Estate.twoSubnets()
    estate.balancer("alb-1", "application", in: "subnet-a", "subnet-b", groups: ["sg-web"])
    estate.records.loadBalancers[0].webACL = Estate.reference("acl-1")
    #expect(estate.built().network.filters.filter { $0.kind == "waf" }.map(\.identity.name).contains("acl-1"))
  }

  @Test func `a target that is not known leaves the targets open`() {
    var estate = Estate.twoSubnets()
    estate.balancer("nlb-1", "network", in: "subnet-a")
    estate.targetGroup("tg-1", in: "vpc-1", "ip", "TCP", 443, "10.0.1.10")
    estate.listener("listener-1", of: "nlb-1", 443, "TCP", to: "tg-1")
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    #expect(estate.built().relay("nlb-1")?.listeners.first?.targetsOpen == nil)
    estate.records.targetGroups[0].targets[0].target = .unknown(Missing("the parameter Target has no value"))
    #expect(estate.built().relay("nlb-1")?.listeners.first?.targetsOpen != nil)
  }

  @Test func `a client is kept for an address in a peered VPC, and for none in another`() {
    for isPeered in [true, false] {
      var estate = Estate.twoSubnets()
      estate.vpc("vpc-2", "10.2.0.0/16")
      estate.subnet("subnet-far", in: "vpc-2", "10.2.1.0/24")
      estate.group("sg-far", in: "vpc-2", ingress: Estate.all)
      estate.instance("i-far", in: "subnet-far", "10.2.1.10", groups: ["sg-far"])
      if isPeered { estate.peering("pcx-1", "vpc-2", "vpc-1") }
      estate.balancer("nlb-1", "network", in: "subnet-a")
      estate.targetGroup("tg-1", in: "vpc-1", "ip", "TCP", 443, keepsClient: Estate.known(true), "10.2.1.10")
      estate.listener("listener-1", of: "nlb-1", 443, "TCP", to: "tg-1")
      let targets = estate.built().relay("nlb-1")?.listeners.first?.targets ?? []
      #expect(targets.map(\.keepsClient) == [isPeered ? .yes : .no])
    }
  }

  @Test func `a propagated route inside one of the VPC's blocks is not taken`() {
    var estate = Estate.twoSubnets()
    estate.records.vpcs[0].blocks.append(Estate.known(Estate.prefix("10.1.0.0/16")))
    estate.instance("i-a", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    estate.instance("i-b", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    estate.records.routeTables[0].routes.append(Estate.route("10.0.2.0/24", "blackhole", propagated: true))
    #expect(estate.built().connects("i-a", "i-b") == .connected)
    estate.records.routeTables[0].routes.append(Estate.route("10.0.2.0/24", "blackhole"))
    #expect(estate.built().connects("i-a", "i-b") == .blocked)
  }

  @Test func `what two tables route to beyond the VPC is one thing`() {
    var estate = Estate.twoSubnets()
    let out = Estate.route("172.16.0.0/12", "tgw-1")
    estate.records.routeTables[0].routes.append(out)
    estate.table("rtb-b", in: "vpc-1", subnets: ["subnet-b"], [Estate.route("10.0.0.0/16", "local"), out])
    let network = estate.built().network
    #expect(network.attachments.count { $0.identity.name == "tgw-1" } == 1)
    #expect(network.zones.count { $0.identity.key == "behind:tgw-1" } == 1)
  }

  @Test func `ICMP without a type is all of it, whatever the code says`() {
    func icmp(_ type: Int, _ code: Int) -> TrafficSet? {
      AWSTraffic.group(protocol: Estate.known("icmp"), from: Estate.known(type), to: Estate.known(code)).value
    }
    #expect(icmp(-1, 3) == TrafficSet(protocol: .icmp))
    #expect(icmp(-1, -1) == TrafficSet(protocol: .icmp))
    #expect(icmp(3, -1) == TrafficSet(icmp: .icmp, type: 3, code: nil))
    #expect(icmp(3, 4) == TrafficSet(icmp: .icmp, type: 3, code: 4))
    #expect(icmp(300, 0) == nil)
  }
}
