/// A database on a machine with a public address, whose group admits what the test says.
enum SmallEstate {
  static func template(admitting block: String, parameters: String = "") -> String {
    """
    \(parameters)
    Resources:
      Vpc:
        Type: AWS::EC2::VPC
        Properties: {CidrBlock: 10.0.0.0/16}
      Gateway:
        Type: AWS::EC2::InternetGateway
      Attachment:
        Type: AWS::EC2::VPCGatewayAttachment
        Properties: {VpcId: !Ref Vpc, InternetGatewayId: !Ref Gateway}
      Subnet:
        Type: AWS::EC2::Subnet
        Properties: {VpcId: !Ref Vpc, CidrBlock: 10.0.1.0/24}
      Table:
        Type: AWS::EC2::RouteTable
        Properties: {VpcId: !Ref Vpc}
      Out:
        Type: AWS::EC2::Route
        Properties: {RouteTableId: !Ref Table, DestinationCidrBlock: 0.0.0.0/0, GatewayId: !Ref Gateway}
      Association:
        Type: AWS::EC2::SubnetRouteTableAssociation
        Properties: {SubnetId: !Ref Subnet, RouteTableId: !Ref Table}
      Group:
        Type: AWS::EC2::SecurityGroup
        Properties:
          GroupDescription: database
          VpcId: !Ref Vpc
          SecurityGroupIngress:
            - {IpProtocol: tcp, FromPort: 5432, ToPort: 5432, CidrIp: \(block)}
      Database:
        Type: AWS::EC2::Instance
        Properties:
          SubnetId: !Ref Subnet
          PrivateIpAddress: 10.0.1.10
          SecurityGroupIds: [!Ref Group]
          Tags: [{Key: tier, Value: database}]
      Address:
        Type: AWS::EC2::EIP
        Properties: {Domain: vpc, InstanceId: !Ref Database}

    """
  }

  /// One rule only, so that the exit code is that rule's.
  static let project = """
    version: 1
    tiers: {database: "tag:tier=database"}
    rules: [rules.yaml]

    """

  static let rules = """
    version: 1
    rules:
      - id: LOCAL-001
        title: no path from the internet to a database
        level: warning
        properties: ["forbid internet ~> tier:database on postgres"]

    """
}
