import Diagnostics
import NetworkModel
import PacketSpace
import Reachability
import Snapshots
import TestSupport
import Testing

/// An EKS cluster, its pods and a database, each from its own kind of file, in one graph.
@Suite struct ClusterJoinTests {
  private static let template = """
    Resources:
      Vpc: {Type: AWS::EC2::VPC, Properties: {CidrBlock: 10.0.0.0/16}}
      Gateway: {Type: AWS::EC2::InternetGateway}
      Attached: {Type: AWS::EC2::VPCGatewayAttachment, Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}}
      Table: {Type: AWS::EC2::RouteTable, Properties: {VpcId: !Ref Vpc}}
      Out: {Type: AWS::EC2::Route, Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}}
      TableOfA: {Type: AWS::EC2::SubnetRouteTableAssociation, Properties: {SubnetId: !Ref A, RouteTableId: !Ref Table}}
      A: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24, AvailabilityZone: eu-west-1a}}
      B: {Type: AWS::EC2::Subnet, Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.2.0/24, AvailabilityZone: eu-west-1b}}
      PodGroup: {Type: AWS::EC2::SecurityGroup, Properties: {GroupDescription: pods, GroupName: pods, VpcId: !Ref Vpc}}
      DbGroup:
        Type: AWS::EC2::SecurityGroup
        Properties:
          GroupDescription: database
          VpcId: !Ref Vpc
          SecurityGroupIngress:
            - {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, SourceSecurityGroupId: !Ref PodGroup}
      Subnets: {Type: AWS::RDS::DBSubnetGroup, Properties: {DBSubnetGroupDescription: d, SubnetIds: [!Ref B]}}
      Db:
        Type: AWS::RDS::DBInstance
        Properties:
          Engine: postgres
          EngineVersion: "16.1"
          Port: 5432
          PubliclyAccessible: false
          DBSubnetGroupName: !Ref Subnets
          VPCSecurityGroups: [!Ref DbGroup]
      Cluster:
        Type: AWS::EKS::Cluster
        Properties: {Name: shop, RoleArn: r, ResourcesVpcConfig: {SubnetIds: [!Ref A, !Ref B]}}
      Nodes:
        Type: AWS::EKS::Nodegroup
        Properties:
          ClusterName: !Ref Cluster
          NodeRole: r
          Subnets: [!Ref A, !Ref B]
          ScalingConfig: {MinSize: 2, MaxSize: 4}
    """

  private static let pods = """
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: api, namespace: shop}
    spec:
      replicas: 2
      selector: {matchLabels: {app: api}}
      template:
        metadata: {labels: {app: api}}
        spec: {containers: [{name: c, image: i}]}
    ---
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: other, namespace: shop}
    spec:
      replicas: 2
      selector: {matchLabels: {app: other}}
      template:
        metadata: {labels: {app: other}}
        spec: {containers: [{name: c, image: i}]}
    """

  private static func policy(_ group: String, selector: String = "podSelector: {matchLabels: {app: api}}") -> String {
    """

    ---
    apiVersion: vpcresources.k8s.aws/v1beta1
    kind: SecurityGroupPolicy
    metadata: {name: api, namespace: shop}
    spec:
      \(selector)
      securityGroups: {groupIds: [\(group)]}
    """
  }

  private func snapshot(_ manifests: String) throws -> Snapshot {
    let scratch = try Scratch([
      "net.yaml": Self.template, "k8s/pods.yaml": manifests,
      "tierproof.yaml": """
      version: 1
      inputs:
        - {stack: net, template: net.yaml, account: "111111111111", region: eu-west-1}
        - {cluster: shop, manifests: k8s, eks: shop}
      """,
    ])
    return SnapshotLoader.load(SnapshotRequest(paths: [scratch.path()]))
  }

  /// Whether some pod of a workload surely, perhaps or never reaches the database.
  private func reaches(_ workload: String, _ manifests: String) throws -> String {
    let network = try snapshot(manifests).network
    let engine = Engine(network)
    func find(_ text: String) -> [EndpointID] {
      network.endpoints.indices.filter { network.endpoints[$0].identity.key.contains(text) }.map { EndpointID($0) }
    }
    var may = false
    var must = false
    for source in find("Deployment/\(workload)") {
      for database in find("net/Db") {
        let answered = engine.connection(.endpoint(source), .endpoint(database)).answered
        may = may || answered.may.overlaps(.tcp(5432))
        must = must || answered.must.overlaps(.tcp(5432))
      }
    }
    return must ? "surely" : may ? "perhaps" : "never"
  }

  @Test func `a pod is under its node's groups`() throws {
    #expect(try reaches("api", Self.pods) == "never", "the database admits the pods' group alone")
  }

  @Test func `a policy puts the pods that it selects under its groups`() throws {
    let manifests = Self.pods + Self.policy("pods")
    #expect(try reaches("api", manifests) == "surely")
    #expect(try reaches("other", manifests) == "never")
  }

  @Test func `a policy by service account may select a pod`() throws {
    let manifests = Self.pods + Self.policy("pods", selector: "serviceAccountSelector: {matchLabels: {team: a}}")
    #expect(try reaches("api", manifests) == "perhaps")
  }

  @Test func `a group that is not in the snapshot leaves the pod undecided, and is a gap`() throws {
    let manifests = Self.pods + Self.policy("sg-0absent")
    #expect(try reaches("api", manifests) == "perhaps")
    #expect(try snapshot(manifests).network.gaps.contains { $0.subject == "sg-0absent" })
  }

  // MARK: Ways in that the cluster's own objects open

  /// Whether the internet surely, perhaps or never gets to a pod of `api`, by one connection or through a relay.
  private func isExposed(_ manifests: String, on port: UInt16 = 8080) throws -> String {
    let network = try snapshot(Self.pods + manifests).network
    let engine = Engine(network)
    let internet = try #require(engine.compiled.internetZone)
    var may = false
    var must = false
    for index in network.endpoints.indices where network.endpoints[index].identity.key.contains("Deployment/api") {
      for path in engine.paths(from: .zone(internet, within: .everything), to: .endpoint(EndpointID(index))) {
        may = may || path.arrives.may.overlaps(.tcp(port))
        must = must || path.arrives.must.overlaps(.tcp(port))
      }
    }
    return must ? "surely" : may ? "perhaps" : "never"
  }

  private static func service(_ type: String, _ more: String = "") -> String {
    """

    ---
    apiVersion: v1
    kind: Service
    metadata: {name: api, namespace: shop}
    spec:
      type: \(type)
      selector: {app: api}
      ports: [{port: 443, targetPort: 8080\(more)}]
    """
  }

  @Test func `a pod of a cluster without entries is not reached from the internet`() throws {
    #expect(try isExposed("") == "never")
    #expect(try isExposed(Self.service("ClusterIP")) == "never")
  }

  @Test(arguments: ["LoadBalancer", "NodePort"])
  func `a Service that the outside reaches leaves it undecided whether the internet gets to its pods`(type: String)
    throws
  {
    let manifests = Self.service(type)
    #expect(try isExposed(manifests) == (type == "LoadBalancer" ? "perhaps" : "never"))
    #expect(try isExposed(manifests, on: 9090) == "never", "no entry leads to that port")
    #expect(try snapshot(Self.pods + manifests).network.gaps.contains { $0.subject == "entry of shop/api" })
  }

  @Test func `an Ingress may lead to any pod of its namespace`() throws {
    let ingress = """

      ---
      apiVersion: networking.k8s.io/v1
      kind: Ingress
      metadata: {name: web, namespace: shop}
      spec: {defaultBackend: {service: {name: api, port: {number: 443}}}}
      """
    #expect(try isExposed(ingress) == "perhaps")
    #expect(try isExposed(ingress.replacing("namespace: shop", with: "namespace: else")) == "never")
  }

  @Test func `a policy that admits nobody still lets in what the pod's own node forwards`() throws {
    let policy = """

      ---
      apiVersion: networking.k8s.io/v1
      kind: NetworkPolicy
      metadata: {name: shut, namespace: shop}
      spec: {podSelector: {}, policyTypes: [Ingress]}
      """
    #expect(try isExposed(Self.service("LoadBalancer") + policy) == "perhaps")
  }

  @Test func `the rules that a controller may add name the clients and the balancer`() throws {
    let ranges = Self.service("LoadBalancer").replacing(
      "selector:", with: "loadBalancerSourceRanges: [198.51.100.0/24]\n  selector:")
    let network = try snapshot(Self.pods + ranges).network
    let added = network.filters.flatMap { $0.ingress?.rules ?? [] }.filter {
      $0.label.hasPrefix("what a controller adds")
    }
    #expect(!added.isEmpty)
    for rule in added {
      #expect(rule.present.unknown != nil)
      #expect(rule.peers?.compactMap(\.addresses).map(\.description) == ["198.51.100.0/24"])
    }
  }
}
