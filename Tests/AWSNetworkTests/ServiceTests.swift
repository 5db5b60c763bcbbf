import AWSNetwork
import NetworkModel
import PacketSpace
import ReferenceInterpreter
import Testing

@Suite struct DatabaseTests {
  private func estate(public isPublic: Attribute<Bool> = .known(false, .none)) -> Estate {
    var estate = Estate.twoSubnets()
    estate.group("sg-db", in: "vpc-1", ingress: [Estate.allow(.any, from: "0.0.0.0/0")])
    estate.database("db-1", in: "subnet-a", "subnet-b", groups: ["sg-db"], isPublic: isPublic)
    estate.instance("i-app", in: "subnet-a", "10.0.1.10", groups: ["sg-open"])
    return estate
  }

  @Test func `a database stands in one of its group's subnets and listens on its port alone`() {
    let built = estate().built()
    #expect(built.endpoint("db-1")?.placements.count == 2)
    #expect(built.connects("i-app", "db-1", .tcp(5432)) == .connected)
    #expect(built.connects("i-app", "db-1", .tcp(22)) == .blocked)
    #expect(built.connects("i-app", "db-1", .ping) == .blocked)
  }

  @Test func `a database is public only if it says so and its subnet has a route to the internet`() {
    #expect(estate().built().arrives("8.8.8.8", "db-1", .tcp(5432)) == .blocked)
    #expect(estate(public: Estate.known(true)).built().ask("8.8.8.8", "db-1", .tcp(5432))?.answered.may == true)
    var routeless = estate(public: Estate.known(true))
    routeless.records.routeTables[0].routes = []
    #expect(routeless.built().connects("8.8.8.8", "db-1", .tcp(5432)) == .blocked)
  }

  @Test func `a template that does not say whether a database is public is undecided`() {
    var estate = Estate()
    estate.stack = "net"
    estate.vpc("net/Vpc", "10.0.0.0/16")
    estate.subnet("net/A", in: "net/Vpc", "10.0.1.0/24")
    estate.internetGateway("net/Igw", "net/Vpc")
    estate.table("net/Table", in: "net/Vpc", subnets: ["net/A"], [Estate.route("0.0.0.0/0", "net/Igw")])
    estate.group("net/Group", in: "net/Vpc", ingress: [Estate.allow(.tcp(5432), from: "0.0.0.0/0")])
    estate.database("net/Db", in: "net/A", groups: ["net/Group"], isPublic: .absent)
    #expect(estate.built().connects("8.8.8.8", "net/Db", .tcp(5432)) == .undecided)
    estate.records.services[0].isPublic = Estate.known(true)
    #expect(estate.built().connects("8.8.8.8", "net/Db", .tcp(5432)) == .connected)
  }

  @Test func `the interface that a snapshot shows gives a database its address, if it is the only one`() {
    var estate = estate()
    estate.interface("eni-db", in: "subnet-b", ["10.0.2.33"], groups: ["sg-db"], description: "RDSNetworkInterface")
    let built = estate.built()
    #expect(built.endpoint("db-1")?.placements.map(\.addresses) == [[HeldAddress(Estate.address("10.0.2.33"))]])
    #expect(built.endpoint("eni-db")?.kind == "rds", "it is no host of its own")
  }

  @Test func `an engine refuses plaintext by its parameter, else by its version`() {
    func encryption(_ engine: String, _ version: String?, _ value: String? = nil) -> Encryption? {
      var estate = estate()
      estate.records.services[0].engine = Estate.known(engine)
      estate.records.services[0].engineVersion = version.map { Estate.known($0) } ?? .absent
      if let value {
        let name = engine.contains("postgres") ? "rds.force_ssl" : "require_secure_transport"
        estate.records.parameterGroups = [
          ParameterGroupRecord(header: estate.header("pg"), family: .absent, parameters: [name: Estate.known(value)])
        ]
        estate.records.services[0].parameterGroups = [Estate.reference("pg")]
      }
      return estate.built().endpoint("db-1")?.services.first?.encryption
    }
    #expect(encryption("postgres", "15.4") == .required(minimum: .tls12))
    #expect(encryption("postgres", "14.9") == .mixed)
    #expect(encryption("postgres", "14.9", "1") == .required(minimum: .tls12))
    #expect(encryption("postgres", "16.1", "0") == .mixed)
    #expect(encryption("aurora-postgresql", "16.1") == .mixed)
    #expect(encryption("aurora-postgresql", "17.2") == .required(minimum: .tls12))
    #expect(encryption("mysql", "8.0") == .mixed)
    #expect(encryption("mysql", "8.0", "ON") == .required(minimum: .tls12))
    #expect(encryption("mariadb", "11.8.2") == .required(minimum: .tls12))
    guard case .unknown = encryption("postgres", nil) else {
      Issue.record("without a version the default is not known")
      return
    }
  }

  @Test func `parameters that were not collected leave the encryption unknown`() {
    var estate = estate()
    estate.records.parameterGroups = [
      ParameterGroupRecord(
        header: estate.header("pg"), family: .absent, parameters: [:], open: Missing("they were not collected"))
    ]
    estate.records.services[0].parameterGroups = [Estate.reference("pg")]
    guard case .unknown = estate.built().endpoint("db-1")?.services.first?.encryption else {
      Issue.record("what was not collected is not known")
      return
    }
  }

  @Test func `a cache is encrypted where transit encryption is required`() {
    func encryption(_ enabled: Bool?, _ mode: String?) -> Encryption? {
      var estate = Estate.twoSubnets()
      estate.database("cache", in: "subnet-b", groups: ["sg-open"], port: nil, engine: "redis", kind: "elasticache")
      estate.records.services[0].transitEncryption = enabled.map { Estate.known($0) } ?? .absent
      estate.records.services[0].transitEncryptionMode = mode.map { Estate.known($0) } ?? .absent
      let endpoint = estate.built().endpoint("cache")
      #expect(endpoint?.accepts == .tcp(6379))
      return endpoint?.services.first?.encryption
    }
    #expect(encryption(nil, nil) == .plaintext)
    #expect(encryption(true, "preferred") == .mixed)
    #expect(encryption(true, "required") == .required(minimum: .tls12))
  }
}

@Suite struct ClusterTests {
  private func estate(groups: [String] = []) -> Estate {
    var estate = Estate()
    estate.stack = "eks"
    estate.vpc("eks/Vpc", "10.0.0.0/16")
    estate.subnet("eks/A", in: "eks/Vpc", "10.0.1.0/24")
    estate.subnet("eks/B", in: "eks/Vpc", "10.0.2.0/24")
    estate.group("eks/Nodes", in: "eks/Vpc", ingress: [Estate.allow(.tcp(8080), from: "10.0.0.0/16")])
    estate.records.clusters.append(
      EKSClusterRecord(
        header: estate.header("eks/Cluster"), subnets: [Estate.reference("eks/A"), Estate.reference("eks/B")],
        groups: []))
    estate.fleet("eks/Pool", in: "eks/A", "eks/B", groups: groups, kind: "node", cluster: "eks/Cluster")
    return estate
  }

  @Test func `nodes whose launch template names no group are under the cluster's group with the control plane`() {
    let built = estate().built()
    #expect(built.connects("eks/Pool", "eks/Cluster", .tcp(443)) == .connected)
    #expect(built.connects("eks/Cluster", "eks/Pool", .tcp(10250)) == .connected)
    #expect(built.connects("10.0.1.99", "eks/Pool", .tcp(10250)) == .blocked)
  }

  @Test func `nodes whose launch template names groups are under those alone`() {
    let built = estate(groups: ["eks/Nodes"]).built()
    #expect(built.connects("eks/Cluster", "eks/Pool", .tcp(10250)) == .blocked)
    #expect(built.connects("10.0.1.99", "eks/Pool", .tcp(8080)) == .connected)
  }

  @Test func `a cluster's result names its node groups, the blocks of its VPC and its segments`() {
    let result = estate().built().result
    #expect(result.clusters.map(\.nodeGroups.count) == [1])
    #expect(result.clusters.first?.names.contains("eks/Cluster") == true)
    #expect(result.clusters.first?.blocks == [Estate.prefix("10.0.0.0/16")])
    #expect(result.clusters.first?.segments.count == 2)
  }

  @Test func `a group that may be empty may not exist, and one of none does not`() {
    for (least, most, exists) in [(0, 3, "may"), (1, 3, "yes"), (0, 0, "no")] {
      var estate = estate()
      estate.records.fleets[0].least = Estate.known(least)
      estate.records.fleets[0].most = Estate.known(most)
      let endpoint = estate.built().endpoint("eks/Pool")
      switch exists {
      case "yes": #expect(endpoint?.exists == .yes)
      case "no": #expect(endpoint == nil)
      default: #expect(endpoint?.exists.must == false && endpoint?.exists.may == true)
      }
    }
  }

  @Test func `the public endpoint of a control plane is open to the blocks it names, to everyone by default`() {
    let name = "eks/Cluster public endpoint"
    #expect(estate().built().connects("8.8.8.8", name) == .connected)
    #expect(estate().built().connects("8.8.8.8", name, .tcp(22)) == .blocked)
    var narrow = estate()
    narrow.records.clusters[0].publicBlocks = [Estate.known(Estate.prefix("203.0.113.0/24"))]
    #expect(narrow.built().connects("8.8.8.8", name) == .blocked)
    #expect(narrow.built().connects("203.0.113.7", name) == .connected)
    var closed = estate()
    closed.records.clusters[0].isPublic = Estate.known(false)
    #expect(closed.built().endpoint(name) == nil)
    closed.records.clusters[0].isPublic = .unknown(Missing("the parameter Public has no value"))
    #expect(closed.built().endpoint(name)?.exists.must == false)
  }

  @Test func `the VPC plugin with its engine on shows that policies are enforced`() {
    func engine(_ addons: [(name: String, configuration: String?)]) -> AWSBuildResult.PolicyEngine? {
      var estate = estate()
      estate.records.addons = addons.map { addon in
        AddonRecord(
          header: estate.header(addon.name), cluster: Estate.reference("eks/Cluster"), name: Estate.known(addon.name),
          configuration: addon.configuration.map { Estate.known($0) } ?? .absent)
      }
      return estate.built().result.clusters.first?.policyEngine
    }
    #expect(engine([]) == .silent)
    #expect(engine([("vpc-cni", #"{"enableNetworkPolicy": "true"}"#)]) == .shown)
    #expect(engine([("vpc-cni", "enableNetworkPolicy: 'true'")]) == .shown)
    #expect(engine([("vpc-cni", nil)]) == .unknown, "another engine may be installed by other means")
    #expect(engine([("vpc-cni", #"{"enableNetworkPolicy": "false"}"#)]) == .unknown)
    #expect(engine([("coredns", nil)]) == .unknown)
  }

  @Test func `a binding registers endpoints with every listener of a target group`() {
    var estate = Estate.twoSubnets()
    estate.balancer("alb-1", "application", in: "subnet-a", groups: ["sg-web"])
    estate.targetGroup("tg-1", in: "vpc-1", "ip", "HTTP", 8080)
    estate.listener("l-443", of: "alb-1", 443, "HTTPS", to: "tg-1")
    estate.listener("l-80", of: "alb-1", 80, "HTTP", to: "tg-1")
    estate.instance("i-pod", in: "subnet-b", "10.0.2.10", groups: ["sg-open"])
    var built = estate.built()
    let pod = built.endpoints("i-pod")[0]
    #expect(built.result.bind("tg-1", to: [(pod, 9000)], in: &built.network, derivation: .none))
    #expect(built.relay("alb-1")?.listeners.map { $0.targets.map(\.port) } == [[9000], [9000]])
    #expect(!built.result.bind("tg-absent", to: [(pod, nil)], in: &built.network, derivation: .none))
  }

  @Test func `groups by name give the interface of what a policy puts under them`() {
    var built = estate().built()
    let interface = built.result.interface(under: ["eks/Nodes"], in: &built.network)
    #expect(interface?.memberships.count == 1)
    #expect(built.result.interface(under: ["sg-absent"], in: &built.network) == nil)
  }
}
