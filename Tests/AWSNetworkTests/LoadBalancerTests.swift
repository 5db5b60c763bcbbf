import AWSNetwork
import NetworkModel
import PacketSpace
import Testing

@Suite struct ApplicationLoadBalancerTests {
  private func estate() -> Estate {
    var estate = Estate.twoSubnets()
    estate.group("sg-alb", in: "vpc-1", ingress: [Estate.allow(.tcp(80, 443), from: "0.0.0.0/0")])
    estate.group("sg-app", in: "vpc-1", ingress: [Estate.allow(.tcp(8080), group: "sg-alb")])
    estate.balancer("alb-1", "application", in: "subnet-a", "subnet-b", groups: ["sg-alb"])
    estate.targetGroup("tg-1", in: "vpc-1", "instance", "HTTP", 8080, "i-app")
    estate.listener("l-443", of: "alb-1", 443, "HTTPS", to: "tg-1", policy: "ELBSecurityPolicy-TLS13-1-2-2021-06")
    estate.instance("i-app", in: "subnet-b", "10.0.2.10", groups: ["sg-app"])
    return estate
  }

  @Test func `a connection ends at the balancer, and another begins with its address and groups`() {
    let built = estate().built()
    #expect(built.connects("8.8.8.8", "alb-1") == .connected)
    #expect(built.connects("8.8.8.8", "alb-1", .tcp(80)) == .blocked, "nothing listens there")
    #expect(built.connects("alb-1", "i-app", .tcp(8080)) == .connected)
    #expect(built.connects("10.0.1.77", "i-app", .tcp(8080)) == .blocked)
    let listener = built.relay("alb-1")?.listeners.first
    #expect(listener?.targets.map(\.keepsClient) == [.no])
    #expect(listener?.targets.map(\.port) == [8080])
    #expect(built.relay("alb-1")?.interfaces.count == 2, "one in each subnet")
  }

  @Test func `only forward actions reach targets, also those of rules`() {
    var estate = estate()
    estate.targetGroup("tg-2", in: "vpc-1", "instance", "HTTP", 9090, "i-app")
    estate.listener(
      "l-80", of: "alb-1", 80, "HTTP", action: .redirect(protocol: "HTTPS"))
    estate.records.listenerRules.append(
      ListenerRuleRecord(
        header: estate.header("rule-1"), listener: Estate.reference("l-443"),
        actions: [.other("fixed-response"), .forward([Estate.reference("tg-2")])]))
    let built = estate.built()
    let listeners = built.relay("alb-1")?.listeners ?? []
    #expect(listeners.first { $0.ports.contains(443) }?.targets.map(\.port) == [8080, 9090])
    #expect(listeners.first { $0.ports.contains(80) }?.targets.isEmpty == true)
  }

  @Test func `a listener's encryption is what its policy admits at least, whatever the policy is called`() {
    for (policy, minimum) in [
      ("ELBSecurityPolicy-TLS13-1-0-2021-06", TLSVersion.tls10), ("ELBSecurityPolicy-TLS13-1-2-2021-06", .tls12),
      ("ELBSecurityPolicy-TLS13-1-3-2021-06", .tls13), ("ELBSecurityPolicy-TLS-1-1-2017-01", .tls11),
    ] {
      var estate = estate()
      estate.records.listeners[0].policy = Estate.known(policy)
      #expect(estate.built().encryption("alb-1", 443) == .required(minimum: minimum), "\(policy)")
    }
    var silent = estate()
    silent.records.listeners[0].policy = .absent
    #expect(silent.built().encryption("alb-1", 443) == .required(minimum: .tls10))
    silent.records.listeners[0].policy = Estate.known("ELBSecurityPolicy-TLS99")
    guard case .unknown = silent.built().encryption("alb-1", 443) else {
      Issue.record("a policy that is not in the table is not known")
      return
    }
  }

  @Test func `plaintext is harmless only if the default action and every rule redirect to HTTPS`() {
    var estate = estate()
    estate.listener("l-80", of: "alb-1", 80, "HTTP", action: .redirect(protocol: "HTTPS"))
    #expect(estate.built().encryption("alb-1", 80) == .redirectOnly)
    estate.records.listenerRules.append(
      ListenerRuleRecord(
        header: estate.header("rule-1"), listener: Estate.reference("l-80"),
        actions: [.forward([Estate.reference("tg-1")])]))
    #expect(estate.built().encryption("alb-1", 80) == .plaintext)
  }

  @Test func `the second leg is as encrypted as the target group's protocol`() {
    let built = estate().built()
    #expect(built.relay("alb-1")?.listeners.first?.targets.map(\.encryption) == [.plaintext])
  }

  @Test func `a web ACL stands at every interface and lets requests pass`() {
    var estate = estate()
    estate.records.webACLAssociations.append(
      WebACLAssociationRecord(
        header: estate.header("association"), resource: Estate.reference("alb-1"), webACL: Estate.reference("acl-waf")))
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "alb-1") == .connected)
    let firewalls = built.network.filters.filter { $0.kind == "waf" }
    #expect(firewalls.map(\.identity.name) == ["acl-waf"])
    for endpoint in built.endpoints("alb-1") {
      #expect(built.network[endpoint].placements[0].layers.count == 2)
    }
  }

  @Test func `a balancer that does not face the internet has no public address`() {
    var estate = estate()
    estate.records.loadBalancers[0].isInternetFacing = Estate.known(false)
    #expect(estate.built().arrives("8.8.8.8", "alb-1") == .blocked)
    estate.records.loadBalancers[0].isInternetFacing = .unknown(Missing("the parameter Scheme has no value"))
    #expect(estate.built().connects("8.8.8.8", "alb-1") == .undecided)
  }

  @Test func `a listener whose port is not known may listen anywhere`() {
    var estate = estate()
    estate.records.listeners[0].port = .unknown(Missing("the parameter Port has no value"))
    let listener = estate.built().relay("alb-1")?.listeners.first
    #expect(listener?.ports == .all)
    #expect(listener?.present.must == false && listener?.present.may == true)
  }

  @Test func `a target group that is absent may hold anything`() {
    var estate = estate()
    estate.records.targetGroups = []
    let built = estate.built()
    #expect(built.relay("alb-1")?.listeners.first?.targetsOpen != nil)
    #expect(built.network.gaps.contains { $0.subject == "tg-1" && $0.kind == .notPresent })
  }

  @Test func `the targets of an Auto Scaling group are the group's instances`() {
    var estate = estate()
    estate.fleet("asg-1", in: "subnet-a", "subnet-b", groups: ["sg-app"], targetGroups: ["tg-1"])
    let built = estate.built()
    let fleet = built.endpoints("asg-1").first
    #expect(
      built.relay("alb-1")?.listeners.first?.targets.contains { $0.destination == fleet.map { .endpoint($0) } } == true)
    #expect(built.endpoint("asg-1")?.standsForMany == true)
    #expect(built.endpoint("asg-1")?.placements.count == 2)
  }

  @Test func `an interface that a snapshot shows for a balancer is the balancer's own`() {
    var estate = estate()
    estate.records.loadBalancers[0].suffix = "app/alb-1/50dc"
    estate.interface(
      "eni-alb", in: "subnet-a", ["10.0.1.50"], public: "52.0.0.50", groups: ["sg-alb"],
      description: "ELB app/alb-1/50dc")
    estate.interface(
      "eni-gone", in: "subnet-a", ["10.0.1.51"], groups: ["sg-alb"], description: "ELB app/alb-gone/51dd")
    let built = estate.built()
    #expect(built.connects("8.8.8.8", "52.0.0.50") == .connected)
    #expect(built.endpoint("eni-alb")?.kind == "alb")
    #expect(built.endpoint("eni-gone")?.kind == "alb", "a balancer that is not in the snapshot")
    #expect(built.network.gaps.contains { $0.subject == "eni-gone" })
  }
}

@Suite struct NetworkLoadBalancerTests {
  private func estate(
    _ type: String = "instance", _ word: String = "TCP", keepsClient: Attribute<Bool> = .absent,
    crossZone: Attribute<Bool> = .known(true, .none), groups: [String] = []
  ) -> Estate {
    var estate = Estate.twoSubnets()
    estate.group("sg-client", in: "vpc-1", ingress: [Estate.allow(.any, from: "8.0.0.0/8")])
    estate.group("sg-local", in: "vpc-1", ingress: [Estate.allow(.any, from: "10.0.0.0/16")])
    estate.balancer("nlb-1", "network", in: "subnet-a", groups: groups, crossZone: crossZone)
    estate.targetGroup(
      "tg-1", in: "vpc-1", type, word, 5432, keepsClient: keepsClient, type == "instance" ? "i-db" : "10.0.2.10")
    estate.listener("l-1", of: "nlb-1", 5432, word, to: "tg-1")
    estate.instance("i-db", in: "subnet-b", "10.0.2.10", groups: ["sg-client"])
    return estate
  }

  @Test func `the client's address is kept for instances, and dropped for addresses over TCP`() {
    #expect(estate().built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .connected)
    let dropped = estate("ip").built()
    #expect(dropped.relay("nlb-1")?.listeners.first?.targets.map(\.keepsClient) == [.no])
    #expect(dropped.passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .blocked)
    #expect(dropped.connects("nlb-1", "i-db", .tcp(5432)) == .blocked, "the balancer's own address is not admitted")
  }

  @Test func `the client's address is always kept over UDP, and over TCP where the attribute says so`() {
    #expect(
      estate("ip", "UDP").built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .udp(5432)) == .connected)
    #expect(
      estate("ip", keepsClient: Estate.known(true)).built()
        .passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .connected)
    #expect(
      estate(keepsClient: Estate.known(false)).built()
        .passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .blocked)
    #expect(
      estate(keepsClient: .unknown(Missing("the attribute is not known"))).built()
        .relay("nlb-1")?.listeners.first?.targets.first?.keepsClient.may == true)
  }

  @Test func `a rule that names the balancer's group admits kept clients`() {
    var estate = estate(groups: ["sg-open"])
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.tcp(5432), group: "sg-open")])
    estate.records.interfaces[0].groups = [Estate.reference("sg-db")]
    #expect(estate.built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .connected)
  }

  @Test func `a balancer without groups filters nothing, and one with them filters clients and targets`() {
    #expect(estate().built().endpoint("nlb-1")?.placements.first?.layers.isEmpty == true)
    #expect(
      estate(groups: ["sg-web"]).built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .blocked)
  }

  @Test func `the answer to a kept client goes back through the balancer, whatever the target's routes say`() {
    var estate = estate()
    estate.table("rtb-b", in: "vpc-1", subnets: ["subnet-b"], [Estate.route("10.0.0.0/16", "local")])
    #expect(estate.built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .connected)
  }

  @Test func `the ACL of the target's subnet sees the client's address both ways`() {
    var estate = estate()
    estate.acl("acl-0", in: "vpc-1", isDefault: true, [Estate.entry(100), Estate.entry(100, egress: true)])
    estate.acl(
      "acl-b", in: "vpc-1", subnets: ["subnet-b"],
      [Estate.entry(100, "10.0.0.0/16"), Estate.entry(100, egress: true, "10.0.0.0/16")])
    #expect(estate.built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .blocked)
  }

  @Test func `targets of other zones are reached only across zones`() {
    #expect(
      estate(crossZone: .absent).built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .blocked)
    var group = estate(crossZone: .absent)
    group.records.targetGroups[0].crossZone = Estate.known(true)
    #expect(group.built().passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .connected)
    #expect(
      estate(crossZone: .unknown(Missing("the attribute is not known"))).built()
        .passes("8.8.8.8", through: "nlb-1", to: "i-db", .tcp(5432)) == .undecided)
  }

  @Test func `a database of unknown address behind a fixed one is undecided`() {
    var estate = estate("ip")
    estate.database("db-1", in: "subnet-b", groups: ["sg-local"])
    estate.records.targetGroups[0].targets[0].target = Estate.known(.address(Estate.address("10.0.2.99")))
    let built = estate.built()
    let targets = built.relay("nlb-1")?.listeners.first?.targets ?? []
    #expect(targets.count == 1)
    #expect(targets.first?.present.must == false && targets.first?.present.may == true)
  }

  @Test func `an address that nobody holds is a gap, and the targets are open`() {
    var estate = estate("ip")
    estate.records.targetGroups[0].targets[0].target = Estate.known(.address(Estate.address("172.16.0.9")))
    let built = estate.built()
    #expect(built.relay("nlb-1")?.listeners.first?.targetsOpen != nil)
    #expect(built.network.gaps.contains { $0.subject == "172.16.0.9" })
  }

  @Test func `a listener for TCP and UDP is one of each`() {
    let listeners = estate("ip", "TCP_UDP").built().relay("nlb-1")?.listeners ?? []
    #expect(listeners.map(\.transport) == [.tcp, .udp])
    #expect(listeners.map { $0.targets.map(\.keepsClient) } == [[.no], [.yes]])
  }
}
